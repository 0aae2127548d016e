"""Changes keys of one block in place: their values, new ones, and those that go."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from yaml.nodes import MappingNode, Node, ScalarNode

from legato.storage.yaml_pieces import (
    Plain,
    block_piece,
    indented,
    inline_piece,
    refolded,
    scalar_piece,
)
from legato.storage.yaml_spans import (
    column_of,
    comments_in,
    end_of,
    find_pair,
    is_block,
    line_end,
    line_start,
    owned_end,
    pair_start,
    resolved,
    start_of,
    tail_start,
)
from legato.storage.yaml_splices import ShapeError, Splice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from legato.storage.yaml_spans import Pair


class Remove:
    """The key goes, and its value with it; comments stay."""


Change: TypeAlias = "Plain | Remove | list[Splice]"
"""What becomes of a key: a new value, nothing, or what was already worked out within it."""


def patch_mapping(
    text: str, mapping: Node, changes: Mapping[str, Change], order: Sequence[str], list_indent: int
) -> list[Splice]:
    """Return how `changes` come into `text`.

    Args:
        text: The file.
        mapping: The block of keys.
        changes: What becomes of which key.
        order: The order in which new keys come in.
        list_indent: By how much a list is indented below its key in this file.

    Raises:
        ShapeError: It stands there by an alias, or is no block of keys.
    """
    if not isinstance(mapping, MappingNode):
        raise ShapeError("no block of keys of its own")
    splices: list[Splice] = []
    gone: set[str] = set()
    new: dict[str, Plain] = {}
    for key, change in changes.items():
        pair = find_pair(mapping, key)
        if isinstance(change, Remove):
            gone |= {key} if pair else set()
        elif _is_worked_out(change):
            splices += change
        elif pair is None:
            new[key] = change
        else:
            splices += put_value(text, mapping, pair, change, list_indent)
    keys = _Keys(text, mapping, gone)
    return splices + keys.removals() + keys.insertions(new, order, list_indent)


def _is_worked_out(change: Plain | list[Splice]) -> TypeGuard[list[Splice]]:
    return isinstance(change, list) and all(isinstance(one, Splice) for one in change)


def put_value(text: str, mapping: Node, pair: Pair, value: Plain, list_indent: int) -> list[Splice]:
    """Return how the value of `pair` becomes `value`, in the style that it has."""
    key, node = pair
    in_flow = not is_block(mapping)
    if isinstance(value, (str, int)):
        if start_of(node) < end_of(text, node):
            return [scalar_splice(text, node, str(value), in_flow=in_flow)]
        return [_filled(text, key, node, scalar_piece(str(value), in_flow=in_flow))]
    if in_flow:
        if start_of(node) < end_of(text, node):
            return [Splice(start_of(node), end_of(text, node), inline_piece(value))]
        return [_filled(text, key, node, inline_piece(value))]
    return _put_block(text, mapping, pair, value, list_indent)


def put_below_comment(
    text: str, mapping: Node, pair: Pair, value: Plain, list_indent: int
) -> list[Splice]:
    """Return how the value of `pair` becomes `value`, what was there being kept as a comment.

    Raises:
        ShapeError: It stands in brackets, where a comment finds no room.
    """
    if not is_block(mapping):
        raise ShapeError("no room for a comment")
    raw = text[start_of(pair[1]) : end_of(text, pair[1])]
    return _put_block(text, mapping, pair, value, list_indent, comment=raw)


def commented(raw: str, column: int) -> str:
    """Return the lines of `raw` as comments that begin at `column`, each with its line break."""
    lines = textwrap.dedent(" " * column + raw).splitlines()
    return "".join(f"{' ' * column}# {line.strip()}\n" for line in lines if line.strip())


def scalar_splice(text: str, node: Node, value: str, *, in_flow: bool) -> Splice:
    """Return how a value becomes the scalar `value`, in the quotes that it has."""
    start, end = start_of(node), end_of(text, node)
    if not isinstance(node, ScalarNode):
        return Splice(start, end, scalar_piece(value, in_flow=in_flow))
    if node.style in ("|", ">"):
        return Splice(start, end, refolded(text, node, value))
    return Splice(start, end, scalar_piece(value, node.style, in_flow=in_flow))


def _put_block(
    text: str, mapping: Node, pair: Pair, value: Plain, list_indent: int, *, comment: str = ""
) -> list[Splice]:
    """Put a list or keys below their key, or in brackets behind it."""
    end, column = end_of(text, pair[1]), _column(text, mapping)
    colon = text.index(":", end_of(text, pair[0])) + 1
    below = line_end(text, end) + 1
    name = str(resolved(pair[0]).value)
    piece = indented(block_piece({name: value}, list_indent=list_indent), column)
    first, _, rest = piece.partition("\n")
    lines = commented(comment, column + 2) + (rest + "\n" if rest else "")
    behind = "" if rest else first.partition(":")[2]
    return [Splice(colon, end, behind), Splice(below, below, lines)]


def _filled(text: str, key: Node, node: Node, piece: str) -> Splice:
    """Put `piece` where a key has no value yet; in brackets it may stand without a colon."""
    end = end_of(text, node)
    colon = text.find(":", end_of(text, key), end)
    return Splice(end, end, f": {piece}") if colon < 0 else Splice(colon + 1, end, f" {piece}")


def _column(text: str, mapping: Node) -> int:
    """Return the column of the keys of a block, or that of what it stands in."""
    if mapping.value:
        return column_of(text, pair_start(text, mapping.value[0]))
    return int(mapping.start_mark.column)


class _Keys:
    """The keys of one block: which go, and where new ones come in."""

    def __init__(self, text: str, mapping: MappingNode, gone: Collection[str]) -> None:
        self._text = text
        self._mapping = mapping
        self._column = _column(text, mapping)
        self._pairs: list[Pair] = list(mapping.value)
        self._goes = [self._name(pair) in gone for pair in self._pairs]

    @staticmethod
    def _name(pair: Pair) -> str:
        key = resolved(pair[0])
        return str(key.value) if isinstance(key, ScalarNode) else ""

    def removals(self) -> list[Splice]:
        """Return how the keys that go are taken out."""
        if not any(self._goes):
            return []
        return self._block_removals() if is_block(self._mapping) else self._flow_removals()

    def insertions(
        self, new: Mapping[str, Plain], order: Sequence[str], list_indent: int
    ) -> list[Splice]:
        """Return how new keys come in, each after those that stand before it in `order`."""
        keys = sorted(new, key=order.index)
        if not is_block(self._mapping):
            if keys and all(self._goes):  # none stays that they could be put before or behind
                return [self._only({key: new[key] for key in keys})]
            pieces = [inline_piece({key: new[key]})[1:-1] for key in keys]
            before = [order[: order.index(key)] for key in keys]
            return list(map(self._flow_insertion, pieces, before))
        splices = []
        for key in keys:
            piece = block_piece({key: new[key]}, list_indent=list_indent)
            lines = indented(piece, self._column)
            splices.append(self._block_insertion(lines, order[: order.index(key)]))
        return splices

    def _only(self, new: Mapping[str, Plain]) -> Splice:
        """Return how `new` becomes all that stands in the braces."""
        start = self._text.index("{", start_of(self._mapping)) + 1
        return Splice(start, start, inline_piece(new)[1:-1])

    def _predecessor(self, before: Sequence[str]) -> Pair | None:
        """Return the last staying pair whose key is among `before`."""
        for pair, goes in zip(reversed(self._pairs), reversed(self._goes), strict=True):
            if not goes and self._name(pair) in before:
                return pair
        return None

    def _block_insertion(self, lines: str, before: Sequence[str]) -> Splice:
        pair = self._predecessor(before)
        if pair:
            below = owned_end(self._text, end_of(self._text, pair[1]), self._column) + 1
            return Splice(below, below, lines + "\n")
        if not self._pairs:
            raise ShapeError("a block without keys")
        first = pair_start(self._text, self._pairs[0])
        start = line_start(self._text, first)
        if self._text[start:first].strip():  # behind a dash
            return Splice(first, first, lines.lstrip(" ") + "\n" + " " * self._column)
        return Splice(start, start, lines + "\n")

    def _flow_insertion(self, piece: str, before: Sequence[str]) -> Splice:
        pair = self._predecessor(before)
        if pair:
            end = max(end_of(self._text, part) for part in pair)
            return Splice(end, end, f", {piece}")
        start = self._text.index("{", start_of(self._mapping)) + 1
        return Splice(start, start, f"{piece}, ")

    def _block_removals(self) -> list[Splice]:
        text, indent = self._text, " " * self._column
        splices = []
        first = pair_start(self._text, self._pairs[0])
        begin = 0
        if text[line_start(text, first) : first].strip():
            # The first key stands behind a dash: what follows moves up to it.
            begin = next((i for i, goes in enumerate(self._goes) if not goes), len(self._pairs))
            if begin == len(self._pairs):
                raise ShapeError("nothing would be left behind the dash")
            until = pair_start(text, self._pairs[begin])
            comments = comments_in(text, first, until, self._mapping) if begin else []
            splices.append(Splice(first, until, "".join(f"{one}\n{indent}" for one in comments)))
        for pair, goes in list(zip(self._pairs, self._goes, strict=True))[begin:]:
            if goes:
                start = line_start(text, pair_start(text, pair))
                end = owned_end(text, end_of(text, pair[1]), self._column) + 1
                comments = comments_in(text, start, end, self._mapping)
                splices.append(Splice(start, end, "".join(f"{indent}{one}\n" for one in comments)))
        return splices

    def _flow_removals(self) -> list[Splice]:
        """Take pairs out together with the comma behind them, or before where none follows."""
        starts = [pair_start(self._text, pair) for pair in self._pairs]
        ends = [max(end_of(self._text, part) for part in pair) for pair in self._pairs]
        splices = []
        last_kept = max((i for i, goes in enumerate(self._goes) if not goes), default=-1)
        for index, goes in enumerate(self._goes):
            if goes and index < last_kept:
                splices.append(Splice(starts[index], starts[index + 1], ""))
        if last_kept < len(self._pairs) - 1:
            gone = starts[last_kept + 1]
            start = tail_start(self._text, ends[last_kept], gone) if last_kept >= 0 else gone
            splices.append(Splice(start, ends[-1], ""))
        return splices
