"""Legs: thigh, shank and foot as one shape, and the leg of the shorts over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.figure import View
from legato.domain.figure_joints import SHANK, THIGH
from legato.ui.figure_curves import Bone, closed, disc, pieced, profile, together

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Leg, Pose
    from legato.domain.figure_joints import LegJoints
    from legato.ui.figure_curves import Placement

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
    (-0.012, 0.016),
    (0.006, 0.0195),
    (0.020, 0.023),
    (0.034, 0.030),
    (0.041, 0.030),
    (0.046, 0.020),
    (0.047, 0.000),
    (0.046, -0.020),
    (0.041, -0.030),
    (0.034, -0.030),
    (0.020, -0.023),
    (0.006, -0.0195),
    (-0.012, -0.016),
)
SHORTS_REACH = 0.46
"""How far down the thigh the shorts go, as a share of it."""
SHORTS_WIDER = 0.0065


class DrawnLeg:
    """The paths of one leg.

    Args:
        placement: Where the figure is drawn.
        pose: The pose that the leg belongs to.
        leg: Its angles.
        joints: Its joints.
    """

    def __init__(self, placement: Placement, pose: Pose, leg: Leg, joints: LegJoints) -> None:
        self._pose = pose
        self._leg = leg
        self._joints = joints
        self.thigh = Bone(placement, joints.hip, leg.thigh, pose.facing)
        self.shank = Bone(placement, joints.knee, leg.shin, pose.facing)
        self.thigh_length = THIGH * leg.lengths[0]
        self.shank_length = SHANK * leg.lengths[1]
        self.foot = Bone(placement, joints.ankle, leg.foot, pose.facing)
        front = pose.view is View.FRONT
        self._stations = (THIGH_FRONT, SHANK_FRONT) if front else (THIGH_SIDE, SHANK_SIDE)

    def skin(self) -> QPainterPath:
        """Return hip to toes as one shape."""
        thigh, shank = self._stations
        return together(
            profile(self.thigh, thigh, self.thigh_length),
            disc(self.shank, 0.0, 0.0, KNEE_RADIUS),
            profile(self.shank, shank, self.shank_length),
            self._foot(),
        )

    def shorts(self) -> QPainterPath:
        """Return the leg of the shorts, from the hip to its hem."""
        length = self.thigh_length
        upper = [s for s in self._stations[0] if s[0] < SHORTS_REACH]
        hem_front, hem_back = _widths(self._stations[0], SHORTS_REACH)
        wider = SHORTS_WIDER
        reach = SHORTS_REACH * length
        front = [(share * length, ahead + wider) for share, ahead, _ in upper]
        front.append((reach, hem_front + wider + 0.003))
        back = [(reach - 0.004, -hem_back - wider - 0.003)]
        back.extend((share * length, -behind - wider) for share, _, behind in reversed(upper))
        return pieced(self.thigh.through(front), self.thigh.through(back))

    def _foot(self) -> QPainterPath:
        seen = self._leg.lengths[2]
        if self._pose.view is View.FRONT and seen < 1.0 and self._faces_viewer():
            return closed(self.foot.through(FOOT_FRONT))
        if self._pose.view is View.FRONT and seen == 1.0:
            return closed(self.foot.through(FOOT_FRONT))
        return closed(self.foot.through((x * seen, y) for x, y in FOOT_SIDE))

    def _faces_viewer(self) -> bool:
        """Whether the toes come towards the viewer, which a much shortened foot says."""
        return self._leg.lengths[2] < 0.5  # noqa: PLR2004 - half


def _widths(stations: tuple[tuple[float, float, float], ...], share: float) -> tuple[float, float]:
    """Return the widths between two stations."""
    for (low, ahead, behind), (high, ahead_next, behind_next) in zip(
        stations, stations[1:], strict=False
    ):
        if low <= share <= high:
            part = (share - low) / (high - low)
            return (ahead + (ahead_next - ahead) * part, behind + (behind_next - behind) * part)
    raise ValueError(f"no width at {share}")
