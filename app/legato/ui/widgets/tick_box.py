"""A box to tick, with words that wrap where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

BOX_EMS = 1.15
"""The side of the box against the height of the letters."""
GAP = 12
ROUNDING = 0.28
TICK = (QPointF(0.24, 0.53), QPointF(0.43, 0.71), QPointF(0.77, 0.31))
"""The corners of the tick in a box of side 1."""
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TickBox(QCheckBox):
    """A check box outlined in the accent, not filled: a filled one would light up a dark room.

    Args:
        words: What is on or off.
        parent: The parent widget.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return round(BOX_EMS * self.fontMetrics().ascent())

    def _words_beside(self, width: int) -> QRect:
        """Return how much room the words take in a box of this width."""
        room = QRect(0, 0, max(1, width - self._side() - GAP), 10_000)
        return self.fontMetrics().boundingRect(room, _WRAPS, self.text())

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        colours = self.palette()
        accent = colours.color(QPalette.ColorRole.Accent)
        marked = self.isChecked() or self.hasFocus()
        edge = accent if marked else colours.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(edge, 2.0))
        painter.setBrush(colours.color(QPalette.ColorRole.Base))
        corner = ROUNDING * box.width()
        painter.drawRoundedRect(box, corner, corner)
        if not self.isChecked():
            return
        pen = QPen(accent, max(2.0, 0.12 * box.width()))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        places = [box.topLeft() + corner * box.width() for corner in TICK]
        painter.drawLines([QLineF(*places[:2]), QLineF(*places[1:])])

    def hitButton(self, place: QPoint) -> bool:
        """Take a click on the words too, on each of their lines."""
        return self.rect().contains(place)

    def sizeHint(self) -> QSize:
        """Return the size in which the words stand in one line."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = self._side() + GAP + words + 4
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size in which the longest word still fits."""
        metrics = self.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, self.text().split()), default=0)
        return QSize(self._side() + GAP + longest + 4, self._side() + 8)

    def hasHeightForWidth(self) -> bool:
        """Return True: words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are in this width."""
        return max(self._side(), self._words_beside(width).height()) + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box beside the first line, and the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, line = self._side(), self.fontMetrics().height()
        words = QRect(side + GAP, 0, self.width() - side - GAP, self.height())
        height = self._words_beside(self.width()).height()
        middle = (self.height() - height) / 2 + line / 2
        self._paint_box(painter, QRectF(1, middle - side / 2, side - 2, side - 2))
        role = QPalette.ColorRole
        painter.setPen(self.palette().color(role.Accent if self.hasFocus() else role.WindowText))
        painter.drawText(words, _WRAPS, self.text())
        painter.end()
