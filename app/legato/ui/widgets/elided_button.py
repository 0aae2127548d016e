"""A button whose words are cut at the end where there is not room for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

PADDING = 40
"""What the style sheet puts around the words, and a little more."""


class ElidedButton(QPushButton):
    """Takes the width that it is given; its accessible name should say it all."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def show_words(self, words: str) -> None:
        """Be called `words`, as far as there is room."""
        self._words = words
        self._fit()

    @property
    def words(self) -> str:
        """All of its words."""
        return self._words

    def _fit(self) -> None:
        room = max(0, self.width() - PADDING)
        elided = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        if elided != self.text():
            self.setText(elided)

    def sizeHint(self) -> QSize:
        """Return that it asks for no width of its own."""
        return QSize(PADDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return that it may be as narrow."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many letters as there is room for."""
        super().resizeEvent(event)
        self._fit()
