"""A YAML text as nodes with their exact ranges, and its comments and line breaks.

PyYAML's composer drops where an alias was written and where the content of a block ends. The events
are those of the parser that the loader uses, so that both read a file in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import yaml
from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.storage.yaml.nodes import COLLECTION, PLAIN, QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Pair: TypeAlias = tuple[Node, Node]
BLOCK_STYLES = ("|", ">")
USUAL_LIST_INDENT = 2
# The line breaks of libyaml; `str.splitlines` has more.
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = "#[^\n\r\x85\u2028\u2029]*"
_ANCHOR = r"&[\w-]+"
_PROPERTIES = re.compile(rf"(?:{_ANCHOR}|\s|{_COMMENT})*")


class AliasNode(Node):
    """An alias: `tag` is its name, `value` the node that it refers to."""

    id = "alias"


def parse_spans(text: str) -> Node | None:
    """Parse the only document in `text`, which `compose` must have accepted."""
    return _Parser(text).root()


class _Parser:
    """Builds nodes from events, and corrects the ranges that libyaml reports loosely."""

    def __init__(self, text: str) -> None:
        self.leaves: list[Node] = []
        self.aliases: list[AliasNode] = []
        self.kept_ends: list[int] = []
        self.anchors: Counter[str] = Counter()
        self._text = text
        self._anchors: dict[str, Node] = {}
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._events: Iterator[yaml.NodeEvent | yaml.CollectionEndEvent] = (
            event
            for event in events
            if isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent))
        )

    def root(self) -> Node | None:
        event = next(self._events, None)
        return self._node(event) if event else None

    def _node(self, event: yaml.NodeEvent | yaml.CollectionEndEvent) -> Node:
        # The marks of the C parser are no subclass of the type in the stubs.
        start, end = cast("tuple[Mark, Mark]", (event.start_mark, event.end_mark))
        if isinstance(event, yaml.AliasEvent):
            name = event.anchor or ""
            alias = AliasNode(name, self._anchors[name], start, end)
            self.aliases.append(alias)
            self.leaves.append(alias)
            return alias
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            if event.style in BLOCK_STYLES:
                end = self._block_end(start, end)
            tag = PLAIN if event.implicit[0] else QUOTED
            node = ScalarNode(tag, event.value, start, end, event.style)
            self.leaves.append(node)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = SequenceNode(COLLECTION, [], start, end, event.flow_style)
        else:
            assert isinstance(event, yaml.MappingStartEvent)  # noqa: S101 - nothing else begins a node
            node = MappingNode(COLLECTION, [], start, end, event.flow_style)
        if event.anchor:
            self._anchors[event.anchor] = node
            self.anchors[event.anchor] += 1
        if not isinstance(node, ScalarNode):
            self._fill(node)
        return node

    def _fill(self, node: Node) -> None:
        parts: list[Node] = []
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            parts.append(self._node(event))
            if isinstance(node, MappingNode) and not len(parts) % 2:
                self._place_empty(*parts[-2:])
        is_mapping = isinstance(node, MappingNode)
        node.value = list(zip(parts[::2], parts[1::2], strict=True)) if is_mapping else parts
        node.end_mark = cast("Mark", event.end_mark)
        is_closed = self._text.startswith(("}", "]"), end_of(node) - 1)
        if parts and (is_block(node) or not is_closed):
            node.end_mark = max(parts[-2:], key=end_of).end_mark

    def _place_empty(self, key: Node, value: Node) -> None:
        """Place an empty value right behind its colon, or behind a key without a colon."""
        if isinstance(value, ScalarNode) and start_of(value) == end_of(value):
            colon = find_mark(self._text, ":", end_of(key), start_of(value))
            at = end_of(key) if colon < 0 else colon + 1
            value.start_mark = value.end_mark = _mark(at)

    def _block_end(self, start: Mark, end: Mark) -> Mark:
        """Return the end of a `|` or `>` text: its last word, or with `+` its last break."""
        raw = self._text[start.index : end.index]
        head = BREAK.split(raw[_properties_end(raw, 0) :], maxsplit=1)[0]
        if "+" not in head.partition("#")[0]:
            return _mark(start.index + len(raw.rstrip()))
        last = list(BREAK.finditer(raw))[-1]
        at = start.index + (last.start() if last.end() == len(raw) else len(raw))
        self.kept_ends.append(at)
        return _mark(at)


def _properties_end(text: str, at: int) -> int:
    """Return the begin of a node's content, behind its anchor and comments after that."""
    found = _PROPERTIES.match(text, at) if text.startswith("&", at) else None
    return found.end() if found else at


def _mark(index: int) -> Mark:
    return Mark("", index, 0, 0, None, 0)


def find_mark(text: str, mark: str, start: int, end: int) -> int:
    """Return the index of the first `mark` outside of comments and anchors, or -1."""
    pattern = re.compile(rf"{_COMMENT}|{_ANCHOR}|({re.escape(mark)})")
    return next((one.start() for one in pattern.finditer(text, start, end) if one[1]), -1)


def without_commas(text: str) -> str:
    """Return the separator of two items within brackets without its comma, with comments."""
    return re.sub(rf"({_COMMENT})|,", lambda found: found[1] or "", text)


def resolved(node: Node) -> Node:
    """Return the node that an alias refers to, or the node itself."""
    while isinstance(node, AliasNode):
        node = node.value
    return node


def find_pair(mapping: Node, key: str) -> Pair | None:
    """Return the first pair of `mapping` with that key, the one that is read."""
    return next((pair for pair in mapping.value if key_name(pair) == key), None)


def key_name(pair: Pair) -> str:
    """Return the key of a pair as text; empty for a list or a mapping."""
    key = resolved(pair[0])
    return str(key.value) if isinstance(key, ScalarNode) else ""


def start_of(node: Node) -> int:
    """Return the index of the first character of `node`, its anchor included."""
    return int(node.start_mark.index)


def end_of(node: Node) -> int:
    """Return the index after the last character of `node`, without comments that follow."""
    return int(node.end_mark.index)


def pair_end(pair: Pair) -> int:
    """Return the index after the last character of a key and its value."""
    return max(map(end_of, pair))


def is_block(node: Node) -> bool:
    """Return whether `node` is a list or a mapping written without brackets."""
    return isinstance(node, (SequenceNode, MappingNode)) and not node.flow_style


class YamlText:
    """A text with its nodes, lines, comments and formatting; it ends with a line break.

    Attributes:
        text: The text.
        root: Its nodes.
        aliases: All aliases in it, in order.
        ambiguous: The names of anchors that are defined more than once.
        kept_ends: The ends of `|+` and `>+` texts, with the empty lines that they keep.
        last_leaf: The scalar at its end, or None.
        newline: Its most common line break.
        list_indent: Columns by which its first list is indented below its key.
    """

    def __init__(self, text: str) -> None:
        parser = _Parser(text)
        root = parser.root()
        assert root is not None, "the loader refuses a file without a document"  # noqa: S101
        self.text = text
        self.root = root
        self.aliases = parser.aliases
        self.ambiguous = {name for name, count in parser.anchors.items() if count > 1}
        breaks = [found for found in BREAK.finditer(text) if found[0] in {"\n", "\r", "\r\n"}]
        common = Counter(found[0] for found in breaks).most_common(1)
        self.newline = common[0][0] if common else "\n"
        self._starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self.kept_ends = {self.next_line(at) for at in parser.kept_ends}
        leaf = parser.leaves[-1] if parser.leaves else None
        self.last_leaf = leaf if isinstance(leaf, ScalarNode) else None
        self._comments = list(_comments(text, parser.leaves))
        self._comment_starts = [start for start, _ in self._comments]
        self.list_indent = self._list_indent()

    def line_start(self, at: int) -> int:
        """Return the begin of the line of index `at`."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def next_line(self, at: int) -> int:
        """Return the begin of the line after that of index `at`."""
        return self._starts[min(bisect_right(self._starts, at), len(self._starts) - 1)]

    def line_starts(self, start: int, end: int) -> list[int]:
        """Return the begins of all lines behind `start` and before `end`."""
        return self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]

    def content_start(self, node: Node) -> int:
        """Return the begin of a node's content, behind its anchor."""
        return _properties_end(self.text, start_of(node))

    def column(self, at: int) -> int:
        """Return the number of characters before index `at` on its line."""
        return at - self.line_start(at)

    def is_indent(self, at: int) -> bool:
        """Return whether only spaces precede index `at` on its line."""
        return not self.text[self.line_start(at) : at].strip()

    def line(self, start: int) -> str:
        """Return the line that begins at `start`, with its break."""
        return self.text[start : self.next_line(start)]

    def comments(self, start: int, end: int) -> list[str]:
        """Return the comments that begin from `start` to before `end`."""
        first, last = (bisect_left(self._comment_starts, at) for at in (start, end))
        return [comment for _, comment in self._comments[first:last]]

    def find(self, mark: str, start: int, end: int) -> int:
        """Return the index of the first `mark` outside of comments and anchors, or -1."""
        return find_mark(self.text, mark, start, end)

    def pair_start(self, mapping: Node, index: int) -> int:
        """Return the begin of a pair: its key, or the question mark before it."""
        start = start_of(mapping.value[index][0])
        before = pair_end(mapping.value[index - 1]) if index else start_of(mapping)
        mark = self.find("?", before, start)
        return start if mark < 0 else mark

    def owned_end(self, end: int, column: int) -> int:
        """Return the end of the lines that belong to a node that begins at `column` and ends at `end`.

        A comment behind it belongs to it, as do comment lines below it that are indented deeper.
        """
        last = at = self.next_line(end)
        while at < len(self.text):
            line = self.line(at)
            at += len(line)
            if line.strip():
                if not line.lstrip().startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                    break
                last = at
        return last

    def _list_indent(self) -> int:
        waiting = [self.root]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, SequenceNode):
                waiting += node.value
            elif isinstance(node, MappingNode) and is_block(node):
                for key, value in node.value:
                    if isinstance(value, SequenceNode) and is_block(value):
                        dash = self.find("-", start_of(value), end_of(value))
                        return max(0, self.column(dash) - self.column(start_of(key)))
                    waiting.append(value)
        return USUAL_LIST_INDENT


def _comments(text: str, leaves: Iterable[Node]) -> Iterator[tuple[int, str]]:
    """Yield the begin of each comment, and the comment without spaces at its end."""
    comment = re.compile(_COMMENT)
    at = 0
    for leaf in (*leaves, None):
        start = len(text) if leaf is None else _properties_end(text, start_of(leaf))
        end = len(text) if leaf is None else end_of(leaf)
        gaps = [(at, start)]
        if isinstance(leaf, ScalarNode) and leaf.style in BLOCK_STYLES:
            first_break = BREAK.search(text, start)
            gaps.append((start, first_break.start() if first_break else end))
        for gap in gaps:
            yield from (
                (found.start(), found[0].rstrip()) for found in comment.finditer(text, *gap)
            )
        at = max(at, start, end)


class TextEdit(NamedTuple):
    """A replacement: `text` instead of the characters from `start` to before `end`."""

    start: int
    end: int
    text: str


class ShapeError(Exception):
    """A file is written in a way that cannot be changed in place."""


def edited(text: str, edits: Iterable[TextEdit], start: int = 0, end: int | None = None) -> str:
    """Return the part of `text` from `start` to `end` with all `edits` made.

    Insertions at the same index keep the given order.

    Raises:
        ShapeError: Two of them overlap, or one is outside of the range.
    """
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda one: one[:2]):
        if edit.start < at or edit.end > end:
            raise ShapeError("changes that overlap")
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:end]))
