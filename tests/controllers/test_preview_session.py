"""The fast clock of a preview session, and its cues."""

from __future__ import annotations

from fakes import FakeClock, FakeSound
from legato.controllers.preview_session import FastClock
from legato.domain.cues import Cue, ScheduledCue


def test_time_passes_faster() -> None:
    """Ten seconds count as eighty."""
    clock = FakeClock(100.0)
    haste = FastClock(clock, FakeSound(), 8.0)
    clock.pass_seconds(10)
    assert haste() == 180.0


def test_cues_come_when_they_are_due() -> None:
    """A cue in fast time is scheduled for its real moment."""
    sound = FakeSound()
    FastClock(FakeClock(100.0), sound, 8.0).schedule([ScheduledCue(at=108.0, cue=Cue.BEGIN)])
    assert [due.at for due in sound.scheduled] == [101.0]


def test_lines_are_left_out() -> None:
    """Lines are not spoken in fast time."""
    sound = FakeSound()
    FastClock(FakeClock(), sound, 8.0).schedule(
        [ScheduledCue(at=1.0, cue=Cue.LINE, text="Breathe.")]
    )
    assert not sound.scheduled
