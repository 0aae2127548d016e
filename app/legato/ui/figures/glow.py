"""Paints the working muscle as a soft glow within the outline of a limb or the seat."""

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
    """The glow of a muscle: its middle and half size, along the bone as a share of it, and across."""

    along: float
    across: float
    half_along: float
    half_across: float


THIGH_PATCHES = {
    Muscle.HAMSTRINGS: Patch(0.55, -0.026, 0.46, 0.037),
    Muscle.QUADS: Patch(0.58, 0.026, 0.46, 0.037),
    Muscle.IT_BAND: Patch(0.44, -0.030, 0.60, 0.034),
}
"""The band on the outer side of the thigh is visible from the front only, where the outer side is
the back of the bone."""
SHANK_PATCHES = {
    Muscle.CALF_UPPER: Patch(0.27, -0.024, 0.30, 0.038),
    Muscle.CALF_LOWER: Patch(0.73, -0.012, 0.29, 0.031),
}
WHOLE_CALF_PATCH = Patch(0.45, -0.020, 0.44, 0.038)
"""Replaces both patches if the upper and the lower calf work at once."""
SOLE_PATCH = Patch(0.030, -0.037, 0.078, 0.024)
SEAT_PATCH = Patch(-0.012, -0.034, 0.064, 0.054)
HIP_PATCH = Patch(0.034, 0.034, 0.072, 0.046)
"""The sole from the ankle along the foot, the buttock from the hip along the trunk, and the buttock
from the hip along a thigh that lies across; all in heights."""


class GlowPainter:
    """Paints the glow of the working muscles of one figure.

    Args:
        canvas: The canvas to paint on.
        strengths: The strength of the glow of each muscle, 0 to 1.
    """

    def __init__(self, canvas: FigureCanvas, strengths: Mapping[Muscle, float]) -> None:
        self._canvas = canvas
        self._strengths = strengths
        whole_calf = SHANK_PATCHES.keys() <= strengths.keys()
        self._on_shank = {Muscle.CALF_UPPER: WHOLE_CALF_PATCH} if whole_calf else SHANK_PATCHES

    def on_leg(self, leg: DrawnLeg, within: QPainterPath) -> None:
        """Paint the glow on thigh, shank and sole, inside `within`."""
        for muscle, strength in self._strengths.items():
            if muscle in THIGH_PATCHES:
                bone, length, patch = leg.thigh, leg.thigh_length, THIGH_PATCHES[muscle]
            elif muscle in self._on_shank:
                bone, length, patch = leg.shank, leg.shank_length, self._on_shank[muscle]
            elif muscle is Muscle.SOLE:
                bone, length, patch = leg.foot, 1.0, SOLE_PATCH
            else:
                continue
            paint_glow(self._canvas, within, bone, length, patch, strength=strength)

    def on_seat(self, trunk: DrawnTrunk, within: QPainterPath) -> None:
        """Paint the glow on the buttock, inside `within`."""
        self._on_buttock(trunk.bone, SEAT_PATCH, within)

    def on_hip(self, leg: DrawnLeg) -> None:
        """Paint the glow on the buttock below a thigh that lies across."""
        self._on_buttock(leg.thigh, HIP_PATCH, together(leg.shorts(), leg.skin()))

    def _on_buttock(self, bone: Bone, patch: Patch, within: QPainterPath) -> None:
        if Muscle.GLUTES in self._strengths:
            paint_glow(
                self._canvas, within, bone, 1.0, patch, strength=self._strengths[Muscle.GLUTES]
            )


def paint_glow(
    canvas: FigureCanvas,
    within: QPainterPath,
    bone: Bone,
    length: float,
    patch: Patch,
    *,
    strength: float,
) -> None:
    """Paint a glow on a bone of `length` heights, inside the path `within`.

    The ellipse is painted as a circle with a transformed painter: SVG output would lose the
    transform of a brush, and a clip.
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
        gradient.setColorAt(place, faded(canvas.tones.glow, share * strength))
    canvas.painter.save()
    canvas.painter.setTransform(to_page, combine=True)
    canvas.painter.fillPath(to_circle.map(within), gradient)
    canvas.painter.restore()
