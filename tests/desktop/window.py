"""The program's window on a real screen, used with real keys and a real mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from legato.controllers.session_driver import SessionDriver
from legato.domain.session import Move
from legato.ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.screen import Screen
    from legato.bootstrap.app import App
    from legato.domain.session import Session
    from legato.ui.main_window import MainWindow

LIGHT_SECONDS = 1.0
"""The shortest light that the settings allow before the screen darkens by itself."""

PATIENCE_MS = 20_000
"""How long to wait for what must come; a busy machine is slow, not wrong."""


class Desktop:
    """The program in this process, its window on the screen.

    Args:
        app: The program.
        screen: The screen with the window manager.
        qtbot: Waits while the window works.
    """

    def __init__(self, app: App, screen: Screen, qtbot: QtBot) -> None:
        self.app = app
        self.screen = screen
        self._qtbot = qtbot

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.app.window

    @property
    def session(self) -> Session:
        """The session at the last tick."""
        driver = self.app.sessions.findChild(SessionDriver)
        assert driver is not None
        assert driver.session is not None
        return driver.session

    def press(self, *keys: str) -> None:
        """Press keys by their xdotool names, and process their events."""
        self.screen.press(*keys)
        self.let_pass(100)

    def press_codes(self, *codes: int, modifier: int | None = None) -> None:
        """Press keys by their X key codes, whatever the layout types, while one may be held."""
        self.screen.press_codes(*codes, modifier=modifier)
        self.let_pass(100)

    def type(self, words: str) -> None:
        """Type text, and process its events."""
        self.screen.type(words)
        self.let_pass(100)

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget."""
        place = widget.mapToGlobal(widget.rect().center())
        self.screen.click(place.x(), place.y())
        self.let_pass(100)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition is true; fail after PATIENCE_MS."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def wait_for_page(self, name: str) -> None:
        """Wait until a page is shown."""
        self.wait_until(lambda: self.window.page_name == name)

    def let_pass(self, milliseconds: int) -> None:
        """Let real time pass while the window works."""
        self._qtbot.wait(milliseconds)

    def pixels(self, widget: QWidget) -> QImage:
        """Return the pixels of a widget as the screen shows them."""
        place = widget.mapTo(self.window, widget.rect().topLeft())
        handle = QApplication.primaryScreen()
        size = widget.size()
        return handle.grabWindow(
            self.window.winId(), place.x(), place.y(), size.width(), size.height()
        ).toImage()


class Evening:
    """A session that has come to its first hold."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        page = desktop.window.findChild(SessionPage)
        driver = desktop.app.sessions.findChild(SessionDriver)
        assert page is not None
        assert driver is not None
        self.page, self.driver = page, driver
        self.driver.move(Move.GO_ON)

    @property
    def session(self) -> Session:
        """The session as it was last looked at."""
        return self.desktop.session

    def become_dark(self) -> None:
        """Wait for the automatic dark."""
        settings = self.desktop.app.settings.current
        self.desktop.app.settings.change(replace(settings, dim_after=LIGHT_SECONDS))
        self.desktop.wait_until(lambda: self.page.is_dark)
