"""One step of a plan: its picture, which leg, how long, and why it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from legato.domain import wording
from legato.domain.routine import Side, Sides
from legato.ui import pain_words, text
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.step_thumb import StepThumb

if TYPE_CHECKING:
    from legato.domain.routine import Step
    from legato.ui.widgets.card_pictures import CardPictures

PICTURE = QSize(112, 80)


class PlanRow(QFrame):
    """Shows a step; it is used again for others as the plan changes.

    Args:
        pictures: Where the small pictures come from.
    """

    why_wanted = Signal(object)
    """What is known about the step is wanted: the Step."""

    def __init__(self, pictures: CardPictures) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self._step: Step | None = None
        self._picture = StepThumb(pictures, PICTURE)
        self._picture.setFixedSize(PICTURE)
        self._title = plain_label("", "")
        self._times = plain_label("", "accent")
        self._why = plain_label("", "quiet")
        self._skip = plain_label("", "quiet")
        self._more = QPushButton("Why this")
        self._more.setProperty("role", "quiet")
        self._more.clicked.connect(self._ask_why)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._picture, 0, 0, 4, 1, top)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._more, 0, 2, top)
        for row, label in enumerate((self._times, self._why, self._skip), 1):
            grid.addWidget(label, row, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    @property
    def skip_words(self) -> str:
        """When to leave the step out."""
        return self._skip.text()

    def show_step(self, step: Step, why: str) -> None:
        """Show `step`, which is here for the reason `why`."""
        self._step = step
        side = step.worked_sides[0] if step.sides is not Sides.EACH else Side.BOTH
        self._picture.show_step(step)
        self._title.setText(step.title)
        self._times.setText(f"{text.sentence(pain_words.sides(step))} · {pain_words.length(step)}")
        self._why.setText(why)
        skip = wording.said(step.skip_if, side)
        self._skip.setText(f"Leave it out: {skip}" if skip else "")
        self._skip.setVisible(bool(skip))
        self._more.setVisible(bool(step.evidence))
        self._more.setAccessibleName(f"Why {step.title}")
        self.setAccessibleName(f"{step.title}, {self._times.text()}. {why}")

    def _ask_why(self) -> None:
        if self._step is not None:
            self.why_wanted.emit(self._step)
