"""How an arm or a leg bends so that the hand or the foot arrives where it should."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.figure_joints import (
    FOREARM,
    GRIP_PAST_WRIST,
    SHANK,
    THIGH,
    UPPER_ARM,
    along,
    wrap,
)

if TYPE_CHECKING:
    from legato.domain.figure import Arm, Leg, Point

STRAIGHT_HAND_DEGREES = 0.5
"""A hand turned less than this against the forearm follows it when the arm is solved anew."""


def two_links(
    start: Point, target: Point, first: float, second: float, *, bend: float
) -> tuple[float, float]:
    """Return the angles of two links that lead from `start` to `target`.

    Args:
        start: Where the first link begins.
        target: Where the second link should end; if it is out of reach, the links point at it.
        first: Length of the first link.
        second: Length of the second link.
        bend: At or above 0 the second link turns counter-clockwise from the first.
    """
    way = (target[0] - start[0], target[1] - start[1])
    distance = min(max(math.hypot(*way), abs(first - second) + 1e-9), first + second - 1e-9)
    straight = math.degrees(math.atan2(way[1], way[0]))
    cosine = (first**2 + distance**2 - second**2) / (2.0 * first * distance)
    lead = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    upper = straight - lead if bend >= 0 else straight + lead
    elbow = along(start, upper, first)
    tip = along(start, straight, distance)
    return upper, math.degrees(math.atan2(tip[1] - elbow[1], tip[0] - elbow[0]))


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
