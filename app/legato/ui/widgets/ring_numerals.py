"""The time in the middle of the ring: each digit in a cell of its own, so that nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter, QRegion

_DIGITS = "0123456789"
_PROBE_PIXELS = 100


class RingNumerals:
    """Lays out times in the largest numerals that let the longest one fit.

    Args:
        family: The font to write in, whatever its size.
        longest: The widest time that will be shown.
        width: What that one may take.
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

    @property
    def pixels(self) -> int:
        """The pixel size of the numerals."""
        return self.font.pixelSize()

    @property
    def height(self) -> float:
        """How high a numeral is."""
        return self._height

    def cells(self, time: str) -> Iterator[tuple[str, QRectF]]:
        """Yield each character of `time` with its cell, from left to right."""
        left = self._centre.x() - self._width(time) / 2
        for character in time:
            width = self._widths[character]
            yield character, QRectF(left, self._centre.y() - self._height, width, 2 * self._height)
            left += width

    def changed(self, before: str, after: str) -> Iterator[QRect]:
        """Yield the places to paint again when `before` becomes `after`, ink and all."""
        if len(before) != len(after):
            yield from (
                self._inked(cell) for time in (before, after) for _, cell in self.cells(time)
            )
            return
        pairs = zip(self.cells(before), self.cells(after), strict=True)
        yield from (self._inked(cell) for (old, _), (new, cell) in pairs if old != new)

    def paint(self, painter: QPainter, time: str, region: QRegion) -> None:
        """Write what of `time` lies in `region`; the painter's pen is the colour."""
        painter.setFont(self.font)
        baseline = self._centre.y() + self._height / 2
        for character, cell in self.cells(time):
            if region.intersects(self._inked(cell)):
                indent = (cell.width() - self._metrics.horizontalAdvance(character)) / 2
                painter.drawText(QPointF(cell.left() + indent, baseline), character)

    def _inked(self, cell: QRectF) -> QRect:
        """Return what the ink of a character in `cell` may reach, antialiasing included."""
        baseline = self._centre.y() + self._height / 2
        ink = QRectF(cell.left(), baseline + self._ink.top(), cell.width(), self._ink.height())
        return (
            ink.adjusted(-self._beside, 0, self._beside, 0).toAlignedRect().adjusted(-1, -1, 1, 1)
        )

    def _measure(self) -> None:
        self._metrics = QFontMetricsF(self.font)
        digit = max(self._metrics.horizontalAdvance(each) for each in _DIGITS)
        self._widths = dict.fromkeys(_DIGITS, digit)
        self._widths[":"] = self._metrics.horizontalAdvance(":")
        self._ink = QRectF()
        self._beside = 0.0  # a slanted or bold character may reach out of its cell
        for each, width in self._widths.items():
            ink = self._metrics.boundingRect(each)
            left = (width - self._metrics.horizontalAdvance(each)) / 2 + ink.left()
            self._beside = max(self._beside, -left, left + ink.width() - width)
            self._ink |= ink
        self._height = self._metrics.tightBoundingRect("0").height()

    def _width(self, time: str) -> float:
        return sum(self._widths[character] for character in time)
