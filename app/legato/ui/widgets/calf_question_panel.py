"""The one-calf question: asked before a plan for one calf; a yes offers no exercise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from legato.ui.announcing import announce
from legato.ui.widgets.advice_card import AdviceCard, plain_label
from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent

    from legato.domain.care import Care

    _Button = tuple[str, Callable[[], object], str]
    """Its words, what it does, its role."""


class CalfQuestionPanel(QWidget):
    """Asks, and on a yes says what to do instead; neither answer is the easier one to press.

    Args:
        care: The words.
    """

    cleared = Signal()
    """The leg is as the other: the plan may start."""
    left = Signal()
    """Back to the plan without an answer, or after the advice."""
    help_wanted = Signal(str)
    """The section of "When to get help" that belongs to a yes."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        question = care.calf_question
        self._words = question
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._question = self._card(
            (plain_label(question.ask, "title"), plain_label(question.detail, "quiet")),
            (
                (f"{question.choose_yes}   Y", self._say_yes, ""),
                (f"{question.choose_no}   N", self.cleared.emit, ""),
            ),
        )
        self._reply = self._card(
            (plain_label(question.reply_yes, "title"),),
            (
                ("When to get help", partial(self.help_wanted.emit, question.see), ""),
                ("Back", self.left.emit, "quiet"),
            ),
            AdviceCard(care.sections[question.see], urgent=True),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._question)
        column.addWidget(self._reply)
        column.addStretch(1)
        self.ask()

    @staticmethod
    def _card(
        words: Iterable[QWidget], buttons: Iterable[_Button], below: QWidget | None = None
    ) -> QFrame:
        card = QFrame()
        card.setProperty("role", "raised")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        for widget in words:
            column.addWidget(widget)
        row = FlowLayout(spacing=16)
        for name, does, role in buttons:
            button = QPushButton(name)
            button.setProperty("role", role)
            button.clicked.connect(lambda _checked=False, do=does: do())
            row.addWidget(button)
        column.addLayout(row)
        if below is not None:
            column.addWidget(below)
        return card

    @property
    def has_said_yes(self) -> bool:
        """Whether the advice is shown in place of the question."""
        return not self._reply.isHidden()

    def ask(self) -> None:
        """Show the question."""
        self._reply.hide()
        self._question.show()
        self.setAccessibleName(f"{self._words.ask} {self._words.detail}")
        self.setAccessibleDescription("Y is yes, N is no")

    def _say_yes(self) -> None:
        self._question.hide()
        self._reply.show()
        self.setAccessibleName(self._words.reply_yes)
        self.setAccessibleDescription("")
        self.setFocus()
        announce(self, self._words.reply_yes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a single key."""
        key = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == "Y" and not self.has_said_yes:
            self._say_yes()
        elif key == "N" and not self.has_said_yes:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
