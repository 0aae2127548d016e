"""The card that appears when a cramp has lasted long: what to do, and where to read more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from legato.domain.care import Care


class LongCrampCard(QFrame):
    """Says that it is time to have it looked at; its sections of help are one touch away.

    Args:
        care: The words.
    """

    section_wanted = Signal(str)
    """A section of "When to get help" is wanted: its id."""
    closed = Signal()
    """The picture is wanted back."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        card = care.ten_minutes
        self.words = f"{card.title}. {card.advice}"
        self.setAccessibleName(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(_label(card.title, "title"))
        column.addWidget(_label(card.advice, ""))
        row = FlowLayout(spacing=8)
        for section in card.see:
            button = QPushButton(care.sections[section].title)
            button.clicked.connect(partial(self.section_wanted.emit, section))
            row.addWidget(button)
        back = QPushButton("Show the picture")
        back.setProperty("role", "quiet")
        back.clicked.connect(self.closed)
        row.addWidget(back)
        column.addLayout(row)
        column.addStretch(1)


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
