"""A plan as a list: its name, its length, a row for each step, and what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from legato.ui import pain_words
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.plan_row import PlanRow

if TYPE_CHECKING:
    from legato.domain.body import Plan
    from legato.ui.widgets.card_pictures import CardPictures

GAP = 8


class PlanList(QWidget):
    """Shows a plan, or in its place a line that says why there is none.

    Args:
        pictures: Where the small pictures come from.
    """

    why_wanted = Signal(object)
    """What is known about a step is wanted: the Step."""

    def __init__(self, pictures: CardPictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._rows: list[PlanRow] = []
        self._name = plain_label("", "title")
        self._total = plain_label("", "quiet")
        self._care = plain_label("", "quiet")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._name)
        column.addWidget(self._total)
        column.addLayout(self._steps)
        column.addWidget(self._care)

    @property
    def heading(self) -> str:
        """The plan's name, or why there is none."""
        return self._name.text()

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The rows that are shown, in order."""
        return tuple(row for row in self._rows if not row.isHidden())

    def show_plan(self, plan: Plan) -> None:
        """Show `plan`."""
        self._name.setText(plan.routine.name)
        self._total.setText(pain_words.total(plan))
        self._care.setText("\n".join(plan.care))
        self._care.setVisible(bool(plan.care))
        self._total.show()
        steps = plan.routine.steps
        while len(self._rows) < len(steps):
            self._add_row()
        for number, row in enumerate(self._rows):
            if number < len(steps):
                row.show_step(steps[number], plan.why[number])
            row.setVisible(number < len(steps))

    def show_none(self, why: str) -> None:
        """Say why there is no plan."""
        self._name.setText(why)
        for widget in (self._total, self._care, *self._rows):
            widget.hide()

    def _add_row(self) -> None:
        row = PlanRow(self._pictures)
        row.why_wanted.connect(self.why_wanted)
        self._rows.append(row)
        self._steps.addWidget(row)
