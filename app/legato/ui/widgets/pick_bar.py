"""How it feels, how much time there is, and what care comes first: toggles, all optional."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.ui.pain_words import BUDGETS, FEELINGS, minutes
from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legato.domain.wish import FeelingName, Wish

GAP = 8
_Value = TypeVar("_Value")


class PickBar(QWidget):
    """Buttons that stay down, each with its key; one feeling, one time, any care."""

    changed = Signal()
    """Something else was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._feelings = {
            name: self._toggle(f"{number}  {words}", words, str(number))
            for number, (name, words) in enumerate(FEELINGS.items(), 1)
        }
        self._budgets = {one: self._toggle(minutes(one), minutes(one), "T") for one in BUDGETS}
        self._massage = self._toggle("Massage first", "Massage first", "M")
        self._bath = self._toggle("Foot bath before", "Foot bath before", "B")
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

    def _toggle(self, words: str, spoken: str, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setCheckable(True)
        button.setProperty("role", "toggle")
        button.setAccessibleName(spoken)
        button.setAccessibleDescription(f"The key is {key}")
        return button

    @property
    def feeling(self) -> FeelingName | None:
        """How it feels, or None."""
        return next((one for one, button in self._feelings.items() if button.isChecked()), None)

    @property
    def minutes(self) -> float | None:
        """How much time there is, or None for all that it takes."""
        return next((one for one, button in self._budgets.items() if button.isChecked()), None)

    @property
    def massage_first(self) -> bool:
        """Whether massage comes first."""
        return self._massage.isChecked() and not self._massage.isHidden()

    @property
    def foot_bath(self) -> bool:
        """Whether a foot bath comes before."""
        return self._bath.isChecked() and not self._bath.isHidden()

    def show_wish(self, wish: Wish) -> None:
        """Show what is picked; `changed` stays silent."""
        budget = wish.minutes if wish.minutes in BUDGETS else None
        self._only(self._feelings, wish.feeling)
        self._only(self._budgets, budget)
        self._massage.setChecked(wish.massage_first)
        self._bath.setChecked(wish.foot_bath)

    def offer(self, *, massage: bool, foot_bath: bool) -> None:
        """Offer only the care that suits."""
        self._massage.setVisible(massage)
        self._bath.setVisible(foot_bath)

    def press(self, key: str) -> bool:
        """Do what a key stands for, and return whether it stands for anything here."""
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
