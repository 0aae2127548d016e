"""The program's window on a real screen, used with real keys and a real mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from legato.controllers.session_driver import SessionDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.screen import Screen
    from legato.bootstrap.app import App
    from legato.domain.session import Session
    from legato.ui.main_window import MainWindow

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
