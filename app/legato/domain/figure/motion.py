"""How a figure moves: from start to hold, to and fro, with the breath, and to its mirror image.

The angle between a limb and the one that carries it is interpolated, not the angle on the page:
otherwise knees and elbows would bend in ways that no body can. Hands that hold something and feet
on the ground keep their place on the way (inverse kinematics).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.figure.joints import (
    FOREARM,
    GRIP_PAST_WRIST,
    SHANK,
    THIGH,
    UPPER_ARM,
    Joints,
    LegJoints,
    along,
    direction,
    held_bone,
    joints,
    knee_bend,
    wrap,
)
from legato.domain.figure.model import Limb, Rest, View

if TYPE_CHECKING:
    from legato.domain.figure.model import Arm, Figure, Leg, Point, Pose

STRAIGHT_HAND_DEGREES = 0.5
"""A hand turned less than this against the forearm follows it when the arm is solved."""


def two_links(
    start: Point, target: Point, first: float, second: float, *, bend: float
) -> tuple[float, float]:
    """Return the angles of two links that lead from `start` to `target`.

    Args:
        start: Where the first link begins.
        target: Where the second link should end; out of reach, the links point at it.
        first: Length of the first link.
        second: Length of the second link.
        bend: 0 or more turns the second link counter-clockwise from the first, less clockwise.
    """
    offset = (target[0] - start[0], target[1] - start[1])
    distance = min(max(math.hypot(*offset), abs(first - second) + 1e-9), first + second - 1e-9)
    straight = direction(start, target)
    cosine = (first**2 + distance**2 - second**2) / (2.0 * first * distance)
    lead = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    upper = straight - lead if bend >= 0 else straight + lead
    elbow = along(start, upper, first)
    tip = along(start, straight, distance)
    return upper, direction(elbow, tip)


def reach_with_hand(arm: Arm, shoulder: Point, target: Point) -> Arm:
    """Return `arm` bent so that the palm is at `target`, the elbow on the side it was on."""
    upper, fore, hand = arm.lengths
    bend = wrap(arm.fore - arm.upper)
    hand_turn = wrap(arm.hand - arm.fore)
    if abs(hand_turn) < STRAIGHT_HAND_DEGREES:
        length = FOREARM * fore + GRIP_PAST_WRIST * hand
        first, second = two_links(shoulder, target, UPPER_ARM * upper, length, bend=bend)
        return replace(arm, upper=first, fore=second, hand=second + hand_turn)
    wrist = along(target, arm.hand, -GRIP_PAST_WRIST * hand)
    first, second = two_links(shoulder, wrist, UPPER_ARM * upper, FOREARM * fore, bend=bend)
    return replace(arm, upper=first, fore=second)


def reach_with_foot(leg: Leg, hip: Point, ankle: Point) -> Leg:
    """Return `leg` bent so that the ankle is at `ankle`; the foot keeps its angle on the page."""
    thigh, shin, _ = leg.lengths
    bend = wrap(leg.shin - leg.thigh)
    first, second = two_links(hip, ankle, THIGH * thigh, SHANK * shin, bend=bend)
    return replace(leg, thigh=first, shin=second)


BREATH_SECONDS = 10.0
BREATH_SHARE = 0.01
"""By how much a full breath lengthens the trunk, as a share of its length."""

STANDING = (Rest.GROUND, Rest.BOARD, Rest.BALL, Rest.WALL)
FAR_LEG_BESIDE = (0.030, 0.016)
"""Offset of the far foot from the near one where both legs do the same, so that it is seen."""


STRAIGHT_DEGREES = 15.0
"""A leg whose knee is bent less than this is turned as a whole."""
ALIKE_DEGREES = 12.0
ARM_BACK_MOST = 120.0
"""An arm further back than this from the side of the trunk is assumed to go over the head."""


def ease(share: float) -> float:
    """Return `share`, clamped to 0..1, eased in and out."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


def pose_at(figure: Figure, progress: float) -> Pose:
    """Return the pose at `progress` on the way from the first frame (0) to the last (1)."""
    return blend(figure.start.pose, figure.hold.pose, ease(progress))


def cycle_at(figure: Figure, seconds: float) -> Pose:
    """Return the pose of a figure that moves to and fro, `seconds` after it began.

    Return the last frame of a figure that does not.
    """
    if not figure.cycles:
        return figure.hold.pose
    turn = 2.0 * math.pi * seconds / figure.cycle_seconds
    return blend(figure.start.pose, figure.hold.pose, (1.0 - math.cos(turn)) / 2.0)


def breathing(pose: Pose, seconds: float) -> Pose:
    """Return `pose` with its breath, `seconds` into the hold; hands that hold something stay there."""
    breath = math.sin(2.0 * math.pi * seconds / BREATH_SECONDS)
    length = pose.torso_length * (1.0 + BREATH_SHARE * breath)
    before = joints(pose)
    moved = replace(pose, torso_length=length, breath=breath)
    after = joints(moved)

    def hold(limb: Limb) -> Arm:
        arm = pose.arm(limb)
        if arm.on is Rest.NOTHING:
            return arm
        return reach_with_hand(arm, after.arm(limb).shoulder, before.arm(limb).grip)

    return replace(moved, arm_near=hold(Limb.NEAR), arm_far=hold(Limb.FAR))


def blend(first: Pose, last: Pose, share: float) -> Pose:
    """Return the pose between `first` (share 0) and `last` (share 1), without easing."""
    if share <= 0.0 or first is last:
        return first
    if share >= 1.0:
        return last
    torso = _turn(first.torso, last.torso, share)
    rough = replace(
        first,
        hip=_between(first.hip, last.hip, share),
        torso=torso,
        neck=torso + _mix(wrap(first.neck - first.torso), wrap(last.neck - last.torso), share),
        torso_length=_mix(first.torso_length, last.torso_length, share),
        arm_near=_blend_arm(first, last, Limb.NEAR, torso, share),
        arm_far=_blend_arm(first, last, Limb.FAR, torso, share),
        leg_near=_blend_leg(first, last, Limb.NEAR, torso, share),
        leg_far=_blend_leg(first, last, Limb.FAR, torso, share),
        progress=_mix(first.progress, last.progress, share),
    )
    ends = joints(first), joints(last)
    if rough.view is not View.FRONT:
        rough = _with_feet_on_ground(rough, ends, share)
    return _with_hands_on_hold(rough, ends, share)


def mirrored(pose: Pose) -> Pose:
    """Return the mirror image of `pose` about x = 0: the other leg works, the person turns."""

    def arm(side: Arm) -> Arm:
        return replace(
            side, upper=180.0 - side.upper, fore=180.0 - side.fore, hand=180.0 - side.hand
        )

    def leg(side: Leg) -> Leg:
        return replace(
            side, thigh=180.0 - side.thigh, shin=180.0 - side.shin, foot=180.0 - side.foot
        )

    return replace(
        pose,
        hip=(-pose.hip[0], pose.hip[1]),
        torso=180.0 - pose.torso,
        neck=180.0 - pose.neck,
        arm_near=arm(pose.arm_near),
        arm_far=arm(pose.arm_far),
        leg_near=leg(pose.leg_near),
        leg_far=leg(pose.leg_far),
        facing=-pose.facing,
    )


def both_legs(figure: Figure, pose: Pose) -> Pose:
    """Return `pose` of `figure` with the far leg doing what the near leg does.

    The far leg is drawn a little beside the near one, so that it is seen. Where both legs do the
    same anyway, or the figure cannot show both, the pose is returned unchanged.
    """
    hold = figure.hold.pose
    if not figure.both or _alike(hold.leg_near, hold.leg_far):
        return pose
    leg, ankle = pose.leg_near, joints(pose).leg_near.ankle
    beside = (ankle[0] + FAR_LEG_BESIDE[0] * pose.facing, ankle[1] + FAR_LEG_BESIDE[1])
    if knee_bend(leg, pose.facing) < STRAIGHT_DEGREES:
        turn = direction(pose.hip, beside) - direction(pose.hip, ankle)
        return replace(pose, leg_far=replace(leg, thigh=leg.thigh + turn, shin=leg.shin + turn))
    return replace(pose, leg_far=reach_with_foot(leg, pose.hip, beside))


def _alike(one: Leg, two: Leg) -> bool:
    turns = (one.thigh - two.thigh, one.shin - two.shin)
    return all(abs(wrap(turn)) < ALIKE_DEGREES for turn in turns)


def _blend_arm(first: Pose, last: Pose, limb: Limb, torso: float, share: float) -> Arm:
    one, two = first.arm(limb), last.arm(limb)
    upper = torso + 180.0 + _mix(_swing(one, first), _swing(two, last), share)
    fore = upper + _mix(wrap(one.fore - one.upper), wrap(two.fore - two.upper), share)
    hand = fore + _mix(wrap(one.hand - one.fore), wrap(two.hand - two.fore), share)
    lengths = _mix_lengths(one.lengths, two.lengths, share)
    on = one.on if one.on is two.on else Rest.NOTHING
    return replace(one, upper=upper, fore=fore, hand=hand, lengths=lengths, on=on)


def _swing(arm: Arm, pose: Pose) -> float:
    """Return the degrees by which an arm swings from the side of the trunk, forward and up."""
    swing = wrap(arm.upper - pose.torso + 180.0) * pose.facing
    if pose.view is not View.FRONT and swing < -ARM_BACK_MOST:
        swing += 360.0
    return swing * pose.facing


def _blend_leg(first: Pose, last: Pose, limb: Limb, torso: float, share: float) -> Leg:
    one, two = first.leg(limb), last.leg(limb)
    thigh = (
        torso
        + 180.0
        + _mix(wrap(one.thigh - first.torso + 180.0), wrap(two.thigh - last.torso + 180.0), share)
    )
    shin = thigh + _mix(wrap(one.shin - one.thigh), wrap(two.shin - two.thigh), share)
    on = one.on if one.on is two.on else Rest.NOTHING
    if on in STANDING:
        foot = _turn(one.foot, two.foot, share)
    else:
        foot = shin + _mix(wrap(one.foot - one.shin), wrap(two.foot - two.shin), share)
    lengths = _mix_lengths(one.lengths, two.lengths, share)
    return replace(one, thigh=thigh, shin=shin, foot=foot, lengths=lengths, on=on)


def _with_feet_on_ground(pose: Pose, ends: tuple[Joints, Joints], share: float) -> Pose:
    """Return `pose` with standing feet sliding along, and the others lifted off the ground."""
    start, end = ends
    now = joints(pose)

    def stand(limb: Limb) -> Leg:
        leg, foot = pose.leg(limb), now.leg(limb)
        first, last = start.leg(limb), end.leg(limb)
        if leg.on in STANDING:
            return reach_with_foot(leg, foot.hip, _between(first.ankle, last.ankle, share))
        sunk = min(_lowest(first), _lowest(last)) - _lowest(foot)
        if sunk <= 0.0:
            return leg
        return reach_with_foot(leg, foot.hip, (foot.ankle[0], foot.ankle[1] + sunk))

    return replace(pose, leg_near=stand(Limb.NEAR), leg_far=stand(Limb.FAR))


def _with_hands_on_hold(pose: Pose, ends: tuple[Joints, Joints], share: float) -> Pose:
    """Return `pose` with each hand that holds the same thing at both `ends` still holding it."""
    now = joints(pose)

    def hold(limb: Limb) -> Arm:
        arm = pose.arm(limb)
        if arm.on is Rest.NOTHING:
            return arm
        grips = ends[0].arm(limb).grip, ends[1].arm(limb).grip
        if arm.on.on_body:
            first, last = (
                _relative_to(held_bone(at, arm.on), grip)
                for at, grip in zip(ends, grips, strict=True)
            )
            target = _placed_on(held_bone(now, arm.on), _between(first, last, share))
        else:
            target = _between(*grips, share)
        return reach_with_hand(arm, now.arm(limb).shoulder, target)

    return replace(pose, arm_near=hold(Limb.NEAR), arm_far=hold(Limb.FAR))


def _lowest(leg: LegJoints) -> float:
    return min(leg.heel[1], leg.toe[1])


def _relative_to(bone: tuple[Point, Point], point: Point) -> Point:
    """Return `point` as distances along and across a bone."""
    (x, y), (to_x, to_y) = bone
    length = math.hypot(to_x - x, to_y - y) or 1.0
    unit = ((to_x - x) / length, (to_y - y) / length)
    off = (point[0] - x, point[1] - y)
    return (off[0] * unit[0] + off[1] * unit[1], off[1] * unit[0] - off[0] * unit[1])


def _placed_on(bone: tuple[Point, Point], point: Point) -> Point:
    degrees = direction(*bone)
    return along(along(bone[0], degrees, point[0]), degrees + 90.0, point[1])


def _mix(first: float, last: float, share: float) -> float:
    return first + (last - first) * share


def _turn(first: float, last: float, share: float) -> float:
    return first + wrap(last - first) * share


def _between(first: Point, last: Point, share: float) -> Point:
    return (_mix(first[0], last[0], share), _mix(first[1], last[1], share))


def _mix_lengths(
    first: tuple[float, float, float], last: tuple[float, float, float], share: float
) -> tuple[float, float, float]:
    return (
        _mix(first[0], last[0], share),
        _mix(first[1], last[1], share),
        _mix(first[2], last[2], share),
    )
