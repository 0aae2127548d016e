"""The colours of a figure, and the canvas that fills, outlines and shades its shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPen

from legato.ui.figures.curves import closed

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPainterPath

    from legato.ui.figures.curves import Bone, Placement, Stations
    from legato.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloth:
    """Colours of one side of the person: skin and clothes, each with that of its edge."""

    skin: QColor
    skin_edge: QColor
    shirt: QColor
    shirt_edge: QColor
    shorts: QColor
    shorts_edge: QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """All colours of a figure.

    Attributes:
        near: The limbs nearer to the viewer, the trunk and the head.
        far: The limbs further away.
        shade: The shade on skin and cloth that turn away from the light, at full strength.
        hair: The hair.
        features: Eye, brow, mouth and ear.
        glow: The working muscle.
        mattress: Mattress and sheet.
        mattress_edge: Their edge.
        bed_frame: The frame below a mattress.
        pillow: Pillows and cushions.
        pillow_edge: Their edge.
        wall: Walls.
        floor: The line of the floor.
        wood: Chair and board.
        rubber: Roller and ball.
        rubber_edge: Their edge.
        strap: Towel and strap.
        strap_edge: Their edge.
        water: Water.
        water_light: Its surface, and glass.
    """

    near: Cloth
    far: Cloth
    shade: QColor
    hair: QColor
    features: QColor
    glow: QColor
    mattress: QColor
    mattress_edge: QColor
    bed_frame: QColor
    pillow: QColor
    pillow_edge: QColor
    wall: QColor
    floor: QColor
    wood: QColor
    rubber: QColor
    rubber_edge: QColor
    strap: QColor
    strap_edge: QColor
    water: QColor
    water_light: QColor


def mix(first: str, second: str, share: float) -> QColor:
    """Return the mix of `first` (share 0) and `second` (share 1)."""
    one, two = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() + (two.redF() - one.redF()) * share,
        one.greenF() + (two.greenF() - one.greenF()) * share,
        one.blueF() + (two.blueF() - one.blueF()) * share,
    )


def faded(colour: QColor, alpha: float) -> QColor:
    """Return `colour` with its opacity multiplied by `alpha`, 0 to 1."""
    through = QColor(colour)
    through.setAlphaF(colour.alphaF() * min(max(alpha, 0.0), 1.0))
    return through


@lru_cache(maxsize=4)
def tones(theme: Theme) -> Tones:
    """Return the colours of a figure in `theme`."""
    night = theme.name == "night"
    dark = theme.ground if night else theme.text
    return Tones(
        near=_cloth(theme.figure_near, theme.clothes, dark),
        far=_cloth(theme.figure_far, mix(theme.clothes, dark, 0.3).name(), dark),
        shade=QColor(dark),
        hair=mix(theme.figure_far, dark, 0.5 if night else 0.68),
        features=mix(theme.figure_near, dark, 0.7),
        glow=QColor(theme.working),
        mattress=mix(theme.line, theme.raised, 0.12 if night else 0.25),
        mattress_edge=mix(theme.line, theme.quiet_text, 0.22 if night else 0.12),
        bed_frame=mix(theme.line, dark, 0.35) if night else mix(theme.line, theme.quiet_text, 0.12),
        pillow=mix(theme.line, theme.quiet_text, 0.36)
        if night
        else mix(theme.line, theme.raised, 0.6),
        pillow_edge=mix(theme.line, theme.quiet_text, 0.55 if night else 0.25),
        wall=mix(theme.line, theme.quiet_text, 0.14 if night else 0.05),
        floor=mix(theme.line, theme.quiet_text, 0.15),
        wood=mix(theme.line, theme.accent, 0.28),
        rubber=mix(theme.clothes, theme.text if night else theme.raised, 0.52),
        rubber_edge=mix(theme.clothes, dark, 0.45 if night else 0.15),
        strap=mix(theme.accent, theme.text, 0.35),
        strap_edge=mix(theme.accent, dark, 0.5),
        water=mix(theme.clothes, theme.text if night else theme.raised, 0.35),
        water_light=mix(
            theme.clothes, theme.text if night else theme.raised, 0.72 if night else 0.1
        ),
    )


def _cloth(skin: str, clothes: str, dark: str) -> Cloth:
    shorts = mix(clothes, dark, 0.34).name()
    return Cloth(
        skin=QColor(skin),
        skin_edge=mix(skin, dark, 0.42),
        shirt=QColor(clothes),
        shirt_edge=mix(clothes, dark, 0.42),
        shorts=QColor(shorts),
        shorts_edge=mix(shorts, dark, 0.42),
    )


RIM = 0.0048
"""Width of the dark rim that separates a limb from what is behind it, in heights; half of it is
visible."""
THINNEST_RIM = 0.9
LINE = 0.0036
THINNEST_LINE = 0.7
SHADE = 0.21
"""Opacity of the shade on the side turned away from the light."""
SHADE_BEGINS = 0.15
LIGHT_DEGREES = 62.0
"""Direction of the light as drawn: from above, a little from where the person looks."""


class FigureCanvas:
    """Fills, outlines and shades shapes of a figure.

    Args:
        painter: The painter.
        placement: The placement of the figure in the painter's rectangle.
        tones: The colours.
    """

    def __init__(self, painter: QPainter, placement: Placement, tones: Tones) -> None:
        self.painter = painter
        self.placement = placement
        self.tones = tones
        self._rim = max(placement.length(RIM), THINNEST_RIM)
        self._line = max(placement.length(LINE), THINNEST_LINE)

    def shape(self, path: QPainterPath, colour: QColor, rim: QColor) -> None:
        """Fill `path` with a rim around it; overlapping parts inside it show no rim."""
        pen = QPen(rim, self._rim)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)
        self.painter.fillPath(path, colour)

    def fill(self, path: QPainterPath, colour: QColor) -> None:
        """Fill `path` without a rim."""
        self.painter.fillPath(path, colour)

    def line(self, path: QPainterPath, colour: QColor, share: float = 1.0) -> None:
        """Draw a thin line; `share` scales its width."""
        pen = QPen(colour, self._line * share)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)

    def shade(self, path: QPainterPath, bone: Bone, along: float, half: float) -> None:
        """Darken the side of `path` that is turned away from the light.

        Args:
            path: A part of the body.
            bone: The bone inside it.
            along: The position along the bone where `half` is measured.
            half: Half the width there.
        """
        away = _turned_away(bone)
        middle, edge = bone.at(along, 0.0), bone.at(along, math.copysign(half, away))
        gradient = QLinearGradient(QPointF(*middle), QPointF(*edge))
        gradient.setColorAt(SHADE_BEGINS, faded(self.tones.shade, 0.0))
        gradient.setColorAt(1.0, faded(self.tones.shade, SHADE * abs(away)))
        self.painter.fillPath(path, gradient)

    def shade_limb(self, bone: Bone, stations: Stations, length: float) -> None:
        """Darken the side of a limb that is turned away from the light, less towards its joints."""
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
    """Return how far the front of `bone` is turned away from the light, 1 to -1 (its back is)."""
    return math.sin(math.radians(bone.front_degrees - LIGHT_DEGREES - 90.0))
