"""A session page joined to a driver whose clock is moved by hand, for tests of both."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from builders import routine
from fakes import FakeClock, FakeSound
from legato.controllers.session_driver import SessionDriver
from legato.domain.problems import Problem
from legato.domain.timeline import lay_out
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.icons import Icons
from legato.ui.pictures.decode import open_picture
from legato.ui.pictures.loader import PictureLoader
from legato.ui.session.page import SessionPage
from legato.ui.theme import NIGHT, Theme, ThemeSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt

    from legato.domain.ports import OpenedPicture, PictureData
    from legato.domain.routine import Routine
    from legato.domain.session import Move, Session

ASSETS = find_bundled().assets


def is_ticking(driver: SessionDriver) -> bool:
    """Return whether the session's timer runs."""
    (timer,) = driver.findChildren(QTimer)
    return timer.isActive()


def icons() -> Icons:
    """Return the icons that ship."""
    return Icons(lambda name: (ASSETS / "icons" / f"{name}.svg").read_bytes())


class FakePictures:
    """Has the given pictures by name, and a problem for all others."""

    def __init__(self, **pictures: PictureData) -> None:
        self.pictures = pictures
        self.asked: list[tuple[str, str]] = []

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Pass on the picture at once, or the problem."""
        self.asked.append((folder, name))
        found = self.pictures.get(name.partition(".")[0])
        then(opened_or_told(found, name))


def opened_or_told(found: PictureData | None, name: str) -> OpenedPicture | Problem:
    """Return a picture as pixels, or why it is not shown."""
    if found is None:
        return Problem(where=name, text="there is no such file")
    return open_picture(found, time.perf_counter)


class Room:
    """The visible session page, its driver, and a record of its signals."""

    def __init__(self, theme: Theme = NIGHT, pictures: FakePictures | None = None) -> None:
        self.clock, self.sound = FakeClock(), FakeSound()
        self.driver = SessionDriver(self.clock, self.clock, self.sound)
        figures = FigureFolder(ASSETS / "figures")
        self.page = SessionPage(
            PictureLoader(figures, pictures or FakePictures(), ThemeSource(theme)), icons()
        )
        self.moves: list[Move] = []
        self.wishes: list[str] = []
        self.driver.changed.connect(self.page.show_session)
        self.driver.happened.connect(self.page.show_events)
        self.driver.mute_changed.connect(self.page.show_muted)
        self.page.move_wanted.connect(self.moves.append)
        self.page.move_wanted.connect(self.driver.move)
        self.page.pause_toggled.connect(lambda: self.wishes.append("pause"))
        self.page.pause_toggled.connect(self.driver.toggle_pause)
        self.page.mute_toggled.connect(lambda: self.wishes.append("mute"))
        self.page.mute_toggled.connect(self.driver.toggle_mute)
        self.page.full_screen_toggled.connect(lambda: self.wishes.append("full screen"))
        self.page.keys_wanted.connect(lambda: self.wishes.append("keys"))

    @property
    def session(self) -> Session:
        """The current session."""
        assert self.driver.session is not None
        return self.driver.session

    def start(self, some: Routine | None = None, **values: object) -> None:
        """Start a session on the page."""
        timeline = lay_out(some or routine())
        self.page.begin(timeline)
        self.driver.start(timeline, **values)  # type: ignore[arg-type]

    def run(self, seconds: float, step_seconds: float = 0.5) -> None:
        """Let `seconds` pass, as the timer would."""
        for _ in range(round(seconds / step_seconds)):
            self.clock.pass_seconds(step_seconds)
            self.driver.tick()

    def press(self, key: Qt.Key) -> None:
        """Press a key on the focused widget."""
        focused = self.page.window().focusWidget() or self.page
        QTest.keyClick(focused, key)
