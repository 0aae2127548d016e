"""Positions of the joints of a pose, and the angles to which a body can bend them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.figure.model import Limb, Rest, View

if TYPE_CHECKING:
    from legato.domain.figure.model import Arm, Leg, Point, Pose

# Lengths as fractions of height, after Drillis and Contini.
HEAD = 0.182
NECK = 0.052
TRUNK = 0.288
UPPER_ARM = 0.186
FOREARM = 0.146
HAND = 0.108
THIGH = 0.245
SHANK = 0.246
FOOT = 0.152
ANKLE_ABOVE_SOLE = 0.039
HEEL_BEHIND_ANKLE = 0.25 * FOOT
TOE_BEFORE_ANKLE = 0.75 * FOOT
BALL_BEFORE_ANKLE = 0.5 * FOOT
GRIP_PAST_WRIST = 0.05
HALF_SHOULDERS = 0.115
HALF_HIPS = 0.055
SHOULDER_DROP = 0.022
"""How far below the top of the trunk the shoulders are, seen from the front."""
CHEST_DEPTH = 0.064
BREATH_OF_CHEST = 0.07
"""By how much a full breath deepens the chest, as a share of its depth."""

KNEE_MOST = 148.0
FOOT_UP_MOST = 30.0
FOOT_DOWN_MOST = 69.0


@dataclass(frozen=True, slots=True)
class ArmJoints:
    """Positions along one arm; `grip` is the middle of the palm, `tip` the end of the fingers."""

    shoulder: Point
    elbow: Point
    wrist: Point
    grip: Point
    tip: Point


@dataclass(frozen=True, slots=True)
class LegJoints:
    """Positions along one leg; `heel`, `ball` and `toe` lie on the sole."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    toe: Point


@dataclass(frozen=True, slots=True)
class Joints:
    """Positions of the whole body; `neck` is the top of the trunk, `chest` the front of it."""

    hip: Point
    neck: Point
    crown: Point
    chest: Point
    arm_near: ArmJoints
    arm_far: ArmJoints
    leg_near: LegJoints
    leg_far: LegJoints

    def arm(self, limb: Limb) -> ArmJoints:
        """Return the near or the far arm."""
        return self.arm_near if limb is Limb.NEAR else self.arm_far

    def leg(self, limb: Limb) -> LegJoints:
        """Return the near or the far leg."""
        return self.leg_near if limb is Limb.NEAR else self.leg_far

    def points(self) -> tuple[Point, ...]:
        """Return every joint, always in the same order."""
        return (
            self.hip,
            self.neck,
            self.crown,
            self.chest,
            *_parts(self.arm_near),
            *_parts(self.arm_far),
            *_parts(self.leg_near),
            *_parts(self.leg_far),
        )


def wrap(degrees: float) -> float:
    """Return the same direction in the range above -180 and up to 180 degrees."""
    turned = math.fmod(degrees, 360.0)
    if turned > 180.0:  # noqa: PLR2004 - half a turn
        return turned - 360.0
    return turned + 360.0 if turned <= -180.0 else turned  # noqa: PLR2004 - half a turn


def along(start: Point, degrees: float, length: float) -> Point:
    """Return the point `length` away from `start` in the direction `degrees`."""
    radians = math.radians(degrees)
    return (start[0] + length * math.cos(radians), start[1] + length * math.sin(radians))


def direction(start: Point, end: Point) -> float:
    """Return the direction from `start` to `end`, in degrees above -180 and up to 180."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def joints(pose: Pose) -> Joints:
    """Return the position of every joint of `pose`."""
    neck = along(pose.hip, pose.torso, TRUNK * pose.torso_length)
    drop = SHOULDER_DROP if pose.view is View.FRONT else 0.0
    shoulders = along(neck, pose.torso, -drop)
    middle = along(pose.hip, pose.torso, 0.72 * TRUNK * pose.torso_length)
    depth = CHEST_DEPTH * (1.0 + BREATH_OF_CHEST * pose.breath)
    return Joints(
        hip=pose.hip,
        neck=neck,
        crown=along(neck, pose.neck, HEAD),
        chest=along(middle, pose.torso - 90.0 * pose.facing, depth),
        arm_near=arm_joints(_beside(pose, shoulders, HALF_SHOULDERS), pose.arm_near),
        arm_far=arm_joints(_beside(pose, shoulders, -HALF_SHOULDERS), pose.arm_far),
        leg_near=_leg(pose, Limb.NEAR, HALF_HIPS),
        leg_far=_leg(pose, Limb.FAR, -HALF_HIPS),
    )


def arm_joints(shoulder: Point, arm: Arm) -> ArmJoints:
    """Return the positions along `arm` when it starts at `shoulder`."""
    upper, fore, hand = arm.lengths
    elbow = along(shoulder, arm.upper, UPPER_ARM * upper)
    wrist = along(elbow, arm.fore, FOREARM * fore)
    return ArmJoints(
        shoulder=shoulder,
        elbow=elbow,
        wrist=wrist,
        grip=along(wrist, arm.hand, GRIP_PAST_WRIST * hand),
        tip=along(wrist, arm.hand, HAND * hand),
    )


def leg_joints(hip: Point, leg: Leg, facing: int = 1) -> LegJoints:
    """Return the positions along `leg` from `hip`; `facing` (1 or -1) decides the side of the sole."""
    thigh, shin, foot = leg.lengths
    knee = along(hip, leg.thigh, THIGH * thigh)
    ankle = along(knee, leg.shin, SHANK * shin)
    under = along(ankle, leg.foot - 90.0 * facing, ANKLE_ABOVE_SOLE)
    return LegJoints(
        hip=hip,
        knee=knee,
        ankle=ankle,
        heel=along(under, leg.foot, -HEEL_BEHIND_ANKLE * foot),
        ball=along(under, leg.foot, BALL_BEFORE_ANKLE * foot),
        toe=along(under, leg.foot, TOE_BEFORE_ANKLE * foot),
    )


def held_bone(at: Joints, on: Rest) -> tuple[Point, Point]:
    """Return both ends of the part of a leg that a hand on `on` holds.

    `on` must be a part of the body (`Rest.on_body`).
    """
    side, part = on.value.split("-")
    leg = at.leg(Limb(side))
    if part in {"thigh", "knee"}:
        return leg.hip, leg.knee
    return (leg.knee, leg.ankle) if part in {"shin", "ankle"} else (leg.heel, leg.toe)


def palm_faces(pose: Pose, at: Joints, arm: Arm, grip: Point) -> Point:
    """Return the direction on the page that the palm of `arm` faces, as a vector of any length."""
    if arm.on is Rest.WALL:
        return (float(pose.facing), 0.0)
    if arm.on.on_body:
        first, last = held_bone(at, arm.on)
        return ((first[0] + last[0]) / 2.0 - grip[0], (first[1] + last[1]) / 2.0 - grip[1])
    if arm.on in (Rest.NOTHING, Rest.HIP):
        return (at.hip[0] - grip[0], at.hip[1] - grip[1])
    return (0.0, -1.0)


def knee_bend(leg: Leg, facing: int = 1) -> float:
    """Return the bend of the knee in degrees: 0 straight, 148 heel to seat, below 0 impossible."""
    return -wrap(leg.shin - leg.thigh) * facing


def foot_lift(leg: Leg, facing: int = 1) -> float:
    """Return the degrees by which the foot is drawn up from square to the shin.

    Below 0 it points away.
    """
    return wrap(leg.foot - leg.shin) * facing - 90.0


def moved_pixels(before: Pose, after: Pose, pixels_per_height: float) -> float:
    """Return the longest distance that any joint moved between two poses, in pixels."""
    pairs = zip(joints(before).points(), joints(after).points(), strict=True)
    return max(math.dist(old, new) for old, new in pairs) * pixels_per_height


def _leg(pose: Pose, limb: Limb, half: float) -> LegJoints:
    leg = pose.leg(limb)
    return leg_joints(_beside(pose, pose.hip, half), leg, leg.facing(pose.facing))


def _beside(pose: Pose, middle: Point, half: float) -> Point:
    """Return a hip or shoulder of the front view; from the side the two lie on one spot."""
    if pose.view is not View.FRONT:
        return middle
    return along(middle, pose.torso + 90.0 * pose.facing, half)


def _parts(limb: ArmJoints | LegJoints) -> tuple[Point, ...]:
    if isinstance(limb, ArmJoints):
        return (limb.elbow, limb.wrist, limb.grip, limb.tip)
    return (limb.knee, limb.ankle, limb.heel, limb.ball, limb.toe)
