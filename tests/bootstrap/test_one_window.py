"""A start opens one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow

from legato.bootstrap import stores
from legato.bootstrap.app import App

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.ui.main_window import Application


class ShownWindows(QObject):
    """Notes the title of each native window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a window, and let it be shown."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWindow):
            self.titles.append(watched.title())
        return False


def test_no_other_window_flashes_up(qtbot: QtBot, qapp: Application, tmp_path: Path) -> None:
    """A label that is shown before it has a parent is a window of its own."""
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    app = App(qapp, stores.Options(), stores.open_paths(str(tmp_path)))
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=60_000)
    for name in ("sessions", "cramp", "plan", "editor", "settings_page"):
        getattr(app, name)
    qapp.removeEventFilter(shown)
    app.close()

    assert shown.titles == [app.window.windowTitle()]
