"""The places that a routine eases, on a small leg map and in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from legato.domain.routine import Side
from legato.ui import text
from legato.ui.widgets.basic import plain_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.domain.routine import Place
    from legato.ui.leg_map.map import LegMap

LEGS_HEIGHT = 200
WORDS_LINES = 5
"""The height of the map in pixels: the legs, and some lines of text around them."""
LEAST_WIDTH = 200


class EasesMap(QWidget):
    """Shows the places of both legs at once, to choose by mouse or keys.

    Args:
        legs: A leg map that asks for both legs.
    """

    eases_changed = Signal(object)
    """The user chose a place, or removed it: all chosen Places."""

    def __init__(self, legs: LegMap) -> None:
        super().__init__()
        self._legs = legs
        self._legs.setMinimumWidth(LEAST_WIDTH)
        self._words = plain_label("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(legs)
        column.addWidget(self._words)
        legs.chosen_changed.connect(self._tell)
        self._fit()

    def show_eases(self, places: Iterable[Place]) -> None:
        """Show these places as chosen, without emitting a signal."""
        chosen = tuple(places)
        spots = [(place, side) for place in chosen for side in (Side.LEFT, Side.RIGHT)]
        if self._legs.chosen() != tuple(spots):
            self._legs.show_chosen(spots)
        self._words.setText(text.sentence(text.all_places(chosen)) or "Nothing chosen yet.")

    def begin(self) -> None:
        """Focus a place."""
        self._legs.begin()

    def _tell(self, spots: tuple[tuple[Place, Side], ...]) -> None:
        self.eases_changed.emit(tuple(dict.fromkeys(place for place, _side in spots)))

    def _fit(self) -> None:
        self._legs.setFixedHeight(LEGS_HEIGHT + WORDS_LINES * self.fontMetrics().lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        """Adapt the height to the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
