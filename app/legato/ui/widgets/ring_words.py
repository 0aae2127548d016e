"""The words in the ring: the phase above the numerals, the side below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPolygonF, QRegion

from legato.domain.routine import Side

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from legato.ui.widgets.ring_geometry import RingGeometry
    from legato.ui.widgets.ring_look import RingLook
    from legato.ui.widgets.ring_numerals import RingNumerals

PHASE_SHARE = 0.19
SIDE_SHARE = 0.25
GAP_SHARE = 0.10
"""Sizes against that of the numerals."""

LEAST_PIXELS = 12
POINTER_SHARE = 0.32
_PHASE_LINES = 2.6
_SIDE_LINES = 1.4
_CHORD_SHARE = 0.92


class RingWords:
    """Lays out phase and side for one size and one wording.

    Args:
        family: The font to write in, whatever its size.
        ring: The ring around them.
        numerals: The numerals between them.
        phase: What is to be done now.
        side_words: The side in words, or empty.
        side: The side, for the pointer beside its words.

    Attributes:
        room: What they and the pointer take, empty where there are none.
    """

    def __init__(
        self,
        family: QFont,
        ring: RingGeometry,
        numerals: RingNumerals,
        *,
        phase: str,
        side_words: str,
        side: Side | None,
    ) -> None:
        gap = numerals.height / 2 + GAP_SHARE * numerals.pixels
        half = ring.half_chord(gap + 1.2 * SIDE_SHARE * numerals.pixels) * _CHORD_SHARE
        above = _PHASE_LINES * PHASE_SHARE * numerals.pixels
        below = _SIDE_LINES * SIDE_SHARE * numerals.pixels
        middle = ring.centre
        centred = Qt.AlignmentFlag.AlignHCenter
        self._phase = _Written(
            QRectF(middle.x() - half, middle.y() - gap - above, 2 * half, above),
            phase,
            _sized(family, PHASE_SHARE * numerals.pixels),
            centred | Qt.AlignmentFlag.AlignBottom,
        )
        self._side = _Written(
            QRectF(middle.x() - half, middle.y() + gap, 2 * half, below),
            side_words,
            _sized(family, SIDE_SHARE * numerals.pixels),
            centred | Qt.AlignmentFlag.AlignTop,
        )
        self._pointer = _pointer(self._side.rect, side)
        self.room = QRegion(_around(self._phase.rect))
        for rect in (self._side.rect, self._pointer.boundingRect()):
            self.room |= _around(rect)

    def paint(self, painter: QPainter, look: RingLook) -> None:
        """Write both, and the pointer on that side on which the leg is."""
        painter.setPen(look.words)
        self._phase.paint(painter)
        self._side.paint(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.arc)
        painter.drawPolygon(self._pointer)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class _Written:
    """Words in a place, smaller if they must."""

    def __init__(self, room: QRectF, words: str, font: QFont, align: Qt.AlignmentFlag) -> None:
        self._words = words
        self._flags = int(align) | Qt.TextFlag.TextWordWrap
        # On both sides room for the pointer.
        self._room = room.adjusted(room.height() / 3, 0, -room.height() / 3, 0)
        self._font = QFont(font)
        self.rect = self._measured()
        while not self._room.contains(self.rect) and self._font.pixelSize() > LEAST_PIXELS:
            self._font.setPixelSize(self._font.pixelSize() - 1)
            self.rect = self._measured()

    def _measured(self) -> QRectF:
        return QFontMetricsF(self._font).boundingRect(self._room, self._flags, self._words)

    def paint(self, painter: QPainter) -> None:
        """Write them."""
        painter.setFont(self._font)
        painter.drawText(self._room, self._flags, self._words)


def _around(rect: QRectF) -> QRect:
    """Return whole pixels around `rect`, with some for ink that reaches out of it."""
    if rect.isEmpty():
        return QRect()
    more = max(2, round(rect.height() / 8))
    return rect.toAlignedRect().adjusted(-more, -more, more, more)


def _sized(family: QFont, pixels: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(round(pixels), LEAST_PIXELS))
    return font


def _pointer(words: QRectF, side: Side | None) -> QPolygonF:
    """Return a small mark beside `words`; none where both legs work."""
    if side not in {Side.LEFT, Side.RIGHT}:
        return QPolygonF()
    size = POINTER_SHARE * words.height()
    way = 1.0 if side is Side.RIGHT else -1.0
    edge = (words.right() if side is Side.RIGHT else words.left()) + way * size
    y = words.center().y()
    return QPolygonF(
        [QPointF(edge, y - size), QPointF(edge + way * size, y), QPointF(edge, y + size)]
    )
