"""A plan as a list: its name, its length, a row for each step, and what to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from legato.domain import spoken_lines
from legato.domain.plan import match_order, match_score
from legato.domain.routine import Side, Sides
from legato.ui import text
from legato.ui.pictures.thumbnails import StepThumb
from legato.ui.plan import choices
from legato.ui.widgets.basic import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from legato.domain.plan import Plan
    from legato.domain.ports import Listed
    from legato.domain.routine import Place, Step
    from legato.ui.pictures.thumbnails import CardPictures

PICTURE = QSize(112, 80)


class PlanRow(QFrame):
    """Shows a step; it is used again for others as the plan changes.

    Args:
        pictures: Where the small pictures come from.
    """

    why_wanted = Signal(object)
    """The user asks for the evidence on the step: the Step."""

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
        self._more = push_button("Why this", "quiet", self._ask_why)
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

    def show_step(self, step: Step, why: str) -> None:
        """Show `step`, which is here for the reason `why`."""
        self._step = step
        side = step.worked_sides[0] if step.sides is not Sides.EACH else Side.BOTH
        self._picture.show_step(step)
        self._title.setText(step.title)
        self._times.setText(f"{text.sentence(choices.sides(step))} · {choices.length(step)}")
        self._why.setText(why)
        skip = spoken_lines.format_line(step.skip_if, side)
        self._skip.setText(f"Leave it out: {skip}" if skip else "")
        self._skip.setVisible(bool(skip))
        self._more.setVisible(bool(step.evidence))
        self._more.setAccessibleName(f"Why {step.title}")
        self.setAccessibleName(f"{step.title}, {self._times.text()}. {why}")

    def _ask_why(self) -> None:
        if self._step is not None:
            self.why_wanted.emit(self._step)


GAP = 8


class PlanList(QWidget):
    """Shows a plan, or in its place a line that says why there is none.

    Args:
        pictures: Where the small pictures come from.
    """

    why_wanted = Signal(object)
    """The user asks for the evidence on a step: the Step."""

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

    def show_plan(self, plan: Plan) -> None:
        """Show `plan`."""
        self._name.setText(plan.routine.name)
        self._total.setText(choices.total(plan))
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
        """Show why there is no plan."""
        self._name.setText(why)
        for widget in (self._total, self._care, *self._rows):
            widget.hide()

    def _add_row(self) -> None:
        row = PlanRow(self._pictures)
        row.why_wanted.connect(self.why_wanted)
        self._rows.append(row)
        self._steps.addWidget(row)


MOST = 8
"""The most routines offered: more make choosing harder."""


class FittingRoutines(QWidget):
    """Offers ready-made routines below a plan; hidden where none fits."""

    wanted = Signal(str)
    """The user wants to start a routine: its id."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: tuple[Listed, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 16, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(plain_label("Or a whole routine", "title"))
        self._buttons: list[QPushButton] = []
        self.hide()

    def set_routines(self, listed: Iterable[Listed]) -> None:
        """Set the routines to choose from; single exercises and broken files are left out."""
        self._whole = tuple(one for one in listed if one.routine and not one.is_move)

    def show_for(self, places: Sequence[Place]) -> None:
        """Offer the routines that fit `places`."""
        ranked = _ranked(self._whole, places)[:MOST] if places else []
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(one) for one in ranked]
        self.setVisible(bool(ranked))

    def _button(self, listed: Listed) -> QPushButton:
        routine = listed.routine
        words = f"{listed.name} · {text.routine_time(routine)}" if routine else ""
        button = push_button(words, "row", partial(self.wanted.emit, listed.id))
        if routine:
            button.setAccessibleName(text.routine_spoken(routine))
        self._column.addWidget(button)
        return button


def _ranked(listed: Iterable[Listed], places: Sequence[Place]) -> list[Listed]:
    """Return the routines that fit; of two that fit equally, the user's own comes first."""
    eases = {one.id: one.routine.eases for one in listed if one.routine}
    fitting = [one for one in listed if match_score(eases[one.id], places)]
    return sorted(
        fitting, key=lambda one: (*match_order(eases[one.id], places), not one.own, one.name)
    )
