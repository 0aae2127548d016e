"""Where everything on the plan page goes: the legs beside the plan, or above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

MARGIN = 24
GAP = 16
BESIDE_FROM_EMS = 42
"""A page narrower than this many times the text size has the legs above the plan."""
LEGS_SHARE, PLAN_SHARE = 43, 57
LEGS_ABOVE_HEIGHT = 420


class PlanArrangement(QWidget):
    """Holds the parts of the page; the foot with the buttons is always in sight.

    Args:
        legs: The leg map.
        planned: What is picked, and the plan.
        foot: The buttons.
    """

    def __init__(self, legs: QWidget, planned: QWidget, foot: QWidget) -> None:
        super().__init__()
        self._planned = planned
        heading = QLabel("Where does it hurt?")
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        self._beside: bool | None = None
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(heading)
        left.addWidget(legs, 1)
        holder = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, holder)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addWidget(planned)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(holder)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        column.setSpacing(GAP)
        column.addLayout(self._row, 1)
        column.addWidget(foot)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._arrange(beside=True)

    def show_from_top(self) -> None:
        """Have the beginning of the plan in sight."""
        top = 0 if self._beside else self._planned.y()
        self._scroll.verticalScrollBar().setValue(top)

    def _arrange(self, *, beside: bool) -> None:
        if beside is self._beside:
            return
        self._beside = beside
        self._left.setMinimumHeight(0 if beside else LEGS_ABOVE_HEIGHT)
        while self._row.takeAt(0):
            pass
        if beside:
            self._box.removeWidget(self._left)
            self._row.addWidget(self._left, LEGS_SHARE)
        else:
            self._box.insertWidget(0, self._left)
        self._row.addWidget(self._scroll, PLAN_SHARE)
        self._left.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the legs beside the plan where there is room."""
        super().resizeEvent(event)
        self._arrange(beside=self._has_room())

    def changeEvent(self, event: QEvent) -> None:
        """Put them above it where the text becomes too large."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange(beside=self._has_room())

    def _has_room(self) -> bool:
        return self.width() >= BESIDE_FROM_EMS * self.fontInfo().pixelSize()
