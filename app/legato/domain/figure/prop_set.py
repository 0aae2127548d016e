"""Sets of props that can be put around a posed figure, placed to fit the pose."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.figure.joints import joints
from legato.domain.figure.model import Rest
from legato.domain.figure.posing import fitted
from legato.domain.figure.props import Anchor, Box, Prop, PropKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from legato.domain.figure.joints import Joints
    from legato.domain.figure.model import Figure, Frame, Pose


class PropSet(StrEnum):
    """A thing around the person, by its name in the pose editor; ordered from back to front."""

    SHEET = "bed from above"
    MATTRESS = "mattress"
    BED = "edge of a bed"
    WALL = "wall"
    BOARD = "foot of the bed"
    CHAIR = "chair"
    FLOOR = "floor"
    PILLOW = "pillow"
    CUSHIONS = "cushions behind"
    BOLSTER = "knee cushion"
    ROLLER = "roller"
    BALL = "ball"
    BASIN = "basin"
    STRAP = "towel round the foot"
    ANKLE_STRAP = "towel round the ankle"
    GLASS = "glass"


_OF_KIND = {
    PropKind.SHEET: PropSet.SHEET,
    PropKind.MATTRESS: PropSet.MATTRESS,
    PropKind.BED: PropSet.BED,
    PropKind.WALL: PropSet.WALL,
    PropKind.FLOOR: PropSet.FLOOR,
    PropKind.PILLOW: PropSet.PILLOW,
    PropKind.CUSHION: PropSet.CUSHIONS,
    PropKind.BOLSTER: PropSet.BOLSTER,
    PropKind.ROLLER: PropSet.ROLLER,
    PropKind.BALL: PropSet.BALL,
    PropKind.BASIN: PropSet.BASIN,
    PropKind.STRAP: PropSet.STRAP,
    PropKind.GLASS: PropSet.GLASS,
}
_KIND_OF = {prop_set: kind for kind, prop_set in _OF_KIND.items()}
_HELD = {PropSet.STRAP: Rest.STRAP, PropSet.ANKLE_STRAP: Rest.STRAP, PropSet.GLASS: Rest.GLASS}
_LEAST_BOARDS_OF_A_CHAIR = 3

# Lengths in heights of the person, as in the figures that ship.
_MATTRESS = Box(left=-0.58, bottom=-0.09, right=0.62, top=0.0)
_SHEET = (0.06, 0.34)
"""Free length at head and feet of a bed seen from above, and half its width."""
_SEAT = 0.05
"""Distance of a seat below the hips."""
_LEAST_SEAT = 0.08
_BED_BEHIND, _BED_AHEAD = 0.4, 0.06
_CHAIR_BEHIND, _CHAIR_AHEAD, _CHAIR_BACK = 0.15, 0.18, 0.37
_WOOD = 0.03
_WALL_THICK, _WALL_HIGH = 0.035, 1.03
_BOARD_THICK, _BOARD_LOW, _BOARD_HIGH = 0.044, -0.12, 0.25
_ROLLER, _BALL, _BALL_HIGH = 0.084, 0.06, 0.058
_BASIN_BESIDE, _BASIN_HIGH = 0.045, 0.13
_BOLSTER_BESIDE, _BOLSTER_BELOW, _BOLSTER_LEAST = 0.11, 0.045, 0.06


def prop_sets_of(figure: Figure) -> frozenset[PropSet]:
    """Return the prop sets around `figure`."""
    return frozenset(_prop_set_of(figure, prop) for prop in figure.props)


def with_prop_sets(figure: Figure, wanted: Collection[PropSet]) -> Figure:
    """Return `figure` with exactly the `wanted` things around it; those already there stay.

    A new one is placed to fit the hold: a roller below the calf, a wall before the hands. A thing
    that is held goes into the hand of the working side.
    """
    there: dict[PropSet, list[Prop]] = {}
    for prop in figure.props:
        there.setdefault(_prop_set_of(figure, prop), []).append(prop)
    props = [
        prop
        for prop_set in PropSet
        if prop_set in wanted
        for prop in there.get(prop_set) or _placed(prop_set, figure.hold.pose)
    ]
    for prop_set, rest in _HELD.items():
        if (prop_set in wanted) != (prop_set in there):
            figure = _with_hand(figure, rest, held=prop_set in wanted)
    return fitted(replace(figure, props=tuple(props)))


def _prop_set_of(figure: Figure, prop: Prop) -> PropSet:
    if prop.kind is PropKind.WOOD:
        boards = sum(one.kind is PropKind.WOOD for one in figure.props)
        return PropSet.CHAIR if boards >= _LEAST_BOARDS_OF_A_CHAIR else PropSet.BOARD
    if prop.kind is PropKind.STRAP and prop.ends[1] is Anchor.NEAR_ANKLE:
        return PropSet.ANKLE_STRAP
    return _OF_KIND[prop.kind]


def _with_hand(figure: Figure, rest: Rest, *, held: bool) -> Figure:
    """Return `figure` with `rest` in its working hand, or in no hand."""

    def turned(frame: Frame) -> Frame:
        pose = frame.pose
        near, far = pose.arm_near, pose.arm_far
        if held:
            near = replace(near, on=rest)
        else:
            near = replace(near, on=Rest.NOTHING) if near.on is rest else near
            far = replace(far, on=Rest.NOTHING) if far.on is rest else far
        return replace(frame, pose=replace(pose, arm_near=near, arm_far=far))

    return replace(figure, frames=tuple(map(turned, figure.frames)))


def _placed(prop_set: PropSet, pose: Pose) -> tuple[Prop, ...]:
    """Return new props for `prop_set`."""
    if prop_set in _FIXED:
        kind, ends = _FIXED[prop_set]
        return (Prop(kind=kind, ends=ends),)
    kind = _KIND_OF.get(prop_set, PropKind.WOOD)
    boxes = _BOXES[prop_set](joints(pose), pose.facing)
    return tuple(Prop(kind=kind, box=box) for box in boxes)


def _mattress(_at: Joints, _facing: int) -> tuple[Box, ...]:
    return (_MATTRESS,)


def _sheet(at: Joints, _facing: int) -> tuple[Box, ...]:
    across = [x for x, _ in at.points()]
    free, half = _SHEET
    return (Box(left=min(across) - free, bottom=-half, right=max(across) + free, top=half),)


def _bed(at: Joints, facing: int) -> tuple[Box, ...]:
    """Return a bed whose edge is below the hips."""
    return (_span(at.hip[0], (-_BED_BEHIND, _BED_AHEAD), facing, (0.0, _seat(at))),)


def _wall(at: Joints, _facing: int) -> tuple[Box, ...]:
    """Return a wall that the hand or the foot furthest ahead touches."""
    tips = (at.arm_near.tip, at.arm_far.tip, at.leg_near.toe, at.leg_far.toe)
    left = max(x for x, _ in tips)
    return (Box(left=left, bottom=0.0, right=left + _WALL_THICK, top=_WALL_HIGH),)


def _board(at: Joints, _facing: int) -> tuple[Box, ...]:
    """Return the foot of a bed that the soles touch."""
    left = max(at.leg_near.toe[0], at.leg_far.toe[0])
    return (Box(left=left, bottom=_BOARD_LOW, right=left + _BOARD_THICK, top=_BOARD_HIGH),)


def _chair(at: Joints, facing: int) -> tuple[Box, ...]:
    """Return seat, back and two legs, the seat below the hips, the back behind them."""
    top, x = _seat(at), at.hip[0]
    behind, ahead, low = -_CHAIR_BEHIND, _CHAIR_AHEAD, top - 2 * _WOOD
    return (
        _span(x, (behind, ahead), facing, (low, top)),
        _span(x, (behind, behind + _WOOD), facing, (top, top + _CHAIR_BACK)),
        _span(x, (behind + _WOOD, behind + 2 * _WOOD), facing, (0.0, low)),
        _span(x, (ahead - 2 * _WOOD, ahead - _WOOD), facing, (0.0, low)),
    )


def _pillow(at: Joints, facing: int) -> tuple[Box, ...]:
    """Return a pillow below the head of a lying person, or behind that of a sitting one."""
    x, y = at.crown
    if y - at.neck[1] > abs(x - at.neck[0]):
        return (_span(x, (-0.15, -0.07), facing, (y - 0.2, y)),)
    return (Box(left=x - 0.06, bottom=y - 0.1, right=x + 0.16, top=y - 0.05),)


def _cushions(at: Joints, facing: int) -> tuple[Box, ...]:
    """Return two cushions, one on the other, behind the hips."""
    low = max(at.hip[1] - _SEAT, 0.0)
    return (
        _span(at.hip[0], (-0.335, -0.085), facing, (low, low + 0.178)),
        _span(at.hip[0], (-0.32, -0.085), facing, (low + 0.162, low + 0.34)),
    )


def _bolster(at: Joints, _facing: int) -> tuple[Box, ...]:
    x, y = at.leg_near.knee
    top = max(y - _BOLSTER_BELOW, _BOLSTER_LEAST)
    return (Box(left=x - _BOLSTER_BESIDE, bottom=0.0, right=x + _BOLSTER_BESIDE, top=top),)


def _roller(at: Joints, _facing: int) -> tuple[Box, ...]:
    """Return a roller below the calf."""
    knee, ankle, half = at.leg_near.knee, at.leg_near.ankle, _ROLLER / 2
    x = (knee[0] + ankle[0]) / 2
    top = max((knee[1] + ankle[1]) / 2 - _BOLSTER_BELOW, _ROLLER)
    return (Box(left=x - half, bottom=top - _ROLLER, right=x + half, top=top),)


def _ball(at: Joints, _facing: int) -> tuple[Box, ...]:
    """Return a ball below the ball of the foot."""
    x, y = at.leg_near.ball
    low = max(y - _BALL_HIGH, 0.0)
    return (Box(left=x - _BALL / 2, bottom=low, right=x + _BALL / 2, top=low + _BALL_HIGH),)


def _basin(at: Joints, _facing: int) -> tuple[Box, ...]:
    feet = [part for leg in (at.leg_near, at.leg_far) for part in (leg.heel, leg.toe)]
    across, low = [x for x, _ in feet], min(y for _, y in feet)
    left, right = min(across) - _BASIN_BESIDE, max(across) + _BASIN_BESIDE
    return (Box(left=left, bottom=low, right=right, top=low + _BASIN_HIGH),)


def _seat(at: Joints) -> float:
    return max(at.hip[1] - _SEAT, _LEAST_SEAT)


def _span(
    x: float, from_to: tuple[float, float], facing: int, low_high: tuple[float, float]
) -> Box:
    """Return a box from behind `x` to ahead of it, for a person who faces `facing`."""
    left, right = sorted(x + facing * offset for offset in from_to)
    return Box(left=left, bottom=low_high[0], right=right, top=low_high[1])


_FIXED: dict[PropSet, tuple[PropKind, tuple[Anchor, ...]]] = {
    PropSet.FLOOR: (PropKind.FLOOR, ()),
    PropSet.STRAP: (PropKind.STRAP, (Anchor.NEAR_GRIP, Anchor.NEAR_BALL)),
    PropSet.ANKLE_STRAP: (PropKind.STRAP, (Anchor.NEAR_GRIP, Anchor.NEAR_ANKLE)),
    PropSet.GLASS: (PropKind.GLASS, (Anchor.NEAR_GRIP,)),
}
_BOXES: dict[PropSet, Callable[[Joints, int], tuple[Box, ...]]] = {
    PropSet.SHEET: _sheet,
    PropSet.MATTRESS: _mattress,
    PropSet.BED: _bed,
    PropSet.WALL: _wall,
    PropSet.BOARD: _board,
    PropSet.CHAIR: _chair,
    PropSet.PILLOW: _pillow,
    PropSet.CUSHIONS: _cushions,
    PropSet.BOLSTER: _bolster,
    PropSet.ROLLER: _roller,
    PropSet.BALL: _ball,
    PropSet.BASIN: _basin,
}
