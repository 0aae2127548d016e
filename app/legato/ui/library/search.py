"""The search field, which passes the keys that move between cards on to the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from legato.ui.library.cards import CardGrid

_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})
_OF_THE_PAGE = frozenset({Qt.Key.Key_E, Qt.Key.Key_Delete})
"""With Ctrl these edit and delete a routine; on some systems text fields use them."""


class SearchField(QLineEdit):
    """Searches while the user types; arrows and Enter work on the cards without leaving the field.

    Args:
        grid: The cards.
    """

    def __init__(self, grid: CardGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setPlaceholderText("Search: calf, towel, evening …")
        self.setAccessibleName("Search the routines")

    def type_in(self, letters: str) -> None:
        """Start a search with letters that were typed elsewhere on the page."""
        self.setFocus()
        self.insert(letters)

    def _is_for_grid(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in _SIDEWAYS and self.text():
            return False
        return self._grid.takes_key(event.key())

    def event(self, event: QEvent) -> bool:
        """Leave the page's shortcuts to the page."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and event.key() in _OF_THE_PAGE
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between cards, clear the field on Esc, or edit the text."""
        if self._is_for_grid(event):
            self._grid.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
