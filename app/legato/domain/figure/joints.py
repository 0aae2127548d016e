"""Where the joints of a pose are, and whether a body can bend that far."""

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
"""How much fuller the chest is at the height of a breath."""

KNEE_MOST = 148.0
ROUNDING_DEGREES = 0.5
FOOT_UP_MOST = 30.0
FOOT_DOWN_MOST = 69.0


@dataclass(frozen=True, slots=True)
class ArmJoints:
    """Where one arm is; `grip` is the middle of the palm, `tip` the end of the fingers."""

    shoulder: Point
    elbow: Point
    wrist: Point
    grip: Point
    tip: Point


@dataclass(frozen=True, slots=True)
class LegJoints:
    """Where one leg is; `heel`, `ball` and `toe` lie on the sole."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    toe: Point


@dataclass(frozen=True, slots=True)
class Joints:
    """Where the whole person is; `neck` is the top of the trunk, `chest` the front of it."""

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


def joints(pose: Pose) -> Joints:
    """Return where every joint of `pose` is."""
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
    """Return where `arm` is when it starts at `shoulder`."""
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
    """Return where `leg` is when it starts at `hip`; `facing` says on which side the sole is."""
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
    """Return the ends of the part of a leg that a hand on `on` holds; `on` is on the body."""
    side, part = on.value.split("-")
    leg = at.leg(Limb(side))
    if part in {"thigh", "knee"}:
        return leg.hip, leg.knee
    return (leg.knee, leg.ankle) if part in {"shin", "ankle"} else (leg.heel, leg.toe)


def palm_faces(pose: Pose, at: Joints, arm: Arm, grip: Point) -> Point:
    """Return the direction on the page, as a vector, that the palm of `arm` is turned to."""
    if arm.on is Rest.WALL:
        return (float(pose.facing), 0.0)
    if arm.on.on_body:
        first, last = held_bone(at, arm.on)
        return ((first[0] + last[0]) / 2.0 - grip[0], (first[1] + last[1]) / 2.0 - grip[1])
    if arm.on in (Rest.NOTHING, Rest.HIP):
        return (at.hip[0] - grip[0], at.hip[1] - grip[1])
    return (0.0, -1.0)


def knee_bend(leg: Leg, facing: int = 1) -> float:
    """Return how far the knee is bent: 0 straight, 148 heel to seat, below 0 impossible."""
    return -wrap(leg.shin - leg.thigh) * facing


def foot_lift(leg: Leg, facing: int = 1) -> float:
    """Return how far the foot is drawn up from square to the shin; below 0 it points away."""
    return wrap(leg.foot - leg.shin) * facing - 90.0


def strains(pose: Pose) -> tuple[str, ...]:
    """Return what no body could do in `pose`, in words.

    Only limbs that show their true angles are judged: none from the front, none foreshortened.
    """
    if pose.view is View.FRONT:
        return ()
    found = []
    for limb in Limb:
        leg = pose.leg(limb)
        if min(leg.lengths) < 1.0:
            continue
        facing = leg.facing(pose.facing)
        bend, lift = knee_bend(leg, facing), foot_lift(leg, facing)
        if not -ROUNDING_DEGREES <= bend <= KNEE_MOST:
            found.append(f"the {limb} knee is bent {bend:.0f} degrees, not 0 to {KNEE_MOST:.0f}")
        if not -FOOT_DOWN_MOST <= lift <= FOOT_UP_MOST:
            found.append(
                f"the {limb} foot is drawn up {lift:.0f} degrees,"
                f" not -{FOOT_DOWN_MOST:.0f} to {FOOT_UP_MOST:.0f}"
            )
    return tuple(found)


def moved_pixels(before: Pose, after: Pose, pixels_per_height: float) -> float:
    """Return how far the joint that moved furthest has moved, in pixels."""
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
