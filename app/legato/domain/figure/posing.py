"""Edit a pose by dragging its joints, within the limits of a body."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.figure.joints import (
    FOOT_DOWN_MOST,
    FOOT_UP_MOST,
    KNEE_MOST,
    direction,
    foot_lift,
    joints,
    knee_bend,
    wrap,
)
from legato.domain.figure.model import Frame, Limb, Rest, View
from legato.domain.figure.motion import reach_with_hand
from legato.domain.figure.props import Box

if TYPE_CHECKING:
    from collections.abc import Collection

    from legato.domain.figure.model import Arm, Figure, Leg, Muscle, Point, Pose

NECK_MOST = 60.0
"""Degrees that the head turns against the trunk, either way."""
FURTHEST = 1.2
"""The greatest distance of the hips from the middle of the page, in heights."""
MARGIN = 0.08
"""Free space around the figure, in heights."""
ON_GROUND = 0.02
"""A sole nearer to the ground than this, in heights, is on the ground."""

_HELD = frozenset({Rest.STRAP, Rest.GLASS})


class Handle(StrEnum):
    """A joint that can be dragged; its value is its accessible name."""

    HIP = "hips"
    NECK = "shoulders"
    CROWN = "head"
    NEAR_ELBOW = "working side's elbow"
    NEAR_HAND = "working side's hand"
    FAR_ELBOW = "other elbow"
    FAR_HAND = "other hand"
    NEAR_KNEE = "working knee"
    NEAR_ANKLE = "working ankle"
    NEAR_TOE = "working toes"
    FAR_KNEE = "other knee"
    FAR_ANKLE = "other ankle"
    FAR_TOE = "other toes"


_ELBOWS = {Handle.NEAR_ELBOW: Limb.NEAR, Handle.FAR_ELBOW: Limb.FAR}
_HANDS = {Handle.NEAR_HAND: Limb.NEAR, Handle.FAR_HAND: Limb.FAR}
_KNEES = {Handle.NEAR_KNEE: Limb.NEAR, Handle.FAR_KNEE: Limb.FAR}
_ANKLES = {Handle.NEAR_ANKLE: Limb.NEAR, Handle.FAR_ANKLE: Limb.FAR}
_TOES = {Handle.NEAR_TOE: Limb.NEAR, Handle.FAR_TOE: Limb.FAR}


def place_of(pose: Pose, handle: Handle) -> Point:
    """Return the position of a joint."""
    at = joints(pose)
    if handle in _ELBOWS:
        return at.arm(_ELBOWS[handle]).elbow
    if handle in _HANDS:
        return at.arm(_HANDS[handle]).grip
    if handle in _KNEES:
        return at.leg(_KNEES[handle]).knee
    if handle in _ANKLES:
        return at.leg(_ANKLES[handle]).ankle
    if handle in _TOES:
        return at.leg(_TOES[handle]).toe
    return {Handle.HIP: at.hip, Handle.NECK: at.neck, Handle.CROWN: at.crown}[handle]


def dragged(pose: Pose, handle: Handle, to: Point) -> Pose:
    """Return `pose` with a joint turned towards `to`, as far as a body allows.

    Limbs beyond it follow: shin and foot follow a knee, arms and head follow the shoulders, the
    whole body follows the hips.
    """
    at = joints(pose)
    if handle is Handle.HIP:
        return replace(pose, hip=(_within(to[0], FURTHEST), min(max(to[1], 0.0), FURTHEST)))
    if handle is Handle.NECK:
        return _bent(pose, _angle(pose.hip, to, pose.torso))
    if handle is Handle.CROWN:
        turn = wrap(_angle(at.neck, to, pose.neck) - pose.torso)
        return replace(pose, neck=wrap(pose.torso + _within(turn, NECK_MOST)))
    if handle in _ELBOWS or handle in _HANDS:
        limb = _ELBOWS.get(handle) or _HANDS[handle]
        return _with_arm(pose, limb, _moved_arm(pose, limb, handle, to))
    limb = _KNEES.get(handle) or _ANKLES.get(handle) or _TOES[handle]
    return _with_leg(pose, limb, _moved_leg(pose, limb, handle, to))


def with_pose(figure: Figure, index: int, pose: Pose) -> Figure:
    """Return `figure` with `pose` in its first (0) or last (1) frame, and its window fitted."""
    first, last = two_frames(figure)
    frames = (replace(first, pose=pose), last) if index == 0 else (first, replace(last, pose=pose))
    return fitted(replace(figure, frames=frames))


def two_frames(figure: Figure) -> tuple[Frame, Frame]:
    """Return the start and the hold of `figure`; a single frame serves as both."""
    if len(figure.frames) == 2:  # noqa: PLR2004 - a start and an end
        return figure.frames[0], figure.frames[1]
    frame = figure.frames[0]
    progressed = replace(frame.pose, progress=1.0)
    return replace(frame, name="start"), replace(frame, name="hold", pose=progressed)


def with_works(figure: Figure, muscles: Collection[Muscle]) -> Figure:
    """Return `figure` with `muscles` at work in its hold and none in its start."""
    first, last = two_frames(figure)
    works = tuple(muscles)
    return replace(figure, frames=(replace(first, works=()), replace(last, works=works)))


def fitted(figure: Figure) -> Figure:
    """Return `figure` with a window that shows the whole of it."""
    points = [point for frame in figure.frames for point in joints(frame.pose).points()]
    boxes = [prop.box for prop in figure.props if prop.box]
    across = [x for x, _ in points] + [edge for box in boxes for edge in (box.left, box.right)]
    up = [y for _, y in points] + [edge for box in boxes for edge in (box.bottom, box.top)]
    window = Box(
        left=min(across) - MARGIN,
        bottom=min(*up, 0.0) - MARGIN,
        right=max(across) + MARGIN,
        top=max(up) + MARGIN,
    )
    return replace(figure, window=window)


def _moved_arm(pose: Pose, limb: Limb, handle: Handle, to: Point) -> Arm:
    arm, places = pose.arm(limb), joints(pose).arm(limb)
    if handle in _ELBOWS:
        moved = _turned_arm(arm, _angle(places.shoulder, to, arm.upper) - arm.upper)
    else:
        moved = reach_with_hand(arm, places.shoulder, to)
    return replace(moved, on=arm.on if arm.on in _HELD else Rest.NOTHING)


def _moved_leg(pose: Pose, limb: Limb, handle: Handle, to: Point) -> Leg:
    leg, places = pose.leg(limb), joints(pose).leg(limb)
    facing = leg.facing(pose.facing)
    lift = foot_lift(leg, facing)
    if handle in _KNEES:
        by = _angle(places.hip, to, leg.thigh) - leg.thigh
        leg = replace(leg, thigh=wrap(leg.thigh + by), shin=wrap(leg.shin + by))
    elif handle in _ANKLES:
        leg = replace(leg, shin=_angle(places.knee, to, leg.shin))
    else:
        lift = foot_lift(replace(leg, foot=_angle(places.ankle, to, leg.foot)), facing)
    if pose.view is not View.FRONT:
        bend = _nearest(knee_bend(leg, facing), 0.0, KNEE_MOST)
        leg = replace(leg, shin=wrap(leg.thigh - facing * bend))
        lift = _nearest(lift, -FOOT_DOWN_MOST, FOOT_UP_MOST)
    leg = replace(leg, foot=wrap(leg.shin + facing * (lift + 90.0)))
    lowest = joints(_with_leg(pose, limb, leg)).leg(limb)
    stands = min(lowest.heel[1], lowest.toe[1]) < ON_GROUND
    return replace(leg, on=Rest.GROUND if stands else Rest.NOTHING)


def _bent(pose: Pose, torso: float) -> Pose:
    by = torso - pose.torso
    return replace(
        pose,
        torso=torso,
        neck=wrap(pose.neck + by),
        arm_near=_turned_arm(pose.arm_near, by),
        arm_far=_turned_arm(pose.arm_far, by),
    )


def _turned_arm(arm: Arm, by: float) -> Arm:
    return replace(
        arm, upper=wrap(arm.upper + by), fore=wrap(arm.fore + by), hand=wrap(arm.hand + by)
    )


def _with_arm(pose: Pose, limb: Limb, arm: Arm) -> Pose:
    return replace(pose, arm_near=arm) if limb is Limb.NEAR else replace(pose, arm_far=arm)


def _with_leg(pose: Pose, limb: Limb, leg: Leg) -> Pose:
    return replace(pose, leg_near=leg) if limb is Limb.NEAR else replace(pose, leg_far=leg)


def _angle(start: Point, to: Point, otherwise: float) -> float:
    """Return the direction from `start` to `to` in degrees, or `otherwise` if both are the same."""
    if math.dist(start, to) < 1e-6:  # noqa: PLR2004 - no direction
        return otherwise
    return direction(start, to)


def _within(value: float, most: float) -> float:
    return min(max(value, -most), most)


def _nearest(degrees: float, least: float, most: float) -> float:
    """Return the angle between `least` and `most` that is nearest to `degrees` on the circle."""
    degrees = wrap(degrees)
    if least <= degrees <= most:
        return degrees
    return min((least, most), key=lambda limit: abs(wrap(degrees - limit)))
