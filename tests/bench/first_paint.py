"""Tells when a window has painted for the first time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _FirstPaint(QObject):
    """Lets a window paint when it is exposed, and looks at the clock right after that."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_widget = True
        window.installEventFilter(self)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and self._is_widget:
            self._is_widget = False
            watched.removeEventFilter(self)
            self._window.windowHandle().installEventFilter(self)
        elif event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QGuiApplication.sendEvent(watched, event)
            print(f"painted {time.monotonic():.6f}", flush=True)
            return True
        return False


def tell_first_paint(window: QWidget) -> None:
    """Print `painted SECONDS` on the monotonic clock once `window` and its parts have painted."""
    _FirstPaint(window)
