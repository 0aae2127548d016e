"""The joined window on a machine of a test's own: clocks set by hand, a sound that only listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from builders import routine, step
from fakes import FakeClock, FakeSound
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options, Start
from legato.devices.clocks import Clocks

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtCore import Qt

    from legato.domain.cues import Cue
    from legato.domain.routine import Routine
    from legato.domain.session import Session
    from legato.domain.sound import SoundSettings

HOUR = 3600.0


class ListeningSound(FakeSound):
    """A complete sound port that records the cues."""

    def use(self, settings: SoundSettings) -> None:
        """Ignore the settings."""

    def set_gain(self, gain: float) -> None:
        """Ignore the gain."""

    def preview(self, cue: Cue) -> None:
        """Play nothing."""

    def say(self, text: str) -> None:
        """Speak nothing."""

    def backend(self) -> str:
        """Return an empty name."""
        return ""

    def voice(self) -> str:
        """Return an empty name."""
        return ""

    def voice_problem(self) -> str:
        """Return no problem."""
        return ""

    def notes(self) -> tuple[str, ...]:
        """Return no notes."""
        return ()

    def warm_up(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class MachineRoom:
    """The whole window, with its clocks and its sound.

    Args:
        data: The data folder.
        patch: Puts clocks and sound in their places.
        sound: Where what is to be heard goes; None leaves the machine's own.
    """

    def __init__(
        self, data: Path, patch: pytest.MonkeyPatch, sound: ListeningSound | None = None
    ) -> None:
        self.awake, self.boot = FakeClock(), FakeClock(5000.0)
        self.sound = sound or ListeningSound()
        place = "legato.controllers.session_machine"
        patch.setattr(f"{place}.find_clocks", lambda: Clocks(self.awake, self.boot))
        patch.setattr(f"{place}.open_sound", lambda *_: self.sound)
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        self.joined = App(running, Options(), stores.open_paths(str(data)))
        self.joined.show()

    @property
    def session(self) -> Session:
        """The current session."""
        session = self.joined.sessions._driver.session
        assert session is not None
        return session

    @property
    def shown_phase(self) -> str:
        """The phase, as a screen reader reads it from the ring."""
        return self.joined.sessions._page.stage.ring.accessibleDescription().partition(", ")[0]

    def start(self, some: Routine | None = None) -> None:
        """Start a session: 20 s ready, then a hold of two minutes on each leg."""
        self.joined.start(Start("calf", some or routine(step("Calf"))))

    def run(self, seconds: float, step_seconds: float = 0.25) -> None:
        """Let time pass awake, one tick at a time."""
        for _ in range(round(seconds / step_seconds)):
            self.awake.pass_seconds(step_seconds)
            self.boot.pass_seconds(step_seconds)
            self.joined.sessions._driver.tick()

    def sleep(self, seconds: float = 8 * HOUR) -> None:
        """Let time pass asleep, without ticks."""
        self.boot.pass_seconds(seconds)

    def press(self, key: Qt.Key) -> None:
        """Press a key on the focused widget."""
        QTest.keyClick(self.joined.window.focusWidget() or self.joined.window, key)
