"""The working muscle: a soft patch of light within the outline of the limb or the seat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QRadialGradient, QTransform

from legato.domain.figure.model import Muscle
from legato.ui.figures.curves import together
from legato.ui.figures.ink import faded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainterPath

    from legato.ui.figures.curves import Bone
    from legato.ui.figures.ink import FigureCanvas
    from legato.ui.figures.limbs import DrawnLeg, DrawnTrunk

_FALL = ((0.0, 1.0), (0.35, 0.92), (0.6, 0.58), (0.8, 0.22), (1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Patch:
    """Where a muscle glows: middle and half size, along the bone as a share of it, and across."""

    along: float
    across: float
    half_along: float
    half_across: float


THIGH_PATCHES = {
    Muscle.HAMSTRINGS: Patch(0.55, -0.026, 0.46, 0.037),
    Muscle.QUADS: Patch(0.58, 0.026, 0.46, 0.037),
    Muscle.IT_BAND: Patch(0.44, -0.030, 0.60, 0.034),
}
"""The band on the outer side of the thigh is seen from the front only, where that is the back
side of the bone."""
SHANK_PATCHES = {
    Muscle.CALF_UPPER: Patch(0.27, -0.024, 0.30, 0.038),
    Muscle.CALF_LOWER: Patch(0.73, -0.012, 0.29, 0.031),
}
WHOLE_CALF_PATCH = Patch(0.45, -0.020, 0.44, 0.038)
"""One patch where the upper and the lower calf work at once."""
SOLE_PATCH = Patch(0.030, -0.037, 0.078, 0.024)
SEAT_PATCH = Patch(-0.012, -0.034, 0.064, 0.054)
HIP_PATCH = Patch(0.034, 0.034, 0.072, 0.046)
"""The sole from the ankle along the foot, the buttock from the hip along the trunk, and the same
from the hip along a thigh that lies across: all in heights."""


class GlowPainter:
    """Lets the working muscles of one figure glow.

    Args:
        ink: Where to paint.
        strengths: How strongly each muscle glows, 0 to 1.
    """

    def __init__(self, ink: FigureCanvas, strengths: Mapping[Muscle, float]) -> None:
        self._ink = ink
        self._strengths = strengths
        whole_calf = SHANK_PATCHES.keys() <= strengths.keys()
        self._on_shank = {Muscle.CALF_UPPER: WHOLE_CALF_PATCH} if whole_calf else SHANK_PATCHES

    def on_leg(self, leg: DrawnLeg, within: QPainterPath) -> None:
        """Paint what glows on thigh, shank and sole, inside `within`."""
        for muscle, strength in self._strengths.items():
            if muscle in THIGH_PATCHES:
                bone, length, patch = leg.thigh, leg.thigh_length, THIGH_PATCHES[muscle]
            elif muscle in self._on_shank:
                bone, length, patch = leg.shank, leg.shank_length, self._on_shank[muscle]
            elif muscle is Muscle.SOLE:
                bone, length, patch = leg.foot, 1.0, SOLE_PATCH
            else:
                continue
            paint_glow(self._ink, within, bone, length, patch, strength=strength)

    def on_seat(self, trunk: DrawnTrunk, within: QPainterPath) -> None:
        """Paint what glows on the buttock, inside `within`."""
        self._on_buttock(trunk.bone, SEAT_PATCH, within)

    def on_hip(self, leg: DrawnLeg) -> None:
        """Paint what glows on the buttock under a thigh that lies across."""
        self._on_buttock(leg.thigh, HIP_PATCH, together(leg.shorts(), leg.skin()))

    def _on_buttock(self, bone: Bone, patch: Patch, within: QPainterPath) -> None:
        if Muscle.GLUTES in self._strengths:
            paint_glow(self._ink, within, bone, 1.0, patch, strength=self._strengths[Muscle.GLUTES])


def paint_glow(
    ink: FigureCanvas,
    within: QPainterPath,
    bone: Bone,
    length: float,
    patch: Patch,
    *,
    strength: float,
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
    for place, share in _FALL:
        gradient.setColorAt(place, faded(ink.tones.glow, share * strength))
    ink.painter.save()
    ink.painter.setTransform(to_page, combine=True)
    ink.painter.fillPath(to_circle.map(within), gradient)
    ink.painter.restore()
