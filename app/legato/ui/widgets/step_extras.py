"""A quiet row below a step's picture: why this, and other ways to do it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from legato.domain.ways import Way

GAP = 8


class StepExtras(QWidget):
    """Buttons that leave Space and Enter to the page; what has no room is left to the keys.

    Args:
        parent: The parent widget.
    """

    why_wanted = Signal()
    way_wanted = Signal(str)
    """Another way is wanted: the id of its move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._why = _button("Why this")
        self._why.setAccessibleDescription("The key is W")
        self._why.clicked.connect(self.why_wanted)
        self._row.addWidget(self._why)
        self._row.addStretch(1)
        self._ways: list[QPushButton] = []

    def show_extras(self, ways: Sequence[Way], *, why: bool) -> None:
        """Offer these ways, and the reason where there is one."""
        self._why.setVisible(why)
        for button in self._ways:
            self._row.removeWidget(button)
            button.deleteLater()
        self._ways = [self._button(way) for way in ways]
        self._fit()

    def _button(self, way: Way) -> QPushButton:
        button = _button(text.sentence(way.name.value))
        button.setToolTip(way.title)
        button.setAccessibleName(f"Another way, {way.name.value}: {way.title}")
        button.clicked.connect(partial(self.way_wanted.emit, way.move))
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _fit(self) -> None:
        """Hide the last buttons where there is no room, rather than cut their names."""
        left = self.width() - (self._why.sizeHint().width() if not self._why.isHidden() else 0)
        for button in self._ways:
            left -= button.sizeHint().width() + GAP
            button.setVisible(left >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "quiet")
    # Not by mouse: else Space would press it again instead of pausing.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
