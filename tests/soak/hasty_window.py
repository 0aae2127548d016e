"""The whole window with time in the hands of a trial, which runs as steps in Qt's own loop."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from fakes import FakeClock
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options
from legato.controllers import session_machine
from legato.devices.audio import miniaudio_backend
from legato.devices.audio.mixer import Mixer
from legato.devices.audio.output import SoundOutput, open_sound
from legato.devices.clocks import Clocks
from legato.domain.ports import NullSpeaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from legato.devices.audio.player import SoundSource
    from legato.domain.ports import Clock
    from legato.domain.sound import SoundSettings

LEAP_SECONDS = 1.5
"""Time passes in such pieces: shorter than what the driver takes for a sleep of the machine."""

SIZE = (800, 600)
"""The smallest that everything must fit in; it is painted the fastest."""


class SilentBackend:
    """An audio backend that mixes everything and plays nothing."""

    name = "silence"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mixer: Mixer | None = None

    def open(self, source: SoundSource) -> None:
        """Start mixing `source`."""
        self._mixer = Mixer(source.scheduler, source.levels)

    def tick(self, now: float) -> float:
        """Mix a tenth of a second."""
        if self._mixer is not None:
            self._mixer.render(4800, now)
        return 0.02

    def is_sounding(self) -> bool:
        """Return whether a sound that began has not ended."""
        return self._mixer is not None and self._mixer.is_sounding

    def fade(self) -> None:
        """End all sounds."""
        if self._mixer is not None:
            self._mixer.fade()

    def close(self) -> None:
        """Release the mixer."""
        self._mixer = None


class HastyWindow:
    """The window on a data folder of its own, offscreen.

    Args:
        app: The application.
        data: The data folder.
        real_sound: Whether sound is played as ever, voice and all, on a device that is silent.
    """

    def __init__(self, app: QApplication, data: Path, *, real_sound: bool = False) -> None:
        self.app = app
        self.clock = FakeClock()
        opener = open_sound if real_sound else _silent_sound
        with (
            mock.patch.object(session_machine, "find_clocks", self._clocks),
            mock.patch.object(session_machine, "open_sound", opener),
        ):
            self.joined = App(app, Options(), stores.open_paths(str(data)))
            self.joined.window.resize(*SIZE)
            self.joined.show()
            self.sessions = self.joined.sessions
        self.driver = self.sessions._driver

    @property
    def page(self) -> str:
        """The current page."""
        return self.joined.window.page_name

    @property
    def is_silent(self) -> bool:
        """Whether no sound device is open."""
        return self.sessions.sound._player._backend is None

    def until_read(self) -> Iterator[None]:
        """Process events until the library is read."""
        while self.joined.is_reading:
            yield
        yield from self.turns(20)

    def turns(self, count: int = 3) -> Iterator[None]:
        """Process events some times, so that the window paints and deletes."""
        for _ in range(count):
            yield

    def leap(self, times: int = 1) -> Iterator[None]:
        """Let some seconds of a session pass, and then paint."""
        for _ in range(times):
            self.clock.pass_seconds(LEAP_SECONDS)
            self.driver.tick()
        yield

    def _clocks(self) -> Clocks:
        return Clocks(self.clock, self.clock)


def run_steps(app: QApplication, steps: Iterator[None]) -> None:
    """Run one of `steps` in each turn of the event loop.

    Raises:
        BaseException: What the steps raise, or what a slot has raised meanwhile.
    """
    failures: list[BaseException] = []

    def fail(_kind: type[BaseException], failure: BaseException, _trace: object) -> None:
        failures.append(failure)
        app.quit()

    def take_one() -> None:
        try:
            if next(steps, app) is app:
                beat.stop()
                app.quit()
        except BaseException as failure:  # noqa: BLE001 - the loop would only print it
            failures.append(failure)
            beat.stop()
            app.quit()

    owner = QObject()
    beat = QTimer(owner)
    beat.timeout.connect(take_one)
    beat.start(0)
    with mock.patch.object(sys, "excepthook", fail):
        app.exec()
    if failures:
        raise failures[0]


@contextmanager
def hasty_window(data: Path, *, real_sound: bool = False) -> Iterator[HastyWindow]:
    """Open the window, without a desktop around it, and close it at the end."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent"
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with mock.patch.object(miniaudio_backend, "_backends", lambda library: [library.Backend.NULL]):
        window = HastyWindow(app, data, real_sound=real_sound)
        try:
            yield window
        finally:
            window.joined.close()


def _silent_sound(folder: Path, settings: SoundSettings, clocks: Clocks) -> SoundOutput:
    way = SilentBackend(clocks.awake)
    return SoundOutput(folder, settings, (way,), NullSpeaker, clocks.awake)
