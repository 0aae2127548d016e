"""The kinds of values in a YAML file, and the collector of its problems and positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain import durations
from legato.domain.problems import Problem, did_you_mean
from legato.domain.routine import (
    DEFAULT_EVERY_SECONDS,
    LONGEST_EVERY_SECONDS,
    LONGEST_SECONDS,
    MOST_REPEATS,
    SHORTEST_EVERY_SECONDS,
    Night,
    Tempo,
    TimedLine,
)
from legato.storage.file_names import composed
from legato.storage.yaml.nodes import LONGEST_SHOWN, is_null, position, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import StrEnum

    from legato.storage.yaml.nodes import Position

MOST_PROBLEMS = 100


class ProblemCollector:
    """The problems of one file, and the positions of its fields.

    Attributes:
        where: The file's path for the problems.
        places: The position of each field's value, by dotted path (`steps[2].hold`).
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.places: dict[str, Position] = {}
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All noted problems, in the order of the file."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column)))

    def note(self, node: Node, field: str, text: str, hint: str = "") -> None:
        """Add a problem of `field`, whose value is `node`."""
        at = position(node)
        self._problems.append(
            Problem(
                where=self.where,
                line=at.line,
                column=at.column,
                field=field,
                text=text,
                hint=hint,
            )
        )

    def guess(self, word: str, known: Iterable[str]) -> str:
        """Return `did you mean NAME?` or an empty string; only for the first hundred problems."""
        return did_you_mean(word, known) if len(self._problems) < MOST_PROBLEMS else ""


def capped(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return at most a hundred problems, and one that counts the rest."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    rest = problems[MOST_PROBLEMS]
    more = Problem(
        where=rest.where,
        line=rest.line,
        column=rest.column,
        text=f"and {len(problems) - MOST_PROBLEMS:,} more",
    )
    return (*problems[:MOST_PROBLEMS], more)


Json: TypeAlias = "dict[str, Any]"
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound="StrEnum")

LONGEST_NAME = 200
LONGEST_TEXT = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""With the marks that turn what follows round: a name must not rewrite the row it stands in."""
_HAS_TEXT = r"[^\s\x00-\x1f\x7f-\x9f]"
_NO_SIDE = re.compile(r"\{(?!(?:side|other)\})[A-Za-z]{1,20}\}")
_COUNT = re.compile(r"([0-9]{1,4})(?:\.0)?")


class WrongValueError(Exception):
    """A value cannot be read; has the node, the reason and a hint."""

    def __init__(self, node: Node, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.node, self.text, self.hint = node, text, hint


class Kind(Protocol[T_co]):
    """One kind of value."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> T_co:
        """Return the value of `node`, which is not empty; note problems of its parts.

        Raises:
            WrongValueError: The value as a whole cannot be read.
        """

    def schema(self) -> Json:
        """Return the JSON Schema of the values that `read` accepts."""


def scalar_text(node: Node, what: str) -> str:
    """Return the text of a scalar; raise WrongValueError for a list or mapping."""
    if not isinstance(node, ScalarNode):
        kind = "a list" if isinstance(node, SequenceNode) else "a block of keys"
        raise WrongValueError(node, f"{what} is expected here, not {kind}")
    return str(node.value)


def refuse_null(node: Node, text: str, hint: str = "") -> None:
    """Raise WrongValueError with `text` and `hint` for an empty value."""
    if is_null(node):
        raise WrongValueError(node, text, hint)


class Text:
    """A text on one line; line breaks and control characters become spaces.

    Attributes:
        longest: Limit in characters.
        filled: Whether it must not be empty.
        sided: Whether it may contain `{side}` and `{other}`.
    """

    def __init__(
        self, *, longest: int = LONGEST_TEXT, filled: bool = False, sided: bool = False
    ) -> None:
        self.longest = longest
        self.filled = filled
        self.sided = sided

    def read(self, node: Node, field: str, findings: ProblemCollector) -> str:  # noqa: ARG002
        """Return the text with single spaces."""
        written = scalar_text(node, "a text")
        if len(written) > self.longest:
            raise WrongValueError(node, f"the text is longer than {self.longest:,} characters")
        text = " ".join(_CONTROL.sub(" ", written).split())
        if not text.isascii():
            text = composed(text)
        if self.filled and not text:
            raise WrongValueError(node, "the text is empty")
        if self.sided and (found := _NO_SIDE.search(text)):
            hint = "only {side} and {other} are put into words"
            raise WrongValueError(node, f"{found[0]} is not known here", hint)
        return text

    def schema(self) -> Json:
        """Return the schema of a text; numbers and yes/no count as text."""
        schema: Json = {"type": ["string", "number", "boolean"], "maxLength": self.longest}
        if self.filled:
            schema["pattern"] = _HAS_TEXT
        if self.sided:
            schema["not"] = {"type": "string", "pattern": _NO_SIDE.pattern}
        return schema


class Choice(Generic[E]):
    """One of several words.

    Attributes:
        of: The enum members whose values are the words.
    """

    def __init__(self, of: tuple[E, ...]) -> None:
        self.of = of

    def read(self, node: Node, field: str, findings: ProblemCollector) -> E:  # noqa: ARG002
        """Return the member for the word."""
        written = scalar_text(node, "one word")
        for member in self.of:
            if member.value == written:
                return member
        words = [member.value for member in self.of]
        hint = findings.guess(written, words) or f"one of {', '.join(words)}"
        raise WrongValueError(node, f"{shown(written)} is not known here", hint)

    def schema(self) -> Json:
        """Return the schema of the words."""
        return {"enum": [member.value for member in self.of]}


class NightChoice:
    """`yes`, `lamp` or `no`, with any spelling of yes and no in YAML."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> Night:
        """Return the member for the word; true and on are yes."""
        written = scalar_text(node, "one word")
        night = _NIGHTS.get(written)
        return night if night is not None else Choice(tuple(Night)).read(node, field, findings)

    def schema(self) -> Json:
        """Return the schema of the words and of a bool."""
        return {"enum": [True, False, Night.LAMP.value, *_NIGHTS]}


YES = tuple(
    spelling
    for word in ("yes", "true", "on")
    for spelling in (word, word.capitalize(), word.upper())
)
"""The spellings of yes, as text."""
_NIGHTS = {
    spelling: night
    for night, words in ((Night.YES, ("yes", "true", "on")), (Night.NO, ("no", "false", "off")))
    for word in words
    for spelling in (word, word.capitalize(), word.upper())
}


class Duration:
    """A duration in seconds; None for `open` if that is allowed.

    Attributes:
        least: The shortest duration in seconds.
        most: The longest duration in seconds.
        may_be_open: Whether `open` is allowed.
    """

    def __init__(
        self, *, least: float = 0.0, most: float = LONGEST_SECONDS, may_be_open: bool = False
    ) -> None:
        self.least = least
        self.most = most
        self.may_be_open = may_be_open

    def read(self, node: Node, field: str, findings: ProblemCollector) -> float | None:  # noqa: ARG002
        """Return the seconds."""
        written = scalar_text(node, "a length of time")
        if self.may_be_open and durations.is_open(written):
            return None
        seconds = durations.parse_seconds(written)
        if seconds is None and written.startswith("-"):
            seconds = -1.0
        if seconds is None:
            hint = durations.SPELLINGS + (", or open" if self.may_be_open else "")
            raise WrongValueError(node, f"{shown(written)} is not a length of time", hint)
        if not self.least <= seconds <= self.most:
            text = f"{shown(written)} is out of range"
            raise WrongValueError(
                node, text, f"from {durations.format_range(self.least, self.most)}"
            )
        return seconds

    def schema(self) -> Json:
        """Return the schema of a number of seconds, or of a text such as `2:00`."""
        number = {"type": "number", "minimum": self.least, "maximum": self.most}
        spellings: list[Json] = [number, {"type": "string", "pattern": durations.PATTERN}]
        return {
            "anyOf": spellings
            + ([{"type": "string", "pattern": durations.OPEN_PATTERN}] if self.may_be_open else [])
        }


class Repeats:
    """A number of times, from 1.

    Attributes:
        most: The greatest number, at most 999.
        opened: The number that the word `open` stands for; None where it is not allowed.
    """

    def __init__(self, most: int = MOST_REPEATS, *, opened: int | None = None) -> None:
        self.most = most
        self.opened = opened

    def read(self, node: Node, field: str, findings: ProblemCollector) -> int:  # noqa: ARG002
        """Return the number."""
        written = scalar_text(node, "a whole number")
        if self.opened is not None and durations.is_open(written):
            return self.opened
        found = _COUNT.fullmatch(written)
        if not found or not 1 <= int(found[1]) <= self.most:
            hint = f"a whole number from 1 to {self.most}"
            hint += ", or open" if self.opened is not None else ""
            raise WrongValueError(node, f"{shown(written)} is not a number of times", hint)
        return int(found[1])

    def schema(self) -> Json:
        """Return the schema of a whole number, with or without quotes, and of `open`."""
        whole = {"type": "integer", "minimum": 1, "maximum": self.most}
        quoted = {"type": "string", "pattern": rf"^0*({_up_to(self.most)})(\.0)?$"}
        word = {"type": "string", "pattern": durations.OPEN_PATTERN}
        return {"anyOf": [whole, quoted, *([word] if self.opened is not None else [])]}


def _up_to(most: int) -> str:
    """Return a regular expression of the numbers from 1 to `most`, a multiple of 100."""
    hundreds = most // 100
    if hundreds == 1:
        return "[1-9][0-9]?|100"
    return rf"[1-9][0-9]?|[1-{hundreds - 1}][0-9][0-9]|{hundreds}00"


class YesNo:
    """`yes` or `no`, with any spelling of them in YAML."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> bool:  # noqa: ARG002
        """Return whether it is yes."""
        written = scalar_text(node, "yes or no")
        night = _NIGHTS.get(written)
        if night is None:
            raise WrongValueError(node, f"{shown(written)} is not known here", "yes or no")
        return night is Night.YES

    def schema(self) -> Json:
        """Return the schema of the words and of a bool."""
        return {"enum": [True, False, *_NIGHTS]}


class Pace:
    """The length of one repetition, or the lengths of its parts."""

    PARTS = ("up", "stay", "down")
    whole = Duration(least=SHORTEST_EVERY_SECONDS, most=LONGEST_EVERY_SECONDS)
    part = Duration(most=LONGEST_EVERY_SECONDS)

    def read(self, node: Node, field: str, findings: ProblemCollector) -> float | Tempo:
        """Return the seconds of the repetition, or its parts."""
        if not isinstance(node, MappingNode):
            return self.whole.read(node, field, findings) or DEFAULT_EVERY_SECONDS
        parts = dict.fromkeys(self.PARTS, 0.0)
        for key, value in node.value:
            name = scalar_text(key, "one word")
            if name not in parts:
                raise WrongValueError(key, f"{shown(name)} is not known here", "up, stay or down")
            parts[name] = self.part.read(value, field, findings) or 0.0
        tempo = Tempo(**parts)
        if not SHORTEST_EVERY_SECONDS <= tempo.seconds <= LONGEST_EVERY_SECONDS:
            hint = f"{SHORTEST_EVERY_SECONDS:g} to {LONGEST_EVERY_SECONDS:g} s in all"
            raise WrongValueError(
                node, f"a repetition of {tempo.seconds:g} s is out of range", hint
            )
        return tempo

    def schema(self) -> Json:
        """Return the schema of a time, or of a block with the times of the parts."""
        parts = dict.fromkeys(self.PARTS, self.part.schema())
        block = {"type": "object", "properties": parts, "additionalProperties": False}
        return {"anyOf": [*self.whole.schema()["anyOf"], block]}


class ListOf(Generic[T]):
    """A list; a single value is read as a list of one.

    Attributes:
        item: The kind of its items.
    """

    def __init__(self, item: Kind[T]) -> None:
        self.item = item

    def read(self, node: Node, field: str, findings: ProblemCollector) -> tuple[T, ...]:
        """Return the values that can be read, in order."""
        if not isinstance(node, SequenceNode):
            return (self.item.read(node, field, findings),)
        values: list[T] = []
        for index, item in enumerate(node.value):
            path = f"{field}[{index}]"
            findings.places[path] = position(item)
            try:
                refuse_null(item, "nothing is written here", "take the line out")
                values.append(self.item.read(item, path, findings))
            except WrongValueError as wrong:
                findings.note(wrong.node, path, wrong.text, wrong.hint)
        return tuple(values)

    def schema(self) -> Json:
        """Return the schema of one value or a list."""
        item = self.item.schema()
        return {"anyOf": [item, {"type": "array", "items": item}]}


class TimedLines:
    """Lines by the time at which they are spoken, such as `0:15: Soften your jaw.`."""

    time = Duration()
    line = Text(filled=True, sided=True)

    def read(self, node: Node, field: str, findings: ProblemCollector) -> tuple[TimedLine, ...]:
        """Return the lines in the order of their times."""
        if not isinstance(node, MappingNode):
            hint = "write a time, a colon and the line: 0:15: Soften your jaw."
            raise WrongValueError(node, "lines by their time are expected here", hint)
        lines: dict[float, TimedLine] = {}
        for key, value in node.value:
            path = f"{field}.{key.value[:LONGEST_SHOWN]}" if isinstance(key, ScalarNode) else field
            try:
                line = self._line(key, value, path, findings)
            except WrongValueError as wrong:
                findings.note(wrong.node, path, wrong.text, wrong.hint)
            else:
                if line.at in lines:
                    findings.note(key, path, "two lines at the same time", "join them")
                lines[line.at] = line
        return tuple(lines[at] for at in sorted(lines))

    def _line(self, key: Node, value: Node, path: str, findings: ProblemCollector) -> TimedLine:
        refuse_null(value, "the text is empty")
        at = self.time.read(key, path, findings) or 0.0
        return TimedLine(at, self.line.read(value, path, findings))

    def schema(self) -> Json:
        """Return the schema of a mapping whose keys are times."""
        return {
            "type": "object",
            "patternProperties": {durations.PATTERN: self.line.schema()},
            "additionalProperties": False,
        }


class Field:
    """One key of a mapping.

    Attributes:
        kind: The kind of its value.
        about: Its purpose in one sentence, for authors of files.
        required: Whether it must be there.
        attribute: The name of the attribute, if it differs from the key.
    """

    def __init__(
        self, *, kind: Kind[Any], about: str, required: bool = False, attribute: str = ""
    ) -> None:
        self.kind = kind
        self.about = about
        self.required = required
        self.attribute = attribute


Fields: TypeAlias = "Mapping[str, Field]"
