"""Parses a YAML file into nodes with positions, within limits, by PyYAML's C parser.

The YAML library never converts values: readers use the text of a scalar, so that `2:00`, `yes` and
`1.0` are not converted as YAML 1.1 does.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from legato.domain.problems import BadData, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 1_000_000
MOST_NODES = 10_000
DEEPEST = 50

PLAIN, QUOTED, COLLECTION = "plain", "quoted", "collection"
_OWN_TAGS = frozenset((PLAIN, QUOTED, COLLECTION))
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
LONGEST_SHOWN = 40
_TOO_DEEP, _SMALLER = f"more than {DEEPEST} levels deep", "make it smaller"
_UNPRINTABLE = r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+"

# Messages of libyaml, and their most frequent causes.
_HINTS = (
    ("cannot start any token", "put text that begins with @, ` or % in quotes"),
    ("mapping values are not allowed", "put a text with a colon in quotes, or check the indent"),
    ("did not find expected key", "check the indent of this line and the one before"),
    ("did not find expected '-'", "check the indent: each item of a list begins with a dash"),
    ("could not find expected ':'", "write a colon and a space after the name"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("undefined alias", "there is no anchor with this name above; put a text with * in quotes"),
    ("unknown escape character", "use single quotes, or write the backslash twice"),
)


class Position(NamedTuple):
    """A position in a file; both numbers count from 1."""

    line: int
    column: int


def position(node: Node) -> Position:
    """Return the position at which `node` begins."""
    mark = node.start_mark
    return Position(mark.line + 1, mark.column + 1)


def is_null(node: Node) -> bool:
    """Return whether the value is null: an empty value, `~` or `null` without quotes."""
    return type(node) is ScalarNode and node.tag == PLAIN and node.value in NULLS


def shown(text: str) -> str:
    """Return a user's text for a message: in quotes, on one line, at most 40 characters."""
    line = re.sub(_UNPRINTABLE, " ", text[: LONGEST_SHOWN + 1]).strip()
    return f'"{line[:LONGEST_SHOWN]}…"' if len(line) > LONGEST_SHOWN else f'"{line}"'


def compose(data: bytes, where: str) -> Node:
    """Parse the only document in `data`.

    Raises:
        BadData: It is no YAML, empty, more than one document, or beyond a limit; has that
            problem, or one for each tag.
    """
    _check_encoding(data, where)
    composer = _Composer(data)
    try:
        root = composer.get_single_node()
    except _BeyondLimitError as error:
        raise _one(where, error.at, str(error), _SMALLER) from None
    except YAMLError as error:
        raise _one(where, *_problem_of(error, data)) from error
    if root is None:
        raise _one(where, Position(1, 1), "the file is empty", "begin with a line such as name: …")
    if composer.tagged or (b"*" in data and b"&" in data):
        _check_expanded(root, where)
    return root


class _BeyondLimitError(Exception):
    def __init__(self, text: str, at: Position) -> None:
        super().__init__(text)
        self.at = at


class _Composer(CParser):
    """The C parser with limits on depth and size.

    It calls `descend_resolver` and `ascend_resolver` around each node, and `resolve` for each node
    without a tag. Counting there is enough; the library's own work in them is not needed.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._depth = 0
        self._nodes = 0
        self._untagged = 0

    @property
    def tagged(self) -> bool:
        """Whether a node has a tag of its own."""
        return self._untagged < self._nodes

    def descend_resolver(self, parent: Node | None, _index: Any) -> None:  # noqa: ANN401
        self._depth += 1
        self._nodes += 1
        if self._depth > DEEPEST or self._nodes > MOST_NODES:
            assert parent is not None, "the first node is within every limit"  # noqa: S101
            raise _BeyondLimitError(
                _TOO_DEEP
                if self._depth > DEEPEST
                else f"more than {MOST_NODES:,} values in one file",
                position(parent),
            )

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: type[Node], _value: Any, implicit: Any) -> str:  # noqa: ANN401
        self._untagged += 1
        if kind is not ScalarNode:
            return COLLECTION
        return PLAIN if implicit[0] else QUOTED


def _one(where: str, at: Position, text: str, hint: str = "") -> BadData:
    return BadData([Problem(where=where, line=at.line, column=at.column, text=text, hint=hint)])


def _check_encoding(data: bytes, where: str) -> None:
    if len(data) > MOST_BYTES:
        raise _one(where, Position(1, 1), "the file is larger than 1 MB")
    if (nul := data.find(0)) >= 0:
        raise _one(where, _place(data, nul), "this is not a text file", "save it as UTF-8 text")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        at = _place(data, error.start)
        raise _one(where, at, "this is not UTF-8 text", "save it as UTF-8") from error


def _place(data: bytes, offset: int) -> Position:
    before = data[:offset]
    start = before.rfind(b"\n") + 1
    return Position(before.count(b"\n") + 1, len(before[start:].decode(errors="replace")) + 1)


def _problem_of(error: YAMLError, data: bytes) -> tuple[Position, str, str]:
    """Return the position, text and hint for an error of the C parser."""
    if isinstance(error, ReaderError):
        return _place(data, error.position), f"{error.reason}", "take the character out"
    if not isinstance(error, MarkedYAMLError):
        return Position(1, 1), "this is not YAML", ""
    if error.context == "expected a single document in the stream":
        text, hint = "a second document begins here", "keep one routine in one file, without ---"
    elif error.problem == "exceeded maximum nesting depth":
        # Since 0.2.6 libyaml has its own limit of a thousand levels, and parses ahead.
        text, hint = _TOO_DEEP, _SMALLER
    else:
        text = ", ".join(part for part in (error.problem, error.context) if part)
        hint = next((hint for words, hint in _HINTS if words in text), "")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Position(1, 1), text, hint
    if found := _odd_indent(data, mark.line):
        return found
    line = data.splitlines()[mark.line : mark.line + 1]
    if line and b"\t" in line[0][: mark.column + 1]:
        hint = "indent with spaces, not tabs"
    return Position(mark.line + 1, mark.column + 1), text, hint


def _odd_indent(data: bytes, last: int) -> tuple[Position, str, str] | None:
    """Return the problem of a blank that looks like a space, in the indent of a line up to `last`."""
    for number, line in enumerate(data.decode(errors="replace").split("\n")[: last + 1]):
        indent = line[: len(line) - len(line.lstrip())]
        for column, one in enumerate(indent):
            if one not in " \t\r":
                name = unicodedata.name(one, "an unusual blank").casefold()
                text = f"the line is indented by a character that looks like a space: {name}"
                return Position(number + 1, column + 1), text, "type plain spaces there"
    return None


def _check_expanded(root: Node, where: str) -> None:
    """Refuse tags, and aliases that make the file too large or endless."""
    tags: list[Problem] = []
    for count, (node, depth) in enumerate(_expanded(root)):
        if depth > DEEPEST or count >= MOST_NODES:
            text = f"aliases make this more than {MOST_NODES:,} values or {DEEPEST} levels deep"
            raise _one(where, position(node), text, "write the values out, or use fewer")
        if node.tag not in _OWN_TAGS:
            at, tag = position(node), node.tag.replace("tag:yaml.org,2002:", "!!")
            text = f"tags are not read: {shown(tag)}"
            hint = "write the plain value, in quotes if need be"
            tags.append(Problem(where=where, line=at.line, column=at.column, text=text, hint=hint))
    if tags:
        raise BadData(dict.fromkeys(tags))


def _expanded(root: Node) -> Iterator[tuple[Node, int]]:
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if isinstance(node, SequenceNode):
            waiting += [(item, depth + 1) for item in reversed(node.value)]
        elif isinstance(node, MappingNode):
            pairs = reversed(node.value)
            waiting += [(part, depth + 1) for pair in pairs for part in reversed(pair)]
