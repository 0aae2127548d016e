"""When to get help: the signs to act on, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from legato.ui.widgets.advice_card import AdviceCard, plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from legato.domain.care import Care
    from legato.ui.widgets.key_list import Keys

KEYS: tuple[Keys, ...] = (
    ("Up, Down", "Read on"),
    ("Esc", "Back to where you were"),
)
MARGIN = 24
READING_WIDTH = 900
"""Lines longer than this are hard to follow."""
URGENT = frozenset({"emergency", "same_day"})


class HelpPage(QWidget):
    """Shows all sections one below the other, and what Legato is not.

    Args:
        care: The words.
    """

    left = Signal()
    """Back to where it was opened from."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        self._sections: dict[str, QWidget] = {}
        self._back = QPushButton("Back")
        self._back.setAccessibleDescription("The key is Esc")
        self._back.clicked.connect(self.left)
        heading = QLabel("When to get help")
        heading.setProperty("role", "title")
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        head.addWidget(heading, 1)
        head.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._reader(care), 1)
        self.setFocusProxy(self._scroll)

    def _reader(self, care: Care) -> QScrollArea:
        holder = QWidget()
        holder.setMaximumWidth(READING_WIDTH)
        column = self._column = QVBoxLayout(holder)
        column.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        column.setSpacing(16)
        for name, advice in care.sections.items():
            card = AdviceCard(advice, urgent=name in URGENT)
            self._sections[name] = card
            column.addWidget(card)
        column.addWidget(plain_label(care.disclaimer, "quiet"))
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("When to get help")
        self._scroll.setWidget(holder)
        return self._scroll

    def show_section(self, section: str) -> None:
        """Have a section in sight, by its id; an empty one is the beginning."""
        card = self._sections.get(section)
        self._column.activate()
        self._scroll.verticalScrollBar().setValue(card.y() if card else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back where it was opened from."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
