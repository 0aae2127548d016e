"""The kinds of value that only a figure file knows: numbers, areas, poses under their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.figure_props import Box
from legato.storage.field_kinds import Json, Kind, WrongValueError, scalar_text
from legato.storage.yaml_nodes import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.figure import Frame
    from legato.storage.findings import Findings

T = TypeVar("T")

FURTHEST = 2.0
"""Nothing lies further from the middle than this, in heights of the person."""
MOST_FRAMES = 2
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,6}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_FRAME_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within a range."""

    least: float
    most: float

    def read(self, node: Node, field: str, findings: Findings) -> float:  # noqa: ARG002
        """Return the number."""
        written = scalar_text(node, "a number")
        if not _NUMBER.fullmatch(written):
            raise WrongValueError(node, f"{shown(written)} is not a number")
        if not self.least <= float(written) <= self.most:
            told = f"from {self.least:g} to {self.most:g}"
            raise WrongValueError(node, f"{written} is out of range", told)
        return float(written)

    def schema(self) -> Json:
        """Return a number of the range."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of a fixed count of numbers, told in words as `what`."""

    count: int
    what: str
    number: Number

    def read(self, node: Node, field: str, findings: Findings) -> tuple[float, ...]:
        """Return the numbers."""
        if not isinstance(node, SequenceNode) or len(node.value) != self.count:
            raise WrongValueError(node, f"{self.count} numbers are expected here", self.what)
        return tuple(self.number.read(item, field, findings) for item in node.value)

    def schema(self) -> Json:
        """Return the list."""
        item = self.number.schema()
        return {"type": "array", "items": item, "minItems": self.count, "maxItems": self.count}


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no, in whatever way YAML spells it."""

    def read(self, node: Node, field: str, findings: Findings) -> bool:  # noqa: ARG002
        """Return what is written."""
        written = scalar_text(node, "yes or no")
        if written.casefold() not in _TRUTHS:
            raise WrongValueError(node, f"{shown(written)} is not known here", "yes or no")
        return _TRUTHS[written.casefold()]

    def schema(self) -> Json:
        """Return true and false."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: left, bottom, right, top."""

    numbers: Numbers = Numbers(4, "left, bottom, right, top", Number(-FURTHEST, FURTHEST))

    def read(self, node: Node, field: str, findings: Findings) -> Box:
        """Return the rectangle, which is not empty."""
        left, bottom, right, top = self.numbers.read(node, field, findings)
        if left >= right or bottom >= top:
            raise WrongValueError(node, "this area is empty", "write left, bottom, right, top")
        return Box(left=left, bottom=bottom, right=right, top=top)

    def schema(self) -> Json:
        """Return four numbers."""
        return self.numbers.schema()


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """Another kind whose value must also pass a check; `fault` tells what is wrong, or nothing."""

    kind: Kind[T]
    fault: Callable[[T], str]

    def read(self, node: Node, field: str, findings: Findings) -> T:
        """Return the value of the other kind."""
        value = self.kind.read(node, field, findings)
        if told := self.fault(value):
            raise WrongValueError(node, told)
        return value

    def schema(self) -> Json:
        """Return the schema of the other kind."""
        return self.kind.schema()


@dataclass(frozen=True, slots=True)
class Frames:
    """One or two poses, each under a name of its own."""

    frame: Kind[Frame]

    def read(self, node: Node, field: str, findings: Findings) -> tuple[Frame, ...]:
        """Return the frames, each with its place on the way from the first to the last."""
        if not isinstance(node, MappingNode):
            raise WrongValueError(node, "poses under their names are expected here", "start: …")
        frames = [self._one(key, value, field, findings) for key, value in node.value]
        names = [frame.name for frame in frames]
        if not 1 <= len(frames) <= MOST_FRAMES or len(set(names)) < len(names):
            raise WrongValueError(node, "a figure has one frame, or two of different names")
        return tuple(frames)

    def _one(self, key: Node, value: Node, field: str, findings: Findings) -> Frame:
        name = key.value if isinstance(key, ScalarNode) else ""
        if not _FRAME_NAME.fullmatch(name):
            raise WrongValueError(key, f"{shown(name)} is no name of a frame", "a short word")
        return replace(self.frame.read(value, f"{field}.{name}", findings), name=name)

    def schema(self) -> Json:
        """Return one or two poses."""
        return {
            "type": "object",
            "patternProperties": {f"^{_FRAME_NAME.pattern}$": self.frame.schema()},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": MOST_FRAMES,
        }
