"""The optional choices of a plan: the feeling, the time there is, and what care comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from legato.domain.plan import FeelingName
from legato.domain.routine import Side, Sides, is_written
from legato.ui import text
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button, toggle_button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from legato.domain.plan import PainfulPlace, Plan, PlanRequest
    from legato.domain.routine import Step

LONGEST_NAME = 80


class NamePrompt(QFrame):
    """A field for a name with two buttons; hidden until `ask` is called."""

    named = Signal(str)
    """The user confirmed a name: the name."""
    closed = Signal()
    """The prompt was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName("Name to keep the plan under")
        self._name.returnPressed.connect(self._take)
        self._trouble = plain_label("", "caution")
        self._trouble.hide()
        row = FlowLayout(spacing=8)
        row.addWidget(push_button("Keep", "primary", self._take))
        row.addWidget(push_button("Cancel", "quiet", self.close_field))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label("Keep it among your routines as", ""))
        column.addWidget(self._name)
        column.addWidget(self._trouble)
        column.addLayout(row)
        self.setFocusProxy(self._name)
        self.hide()

    def ask(self, name: str) -> None:
        """Show the prompt, with `name` in the field."""
        self._name.setText(name)
        self._name.selectAll()
        self._trouble.hide()
        self.show()
        self._name.setFocus()

    def close_field(self) -> None:
        """Hide the prompt."""
        self.hide()
        self.closed.emit()

    def _take(self) -> None:
        name = " ".join(self._name.text().split())
        if is_written(name):
            self.hide()
            self.named.emit(name)
        else:
            self._trouble.setText("It needs a name.")
            self._trouble.show()
            self._name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_field()
        else:
            super().keyPressEvent(event)


FEELINGS = {
    FeelingName.ACHING: "Aching",
    FeelingName.BURNING: "Burning",
    FeelingName.CRAMPING: "Cramping",
    FeelingName.RESTLESS: "Urge to move",
}
BUDGETS = (5.0, 10.0, 15.0, None)
"""The minutes offered; None means no limit."""

NOTHING_PICKED = "Touch where it hurts, the sorest place first."
NOTHING_FITS = "For these places and this feeling there is nothing that suits."


def sore(spot: PainfulPlace) -> str:
    """Return `left calf`, or `calf` for both legs."""
    place, side = spot
    name = text.place(place)
    return name if side is Side.BOTH else f"{text.side(side)} {name}"


def wish_text(what: PlanRequest) -> str:
    """Return `Left calf and right shin, cramping`, or an empty string."""
    places = text.joined([sore(spot) for spot in what.sore])
    parts = [places, FEELINGS[what.feeling].lower() if what.feeling else ""]
    return text.sentence(", ".join(filter(None, parts))) if places else ""


def minutes(budget: float | None) -> str:
    """Return `10 min`, or `All of it`."""
    return "All of it" if budget is None else f"{budget:g} min"


def sides(step: Step) -> str:
    """Return `left leg`, `each leg` or `both legs` for a step of a plan."""
    return _SIDES[step.sides]


_SIDES = {
    Sides.EACH: "each leg",
    Sides.BOTH: "both legs",
    Sides.LEFT: "left leg",
    Sides.RIGHT: "right leg",
}


def length(step: Step) -> str:
    """Return `2 min a side` or `1 min`, with getting into place left out."""
    if step.hold_seconds is None:
        return text.OPEN_TIME
    held = text.duration(step.hold_seconds * step.repeat)
    return f"{held} a side" if step.sides is Sides.EACH else held


def total(plan: Plan) -> str:
    """Return `3 moves, 7 min in all`."""
    count = len(plan.routine.steps)
    moves = "1 move" if count == 1 else f"{count} moves"
    return f"{moves}, {text.routine_time(plan.routine)} in all"


GAP = 8
_Value = TypeVar("_Value")


class PlanOptions(QWidget):
    """Buttons that stay down, each with its key; one feeling, one time, any care."""

    changed = Signal()
    """The choice has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._feelings = {
            name: toggle_button(f"{number}  {words}", key=str(number), spoken=words)
            for number, (name, words) in enumerate(FEELINGS.items(), 1)
        }
        self._budgets = {one: toggle_button(minutes(one), key="T") for one in BUDGETS}
        self._massage = toggle_button("Massage first", key="M")
        self._bath = toggle_button("Foot bath before", key="B")
        self._bath.setToolTip("One to two hours before bed")
        for name, button in self._feelings.items():
            button.clicked.connect(lambda on, chosen=name: self._feel(chosen if on else None))
        for budget, button in self._budgets.items():
            button.clicked.connect(lambda _on, chosen=budget: self._budget(chosen))
        for button in (self._massage, self._bath):
            button.clicked.connect(self.changed)
        self._build()
        self._only(self._budgets, None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for name, buttons in (
            ("How it feels", self._feelings.values()),
            ("Time", self._budgets.values()),
            ("Care", (self._massage, self._bath)),
        ):
            group = QWidget()
            group.setAccessibleName(name)
            row = FlowLayout(spacing=GAP)
            group.setLayout(row)
            for button in buttons:
                row.addWidget(button)
            column.addWidget(group)

    @property
    def feeling(self) -> FeelingName | None:
        """The feeling chosen, or None."""
        return next((one for one, button in self._feelings.items() if button.isChecked()), None)

    @property
    def minutes(self) -> float | None:
        """The minutes chosen, or None for no limit."""
        return next((one for one, button in self._budgets.items() if button.isChecked()), None)

    @property
    def massage_first(self) -> bool:
        """Whether massage comes first."""
        return self._massage.isChecked() and not self._massage.isHidden()

    @property
    def foot_bath(self) -> bool:
        """Whether a foot bath comes before."""
        return self._bath.isChecked() and not self._bath.isHidden()

    def show_wish(self, wish: PlanRequest) -> None:
        """Show a choice without emitting `changed`."""
        budget = wish.minutes if wish.minutes in BUDGETS else None
        self._only(self._feelings, wish.feeling)
        self._only(self._budgets, budget)
        self._massage.setChecked(wish.massage_first)
        self._bath.setChecked(wish.foot_bath)

    def offer(self, *, massage: bool, foot_bath: bool) -> None:
        """Offer only the care that suits the plan."""
        self._massage.setVisible(massage)
        self._bath.setVisible(foot_bath)

    def press(self, key: str) -> bool:
        """Run the shortcut of a key, and return whether there is one."""
        names = tuple(self._feelings)
        if key.isdecimal() and 1 <= int(key) <= len(names):
            self._feelings[names[int(key) - 1]].click()
        elif key == "T":
            self._budget(BUDGETS[(BUDGETS.index(self.minutes) + 1) % len(BUDGETS)])
        elif key == "M" and not self._massage.isHidden():
            self._massage.click()
        elif key == "B" and not self._bath.isHidden():
            self._bath.click()
        else:
            return False
        return True

    def _feel(self, chosen: FeelingName | None) -> None:
        self._only(self._feelings, chosen)
        self.changed.emit()

    def _budget(self, chosen: float | None) -> None:
        self._only(self._budgets, chosen)
        self.changed.emit()

    @staticmethod
    def _only(buttons: Mapping[_Value, QPushButton], chosen: _Value | None) -> None:
        for value, button in buttons.items():
            button.setChecked(value == chosen)
