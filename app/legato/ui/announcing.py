"""Says a sentence to those who use a screen reader, where Qt can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


def announce(source: QObject, words: str) -> None:
    """Have `words` read out; does nothing without a screen reader, or before Qt 6.8."""
    if words and QtGui.QAccessible.isActive() and hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(source, words))
