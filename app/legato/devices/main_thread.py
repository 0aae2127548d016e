"""Calls from another thread into the one that shows the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable


class MainThreadCall(QObject):
    """Rung in any thread, answered in the thread it was made in, when that has time.

    Args:
        on_ring: What is called there, once for each ring.
    """

    _rung = Signal()

    def __init__(self, on_ring: Callable[[], None]) -> None:
        super().__init__()
        self._on_ring = on_ring
        self._rung.connect(self.on_rung, Qt.ConnectionType.QueuedConnection)

    def ring(self) -> None:
        """Ring and go; safe in any thread."""
        self._rung.emit()

    @Slot()
    def on_rung(self) -> None:
        """Answer one ring."""
        self._on_ring()
