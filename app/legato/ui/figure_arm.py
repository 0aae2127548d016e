"""Arms: upper arm and forearm as one shape, the sleeve over it, and the hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain.figure import Rest
from legato.domain.figure_joints import FOREARM, UPPER_ARM
from legato.ui.figure_curves import Bone, closed, disc, pieced, profile, together

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Arm, Point, Pose
    from legato.domain.figure_joints import ArmJoints
    from legato.ui.figure_curves import Placement

UPPER = (
    (-0.12, 0.018, 0.018),
    (0.0, 0.031, 0.031),
    (0.2, 0.030, 0.029),
    (0.5, 0.025, 0.025),
    (0.8, 0.021, 0.022),
    (1.0, 0.0195, 0.0205),
    (1.1, 0.012, 0.012),
)
FORE = (
    (-0.12, 0.012, 0.012),
    (0.0, 0.0195, 0.0205),
    (0.2, 0.0215, 0.021),
    (0.5, 0.0185, 0.018),
    (0.8, 0.0145, 0.0145),
    (1.0, 0.013, 0.013),
    (1.08, 0.008, 0.008),
)
SLEEVE_REACH = 0.5
SLEEVE_WIDER = 0.006
# Hands, from the wrist: towards the finger tips, and towards the palm.
FLAT = (
    (-0.010, -0.012),
    (0.012, -0.0125),
    (0.040, -0.0125),
    (0.068, -0.0105),
    (0.092, -0.0065),
    (0.1055, -0.0005),
    (0.104, 0.0055),
    (0.080, 0.0065),
    (0.050, 0.0075),
    (0.020, 0.0110),
    (-0.010, 0.0115),
)
FLAT_THUMB = (
    (0.008, 0.002),
    (0.026, 0.000),
    (0.047, 0.003),
    (0.058, 0.0075),
    (0.050, 0.0115),
    (0.030, 0.0115),
    (0.012, 0.0115),
)
RELAXED = (
    (-0.010, -0.0125),
    (0.015, -0.016),
    (0.040, -0.0175),
    (0.065, -0.0145),
    (0.085, -0.007),
    (0.098, 0.004),
    (0.0965, 0.0115),
    (0.082, 0.0115),
    (0.062, 0.0125),
    (0.040, 0.0145),
    (0.015, 0.0145),
    (-0.010, 0.0125),
)
RELAXED_THUMB = (
    (0.008, 0.002),
    (0.024, 0.006),
    (0.046, 0.0165),
    (0.058, 0.0215),
    (0.054, 0.0275),
    (0.034, 0.0225),
    (0.012, 0.0135),
)
FIST = (
    (-0.010, -0.0125),
    (0.010, -0.0165),
    (0.034, -0.0205),
    (0.056, -0.0185),
    (0.0665, -0.008),
    (0.0665, 0.008),
    (0.058, 0.0185),
    (0.036, 0.0205),
    (0.014, 0.0155),
    (-0.010, 0.0125),
)
FIST_THUMB = (
    (0.010, 0.004),
    (0.022, -0.004),
    (0.042, -0.008),
    (0.0555, -0.0035),
    (0.052, 0.0055),
    (0.034, 0.0085),
    (0.018, 0.0125),
)
CUPPED = (
    (-0.010, -0.0125),
    (0.014, -0.0165),
    (0.036, -0.019),
    (0.058, -0.016),
    (0.076, -0.007),
    (0.086, 0.007),
    (0.084, 0.021),
    (0.074, 0.0265),
    (0.065, 0.022),
    (0.060, 0.0135),
    (0.040, 0.0135),
    (0.015, 0.0145),
    (-0.010, 0.0125),
)
CUPPED_THUMB = (
    (0.006, 0.000),
    (0.022, 0.003),
    (0.040, 0.014),
    (0.048, 0.025),
    (0.041, 0.030),
    (0.026, 0.0225),
    (0.010, 0.0135),
)
GRIPPING = (Rest.STRAP, Rest.GLASS)


class DrawnArm:
    """The paths of one arm.

    Args:
        placement: Where the figure is drawn.
        pose: The pose that the arm belongs to.
        arm: Its angles.
        joints: Its joints.
        palm: The direction on the page that the palm faces, as a vector.
    """

    def __init__(
        self, placement: Placement, pose: Pose, arm: Arm, joints: ArmJoints, palm: Point
    ) -> None:
        self._arm = arm
        self.upper = Bone(placement, joints.shoulder, arm.upper, pose.facing)
        self.fore = Bone(placement, joints.elbow, arm.fore, pose.facing)
        self.upper_length = UPPER_ARM * arm.lengths[0]
        self.fore_length = FOREARM * arm.lengths[1]
        radians = math.radians(arm.hand + 90.0)
        side = 1 if palm[0] * math.cos(radians) + palm[1] * math.sin(radians) >= 0 else -1
        self.hand = Bone(placement, joints.wrist, arm.hand, side)

    def skin(self) -> QPainterPath:
        """Return shoulder to wrist as one shape."""
        return together(
            profile(self.upper, UPPER, self.upper_length),
            disc(self.fore, 0.0, 0.0, 0.0205),
            profile(self.fore, FORE, self.fore_length),
        )

    def sleeve(self) -> QPainterPath:
        """Return the short sleeve, from the shoulder to its hem."""
        length = self.upper_length
        stations = [s for s in UPPER if s[0] < SLEEVE_REACH]
        reach = SLEEVE_REACH * length
        front = [(share * length, ahead + SLEEVE_WIDER) for share, ahead, _ in stations]
        front.append((reach, 0.025 + SLEEVE_WIDER + 0.003))
        back = [(reach, -0.025 - SLEEVE_WIDER - 0.003)]
        back.extend((share * length, -back_ - SLEEVE_WIDER) for share, _, back_ in stations[::-1])
        return pieced(self.upper.through(front), self.upper.through(back))

    def hand_shapes(self) -> tuple[QPainterPath, QPainterPath]:
        """Return the hand and its thumb."""
        palm, thumb = self._hand_outlines()
        seen = self._arm.lengths[2]
        return (
            closed(self.hand.through((x * seen, y) for x, y in palm)),
            closed(self.hand.through((x * seen, y) for x, y in thumb)),
        )

    def _hand_outlines(
        self,
    ) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]:
        on = self._arm.on
        if on in GRIPPING:
            return FIST, FIST_THUMB
        if on.on_body or on is Rest.HIP:
            return CUPPED, CUPPED_THUMB
        return (RELAXED, RELAXED_THUMB) if on is Rest.NOTHING else (FLAT, FLAT_THUMB)
