"""Legs: thigh, shank and foot as one shape, and the leg of the shorts over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.figure import View
from legato.domain.figure_joints import SHANK, THIGH
from legato.ui.figure_curves import Bone, closed, disc, pieced, profile, together

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Leg, Point, Pose
    from legato.domain.figure_joints import LegJoints
    from legato.ui.figure_colours import Cloth
    from legato.ui.figure_curves import Placement
    from legato.ui.figure_ink import Ink

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
"""Where across the foot one toe parts from the next."""
# From the hip, as a share of the thigh: the leg of the shorts and its hem.
SHORTS_SIDE = ((-0.12, 0.030), (0.0, 0.0525), (0.16, 0.0595), (0.34, 0.0590), (0.50, 0.0560))
SHORTS_FRONT = ((-0.12, 0.026), (0.0, 0.0545), (0.16, 0.0590), (0.34, 0.0570), (0.50, 0.0535))
HEM = 0.58
HEM_BULGE = 0.016
END_ON_RADIUS = 0.05
END_ON = 0.5
"""A part that shows less of its length than this points at the viewer."""


class DrawnLeg:
    """One leg, ready to be put on the page.

    Args:
        placement: Where the figure is drawn.
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
        front.append((HEM * length, stations[-1][1] - 0.001))
        back = [(along, -width) for along, width in reversed(front)]
        bulge = min(HEM_BULGE * length / THIGH, 0.012)
        edge = [front[-1], (front[-1][0] + bulge, 0.0), back[0]]
        return pieced(self.thigh.through(front), self.thigh.through(edge), self.thigh.through(back))

    def hem(self) -> Point:
        """Return the middle of the hem of the shorts, on the page."""
        return self.thigh.place(HEM * self.thigh_length, 0.0)

    def paint_skin(self, ink: Ink, cloth: Cloth) -> None:
        """Paint the bare leg."""
        ink.shape(self.skin(), cloth.skin, cloth.skin_edge)
        ink.shade_limb(self.thigh, self._stations[0], self.thigh_length)
        self._paint_details(ink, cloth)

    def paint_thigh(self, ink: Ink, cloth: Cloth) -> None:
        """Paint the bare thigh alone, down to the knee."""
        ink.shape(together(self._thigh(), self._knee()), cloth.skin, cloth.skin_edge)

    def paint_below_knee(self, ink: Ink, cloth: Cloth) -> None:
        """Paint knee, shank and foot alone, over what lies behind them."""
        ink.shape(together(self._knee(), self._shank(), self._foot()), cloth.skin, cloth.skin_edge)
        self._paint_details(ink, cloth)

    def _paint_details(self, ink: Ink, cloth: Cloth) -> None:
        ink.shade_limb(self.shank, self._stations[1], self.shank_length)
        if self._toes_at_viewer:
            for across in TOES_FRONT:
                line = pieced(self.foot.through(((0.0385, across), (0.0325, across * 0.97))))
                ink.line(line, cloth.skin_edge, 0.7)

    def shade_shorts(self, ink: Ink) -> None:
        """Darken the side of the shorts' leg that is turned from the light."""
        ink.shade(self.shorts(), self.thigh, self.thigh_length * 0.3, 0.06)

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
