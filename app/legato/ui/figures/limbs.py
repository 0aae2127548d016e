"""Draws arms with their sleeves, legs with shorts and feet, and the trunk with its shirt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain.figure.joints import BREATH_OF_CHEST, FOREARM, SHANK, THIGH, TRUNK, UPPER_ARM
from legato.domain.figure.model import View
from legato.ui.figures.curves import Bone, closed, disc, pieced, profile, smooth, together
from legato.ui.figures.head_hands import DrawnHand

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure.joints import ArmJoints, Joints, LegJoints
    from legato.domain.figure.model import Arm, Leg, Point, Pose
    from legato.ui.figures.curves import Placement
    from legato.ui.figures.ink import Cloth, FigureCanvas

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
SLEEVE_HEM = ((0.525, 0.0345), (0.545, 0.017), (0.55, 0.0), (0.545, -0.017), (0.525, -0.0345))
FOLD_BEGINS = 2
"""Index of the station at which the line between sleeve and shirt begins."""


class DrawnArm:
    """The paths of one arm.

    Args:
        placement: The placement of the figure.
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

    def paint(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint skin, hand and sleeve."""
        upper = profile(self._upper, UPPER, self._upper_length)
        fore = profile(self._fore, FORE, self._fore_length)
        elbow = disc(self._fore, 0.0, 0.0, ELBOW_RADIUS)
        canvas.shape(together(upper, elbow, fore, self._hand.palm()), cloth.skin, cloth.skin_edge)
        canvas.shade_limb(self._fore, FORE, self._fore_length)
        thumb = self._hand.thumb()
        canvas.fill(thumb, cloth.skin)
        for line in (thumb, *self._hand.creases()):
            canvas.line(line, cloth.skin_edge, 0.8)
        self._paint_sleeve(canvas, cloth)

    def _paint_sleeve(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        length = self._upper_length
        front = [(share * length, width) for share, width in SLEEVE]
        hem = [(share * length, width) for share, width in SLEEVE_HEM]
        back = [(along, -width) for along, width in reversed(front)]
        sleeve = closed(self._upper.through((*front, *hem, *back)))
        canvas.fill(sleeve, cloth.shirt)
        canvas.shade(sleeve, self._upper, length * 0.3, 0.036)
        fold = (*front[FOLD_BEGINS:], *hem, *back[:-FOLD_BEGINS])
        canvas.line(smooth(self._upper.through(fold)), cloth.shirt_edge, 0.85)


# Share of the length, width to the front, width to the back, in heights of the person.
THIGH_SIDE = (
    (-0.12, 0.022, 0.022),
    (0.0, 0.046, 0.046),
    (0.2, 0.053, 0.048),
    (0.45, 0.050, 0.045),
    (0.7, 0.042, 0.039),
    (0.9, 0.035, 0.034),
    (1.0, 0.032, 0.031),
    (1.1, 0.019, 0.019),
)
SHANK_SIDE = (
    (-0.11, 0.019, 0.019),
    (0.0, 0.031, 0.030),
    (0.12, 0.029, 0.036),
    (0.28, 0.026, 0.043),
    (0.45, 0.024, 0.038),
    (0.65, 0.021, 0.027),
    (0.85, 0.019, 0.019),
    (1.0, 0.020, 0.018),
    (1.06, 0.012, 0.012),
)
THIGH_FRONT = (
    (-0.12, 0.022, 0.022),
    (0.0, 0.048, 0.050),
    (0.2, 0.050, 0.054),
    (0.45, 0.045, 0.049),
    (0.7, 0.037, 0.040),
    (0.9, 0.033, 0.034),
    (1.0, 0.031, 0.031),
    (1.1, 0.019, 0.019),
)
SHANK_FRONT = (
    (-0.11, 0.018, 0.018),
    (0.0, 0.030, 0.030),
    (0.12, 0.031, 0.031),
    (0.3, 0.035, 0.036),
    (0.5, 0.030, 0.032),
    (0.7, 0.023, 0.025),
    (0.88, 0.018, 0.019),
    (1.0, 0.019, 0.019),
    (1.06, 0.012, 0.012),
)
KNEE_RADIUS = 0.0325
# From the ankle: towards the toes, and up from the sole.
FOOT_SIDE = (
    (0.019, 0.014),
    (0.030, 0.000),
    (0.052, -0.0115),
    (0.078, -0.0215),
    (0.096, -0.0255),
    (0.108, -0.0265),
    (0.1145, -0.0325),
    (0.108, -0.0385),
    (0.090, -0.0395),
    (0.072, -0.0395),
    (0.040, -0.0355),
    (0.012, -0.0375),
    (-0.014, -0.0395),
    (-0.031, -0.0365),
    (-0.0385, -0.025),
    (-0.033, -0.011),
    (-0.0215, 0.002),
    (-0.0185, 0.018),
)
FOOT_FRONT = (
    (-0.012, 0.0165),
    (0.004, 0.0195),
    (0.016, 0.0235),
    (0.028, 0.0290),
    (0.035, 0.0280),
    (0.0385, 0.0190),
    (0.0395, 0.0000),
    (0.0385, -0.0190),
    (0.035, -0.0280),
    (0.028, -0.0290),
    (0.016, -0.0235),
    (0.004, -0.0195),
    (-0.012, -0.0165),
)
TOES_FRONT = (-0.0165, -0.0065, 0.003, 0.0135)
"""Positions across the foot of the gaps between toes."""
# From the hip, as a share of the thigh: the leg of the shorts and its hem.
SHORTS_SIDE = ((-0.12, 0.030), (0.0, 0.0525), (0.16, 0.0595), (0.34, 0.0590), (0.50, 0.0560))
SHORTS_FRONT = ((-0.12, 0.026), (0.0, 0.0545), (0.16, 0.0590), (0.34, 0.0570), (0.50, 0.0535))
TROUSER_HEM = 0.58
HEM_BULGE = 0.016
END_ON_RADIUS = 0.05
END_ON = 0.5
"""A part of which less than this share is visible points at the viewer."""


class DrawnLeg:
    """The paths of one leg.

    Args:
        placement: The placement of the figure.
        pose: The pose that the leg belongs to.
        leg: Its angles.
        joints: Its joints.
    """

    def __init__(self, placement: Placement, pose: Pose, leg: Leg, joints: LegJoints) -> None:
        facing = leg.facing(pose.facing)
        self.thigh = Bone(placement, joints.hip, leg.thigh, facing)
        self.shank = Bone(placement, joints.knee, leg.shin, facing)
        self.foot = Bone(placement, joints.ankle, leg.foot, facing)
        self.thigh_length = THIGH * leg.lengths[0]
        self.shank_length = SHANK * leg.lengths[1]
        self._leg = leg
        self._front = pose.view is View.FRONT
        self._stations = (THIGH_FRONT, SHANK_FRONT) if self._front else (THIGH_SIDE, SHANK_SIDE)
        self._toes_at_viewer = self._front and leg.lengths[2] < END_ON

    def skin(self) -> QPainterPath:
        """Return hip to toes as one shape."""
        return together(self._thigh(), self._knee(), self._shank(), self._foot())

    def shorts(self) -> QPainterPath:
        """Return the leg of the shorts, from the hip to its hem."""
        length = self.thigh_length
        if self._leg.lengths[0] < END_ON:
            return disc(self.thigh, 0.25 * length, 0.0, END_ON_RADIUS)
        stations = SHORTS_FRONT if self._front else SHORTS_SIDE
        front = [(share * length, width) for share, width in stations]
        front.append((TROUSER_HEM * length, stations[-1][1] - 0.001))
        back = [(along, -width) for along, width in reversed(front)]
        bulge = min(HEM_BULGE * length / THIGH, 0.012)
        edge = [front[-1], (front[-1][0] + bulge, 0.0), back[0]]
        return pieced(self.thigh.through(front), self.thigh.through(edge), self.thigh.through(back))

    def hem(self) -> Point:
        """Return the middle of the hem of the shorts, on the page."""
        return self.thigh.place(TROUSER_HEM * self.thigh_length, 0.0)

    def paint_skin(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint the bare leg."""
        canvas.shape(self.skin(), cloth.skin, cloth.skin_edge)
        canvas.shade_limb(self.thigh, self._stations[0], self.thigh_length)
        self._paint_details(canvas, cloth)

    def paint_thigh(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint the bare thigh alone, down to the knee."""
        canvas.shape(together(self._thigh(), self._knee()), cloth.skin, cloth.skin_edge)

    def paint_below_knee(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint knee, shank and foot alone."""
        canvas.shape(
            together(self._knee(), self._shank(), self._foot()), cloth.skin, cloth.skin_edge
        )
        self._paint_details(canvas, cloth)

    def _paint_details(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        canvas.shade_limb(self.shank, self._stations[1], self.shank_length)
        if self._toes_at_viewer:
            for across in TOES_FRONT:
                line = pieced(self.foot.through(((0.0385, across), (0.0325, across * 0.97))))
                canvas.line(line, cloth.skin_edge, 0.7)

    def shade_shorts(self, canvas: FigureCanvas) -> None:
        """Darken the side of the shorts that is turned away from the light."""
        canvas.shade(self.shorts(), self.thigh, self.thigh_length * 0.3, 0.06)

    def _thigh(self) -> QPainterPath:
        return profile(self.thigh, self._stations[0], self.thigh_length)

    def _knee(self) -> QPainterPath:
        return disc(self.shank, 0.0, 0.0, KNEE_RADIUS)

    def _shank(self) -> QPainterPath:
        return profile(self.shank, self._stations[1], self.shank_length)

    def _foot(self) -> QPainterPath:
        if self._toes_at_viewer:
            return closed(self.foot.through(FOOT_FRONT))
        seen = self._leg.lengths[2]
        return closed(self.foot.through((x * seen, y) for x, y in FOOT_SIDE))


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
        placement: The placement of the figure.
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
        """Return the point between the legs of the shorts, in painter units."""
        return self.bone.at(CROTCH, 0.0)

    def paint_shirt(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint the shirt without its sleeves; the chest widens with the breath."""
        front_view = self._pose.view is View.FRONT
        stations = SHIRT_FRONT if front_view else SHIRT_SIDE
        front = [(s * self.length, self._breathed(s, ahead)) for s, ahead, _ in stations]
        back = [(s * self.length, -behind) for s, _, behind in reversed(stations)]
        shirt = pieced(self.bone.through(front), self.bone.through(back))
        canvas.shape(shirt, cloth.shirt, cloth.shirt_edge)
        canvas.shade(shirt, self.bone, self.length * 0.6, 0.11 if front_view else 0.064)

    def _breathed(self, share: float, ahead: float) -> float:
        middle = max(0.0, 1.0 - abs(share - 0.62) / 0.4)
        return ahead * (1.0 + BREATH_OF_CHEST * self._pose.breath * middle)
