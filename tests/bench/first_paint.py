"""Tells when a window has painted for the first time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _FirstPaint(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The children paint in the same turn; the next turn comes when all is on the screen.
            QTimer.singleShot(0, lambda: print(f"painted {time.monotonic():.6f}", flush=True))
        return False


def tell_first_paint(window: QWidget) -> None:
    """Print `painted SECONDS` on the monotonic clock once `window` and its parts have painted."""
    _FirstPaint(window)
