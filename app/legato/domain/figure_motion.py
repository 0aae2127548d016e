"""How a figure moves: from start to hold, to and fro, with the breath, and to its mirror image.

What moves is the angle between a limb and the one that carries it, not the angle on the page:
only so do knees and elbows bend the way they do. Hands that hold on to something and feet that
stand stay where they belong on the way.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.figure import Rest, View
from legato.domain.figure_joints import (
    SHANK,
    THIGH,
    ArmJoints,
    Joints,
    along,
    held_bone,
    joints,
    wrap,
)
from legato.domain.figure_reach import reach_with_foot, reach_with_hand, two_links

if TYPE_CHECKING:
    from legato.domain.figure import Arm, Figure, Leg, Point, Pose

BREATH_SECONDS = 10.0
BREATH_SHARE = 0.01
"""How much longer the trunk is at the height of a breath, as a share of its length."""

STANDING = (Rest.GROUND, Rest.BOARD, Rest.BALL, Rest.WALL)
FAR_LEG_BESIDE = (0.020, 0.014)
"""How far the far foot is drawn from the near one when both legs do the same, so it is seen."""


def ease(share: float) -> float:
    """Return `share` (held to 0..1) made slow at both ends."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


def pose_at(figure: Figure, progress: float) -> Pose:
    """Return the pose at `progress` on the way from the first frame (0) to the last (1)."""
    return blend(figure.start.pose, figure.hold.pose, ease(progress))


def cycle_at(figure: Figure, seconds: float) -> Pose:
    """Return the pose of a figure that moves to and fro, `seconds` after it began.

    A figure that does not is returned in its last frame.
    """
    if not figure.cycles:
        return figure.hold.pose
    turn = 2.0 * math.pi * seconds / figure.cycle_seconds
    return blend(figure.start.pose, figure.hold.pose, (1.0 - math.cos(turn)) / 2.0)


def breathing(pose: Pose, seconds: float) -> Pose:
    """Return `pose` as it breathes, `seconds` into the hold; hands that hold on stay there."""
    breath = math.sin(2.0 * math.pi * seconds / BREATH_SECONDS)
    length = pose.torso_length * (1.0 + BREATH_SHARE * breath)
    before = joints(pose)
    moved = replace(pose, torso_length=length, breath=breath)
    after = joints(moved)
    return replace(
        moved,
        arm_near=_keep_hold(pose.arm_near, before.arm_near, after.arm_near),
        arm_far=_keep_hold(pose.arm_far, before.arm_far, after.arm_far),
    )


def blend(first: Pose, last: Pose, share: float) -> Pose:
    """Return the pose `share` of the way from `first` (0) to `last` (1), evenly."""
    if share <= 0.0 or first is last:
        return first
    if share >= 1.0:
        return last
    torso = _turn(first.torso, last.torso, share)
    leg_near = _blend_leg(first, last, "leg_near", torso, share)
    leg_far = _blend_leg(first, last, "leg_far", torso, share)
    rough = replace(
        first,
        hip=_between(first.hip, last.hip, share),
        torso=torso,
        neck=torso + _mix(wrap(first.neck - first.torso), wrap(last.neck - last.torso), share),
        torso_length=_mix(first.torso_length, last.torso_length, share),
        arm_near=_blend_arm(first, last, "arm_near", torso, share),
        arm_far=_blend_arm(first, last, "arm_far", torso, share),
        leg_near=leg_near,
        leg_far=leg_far,
        progress=_mix(first.progress, last.progress, share),
    )
    return _settle(rough, first, last, share)


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


def both_legs(pose: Pose) -> Pose:
    """Return `pose` with the far leg doing what the near leg does, a little beside it."""
    if pose.view is View.FRONT:
        return pose
    ankle = joints(pose).leg_near.ankle
    beside = (ankle[0] + FAR_LEG_BESIDE[0] * pose.facing, ankle[1] + FAR_LEG_BESIDE[1])
    leg = pose.leg_near
    thigh, shin = two_links(pose.hip, beside, THIGH, SHANK, bend=wrap(leg.shin - leg.thigh))
    return replace(pose, leg_far=replace(leg, thigh=thigh, shin=shin))


def _blend_arm(first: Pose, last: Pose, name: str, torso: float, share: float) -> Arm:
    one: Arm = getattr(first, name)
    two: Arm = getattr(last, name)
    upper = (
        torso
        + 180.0
        + _mix(wrap(one.upper - first.torso + 180.0), wrap(two.upper - last.torso + 180.0), share)
    )
    fore = upper + _mix(wrap(one.fore - one.upper), wrap(two.fore - two.upper), share)
    hand = fore + _mix(wrap(one.hand - one.fore), wrap(two.hand - two.fore), share)
    lengths = _mix_lengths(one.lengths, two.lengths, share)
    on = one.on if one.on is two.on else Rest.NOTHING
    return replace(one, upper=upper, fore=fore, hand=hand, lengths=lengths, on=on)


def _blend_leg(first: Pose, last: Pose, name: str, torso: float, share: float) -> Leg:
    one: Leg = getattr(first, name)
    two: Leg = getattr(last, name)
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


def _settle(rough: Pose, first: Pose, last: Pose, share: float) -> Pose:
    """Return `rough` with standing feet on their ground and holding hands on what they hold."""
    start, end = joints(first), joints(last)
    now = joints(rough)
    legs = {}
    for name in ("leg_near", "leg_far"):
        leg: Leg = getattr(rough, name)
        if leg.on in STANDING and min(leg.lengths) == 1.0:
            ankle = _between(getattr(start, name).ankle, getattr(end, name).ankle, share)
            leg = reach_with_foot(leg, getattr(now, name).hip, ankle)
        legs[name] = leg
    standing = replace(rough, leg_near=legs["leg_near"], leg_far=legs["leg_far"])
    now = joints(standing)
    arms = {}
    for name in ("arm_near", "arm_far"):
        arm: Arm = getattr(rough, name)
        if arm.on is not Rest.NOTHING:
            target = _held(arm.on, name, (start, end, now), share)
            arm = reach_with_hand(arm, getattr(now, name).shoulder, target)
        arms[name] = arm
    return replace(standing, arm_near=arms["arm_near"], arm_far=arms["arm_far"])


def _held(on: Rest, arm: str, at: tuple[Joints, Joints, Joints], share: float) -> Point:
    """Return where the hand of `arm` is, given the joints at the start, at the end and now."""
    start, end, now = at
    grips = (getattr(start, arm).grip, getattr(end, arm).grip)
    if not on.on_body:
        return _between(*grips, share)
    first = _seen_from(held_bone(start, on), grips[0])
    last = _seen_from(held_bone(end, on), grips[1])
    return _placed_on(held_bone(now, on), _between(first, last, share))


def _seen_from(bone: tuple[Point, Point], point: Point) -> Point:
    """Return `point` as lengths along and across a bone."""
    (x, y), (to_x, to_y) = bone
    length = math.hypot(to_x - x, to_y - y) or 1.0
    unit = ((to_x - x) / length, (to_y - y) / length)
    way = (point[0] - x, point[1] - y)
    return (way[0] * unit[0] + way[1] * unit[1], way[1] * unit[0] - way[0] * unit[1])


def _placed_on(bone: tuple[Point, Point], point: Point) -> Point:
    (x, y), (to_x, to_y) = bone
    degrees = math.degrees(math.atan2(to_y - y, to_x - x))
    return along(along((x, y), degrees, point[0]), degrees + 90.0, point[1])


def _keep_hold(arm: Arm, before: ArmJoints, after: ArmJoints) -> Arm:
    if arm.on is Rest.NOTHING:
        return arm
    return reach_with_hand(arm, after.shoulder, before.grip)


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
