"""Files that the system hands over while the window is open: a double click on macOS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

if TYPE_CHECKING:
    from collections.abc import Callable


class FileOpening(QObject):
    """Hears of each file that is to be opened.

    Args:
        take: Called with the path of each.
        app: The application, whose events they are.
    """

    def __init__(self, take: Callable[[str], object], app: QObject) -> None:
        super().__init__(app)
        self._take = take
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that is handed over."""
        if isinstance(event, QFileOpenEvent) and event.type() is QEvent.Type.FileOpen:
            if event.file():
                self._take(event.file())
            return True
        return super().eventFilter(watched, event)
