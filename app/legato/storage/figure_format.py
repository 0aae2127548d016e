"""The fields of a figure file, and how they become a `Figure`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.figure.model import (
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
from legato.domain.figure.props import Anchor, Box, Prop, PropKind, When
from legato.storage.yaml.nodes import shown
from legato.storage.yaml.schema import Block
from legato.storage.yaml.types import (
    Choice,
    Field,
    Json,
    Kind,
    ListOf,
    Text,
    WrongValueError,
    scalar_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.storage.yaml.types import ProblemCollector

T = TypeVar("T")

FURTHEST = 2.0
"""Limit for coordinates, in heights of the person."""
MOST_FRAMES = 2
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,6}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_FRAME_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within a range."""

    least: float
    most: float

    def read(self, node: Node, field: str, findings: ProblemCollector) -> float:  # noqa: ARG002
        """Return the number."""
        written = scalar_text(node, "a number")
        if not _NUMBER.fullmatch(written):
            raise WrongValueError(node, f"{shown(written)} is not a number")
        if not self.least <= float(written) <= self.most:
            hint = f"from {self.least:g} to {self.most:g}"
            raise WrongValueError(node, f"{written} is out of range", hint)
        return float(written)

    def schema(self) -> Json:
        """Return the schema of a number within the range."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of a fixed count of numbers; `what` names them in messages."""

    count: int
    what: str
    number: Number

    def read(self, node: Node, field: str, findings: ProblemCollector) -> tuple[float, ...]:
        """Return the numbers."""
        if not isinstance(node, SequenceNode) or len(node.value) != self.count:
            raise WrongValueError(node, f"{self.count} numbers are expected here", self.what)
        return tuple(self.number.read(item, field, findings) for item in node.value)

    def schema(self) -> Json:
        """Return the schema of the list."""
        item = self.number.schema()
        return {"type": "array", "items": item, "minItems": self.count, "maxItems": self.count}


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no, in any spelling of YAML."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> bool:  # noqa: ARG002
        """Return the value as a bool."""
        written = scalar_text(node, "yes or no")
        if written.casefold() not in _TRUTHS:
            raise WrongValueError(node, f"{shown(written)} is not known here", "yes or no")
        return _TRUTHS[written.casefold()]

    def schema(self) -> Json:
        """Return the schema of a bool."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: left, bottom, right, top."""

    numbers: Numbers = Numbers(4, "left, bottom, right, top", Number(-FURTHEST, FURTHEST))

    def read(self, node: Node, field: str, findings: ProblemCollector) -> Box:
        """Return the rectangle; refuse an empty one."""
        left, bottom, right, top = self.numbers.read(node, field, findings)
        if left >= right or bottom >= top:
            raise WrongValueError(node, "this area is empty", "write left, bottom, right, top")
        return Box(left=left, bottom=bottom, right=right, top=top)

    def schema(self) -> Json:
        """Return the schema of four numbers."""
        return self.numbers.schema()


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """Another kind whose value must also pass a check; `fault` returns what is wrong, or nothing."""

    kind: Kind[T]
    fault: Callable[[T], str]

    def read(self, node: Node, field: str, findings: ProblemCollector) -> T:
        """Return the value of the other kind."""
        value = self.kind.read(node, field, findings)
        if text := self.fault(value):
            raise WrongValueError(node, text)
        return value

    def schema(self) -> Json:
        """Return the schema of the other kind."""
        return self.kind.schema()


@dataclass(frozen=True, slots=True)
class Frames:
    """One or two named poses."""

    frame: Kind[Frame]

    def read(self, node: Node, field: str, findings: ProblemCollector) -> tuple[Frame, ...]:
        """Return the frames, each with its position between the first and the last, 0 to 1."""
        if not isinstance(node, MappingNode):
            raise WrongValueError(node, "poses under their names are expected here", "start: …")
        frames = [self._one(key, value, field, findings) for key, value in node.value]
        names = [frame.name for frame in frames]
        if not 1 <= len(frames) <= MOST_FRAMES or len(set(names)) < len(names):
            raise WrongValueError(node, "a figure has one frame, or two of different names")
        return tuple(frames)

    def _one(self, key: Node, value: Node, field: str, findings: ProblemCollector) -> Frame:
        name = key.value if isinstance(key, ScalarNode) else ""
        if not _FRAME_NAME.fullmatch(name):
            raise WrongValueError(key, f"{shown(name)} is no name of a frame", "a short word")
        return replace(self.frame.read(value, f"{field}.{name}", findings), name=name)

    def schema(self) -> Json:
        """Return the schema of one or two poses."""
        return {
            "type": "object",
            "patternProperties": {f"^{_FRAME_NAME.pattern}$": self.frame.schema()},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": MOST_FRAMES,
        }


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
"""A whole figure file; None if something is missing that a figure needs."""
