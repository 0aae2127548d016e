"""Calls from another thread into the thread of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable


class MainThreadCall(QObject):
    """Calls a function in the thread that made this object (a queued signal).

    Args:
        on_ring: Called there once for each `ring` that arrives before `close`.
    """

    _rung = Signal()

    def __init__(self, on_ring: Callable[[], None]) -> None:
        super().__init__()
        self._on_ring = on_ring
        self._closed = False
        self._rung.connect(self.on_rung, Qt.ConnectionType.QueuedConnection)

    def ring(self) -> None:
        """Queue one call and return at once; safe in any thread."""
        self._rung.emit()

    def close(self) -> None:
        """Drop the calls that are still queued and all later ones.

        What they would call may be gone by the time they arrive.
        """
        self._closed = True

    @Slot()
    def on_rung(self) -> None:
        """Make one queued call."""
        if not self._closed:
            self._on_ring()
