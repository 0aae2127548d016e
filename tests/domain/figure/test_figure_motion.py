"""The motion of a figure: blending, cycles, breath and mirror image."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.figure.joints import joints, knee_bend, leg_joints
from legato.domain.figure.model import Arm, Figure, Frame, Leg, Muscle, Order, Pose, Rest, View
from legato.domain.figure.motion import (
    BREATH_SECONDS,
    blend,
    both_legs,
    breathing,
    cycle_at,
    ease,
    mirrored,
    pose_at,
    reach_with_hand,
)
from legato.domain.figure.props import Box, Prop, PropKind, When

ARM = Arm(upper=-95, fore=-85, hand=-85)
LEG = Leg(thigh=-90, shin=-90, foot=0, on=Rest.GROUND)
STAND = Pose(
    hip=(0.0, 0.52), torso=90, neck=88, arm_near=ARM, arm_far=ARM, leg_near=LEG, leg_far=LEG
)
SHOULDERS = joints(STAND).neck
HEEL_TO_SEAT = replace(STAND, leg_near=Leg(thigh=-93, shin=127, foot=170), progress=1.0, torso=89)
ROOM = Box(left=-0.5, bottom=0.0, right=0.5, top=1.0)


def figure(first: Pose, last: Pose, *, cycle: float = 0.0, both: bool = False) -> Figure:
    """Return a figure of two frames."""
    return Figure(
        name="one",
        shows="a person",
        view=first.view,
        window=ROOM,
        frames=(
            Frame(name="start", pose=first),
            Frame(name="hold", pose=last, works=(Muscle.QUADS,), order=Order.ARM_BEHIND_LEG),
        ),
        cycle_seconds=cycle,
        both=both,
    )


def test_blend_begins_and_ends_with_its_poses() -> None:
    """A share of 0 gives the first pose, a share of 1 the last one."""
    assert blend(STAND, HEEL_TO_SEAT, 0.0) is STAND
    assert blend(STAND, HEEL_TO_SEAT, 1.0) is HEEL_TO_SEAT


@given(st.floats(0, 1))
def test_knee_never_bends_forward_on_the_way(share: float) -> None:
    """Blending joint angles moves the shin backwards, not through the front."""
    bend = knee_bend(blend(STAND, HEEL_TO_SEAT, share).leg_near)

    assert -0.5 <= bend <= 141


@given(st.floats(0, 1))
def test_foot_swings_clear_of_the_ground(share: float) -> None:
    """No foot passes through the floor on its way."""
    low = HEEL_TO_SEAT
    at = joints(blend(STAND, low, share)).leg_near

    assert min(at.heel[1], at.toe[1]) >= min(joints(STAND).leg_near.heel[1], 0.0) - 1e-6


@given(st.floats(0, 1))
def test_standing_foot_slides_on_the_ground(share: float) -> None:
    """A foot that is on the ground in both poses stays on it between them."""
    lower = replace(STAND, hip=(0.05, 0.45), leg_near=replace(LEG, thigh=-60, shin=-115))
    ankle = joints(lower).leg_near.ankle
    lower = replace(lower, hip=(0.05, 0.45 + 0.039 - ankle[1]))
    start = replace(STAND, hip=(0.0, 0.53))

    at = joints(blend(start, lower, share)).leg_near

    assert at.heel[1] == pytest.approx(0.0, abs=1e-6)


@given(st.floats(0, 1))
def test_hand_stays_on_the_ankle_it_holds(share: float) -> None:
    """A hand that holds a part of the leg moves with it."""
    held = replace(ARM, upper=-128, fore=-105, hand=-105, on=Rest.NEAR_ANKLE)

    def holding(leg: Leg) -> Pose:
        ankle = leg_joints(STAND.hip, leg).ankle
        return replace(STAND, leg_near=leg, arm_near=reach_with_hand(held, SHOULDERS, ankle))

    first, last = holding(HEEL_TO_SEAT.leg_near), holding(Leg(thigh=-110, shin=115, foot=150))

    at = joints(blend(first, last, share))

    assert at.arm_near.grip == pytest.approx(at.leg_near.ankle, abs=1e-6)


@pytest.mark.parametrize("facing", [1, -1])
def test_raised_arm_goes_on_over_the_head(facing: int) -> None:
    """An arm moves from the front of the head to its back over the head, not past the hips."""
    first = replace(STAND, arm_near=replace(ARM, upper=75, fore=75, hand=75))
    last = replace(STAND, arm_near=replace(ARM, upper=140, fore=150, hand=150))
    if facing < 0:
        first, last = mirrored(first), mirrored(last)

    elbow = joints(blend(first, last, 0.5)).arm_near.elbow

    assert elbow[1] > SHOULDERS[1]


def test_ease_is_slow_at_both_ends() -> None:
    """The first and the last tenth of the time cover less than a tenth of the way."""
    assert ease(0.1) < 0.05
    assert ease(0.9) > 0.95
    assert (ease(-1), ease(0.5), ease(2)) == (0.0, 0.5, 1.0)


def test_pose_at_carries_its_progress() -> None:
    """Halfway the progress is 0.5."""
    assert pose_at(figure(STAND, HEEL_TO_SEAT), 0.5).progress == pytest.approx(0.5)


def test_cycle_goes_there_and_back() -> None:
    """After half a cycle the last frame is shown, after a whole one the first."""
    moving = figure(STAND, HEEL_TO_SEAT, cycle=4.0)

    assert cycle_at(moving, 0.0) is STAND
    assert cycle_at(moving, 2.0) is HEEL_TO_SEAT
    assert cycle_at(moving, 4.0).progress == pytest.approx(0.0, abs=1e-9)


def test_stretch_does_not_cycle() -> None:
    """A figure without a cycle stays in its last pose."""
    assert cycle_at(figure(STAND, HEEL_TO_SEAT), 1.3) is HEEL_TO_SEAT


def test_breath_is_one_in_ten_seconds() -> None:
    """The chest is full after 2.5 seconds and back after ten."""
    first, full = breathing(STAND, 0.0), breathing(STAND, BREATH_SECONDS / 4)

    assert full.breath == pytest.approx(1.0)
    assert breathing(STAND, BREATH_SECONDS).breath == pytest.approx(first.breath, abs=1e-9)
    assert full.torso_length == pytest.approx(1.01)


def test_breathing_leaves_hands_where_they_hold() -> None:
    """The trunk grows, and the hand on the wall does not move."""
    arm = Arm(upper=-30, fore=20, hand=80, on=Rest.WALL)
    pose = replace(STAND, arm_near=arm)

    before, after = joints(pose).arm_near, joints(breathing(pose, 2.5)).arm_near

    assert after.shoulder != before.shoulder
    assert after.grip == pytest.approx(before.grip, abs=1e-9)


@given(st.floats(-60, 60), st.floats(0, 120))
def test_mirror_image_is_the_same_the_other_way_round(lean: float, knee: float) -> None:
    """Every joint keeps its height and changes its side."""
    leg = Leg(thigh=-70, shin=-70 - knee, foot=-knee)
    pose = replace(STAND, torso=90 + lean, leg_near=leg)

    there = joints(mirrored(pose)).points()

    for (x, y), (mirror_x, mirror_y) in zip(joints(pose).points(), there, strict=True):
        assert (mirror_x, mirror_y) == pytest.approx((-x, y), abs=1e-9)
    assert knee_bend(mirrored(pose).leg_near, -1) == pytest.approx(knee)


def test_both_legs_do_the_same() -> None:
    """The far leg bends like the near one and is drawn a little beside it."""
    pose = replace(HEEL_TO_SEAT, leg_far=LEG)

    both = both_legs(figure(STAND, pose, both=True), pose)

    assert knee_bend(both.leg_far) == pytest.approx(knee_bend(pose.leg_near), abs=15)
    assert joints(both).leg_far.ankle != joints(both).leg_near.ankle


def test_both_legs_stay_where_the_figure_cannot() -> None:
    """A figure for one leg is unchanged, and so is one whose legs are already alike."""
    assert both_legs(figure(STAND, HEEL_TO_SEAT), STAND) is STAND
    assert both_legs(figure(STAND, STAND, both=True), STAND) is STAND


def test_glow_comes_with_the_hold() -> None:
    """Muscles of the last frame begin to glow on the way; at the start nothing glows."""
    moving = figure(STAND, HEEL_TO_SEAT)

    assert moving.glow(STAND) == ()
    assert dict(moving.glow(pose_at(moving, 0.5)))[Muscle.QUADS] == pytest.approx(0.5)
    assert moving.glow(HEEL_TO_SEAT) == ((Muscle.QUADS, 1.0),)


def test_order_of_drawing_changes_halfway() -> None:
    """Each half of the way uses the order of the nearer frame."""
    moving = figure(STAND, HEEL_TO_SEAT)

    assert moving.order(STAND) is Order.USUAL
    assert moving.order(HEEL_TO_SEAT) is Order.ARM_BEHIND_LEG


def test_strap_fades_in() -> None:
    """A thing of the last frame has opacity 0 at first and 1 at the end."""
    moving = figure(STAND, HEEL_TO_SEAT)
    board = Prop(kind=PropKind.WOOD, box=ROOM, when=When.LAST)

    assert moving.presence(board, STAND) == 0.0
    assert moving.presence(board, HEEL_TO_SEAT) == 1.0
    assert moving.presence(replace(board, when=When.ALWAYS), STAND) == 1.0


def test_frames_are_found_by_name() -> None:
    """A frame is found by its name; an unknown name raises KeyError."""
    moving = figure(STAND, HEEL_TO_SEAT)

    assert moving.frame("hold").pose is HEEL_TO_SEAT
    with pytest.raises(KeyError):
        moving.frame("leap")


def test_figure_needs_a_frame() -> None:
    """A figure without frames, or with a negative cycle, cannot be made."""
    whole = figure(STAND, HEEL_TO_SEAT)

    with pytest.raises(ValueError, match="frames"):
        replace(whole, frames=())
    with pytest.raises(ValueError, match="cycle"):
        replace(whole, cycle_seconds=-1)
    with pytest.raises(ValueError, match="left < right"):
        Box(left=1, bottom=0, right=0, top=1)


def test_view_from_the_front_keeps_both_legs() -> None:
    """From the front both legs are visible anyway."""
    front = replace(STAND, view=View.FRONT)

    assert both_legs(figure(front, front), front) is front
