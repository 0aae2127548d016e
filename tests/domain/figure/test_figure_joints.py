"""Positions of the joints of a pose, and angles that no body can have."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anatomy import strains
from legato.domain.figure.joints import (
    ANKLE_ABOVE_SOLE,
    HALF_HIPS,
    HEAD,
    SHANK,
    THIGH,
    TRUNK,
    along,
    foot_lift,
    joints,
    knee_bend,
    moved_pixels,
    palm_faces,
    wrap,
)
from legato.domain.figure.model import Arm, Leg, Pose, Rest, View

HANGING = Arm(upper=-90, fore=-90, hand=-90)
STRAIGHT = Leg(thigh=-90, shin=-90, foot=0)
STANDING = Pose(
    hip=(0.0, ANKLE_ABOVE_SOLE + THIGH + SHANK),
    torso=90,
    neck=90,
    arm_near=HANGING,
    arm_far=HANGING,
    leg_near=STRAIGHT,
    leg_far=STRAIGHT,
)


def test_standing_person_is_one_height_tall() -> None:
    """The lengths of a standing person add up to one."""
    crown = joints(STANDING).crown

    assert crown == pytest.approx((0.0, 1.0), abs=1e-9)


def test_standing_feet_are_on_the_ground_and_point_ahead() -> None:
    """Heel and toes lie on y = 0, the heel behind the ankle."""
    leg = joints(STANDING).leg_near

    assert leg.heel[1] == pytest.approx(0.0)
    assert leg.toe[1] == pytest.approx(0.0)
    assert leg.heel[0] < leg.ankle[0] < leg.ball[0] < leg.toe[0]


def test_near_hip_is_on_the_left_of_the_page_from_the_front() -> None:
    """The right hip of a person who faces the viewer is on the viewer's left."""
    at = joints(replace(STANDING, view=View.FRONT))

    assert at.leg_near.hip[0] == pytest.approx(-HALF_HIPS)
    assert at.leg_far.hip[0] == pytest.approx(HALF_HIPS)


def test_foreshortened_limbs_are_shorter() -> None:
    """A thigh foreshortened by half has half its length on the page."""
    leg = replace(STRAIGHT, lengths=(0.5, 1.0, 1.0))
    at = joints(replace(STANDING, leg_near=leg))

    assert math.dist(at.leg_near.hip, at.leg_near.knee) == pytest.approx(THIGH / 2)


def test_breath_fills_the_chest() -> None:
    """Breathing in moves the front of the chest forward and nothing else."""
    full = joints(replace(STANDING, breath=1.0))
    empty = joints(replace(STANDING, breath=-1.0))

    assert full.chest[0] > empty.chest[0]
    assert full.crown == empty.crown


@given(st.floats(-2000, 2000))
def test_wrap_keeps_the_direction(degrees: float) -> None:
    """A wrapped angle has the same direction, above -180 and up to 180."""
    wrapped = wrap(degrees)

    assert -180.0 < wrapped <= 180.0
    assert along((0, 0), wrapped, 1.0) == pytest.approx(along((0, 0), degrees, 1.0), abs=1e-6)


@pytest.mark.parametrize(("shin", "bend"), [(-90, 0), (-180, 90), (-100, 10), (-80, -10)])
def test_knee_bends_backwards_only(shin: float, bend: float) -> None:
    """A bent knee counts from 0; one bent the wrong way is below 0."""
    assert knee_bend(replace(STRAIGHT, shin=shin)) == pytest.approx(bend)


def test_square_foot_is_neither_lifted_nor_pointed() -> None:
    """A foot square to the shin is at 0, toes up is above."""
    assert foot_lift(STRAIGHT) == pytest.approx(0)
    assert foot_lift(replace(STRAIGHT, foot=20)) == pytest.approx(20)


def test_strains_name_the_joint() -> None:
    """A knee bent the wrong way and a foot drawn up too far are each reported."""
    leg = replace(STRAIGHT, shin=-70, foot=90)

    found = strains(replace(STANDING, leg_far=leg))

    assert len(found) == 2
    assert all("far" in line for line in found)
    assert strains(STANDING) == ()


def test_foreshortened_legs_are_not_checked() -> None:
    """Foreshortened angles are not those of the joints, so nothing is reported."""
    leg = replace(STRAIGHT, shin=-70, lengths=(1.0, 0.5, 1.0))

    assert strains(replace(STANDING, leg_near=leg)) == ()
    assert strains(replace(STANDING, leg_near=replace(leg, shin=0), view=View.FRONT)) == ()


def test_moved_pixels_is_the_longest_distance() -> None:
    """The crown of a leaning person moves furthest."""
    leaning = replace(STANDING, torso=80, neck=80)
    before, after = joints(STANDING).crown, joints(leaning).crown

    assert moved_pixels(STANDING, leaning, 400) == pytest.approx(400 * math.dist(before, after))
    assert math.dist(before, after) == pytest.approx(
        2 * (TRUNK + HEAD) * math.sin(math.radians(5)), rel=1e-6
    )


@pytest.mark.parametrize(
    ("on", "towards"),
    [(Rest.WALL, (1, 0)), (Rest.GROUND, (0, -1)), (Rest.FAR_THIGH, (-1, 0))],
)
def test_palms_face_what_they_touch(on: Rest, towards: tuple[float, float]) -> None:
    """A palm faces the wall, the ground, or the limb that it touches."""
    arm = replace(HANGING, on=on)
    at = joints(STANDING)

    x, y = palm_faces(STANDING, at, arm, (0.1, at.hip[1] - THIGH / 2))

    assert x * towards[0] + y * towards[1] > 0


def test_turned_leg_shows_its_other_side() -> None:
    """A leg that is turned out bends the other way on the page, and so does its sole."""
    leg = Leg(thigh=20, shin=140, foot=50, turned=True)
    plain, turned = (
        joints(replace(STANDING, leg_near=one)).leg_near
        for one in (replace(leg, turned=False), leg)
    )

    assert math.dist(plain.heel, turned.heel) > ANKLE_ABOVE_SOLE
    assert strains(replace(STANDING, leg_near=leg)) == ()
    assert strains(replace(STANDING, leg_near=replace(leg, turned=False))) != ()
