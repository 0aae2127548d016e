"""Arms: upper arm and forearm as one shape, and the short sleeve over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain.figure_joints import FOREARM, UPPER_ARM
from legato.ui.figure_curves import Bone, closed, disc, profile, smooth, together
from legato.ui.figure_hand import DrawnHand

if TYPE_CHECKING:
    from legato.domain.figure import Arm, Point, Pose
    from legato.domain.figure_joints import ArmJoints
    from legato.ui.figure_colours import Cloth
    from legato.ui.figure_curves import Placement
    from legato.ui.figure_ink import Ink

# Share of the length, width to the front, width to the back, in heights of the person.
UPPER = (
    (-0.10, 0.014, 0.014),
    (0.0, 0.028, 0.028),
    (0.2, 0.029, 0.028),
    (0.5, 0.0255, 0.025),
    (0.8, 0.021, 0.0215),
    (1.0, 0.0195, 0.0205),
    (1.09, 0.012, 0.012),
)
FORE = (
    (-0.11, 0.012, 0.012),
    (0.0, 0.0195, 0.0205),
    (0.2, 0.0215, 0.0215),
    (0.5, 0.0185, 0.0185),
    (0.8, 0.0145, 0.0145),
    (1.0, 0.0128, 0.0128),
    (1.08, 0.008, 0.008),
)
ELBOW_RADIUS = 0.0205
# From the shoulder, as a share of the length: the sleeve without its hem.
SLEEVE = (
    (-0.135, 0.012),
    (-0.085, 0.025),
    (0.02, 0.0335),
    (0.2, 0.0345),
    (0.36, 0.0335),
)
HEM = ((0.525, 0.0345), (0.545, 0.017), (0.55, 0.0), (0.545, -0.017), (0.525, -0.0345))
FOLD_BEGINS = 2
"""The station from which the sleeve is parted from the shirt by a line."""


class DrawnArm:
    """One arm, ready to be put on the page.

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
        self._upper = Bone(placement, joints.shoulder, arm.upper, pose.facing)
        self._fore = Bone(placement, joints.elbow, arm.fore, pose.facing)
        self._upper_length = UPPER_ARM * arm.lengths[0]
        self._fore_length = FOREARM * arm.lengths[1]
        radians = math.radians(arm.hand + 90.0)
        side = 1 if palm[0] * math.cos(radians) + palm[1] * math.sin(radians) >= 0 else -1
        wrist = Bone(placement, joints.wrist, arm.hand, side)
        self._hand = DrawnHand(wrist, arm.lengths[2], arm.on)

    def paint(self, ink: Ink, cloth: Cloth) -> None:
        """Paint skin, hand and sleeve."""
        upper = profile(self._upper, UPPER, self._upper_length)
        fore = profile(self._fore, FORE, self._fore_length)
        elbow = disc(self._fore, 0.0, 0.0, ELBOW_RADIUS)
        ink.shape(together(upper, elbow, fore, self._hand.palm()), cloth.skin, cloth.skin_edge)
        ink.shade_limb(self._fore, FORE, self._fore_length)
        thumb = self._hand.thumb()
        ink.fill(thumb, cloth.skin)
        for line in (thumb, *self._hand.creases()):
            ink.line(line, cloth.skin_edge, 0.8)
        self._paint_sleeve(ink, cloth)

    def _paint_sleeve(self, ink: Ink, cloth: Cloth) -> None:
        length = self._upper_length
        front = [(share * length, width) for share, width in SLEEVE]
        hem = [(share * length, width) for share, width in HEM]
        back = [(along, -width) for along, width in reversed(front)]
        sleeve = closed(self._upper.through((*front, *hem, *back)))
        ink.fill(sleeve, cloth.shirt)
        ink.shade(sleeve, self._upper, length * 0.3, 0.036)
        fold = (*front[FOLD_BEGINS:], *hem, *back[:-FOLD_BEGINS])
        ink.line(smooth(self._upper.through(fold)), cloth.shirt_edge, 0.85)
