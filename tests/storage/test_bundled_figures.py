"""Tests of the shipped figures: possible poses, feet and hands on their supports, none missing."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

from anatomy import strains
from legato.domain.figure.joints import (
    ANKLE_ABOVE_SOLE,
    held_bone,
    joints,
    knee_bend,
    moved_pixels,
)
from legato.domain.figure.model import Figure, Frame, Limb, Muscle, Rest, View
from legato.domain.figure.motion import both_legs, pose_at
from legato.domain.figure.props import Anchor, Box, PropKind
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder

BUNDLED = find_bundled()
FOLDER = FigureFolder(BUNDLED.assets / "figures")
FIGURES = [figure for name in FOLDER.names() if (figure := FOLDER.figure(name))]
FRAMES = [(figure, frame) for figure in FIGURES for frame in figure.frames]
THINGS = {
    Rest.WALL: PropKind.WALL,
    Rest.CHAIR: PropKind.WOOD,
    Rest.BOARD: PropKind.WOOD,
    Rest.PILLOW: PropKind.PILLOW,
    Rest.BALL: PropKind.BALL,
}
HALF_LIMB = 0.045
STEPS = 24
POSES = 58
GROUND = 0.012
TOUCH = 0.03

every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
every_frame = pytest.mark.parametrize(
    ("figure", "frame"), FRAMES, ids=[f"{figure.name}.{frame.name}" for figure, frame in FRAMES]
)


def boxes(figure: Figure, *kinds: PropKind) -> list[Box]:
    """Return the boxes of the props of these kinds."""
    return [prop.box for prop in figure.props if prop.kind in kinds and prop.box]


def distance(box: Box, point: tuple[float, float]) -> float:
    """Return how far `point` is from a box; 0 inside."""
    x = max(box.left - point[0], 0.0, point[0] - box.right)
    y = max(box.bottom - point[1], 0.0, point[1] - box.top)
    return math.hypot(x, y)


def from_ground(figure: Figure, point: tuple[float, float]) -> float:
    """Return the distance of `point` from the ground, or from the sheet seen from above."""
    if figure.view is View.SIDE:
        return abs(point[1])
    return min(distance(box, point) for box in boxes(figure, PropKind.SHEET))


def from_bone(
    bone: tuple[tuple[float, float], tuple[float, float]], point: tuple[float, float]
) -> float:
    """Return the distance of `point` from the line between two joints."""
    (x, y), (to_x, to_y) = bone
    length = math.dist(*bone)
    along = ((point[0] - x) * (to_x - x) + (point[1] - y) * (to_y - y)) / length**2
    along = min(max(along, 0.0), 1.0)
    return math.dist((x + along * (to_x - x), y + along * (to_y - y)), point)


def test_all_figures_are_whole() -> None:
    """No file has a problem, and no pose is missing."""
    assert [FOLDER.problems(name) for name in FOLDER.names() if FOLDER.problems(name)] == []
    assert len(FIGURES) == 30
    assert len(FRAMES) == POSES


def test_every_move_has_its_figure() -> None:
    """Each `picture: figure:NAME` in shipped routines names an existing figure."""
    wanted = {
        name
        for path in Path(BUNDLED.routines).rglob("*.yaml")
        for name in re.findall(r"picture: figure:(\S+)", path.read_text("utf-8"))
    }

    assert wanted
    assert [name for name in sorted(wanted) if not FOLDER.has(name)] == []


@every_frame
def test_no_joint_is_strained(figure: Figure, frame: Frame) -> None:
    """Knees bend 0 to 148 degrees, feet 30 up and 69 down."""
    assert strains(frame.pose) == (), figure.name


@every_figure
def test_no_joint_is_strained_on_the_way(figure: Figure) -> None:
    """No pose between the frames exceeds the limit of a joint."""
    for step in range(STEPS + 1):
        assert strains(pose_at(figure, step / STEPS)) == ()


@every_frame
def test_feet_are_on_what_they_stand_on(figure: Figure, frame: Frame) -> None:
    """Each supported foot touches its ground, wall, board or ball."""
    at = joints(frame.pose)
    for limb in Limb:
        on, foot = frame.pose.leg(limb).on, at.leg(limb)
        if on is Rest.GROUND and figure.view is View.FRONT:
            assert abs(foot.ankle[1] - ANKLE_ABOVE_SOLE) <= 2 * GROUND
        elif on is Rest.GROUND:
            assert abs(min(foot.heel[1], foot.toe[1])) <= GROUND
        elif on is not Rest.NOTHING:
            sole = (foot.heel, foot.ball, foot.toe)
            touched = boxes(figure, THINGS[on])
            assert min(distance(box, point) for box in touched for point in sole) <= TOUCH


@every_figure
def test_no_foot_or_hand_goes_through_the_ground(figure: Figure) -> None:
    """Seen from the side, nothing is below the floor or inside the mattress."""
    if figure.view is not View.SIDE:
        return
    for step in range(STEPS + 1):
        at = joints(pose_at(figure, step / STEPS))
        for leg in (at.leg_near, at.leg_far):
            assert min(leg.heel[1], leg.toe[1]) >= -GROUND
        for arm in (at.arm_near, at.arm_far):
            assert min(arm.elbow[1], arm.grip[1], arm.tip[1]) >= 0.0


@every_frame
def test_hands_are_on_what_they_hold(figure: Figure, frame: Frame) -> None:
    """Each hand that holds or rests on something touches it."""
    at = joints(frame.pose)
    for limb in Limb:
        on, grip = frame.pose.arm(limb).on, at.arm(limb).grip
        if on.on_body:
            assert from_bone(held_bone(at, on), grip) <= HALF_LIMB + TOUCH
        elif on in THINGS:
            assert min(distance(box, grip) for box in boxes(figure, THINGS[on])) <= TOUCH
        elif on is Rest.HIP:
            assert math.dist(grip, at.leg_near.hip) <= HALF_LIMB + TOUCH
        elif on is Rest.GROUND:
            assert from_ground(figure, grip) <= TOUCH
        elif on is not Rest.NOTHING:
            holding = {end for prop in figure.props for end in prop.ends}
            hands = math.dist(at.arm_near.grip, at.arm_far.grip)
            assert Anchor(f"{limb}-grip") in holding or hands <= 2 * TOUCH


@every_figure
def test_straps_lead_from_a_fist_to_the_working_foot(figure: Figure) -> None:
    """A strap begins at a hand and ends at the near foot or ankle."""
    for prop in figure.props:
        if prop.kind is PropKind.STRAP:
            held, fixed = prop.ends
            arm = (
                figure.hold.pose.arm_near if held is Anchor.NEAR_GRIP else figure.hold.pose.arm_far
            )
            assert arm.on is Rest.STRAP
            assert fixed in (Anchor.NEAR_BALL, Anchor.NEAR_ANKLE)


@every_figure
def test_person_stays_in_the_picture(figure: Figure) -> None:
    """No joint and no crown leaves the visible area."""
    for step in range(0, STEPS + 1, 4):
        pose = pose_at(figure, step / STEPS)
        for shown in (pose, both_legs(figure, pose)):
            assert max(distance(figure.window, point) for point in joints(shown).points()) == 0.0


@every_figure
def test_movement_is_smooth(figure: Figure) -> None:
    """At a sixtieth of the way no joint jumps: the longest way is 3 % of the height a step."""
    poses = [pose_at(figure, step / 60) for step in range(61)]

    for before, after in itertools.pairwise(poses):
        assert moved_pixels(before, after, 1.0) <= 0.03


def test_stretches_show_what_works() -> None:
    """A muscle glows in the last frame of every figure that works one."""
    quiet = {"footbath", "water", "pumps"}

    for figure in FIGURES:
        assert bool(figure.hold.works) == (figure.name not in quiet), figure.name


def test_the_two_calf_stretches_differ_in_knee_and_glow() -> None:
    """Upper calf: knee straight, glow high. Lower calf: knee bent, glow low."""
    for name in ("calf1-strap", "calf1-wall", "cramp-bed", "cramp-stand", "foot-board"):
        hold = _hold(name)
        assert knee_bend(hold.pose.leg_near) <= 8
        assert hold.works == (Muscle.CALF_UPPER,)
    for name in ("calf2-edge", "calf2-wall", "calf2-strap"):
        hold = _hold(name)
        assert knee_bend(hold.pose.leg_near) >= 40
        assert hold.works == (Muscle.CALF_LOWER,)


def _hold(name: str) -> Frame:
    figure = FOLDER.figure(name)
    assert figure is not None
    return figure.hold
