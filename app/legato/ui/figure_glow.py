"""The working muscle: a soft patch of light within the outline of the limb or the seat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QRadialGradient, QTransform

from legato.domain.figure import Muscle
from legato.ui.figure_colours import faded

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter, QPainterPath

    from legato.ui.figure_curves import Bone

_FALL = ((0.0, 1.0), (0.35, 0.92), (0.6, 0.58), (0.8, 0.22), (1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Patch:
    """Where a muscle glows: middle and half size, along the bone as a share of it, and across."""

    along: float
    across: float
    half_along: float
    half_across: float


PATCHES = {
    Muscle.HAMSTRINGS: Patch(0.52, -0.026, 0.46, 0.036),
    Muscle.QUADS: Patch(0.55, 0.026, 0.46, 0.036),
    Muscle.IT_BAND: Patch(0.5, 0.030, 0.58, 0.027),
    Muscle.CALF_UPPER: Patch(0.27, -0.022, 0.30, 0.036),
    Muscle.CALF_LOWER: Patch(0.72, -0.012, 0.30, 0.030),
}
SEAT_PATCH = Patch(-0.012, -0.036, 0.062, 0.052)
"""The buttock: along and across the trunk from the hip, in heights."""
SOLE_PATCH = Patch(0.030, -0.036, 0.075, 0.022)
"""The sole: along and across the foot from the ankle, in heights."""


def paint_glow(
    painter: QPainter,
    within: QPainterPath,
    bone: Bone,
    length: float,
    patch: Patch,
    colour: QColor,
) -> None:
    """Paint a glow on a bone of `length` heights, kept within a path.

    The ellipse is a circle under a flattened painter: a brush of its own transform would be
    lost in SVG, and so would a clip.
    """
    middle = bone.at(patch.along * length, patch.across)
    tip = bone.at((patch.along + patch.half_along) * length, patch.across)
    side = bone.at(patch.along * length, patch.across + patch.half_across)
    radius = max(math.dist(middle, tip), 1e-3)
    to_page = QTransform(
        (tip[0] - middle[0]) / radius,
        (tip[1] - middle[1]) / radius,
        (side[0] - middle[0]) / radius,
        (side[1] - middle[1]) / radius,
        middle[0],
        middle[1],
    )
    to_circle, possible = to_page.inverted()
    if not possible:
        return
    gradient = QRadialGradient(QPointF(0.0, 0.0), radius)
    for place, strength in _FALL:
        gradient.setColorAt(place, faded(colour, strength))
    painter.save()
    painter.setTransform(to_page, combine=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(to_circle.map(within), gradient)
    painter.restore()
