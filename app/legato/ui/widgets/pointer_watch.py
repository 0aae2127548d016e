"""Tells a pointer that is moved by hand from one that trembles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

LEAST_WAY = 4.0
"""A pointer that trembles by fewer pixels than this has not been moved."""


class PointerWatch:
    """Remembers where the pointer was."""

    def __init__(self) -> None:
        self._before: QPointF | None = None

    def has_moved(self, now: QPointF) -> bool:
        """Return whether the pointer, now at `now`, was moved by hand.

        The first place it is told tells nothing: what appears below a pointer moves it too.
        """
        before = self._before
        if before is not None and (now - before).manhattanLength() < LEAST_WAY:
            return False
        self._before = now
        return before is not None
