"""Waits until a window is on the screen, so that nothing delays its first frame."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget


class FirstFrame(QObject):
    """Calls back once, in the turn after the window has painted for the first time.

    A timer alone would come too early: it is the screen that says when to paint.

    Args:
        window: A window that is shown already.
        then: What to call.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        handle = window.windowHandle()
        handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window is exposed, which is when it paints."""
        is_expose = event.type() is QEvent.Type.Expose
        if is_expose and isinstance(watched, QWindow) and watched.isExposed():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


class IdleQueue(QObject):
    """Does one piece in each turn of the window, in order; idle, nothing runs.

    Args:
        parent: What it belongs to.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._closed = False
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._do_next)

    def add(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Do these after what waits already; after `close` nothing is done any more."""
        if self._closed:
            return
        self._waiting.extend(pieces)
        if self._waiting:
            self._turn.start()

    def close(self) -> None:
        """Leave undone what waits, at the end of the program."""
        self._closed = True
        self._waiting.clear()
        self._turn.stop()

    def _do_next(self) -> None:
        piece = self._waiting.popleft()
        if not self._waiting:
            self._turn.stop()
        piece()
