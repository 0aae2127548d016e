"""The trunk: shirt and the seat of the shorts, from the side and from the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.figure import View
from legato.domain.figure_joints import BREATH_OF_CHEST, TRUNK
from legato.ui.figure_curves import Bone, pieced

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Point, Pose
    from legato.domain.figure_joints import Joints
    from legato.ui.figure_colours import Cloth
    from legato.ui.figure_curves import Placement
    from legato.ui.figure_ink import Ink

# Share of the trunk, width to the front, width to the back.
SHIRT_SIDE = (
    (0.16, 0.060, 0.058),
    (0.34, 0.060, 0.051),
    (0.52, 0.061, 0.053),
    (0.68, 0.064, 0.059),
    (0.82, 0.060, 0.061),
    (0.93, 0.048, 0.056),
    (1.01, 0.031, 0.044),
)
SHIRT_FRONT = (
    (0.14, 0.084, 0.084),
    (0.36, 0.077, 0.077),
    (0.56, 0.083, 0.083),
    (0.74, 0.096, 0.096),
    (0.86, 0.106, 0.106),
    (0.95, 0.112, 0.112),
    (1.01, 0.104, 0.104),
    (1.045, 0.070, 0.070),
    (1.075, 0.034, 0.034),
)
# From the hip, in heights: along the trunk, to the front. The waist is the first run.
WAIST_SIDE = ((0.056, -0.0585), (0.060, -0.030), (0.062, 0.030), (0.058, 0.0610))
SEAT_SIDE = (
    (0.058, 0.0610),
    (0.030, 0.0610),
    (0.000, 0.0540),
    (-0.030, 0.0360),
    (-0.048, 0.0080),
    (-0.050, -0.0200),
    (-0.040, -0.0460),
    (-0.015, -0.0615),
    (0.015, -0.0625),
    (0.038, -0.0600),
    (0.056, -0.0585),
)
WAIST_FRONT = ((0.056, -0.0830), (0.050, -0.030), (0.050, 0.030), (0.056, 0.0830))
SEAT_FRONT = (
    (0.056, 0.0830),
    (0.025, 0.0905),
    (-0.005, 0.0985),
    (-0.035, 0.1000),
    (-0.058, 0.0600),
    (-0.062, 0.0000),
    (-0.058, -0.0600),
    (-0.035, -0.1000),
    (-0.005, -0.0985),
    (0.025, -0.0905),
    (0.056, -0.0830),
)
CROTCH = -0.035


class DrawnTrunk:
    """The paths of the trunk.

    Args:
        placement: Where the figure is drawn.
        pose: The pose.
        joints: Its joints.
    """

    def __init__(self, placement: Placement, pose: Pose, joints: Joints) -> None:
        self._pose = pose
        self.bone = Bone(placement, joints.hip, pose.torso, -pose.facing)
        self.length = TRUNK * pose.torso_length

    def seat(self) -> QPainterPath:
        """Return the part of the shorts around the hips."""
        front = self._pose.view is View.FRONT
        waist, seat = (WAIST_FRONT, SEAT_FRONT) if front else (WAIST_SIDE, SEAT_SIDE)
        return pieced(self.bone.through(waist), self.bone.through(seat))

    def crotch(self) -> Point:
        """Return where the legs of the shorts part, for the painter."""
        return self.bone.at(CROTCH, 0.0)

    def paint_shirt(self, ink: Ink, cloth: Cloth) -> None:
        """Paint the shirt without its sleeves; the chest is fuller as the person breathes in."""
        front_view = self._pose.view is View.FRONT
        stations = SHIRT_FRONT if front_view else SHIRT_SIDE
        front = [(s * self.length, self._breathed(s, ahead)) for s, ahead, _ in stations]
        back = [(s * self.length, -behind) for s, _, behind in reversed(stations)]
        shirt = pieced(self.bone.through(front), self.bone.through(back))
        ink.shape(shirt, cloth.shirt, cloth.shirt_edge)
        ink.shade(shirt, self.bone, self.length * 0.6, 0.11 if front_view else 0.064)

    def _breathed(self, share: float, ahead: float) -> float:
        middle = max(0.0, 1.0 - abs(share - 0.62) / 0.4)
        return ahead * (1.0 + BREATH_OF_CHEST * self._pose.breath * middle)
