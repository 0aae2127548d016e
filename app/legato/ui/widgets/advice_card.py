"""One section of "When to get help" as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

if TYPE_CHECKING:
    from legato.domain.care import Advice


class AdviceCard(QFrame):
    """One section: its heading, what to do, and when.

    Args:
        advice: The words.
        urgent: Whether its heading stands out.
    """

    def __init__(self, advice: Advice, *, urgent: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self.setAccessibleName(advice.title)
        self.setAccessibleDescription(" ".join((advice.advice, *advice.signs, *advice.notes)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(advice.title, "urgent" if urgent else "title"))
        column.addWidget(plain_label(advice.advice, ""))
        for sign in advice.signs:
            column.addLayout(_bullet(sign))
        for note in advice.notes:
            column.addWidget(plain_label(note, "quiet"))


def _bullet(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    dot = plain_label("•", "quiet")
    dot.setWordWrap(False)
    row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain_label(words, "quiet"), 1)
    return row


def plain_label(words: str, role: str) -> QLabel:
    """Return words that wrap and are never taken for markup."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
