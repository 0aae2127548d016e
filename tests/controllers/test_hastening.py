"""Time that passes faster, and the cues that go with it."""

from __future__ import annotations

from fakes import FakeClock, FakeSound
from legato.controllers.preview_session import Haste
from legato.domain.cues import Cue, Due


def test_time_passes_faster() -> None:
    """Ten seconds are eighty."""
    clock = FakeClock(100.0)
    haste = Haste(clock, FakeSound(), 8.0)
    clock.pass_seconds(10)
    assert haste() == 180.0


def test_cues_come_when_they_are_due() -> None:
    """A cue of fast time is handed on for its real moment."""
    sound = FakeSound()
    Haste(FakeClock(100.0), sound, 8.0).schedule([Due(at=108.0, cue=Cue.BEGIN)])
    assert [due.at for due in sound.scheduled] == [101.0]


def test_lines_are_left_out() -> None:
    """There is no time to speak."""
    sound = FakeSound()
    Haste(FakeClock(), sound, 8.0).schedule([Due(at=1.0, cue=Cue.LINE, text="Breathe.")])
    assert not sound.scheduled
