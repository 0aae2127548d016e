"""The texts inside the countdown ring: the time in fixed cells, phase and side around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPolygonF, QRegion

from legato.domain.routine import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from legato.ui.session.ring_style import RingGeometry, RingStyle

_DIGITS = "0123456789"
_SHAPE = str.maketrans(_DIGITS, "0" * len(_DIGITS))
"""All digits are equally wide, so that times of one shape have the same cells."""
_PROBE_PIXELS = 100
_HINTED = 1.0
"""By how much hinting may move the edge of a character, in pixels."""


class NumeralCell(NamedTuple):
    """The place of one character of a time.

    Attributes:
        room: What it may take.
        ink: What its ink may reach, antialiasing included.
    """

    room: QRectF
    ink: QRect


class RingNumerals:
    """Lays out times in the largest numerals that let the longest one fit.

    Args:
        family: The font to write in; its size is ignored.
        longest: The widest time that will be shown.
        width: The width of that time in pixels.
        centre: The middle of the numerals.

    Attributes:
        font: What they are written in.
    """

    def __init__(self, family: QFont, longest: str, width: float, centre: QPointF) -> None:
        self.font = QFont(family)
        self.font.setFeature(QFont.Tag("tnum"), 1)
        self.font.setPixelSize(_PROBE_PIXELS)
        self._measure()
        self.font.setPixelSize(max(int(_PROBE_PIXELS * width / self._width(longest)), 1))
        self._measure()
        self._centre = centre
        self._baseline = centre.y() + self._height / 2
        self._laid_out: dict[str, tuple[NumeralCell, ...]] = {}

    @property
    def pixels(self) -> int:
        """The pixel size of the numerals."""
        return self.font.pixelSize()

    @property
    def height(self) -> float:
        """The height of a numeral in pixels."""
        return self._height

    def cells(self, time: str) -> tuple[NumeralCell, ...]:
        """Return the cell of each character of `time`, from left to right."""
        shape = time.translate(_SHAPE)
        if shape not in self._laid_out:
            self._laid_out[shape] = tuple(self._lay_out(shape))
        return self._laid_out[shape]

    def changed(self, before: str, after: str) -> Iterator[QRect]:
        """Yield the places to paint again when `before` becomes `after`, ink and all."""
        old, new = self.cells(before), self.cells(after)
        if old is not new:
            yield from (cell.ink for cell in (*old, *new))
            return
        for was, is_now, cell in zip(before, after, new, strict=True):
            if was != is_now:
                yield cell.ink

    def paint(self, painter: QPainter, time: str, region: QRegion) -> None:
        """Paint the characters of `time` that overlap `region`, in the colour of the painter's pen."""
        painter.setFont(self.font)
        for character, cell in zip(time, self.cells(time), strict=True):
            if region.intersects(cell.ink):
                left = cell.room.left() + self._indents[character]
                painter.drawText(QPointF(left, self._baseline), character)

    def _lay_out(self, shape: str) -> Iterator[NumeralCell]:
        left = self._centre.x() - self._width(shape) / 2
        top, height = self._centre.y() - self._height, 2 * self._height
        for character in shape:
            width, ink = self._widths[character], self._inks[character]
            around = ink.translated(left, self._baseline).toAlignedRect()
            yield NumeralCell(QRectF(left, top, width, height), around.adjusted(-1, -1, 1, 1))
            left += width

    def _measure(self) -> None:
        metrics = QFontMetricsF(self.font)
        advances = {each: metrics.horizontalAdvance(each) for each in f"{_DIGITS}:"}
        self._widths = dict.fromkeys(_DIGITS, max(advances[each] for each in _DIGITS))
        self._widths[":"] = advances[":"]
        self._indents = {
            each: (self._widths[each] - advance) / 2 for each, advance in advances.items()
        }
        # Tight, for the usual rectangle is as high as a line and reaches into the words.
        tight = {each: metrics.tightBoundingRect(each) for each in advances}
        self._height = tight["0"].height()
        digits = QRectF()
        for each in _DIGITS:
            digits |= tight[each].translated(self._indents[each], 0.0)
        self._inks = dict.fromkeys(_DIGITS, digits.adjusted(-_HINTED, -_HINTED, _HINTED, _HINTED))
        self._inks[":"] = tight[":"].adjusted(-_HINTED, -_HINTED, _HINTED, _HINTED)

    def _width(self, time: str) -> float:
        return sum(map(self._widths.__getitem__, time))


PHASE_SHARE = 0.19
SIDE_SHARE = 0.25
GAP_SHARE = 0.10
"""Sizes as shares of that of the numerals."""

LEAST_PIXELS = 12
POINTER_SHARE = 0.32
_PHASE_LINES = 2.6
_SIDE_LINES = 1.4
_CHORD_SHARE = 0.92


class RingWords:
    """Lays out phase and side for one size and one wording.

    Args:
        family: The font to write in; its size is ignored.
        ring: The ring around them.
        numerals: The numerals between them.
        phase: What is to be done now.
        side_words: The side in words, or empty.
        side: The side, for the pointer beside its words.

    Attributes:
        room: The region of both and of the pointer, empty without them.
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

    def paint(self, painter: QPainter, look: RingStyle) -> None:
        """Paint both, and the pointer at the side of the leg."""
        painter.setPen(look.words)
        self._phase.paint(painter)
        self._side.paint(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.arc)
        painter.drawPolygon(self._pointer)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class _Written:
    """A text in a rectangle, in a smaller font if it does not fit."""

    def __init__(self, room: QRectF, words: str, font: QFont, align: Qt.AlignmentFlag) -> None:
        self._words = words
        self._flags = int(align) | Qt.TextFlag.TextWordWrap
        # Leave room for the pointer on both sides.
        self._room = room.adjusted(room.height() / 3, 0, -room.height() / 3, 0)
        self._font = QFont(font)
        self.rect = self._measured()
        while not self._room.contains(self.rect) and self._font.pixelSize() > LEAST_PIXELS:
            self._font.setPixelSize(self._font.pixelSize() - 1)
            self.rect = self._measured()

    def _measured(self) -> QRectF:
        return QFontMetricsF(self._font).boundingRect(self._room, self._flags, self._words)

    def paint(self, painter: QPainter) -> None:
        """Paint the text."""
        painter.setFont(self._font)
        painter.drawText(self._room, self._flags, self._words)


def _around(rect: QRectF) -> QRect:
    """Return `rect` in whole pixels with a margin for ink outside it."""
    if rect.isEmpty():
        return QRect()
    more = max(2, round(rect.height() / 8))
    return rect.toAlignedRect().adjusted(-more, -more, more, more)


def _sized(family: QFont, pixels: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(round(pixels), LEAST_PIXELS))
    return font


def _pointer(words: QRectF, side: Side | None) -> QPolygonF:
    """Return a small triangle beside `words`, empty if both legs work."""
    if side not in {Side.LEFT, Side.RIGHT}:
        return QPolygonF()
    size = POINTER_SHARE * words.height()
    way = 1.0 if side is Side.RIGHT else -1.0
    edge = (words.right() if side is Side.RIGHT else words.left()) + way * size
    y = words.center().y()
    return QPolygonF(
        [QPointF(edge, y - size), QPointF(edge + way * size, y), QPointF(edge, y + size)]
    )
