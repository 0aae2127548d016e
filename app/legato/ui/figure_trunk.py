"""The trunk: shirt and the seat of the shorts, from the side and from the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.figure import View
from legato.domain.figure_joints import BREATH_OF_CHEST, TRUNK
from legato.ui.figure_curves import Bone, closed, pieced

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Pose
    from legato.domain.figure_joints import Joints
    from legato.ui.figure_curves import Placement

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
# From the hip, in heights: along the trunk, to the front.
SEAT_SIDE = (
    (0.060, 0.0605),
    (0.030, 0.061),
    (0.000, 0.054),
    (-0.030, 0.036),
    (-0.048, 0.008),
    (-0.050, -0.020),
    (-0.040, -0.046),
    (-0.015, -0.062),
    (0.015, -0.0625),
    (0.040, -0.059),
    (0.060, -0.0575),
)
SEAT_FRONT = (
    (0.055, 0.086),
    (0.020, 0.092),
    (-0.015, 0.097),
    (-0.045, 0.090),
    (-0.060, 0.045),
    (-0.056, 0.000),
    (-0.060, -0.045),
    (-0.045, -0.090),
    (-0.015, -0.097),
    (0.020, -0.092),
    (0.055, -0.086),
)


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

    def shirt(self) -> QPainterPath:
        """Return the shirt without its sleeves; the chest is fuller as the person breathes in."""
        front_view = self._pose.view is View.FRONT
        stations = SHIRT_FRONT if front_view else SHIRT_SIDE
        front = [(s * self.length, self._breathed(s, ahead)) for s, ahead, _ in stations]
        back = [(s * self.length, -behind) for s, _, behind in reversed(stations)]
        return pieced(self.bone.through(front), self.bone.through(back))

    def seat(self) -> QPainterPath:
        """Return the part of the shorts around the hips."""
        outline = SEAT_FRONT if self._pose.view is View.FRONT else SEAT_SIDE
        return closed(self.bone.through(outline))

    def _breathed(self, share: float, ahead: float) -> float:
        middle = max(0.0, 1.0 - abs(share - 0.62) / 0.4)
        return ahead * (1.0 + BREATH_OF_CHEST * self._pose.breath * middle)
