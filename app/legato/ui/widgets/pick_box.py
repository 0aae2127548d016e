"""A box to pick one of a few from, with an arrow that grows with the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

ARROW_EMS = 0.5
FROM_EDGE_EMS = 1.0


class PickBox(QComboBox):
    """A combo box that leaves the wheel to the page, and paints its own arrow.

    The style sheet has none to give: an arrow of its own would have to be a file.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing what the pointer happens to be over."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow over what the style paints."""
        super().paintEvent(event)
        em = self.fontMetrics().ascent()
        wide = ARROW_EMS * em
        tip = QPointF(self.width() - FROM_EDGE_EMS * em, self.height() / 2 + wide / 4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), max(1.6, em / 9))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corners = (tip - QPointF(wide / 2, wide / 2), tip, tip + QPointF(wide / 2, -wide / 2))
        painter.drawPolyline(corners)
        painter.end()
