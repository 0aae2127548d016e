"""The fields of a figure file: what may be written, and how it becomes a `Figure`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from legato.domain.figure import (
    Arm,
    Face,
    Figure,
    Frame,
    Leg,
    Muscle,
    Order,
    Pose,
    Rest,
    View,
)
from legato.domain.figure_props import Anchor, Prop, PropKind, When
from legato.storage.field_blocks import Block
from legato.storage.field_kinds import Choice, Field, ListOf, Text
from legato.storage.figure_kinds import (
    FURTHEST,
    MOST_FRAMES,
    Area,
    Checked,
    Frames,
    Number,
    Numbers,
    Truth,
)

T = TypeVar("T")

LEAST_SEEN = 0.05
MOST_PROPS = 40
LONGEST_SHOWS = 160
_HELD = {PropKind.STRAP: 2, PropKind.GLASS: 1}


_ANGLE = Number(-360.0, 360.0)
_POINT = Numbers(2, "x, y", Number(-FURTHEST, FURTHEST))
_LENGTHS = Numbers(3, "how much is seen of each part, 0.05 to 1", Number(LEAST_SEEN, 1.0))


def _arm(values: dict[str, Any]) -> Arm:
    fore = values.get("fore", 0.0)
    return Arm(**{"upper": 0.0, "fore": fore, "hand": fore} | values)


def _leg(values: dict[str, Any]) -> Leg:
    return Leg(**{"thigh": 0.0, "shin": 0.0, "foot": 0.0} | values)


def _pair(block: Block[T], empty: T) -> Block[tuple[T, T]]:
    fields = {
        "near": Field(kind=block, about="The working side.", required=True),
        "far": Field(kind=block, about="The other side.", required=True),
    }
    return Block(fields, lambda values: (values.get("near", empty), values.get("far", empty)))


_SEEN = Field(kind=_LENGTHS, about="How much of each part is seen.")
_ON = Field(kind=Choice(tuple(Rest)), about="What it holds or rests on.")
_ARM = Block(
    {
        "upper": Field(kind=_ANGLE, about="Degrees of the upper arm.", required=True),
        "fore": Field(kind=_ANGLE, about="Degrees of the forearm.", required=True),
        "hand": Field(kind=_ANGLE, about="Degrees of the hand; as the forearm if not written."),
        "lengths": _SEEN,
        "on": _ON,
    },
    _arm,
)
_LEG = Block(
    {
        "thigh": Field(kind=_ANGLE, about="Degrees of the thigh.", required=True),
        "shin": Field(kind=_ANGLE, about="Degrees of the shank.", required=True),
        "foot": Field(kind=_ANGLE, about="Degrees of the sole, heel to toes.", required=True),
        "lengths": _SEEN,
        "on": _ON,
        "turned": Field(kind=Truth(), about="Whether it is turned out, its front behind."),
    },
    _leg,
)


def _frame(values: dict[str, Any]) -> Frame:
    arms = values.get("arms", (_arm({}), _arm({})))
    legs = values.get("legs", (_leg({}), _leg({})))
    hip = values.get("hip", (0.0, 0.0))
    pose = Pose(
        hip=(hip[0], hip[1]),
        torso=values.get("torso", 0.0),
        neck=values.get("neck", 0.0),
        arm_near=arms[0],
        arm_far=arms[1],
        leg_near=legs[0],
        leg_far=legs[1],
        torso_length=values.get("torso-length", 1.0),
        face=values.get("face", Face.AHEAD),
    )
    works, order = values.get("works", ()), values.get("order", Order.USUAL)
    return Frame(name="", pose=pose, works=works, order=order)


_FRAME = Block(
    {
        "hip": Field(kind=_POINT, about="Where the hips are.", required=True),
        "torso": Field(kind=_ANGLE, about="Degrees from hips to shoulders.", required=True),
        "torso-length": Field(kind=Number(LEAST_SEEN, 1.0), about="How much of it is seen."),
        "neck": Field(kind=_ANGLE, about="Degrees from shoulders to crown.", required=True),
        "face": Field(kind=Choice(tuple(Face)), about="Where the face is turned."),
        "arms": Field(kind=_pair(_ARM, _arm({})), about="Both arms.", required=True),
        "legs": Field(kind=_pair(_LEG, _leg({})), about="Both legs.", required=True),
        "works": Field(kind=ListOf(Choice(tuple(Muscle))), about="The muscles that glow."),
        "order": Field(kind=Choice(tuple(Order)), about="What is drawn behind what."),
    },
    _frame,
)


def _prop_fault(prop: Prop) -> str:
    wanted = _HELD.get(prop.kind, 0)
    if len(prop.ends) != wanted:
        return f"a {prop.kind} has {wanted or 'no'} end{'' if wanted == 1 else 's'}"
    placed = prop.kind not in _HELD and prop.kind is not PropKind.FLOOR
    if placed != (prop.box is not None):
        return f"a {prop.kind} has {'a' if placed else 'no'} box"
    return ""


_PROP = Checked(
    Block(
        {
            "kind": Field(kind=Choice(tuple(PropKind)), about="What it is.", required=True),
            "box": Field(kind=Area(), about="Where it is."),
            "ends": Field(kind=ListOf(Choice(tuple(Anchor))), about="What holds it."),
            "when": Field(kind=Choice(tuple(When)), about="The frames it is seen in."),
            "rolls": Field(kind=_POINT, about="How far it has moved in the last frame."),
        },
        lambda values: Prop(**{"kind": PropKind.FLOOR} | values),
    ),
    _prop_fault,
)


def _figure(values: dict[str, Any]) -> Figure | None:
    if not values.get("frames") or "window" not in values:
        return None
    view = values.get("view", View.SIDE)
    last = len(values["frames"]) - 1
    frames = tuple(
        replace(frame, pose=replace(frame.pose, view=view, progress=i / last if last else 1.0))
        for i, frame in enumerate(values["frames"])
    )
    return Figure(
        name="",
        shows=values.get("shows", ""),
        view=view,
        window=values["window"],
        frames=frames,
        props=values.get("props", ()),
        cycle_seconds=values.get("cycle", 0.0),
        both=values.get("both", False),
    )


def _figure_fault(figure: Figure | None) -> str:
    if figure and figure.both and figure.view is View.FRONT:
        return "both legs cannot be shown alike from the front"
    if figure and figure.cycles and len(figure.frames) < MOST_FRAMES:
        return "what moves to and fro needs two frames"
    if figure and len(figure.props) > MOST_PROPS:
        return f"a figure has at most {MOST_PROPS} props"
    return ""


FIGURE: Checked[Figure | None] = Checked(
    Block(
        {
            "shows": Field(
                kind=Text(longest=LONGEST_SHOWS, filled=True),
                about="What is seen, for those who cannot see it.",
                required=True,
            ),
            "view": Field(kind=Choice(tuple(View)), about="Where one looks from.", required=True),
            "window": Field(kind=Area(), about="The part that is shown.", required=True),
            "cycle": Field(kind=Number(1.0, 60.0), about="Seconds to and fro."),
            "both": Field(kind=Truth(), about="Whether both legs can do it at once."),
            "frames": Field(kind=Frames(_FRAME), about="The poses.", required=True),
            "props": Field(kind=ListOf(_PROP), about="Things around the person."),
        },
        _figure,
    ),
    _figure_fault,
)
"""A whole figure file; None for one that lacks what a figure cannot be without."""
