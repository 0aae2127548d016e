"""The library's routines that ease what was picked, the best fit first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.domain.body import fit, fit_order
from legato.ui import text
from legato.ui.widgets.advice_card import plain_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from legato.domain.ports import Listed
    from legato.domain.routine import Place

MOST = 8
"""More than these help nobody to choose."""


class FittingRoutines(QWidget):
    """Offers ready-made routines below a plan; hidden where none fits."""

    wanted = Signal(str)
    """A routine is to be started: its id."""

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
        """Choose among these from now on; single moves and broken files are left out."""
        self._whole = tuple(one for one in listed if one.routine and not one.is_move)

    def show_for(self, places: Sequence[Place]) -> None:
        """Offer what fits `places`."""
        ranked = _ranked(self._whole, places)[:MOST] if places else []
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(one) for one in ranked]
        self.setVisible(bool(ranked))

    def _button(self, listed: Listed) -> QPushButton:
        routine = listed.routine
        button = QPushButton(f"{listed.name} · {text.routine_time(routine)}" if routine else "")
        button.setProperty("role", "row")
        button.clicked.connect(partial(self.wanted.emit, listed.id))
        if routine:
            button.setAccessibleName(text.routine_spoken(routine))
        self._column.addWidget(button)
        return button


def _ranked(listed: Iterable[Listed], places: Sequence[Place]) -> list[Listed]:
    """Return what fits at all; the user's own first where two fit the same."""
    eases = {one.id: one.routine.eases for one in listed if one.routine}
    fitting = [one for one in listed if fit(eases[one.id], places)]
    return sorted(
        fitting, key=lambda one: (*fit_order(eases[one.id], places), not one.own, one.name)
    )
