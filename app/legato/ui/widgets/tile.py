"""A large button made of words and, where it has one, a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from legato.ui import early
from legato.ui.widgets.basic import plain_label

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QWidget

MARGIN = 24
LEAST_MARGIN = 16


class Tile(QPushButton):
    """Says in large letters what it does, with a line above and below, and its key in a corner.

    It is as high as its words need at the width that it has.

    Args:
        above: A quiet line above, or empty.
        key: The key that does the same, as it is written on the keyboard.
        picture: Takes the room that the words leave.
        beside: Whether the picture stands beside the words, not over them.
    """

    def __init__(self, above: str, key: str, picture: QWidget, *, beside: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self._key = key
        self._above = plain_label(above, "quiet", wraps=False)
        self._title = plain_label("", "large")
        self._below = plain_label("", "quiet")
        self._hint = plain_label(key, "quiet", wraps=False)
        early.set_properties(self._hint, early.BOTTOM_RIGHT)
        if not above:
            self._above.hide()  # never shown before it has a parent: that would open a window
        self._picture = picture
        self._beside: bool | None = None
        self._foot = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.set_beside(beside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        for label in (self._above, self._title, self._below):
            words.addWidget(label)
        words.addStretch(1)
        self._foot.setSpacing(16)
        self._foot.addLayout(words, 1)
        self._foot.addWidget(self._hint)
        self._column.setContentsMargins(MARGIN, LEAST_MARGIN, MARGIN, LEAST_MARGIN)
        self._column.setSpacing(8)
        self._column.addLayout(self._foot)

    def set_beside(self, beside: bool) -> None:
        """Put the picture beside the words, or over them."""
        if beside is self._beside:
            return
        self._beside = beside
        if beside:
            self._column.removeWidget(self._picture)
            self._foot.insertWidget(1, self._picture, 1)
        else:
            self._foot.removeWidget(self._picture)
            self._column.insertWidget(0, self._picture, 1)
        self._column.setStretchFactor(self._foot, int(beside))
        self.updateGeometry()

    def show_words(self, title: str, below: str, spoken: str = "") -> None:
        """Be called `title`, with `below` under it; a screen reader says `spoken`, or both."""
        self._title.setText(title)
        self._below.setText(below)
        self.setAccessibleName(spoken or f"{title}, {below}")
        self.setAccessibleDescription(f"The key is {self._key}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of what it holds."""
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which nothing is cut."""
        return self._column.totalMinimumSize()

    def hasHeightForWidth(self) -> bool:
        """Return that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the words need at `width`."""
        return self._column.totalHeightForWidth(width)
