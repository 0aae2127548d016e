"""Paints how the regions of the leg map stand: pointed at, chosen, covered, focused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen

from legato.domain.leg_map import LegView
from legato.domain.routine import Place, Side
from legato.ui.figure_colours import faded, mix
from legato.ui.widgets.leg_map_body import oval_gradient
from legato.ui.widgets.leg_map_layout import BAND_WORDS

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPainterPath, QRadialGradient

    from legato.domain.leg_map import Region
    from legato.ui.theme import Theme
    from legato.ui.widgets.leg_map_layout import LegMapLayout

MOST_STRENGTH = 3
"""Shades of pain: 1 is the mildest, 3 the sorest."""

_PEN_WIDTH = 1.5
_FILLS = {1: 0.42, 2: 0.64, 3: 0.92}
_BAND_FILLS = {0: 0.0, 1: 0.25, 2: 0.45, 3: 1.0}
_COVERED_FILL = 0.24


@dataclass(frozen=True, slots=True)
class RegionLook:
    """How a region is shown.

    Attributes:
        hovered: The user points at it.
        strength: How sore it is, 1 to 3, or 0 where it is not chosen.
        covered: A chosen band takes it in.
    """

    hovered: bool = False
    strength: int = 0
    covered: bool = False


class RegionPainter:
    """Paints the looks of regions over the legs, in one theme.

    Args:
        theme: The colours.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_region(
        self, painter: QPainter, region: Region, path: QPainterPath, look: RegionLook
    ) -> None:
        """Paint over the legs how `region`, which fills `path`, stands."""
        if region.place in BAND_WORDS:
            self._paint_band(painter, region.place, path, look)
            return
        if look.covered and not look.strength:
            painter.fillPath(path, faded(QColor(self._theme.working), _COVERED_FILL))
        if look.strength:
            painter.fillPath(path, self._glow(_FILLS[look.strength]))
            painter.strokePath(path, QPen(QColor(self._theme.accent), _PEN_WIDTH))
        if look.hovered:
            painter.fillPath(path, faded(QColor(self._theme.text), 0.14))
            painter.strokePath(path, QPen(QColor(self._theme.text), _PEN_WIDTH))

    def paint_ring(self, painter: QPainter, path: QPainterPath) -> None:
        """Paint the focus ring, seen on skin, on cloth and on a chosen place alike."""
        for colour, width in ((self._theme.ground, 6.0), (self._theme.text, 2.5)):
            pen = QPen(QColor(colour), width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)

    def paint_caption(
        self, painter: QPainter, layout: LegMapLayout, text: str, *, quiet: bool
    ) -> None:
        """Paint the name of a place, or quietly the hint."""
        painter.setPen(QColor(self._theme.quiet_text if quiet else self._theme.text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(layout.caption, int(flags | Qt.TextFlag.TextWordWrap), text)

    def _paint_band(
        self, painter: QPainter, place: Place, path: QPainterPath, look: RegionLook
    ) -> None:
        theme = self._theme
        fill, ink = band_colours(theme, look.strength)
        painter.fillPath(path, fill)
        if look.hovered:
            painter.fillPath(path, faded(QColor(theme.text), 0.1))
        edge = theme.text if look.hovered else theme.accent if look.strength else theme.line
        painter.strokePath(path, QPen(QColor(edge), _PEN_WIDTH))
        rect = path.boundingRect()
        font = QFont(painter.font())
        font.setPixelSize(max(1, min(round(rect.width() * 0.7), painter.fontInfo().pixelSize())))
        painter.save()
        painter.setFont(font)
        painter.setPen(ink)
        painter.translate(rect.center())
        painter.rotate(-90)
        flat = QRectF(-rect.height() / 2, -rect.width() / 2, rect.height(), rect.width())
        painter.drawText(flat, Qt.AlignmentFlag.AlignCenter, BAND_WORDS[place])
        painter.restore()

    def _glow(self, alpha: float) -> QRadialGradient:
        colour = QColor(self._theme.working)
        gradient = oval_gradient()
        gradient.setColorAt(0.0, faded(colour, alpha))
        gradient.setColorAt(0.6, faded(colour, alpha * 0.95))
        gradient.setColorAt(1.0, faded(colour, alpha * 0.7))
        return gradient


def band_colours(theme: Theme, strength: int) -> tuple[QColor, QColor]:
    """Return the ground and the ink of a band of that strength, 0 where it is not chosen."""
    ink = {0: theme.quiet_text, MOST_STRENGTH: theme.accent_text}.get(strength, theme.text)
    return mix(theme.raised, theme.accent, _BAND_FILLS[strength]), QColor(ink)


def covers(place: Place, side: Side, region: Region) -> bool:
    """Return whether choosing a place that is a band beside the leg takes in `region`."""
    if place not in BAND_WORDS or region.place in BAND_WORDS or side is not region.side:
        return False
    return place is Place.WHOLE_LEG or region.view is LegView.BACK
