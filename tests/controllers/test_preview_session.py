"""Time that passes faster, and the cues that go with it."""

from __future__ import annotations

from fakes import FakeClock, FakeSound
from legato.controllers.preview_session import FastClock
from legato.domain.cues import Cue, ScheduledCue


def test_time_passes_faster() -> None:
    """Ten seconds are eighty."""
    clock = FakeClock(100.0)
    haste = FastClock(clock, FakeSound(), 8.0)
    clock.pass_seconds(10)
    assert haste() == 180.0


def test_cues_come_when_they_are_due() -> None:
    """A cue of fast time is handed on for its real moment."""
    sound = FakeSound()
    FastClock(FakeClock(100.0), sound, 8.0).schedule([ScheduledCue(at=108.0, cue=Cue.BEGIN)])
    assert [due.at for due in sound.scheduled] == [101.0]


def test_lines_are_left_out() -> None:
    """There is no time to speak."""
    sound = FakeSound()
    FastClock(FakeClock(), sound, 8.0).schedule(
        [ScheduledCue(at=1.0, cue=Cue.LINE, text="Breathe.")]
    )
    assert not sound.scheduled
