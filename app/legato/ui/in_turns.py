"""Does work a piece at a time, so that the window answers in between."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class InTurns(QObject):
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
