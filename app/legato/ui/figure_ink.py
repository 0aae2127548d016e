"""How shapes of the person are put on the page: a fill with a soft rim, a line, a shade."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QLinearGradient, QPen

from legato.ui.figure_colours import faded
from legato.ui.figure_curves import closed

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter, QPainterPath

    from legato.ui.figure_colours import Tones
    from legato.ui.figure_curves import Bone, Placement, Stations

RIM = 0.0048
"""Width of the dark rim that parts a limb from what lies behind it, in heights; half is seen."""
THINNEST_RIM = 0.9
LINE = 0.0036
THINNEST_LINE = 0.7
SHADE = 0.21
"""How dark the side turned from the light becomes."""
SHADE_BEGINS = 0.15
LIGHT_DEGREES = 62.0
"""Where the light comes from, as drawn: above, a little from where the person looks."""


class Ink:
    """Puts shapes on the page.

    Args:
        painter: Where to paint.
        placement: Where the figure is drawn.
        tones: What to paint with.
    """

    def __init__(self, painter: QPainter, placement: Placement, tones: Tones) -> None:
        self.painter = painter
        self.placement = placement
        self.tones = tones
        self._rim = max(placement.length(RIM), THINNEST_RIM)
        self._line = max(placement.length(LINE), THINNEST_LINE)

    def shape(self, path: QPainterPath, colour: QColor, rim: QColor) -> None:
        """Fill `path`, with a rim around it; parts that overlap inside it show no rim."""
        pen = QPen(rim, self._rim)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)
        self.painter.fillPath(path, colour)

    def fill(self, path: QPainterPath, colour: QColor) -> None:
        """Fill `path` without a rim."""
        self.painter.fillPath(path, colour)

    def line(self, path: QPainterPath, colour: QColor, share: float = 1.0) -> None:
        """Draw a thin line; `share` makes it thinner or thicker."""
        pen = QPen(colour, self._line * share)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)

    def shade(self, path: QPainterPath, bone: Bone, along: float, half: float) -> None:
        """Darken the side of `path` that is turned from the light.

        Args:
            path: A part of the body.
            bone: The bone inside it.
            along: Where along the bone the width is taken.
            half: Half the width there.
        """
        away = _turned_away(bone)
        middle, edge = bone.at(along, 0.0), bone.at(along, math.copysign(half, away))
        gradient = QLinearGradient(QPointF(*middle), QPointF(*edge))
        gradient.setColorAt(SHADE_BEGINS, faded(self.tones.shade, 0.0))
        gradient.setColorAt(1.0, faded(self.tones.shade, SHADE * abs(away)))
        self.painter.fillPath(path, gradient)

    def shade_limb(self, bone: Bone, stations: Stations, length: float) -> None:
        """Darken the side of a limb that is turned from the light, thinning out at its joints."""
        side = math.copysign(1.0, _turned_away(bone))
        inner = [station for station in stations if 0.0 <= station[0] <= 1.0]
        edge = [
            (share * length, side * (ahead if side > 0 else behind))
            for share, ahead, behind in inner
        ]
        back = [
            (along, width * (1.0 - math.sin(math.pi * along / length) ** 0.5))
            for along, width in reversed(edge[1:-1])
        ]
        path = closed(bone.through((*edge, *back)))
        widest = max(abs(width) for _, width in edge)
        self.shade(path, bone, length / 2.0, widest)


def _turned_away(bone: Bone) -> float:
    """Return how far the front of `bone` is turned from the light: 1 wholly, -1 the back is."""
    return math.sin(math.radians(bone.front_degrees - LIGHT_DEGREES - 90.0))
