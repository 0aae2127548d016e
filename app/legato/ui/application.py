"""The application, which takes the files that the system hands over: a double click on macOS."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Hears of each file that is to be opened.

    It listens to its own events alone. A filter on the application would be asked about every
    event of every widget, in Python, and would make the first frame 40 ms later.
    """

    file_given = Signal(str)
    """The path of a file that somebody opened with Legato."""

    def event(self, event: QEvent) -> bool:
        """Take a file that is handed over."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self.file_given.emit(event.file())
            return True
        return super().event(event)
