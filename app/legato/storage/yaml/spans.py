"""A YAML text as nodes that know where they stand in it, so that pieces of it can be replaced.

The library's own composer forgets where an alias stood and where the content of a block ends.
The events are those of the parser that the loader uses: both see the same file in the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.storage.yaml.nodes import COLLECTION, PLAIN, QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.error import Mark

Pair: TypeAlias = tuple[Node, Node]
_BLOCK_STYLES = ("|", ">")
_COMMENT = re.compile(r"(?<!\S)#[^\n]*")


class AliasNode(Node):
    """The place where `*name` stands; `value` is the node that it stands for."""

    id = "alias"


def parse_spans(text: str) -> Node | None:
    """Return the one document in `text`, which the loader has read without a fatal problem."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    anchors: dict[str, Node] = {}
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events, anchors)
    return None


def _node(event: yaml.Event, events: Iterator[yaml.Event], anchors: dict[str, Node]) -> Node:
    # The C parser's marks are no subclass of those that the nodes are typed with.
    start, end = cast("tuple[Mark, Mark]", (event.start_mark, event.end_mark))
    if isinstance(event, yaml.AliasEvent):
        return AliasNode("", anchors[event.anchor or ""], start, end)
    node: Node
    if isinstance(event, yaml.ScalarEvent):
        tag = PLAIN if event.implicit[0] else QUOTED
        node = ScalarNode(tag, event.value, start, end, event.style)
    elif isinstance(event, yaml.SequenceStartEvent):
        node = SequenceNode(COLLECTION, [], start, end, event.flow_style)
    else:
        assert isinstance(event, yaml.MappingStartEvent)  # noqa: S101 - nothing else begins a node
        node = MappingNode(COLLECTION, [], start, end, event.flow_style)
    if event.anchor:
        anchors[event.anchor] = node
    if not isinstance(node, ScalarNode):
        node.end_mark = _fill(node, events, anchors)
    return node


def _fill(node: Node, events: Iterator[yaml.Event], anchors: dict[str, Node]) -> Mark:
    """Read what a list or a block of keys holds; return where it ends."""
    parts: list[Node] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            if isinstance(node, MappingNode):
                node.value = list(zip(parts[::2], parts[1::2], strict=True))
            else:
                node.value = parts
            return cast("Mark", event.end_mark)
        parts.append(_node(event, events, anchors))
    raise AssertionError("the parser ends what it begins")


def resolved(node: Node) -> Node:
    """Return what an alias stands for, or the node itself."""
    while isinstance(node, AliasNode):
        node = node.value
    return node


def find_pair(mapping: Node, key: str) -> Pair | None:
    """Return the first pair of `mapping` with that key, which is the one that counts."""
    for pair in mapping.value:
        name = resolved(pair[0])
        if isinstance(name, ScalarNode) and name.value == key:
            return pair[0], pair[1]
    return None


def start_of(node: Node) -> int:
    """Return the index of the first character of `node`."""
    return int(node.start_mark.index)


def pair_start(text: str, pair: Pair) -> int:
    """Return where a pair begins: at its key, or at the question mark before it."""
    start = start_of(pair[0])
    before = text[:start].rstrip(" ")
    return len(before) - 1 if before.endswith("?") and len(before) < start else start


def end_of(text: str, node: Node) -> int:
    """Return the index after the last character of `node`, without comments that follow."""
    if is_block(node) and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(last, tuple) else last)
    end = int(node.end_mark.index)
    if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
        return start_of(node) + len(text[start_of(node) : end].rstrip())
    return end


def is_block(node: Node) -> bool:
    """Say whether `node` is a list or a block of keys written without brackets."""
    return isinstance(node, (SequenceNode, MappingNode)) and not node.flow_style


def line_start(text: str, at: int) -> int:
    """Return where the line of index `at` begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line of index `at` ends: at its line break, or at the end of the text."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def column_of(text: str, at: int) -> int:
    """Return how many characters stand before index `at` on its line."""
    return at - line_start(text, at)


def indent_of(line: str) -> int:
    """Return how many spaces `line` begins with."""
    return len(line) - len(line.lstrip(" "))


def owned_end(text: str, end: int, column: int) -> int:
    """Return the end of the last line that belongs to what stands at `column` and ends at `end`.

    A comment behind it belongs to it, and so do comment lines below that are indented deeper.
    """
    last = at = line_end(text, end)
    while at < len(text):
        following = line_end(text, at + 1)
        line = text[at + 1 : following]
        if line.strip():
            if not line.lstrip().startswith("#") or indent_of(line) <= column:
                break
            last = following
        at = following
    return last


def comments_in(text: str, start: int, end: int, node: Node) -> list[str]:
    """Return the comments from `start` to `end` in what `node` holds, not those within a value."""
    found: list[str] = []
    at = start
    for leaf in _leaves(node):
        if start_of(leaf) >= end:
            break
        if end_of(text, leaf) > at:
            found += _COMMENT.findall(text, at, max(at, start_of(leaf)))
            at = end_of(text, leaf)
    found += _COMMENT.findall(text, at, max(at, end))
    return [comment.rstrip() for comment in found]


def tail_start(text: str, kept: int, gone: int) -> int:
    """Return from where the end of a list in brackets goes, when the items from `gone` on do.

    Args:
        text: The file.
        kept: Where the last item that stays ends.
        gone: Where the first one that goes begins. A comment between them keeps its comma.
    """
    return gone if _COMMENT.search(text, kept, gone) else kept


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _leaves(key)
            yield from _leaves(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _leaves(item)
    else:
        yield node


class Splice(NamedTuple):
    """From `start` to before `end` stands `text` instead; an insertion has both the same."""

    start: int
    end: int
    text: str


class ShapeError(Exception):
    """A file is written in a way that cannot be changed in place."""


def spliced(text: str, splices: Iterable[Splice], start: int = 0, end: int | None = None) -> str:
    """Return the part of `text` from `start` to `end` with all `splices` made.

    Insertions at one place come in the order given.

    Raises:
        ShapeError: Two of them want the same piece, or one lies outside.
    """
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for splice in sorted(splices, key=lambda one: one[:2]):
        if splice.start < at or splice.end > end:
            raise ShapeError("changes that overlap")
        parts += (text[at : splice.start], splice.text)
        at = splice.end
    return "".join((*parts, text[at:end]))
