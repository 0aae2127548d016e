"""Tells when a window has painted for the first time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _FirstPaint(QObject):
    """Looks, once the window is shown, whether it is on the screen: then it has painted.

    A window paints in the event that tells it that it is exposed; a paint event of its own does
    not come where its parts cover it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._look = QTimer(self)
        self._look.timeout.connect(self._check)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._look.start(0)
        return False

    def _check(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle.isExposed():
            self._look.stop()
            print(f"painted {time.monotonic():.6f}", flush=True)


def tell_first_paint(window: QWidget) -> None:
    """Print `painted SECONDS` on the monotonic clock once `window` and its parts have painted."""
    _FirstPaint(window)
