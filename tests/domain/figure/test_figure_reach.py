"""Arms and legs that are bent to reach a point."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.figure.joints import FOREARM, UPPER_ARM, arm_joints, leg_joints, wrap
from legato.domain.figure.model import Arm, Leg
from legato.domain.figure.motion import reach_with_foot, reach_with_hand, two_links

SHOULDER = (0.1, 0.8)


@given(
    st.floats(-180, 180),
    st.floats(0.06, UPPER_ARM + FOREARM - 0.01),
    st.sampled_from([-1.0, 1.0]),
)
def test_two_links_arrive(degrees: float, distance: float, bend: float) -> None:
    """A target within reach is reached, with the bend on the requested side."""
    radians = math.radians(degrees)
    target = (0.1 + distance * math.cos(radians), 0.8 + distance * math.sin(radians))

    first, second = two_links(SHOULDER, target, UPPER_ARM, FOREARM, bend=bend)
    arrived = arm_joints(SHOULDER, Arm(upper=first, fore=second, hand=second)).wrist

    assert arrived == pytest.approx(target, abs=1e-6)
    assert wrap(second - first) * bend >= -1e-6


def test_two_links_point_at_what_is_too_far() -> None:
    """Out of reach, both links point straight at the target."""
    first, second = two_links((0, 0), (9, 0), 0.2, 0.1, bend=1)

    assert first == pytest.approx(0, abs=0.1)
    assert second == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("hand", [-30.0, 80.0])
def test_palm_arrives(hand: float) -> None:
    """The palm reaches its target, for a straight hand and for a turned one."""
    arm = Arm(upper=-60, fore=-30, hand=hand)

    moved = reach_with_hand(arm, SHOULDER, (0.3, 0.6))

    assert arm_joints(SHOULDER, moved).grip == pytest.approx((0.3, 0.6), abs=1e-6)


def test_turned_hand_keeps_its_angle() -> None:
    """A hand flat on a wall stays flat on it."""
    moved = reach_with_hand(Arm(upper=-60, fore=-30, hand=80), SHOULDER, (0.3, 0.7))

    assert moved.hand == 80


def test_ankle_arrives_and_the_knee_stays_in_front() -> None:
    """The foot keeps its angle, and the knee bends to the same side as before."""
    moved = reach_with_foot(Leg(thigh=-60, shin=-100, foot=0), (0.0, 0.5), (0.1, 0.1))

    assert leg_joints((0.0, 0.5), moved).ankle == pytest.approx((0.1, 0.1), abs=1e-6)
    assert moved.foot == 0
    assert wrap(moved.shin - moved.thigh) < 0
