"""When to get help: the signs to act on, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from legato.domain import spoken_lines
from legato.domain.routine import Side
from legato.ui.widgets.basic import AdviceCard, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from legato.domain.care import Care, Evidence
    from legato.domain.routine import Step
    from legato.ui.widgets.key_list import Keys

HELP_KEYS: tuple[Keys, ...] = (
    ("Up, Down", "Read on"),
    ("Esc", "Back to where you were"),
)
MARGIN = 24
READING_WIDTH = 900
"""Lines longer than this are hard to follow."""
URGENT = frozenset({"emergency", "same_day"})


class HelpPage(QWidget):
    """Shows all sections in a column, and what Legato is not.

    Args:
        care: The words.
    """

    left = Signal()
    """The user leaves the page."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        self._sections: dict[str, QWidget] = {}
        self._back = push_button("Back", "", self.left, key="Esc")
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
        """Scroll to a section by its id, or to the top if it is empty."""
        card = self._sections.get(section)
        self._column.activate()
        self._scroll.verticalScrollBar().setValue(card.y() if card else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the page on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


WHY_KEYS: tuple[Keys, ...] = (
    ("Up, Down", "Read on"),
    ("Esc, W", "Back to where you were"),
)


NOTHING = "Nothing has been tried for this move itself. It is here because it is gentle and common."


class WhyPage(QWidget):
    """Shows the evidence for one step, worded and graded as in the list of evidence.

    Args:
        evidence: All that is known, by id.
    """

    left = Signal()
    """The user leaves the page."""

    def __init__(self, evidence: Mapping[str, Evidence]) -> None:
        super().__init__()
        self._evidence = evidence
        self._heading = plain_label("", "title")
        back = push_button("Back", "", self.left, key="Esc")
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        head.addWidget(self._heading, 1)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)

    @property
    def heading(self) -> str:
        """The title of the step."""
        return self._heading.text()

    def show_step(self, step: Step) -> None:
        """Show what is known about `step`."""
        self._heading.setText(f"Why this: {step.title}")
        known = [self._evidence[one] for one in step.evidence if one in self._evidence]
        holder = QWidget()
        holder.setMaximumWidth(READING_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        column.setSpacing(16)
        for words in _about(step):
            column.addWidget(plain_label(words, ""))
        for one in known:
            column.addWidget(_card(one))
        if not known:
            column.addWidget(plain_label(NOTHING, "quiet"))
        column.addStretch(1)
        self._scroll.setWidget(holder)
        spoken = [f"{one.claim} {one.text} {one.strength}." for one in known] or [NOTHING]
        self._scroll.setAccessibleName(self.heading)
        self._scroll.setAccessibleDescription(" ".join(spoken))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the page on Esc."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_W}:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _about(step: Step) -> list[str]:
    lines = [("Feel it", step.feel), ("Easier", step.easier), ("Leave it out", step.skip_if)]
    return [
        f"{name}: {spoken_lines.format_line(words, Side.BOTH)}" for name, words in lines if words
    ]


def _card(known: Evidence) -> QFrame:
    card = QFrame()
    card.setProperty("role", "raised")
    card.setAccessibleName(known.claim)
    column = QVBoxLayout(card)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(8)
    column.addWidget(plain_label(known.claim, "quiet"))
    column.addWidget(plain_label(known.text, ""))
    column.addWidget(plain_label(f"How sure: {known.strength}", "accent"))
    column.addWidget(plain_label(known.source, "quiet"))
    return card
