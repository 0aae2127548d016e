"""Changes lists of words, lines by their time and other ways, item by item, in a file's text."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeGuard, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.draft import Draft, Use
from legato.domain.durations import parse_seconds
from legato.domain.routine import Step, TimedLine
from legato.storage.routine_format import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS, VARIANT_FIELDS
from legato.storage.routine_text import clock, field_plain, line_values
from legato.storage.yaml.emit import (
    Plain,
    block_piece,
    indented,
    inline_piece,
    refolded,
    scalar_piece,
)
from legato.storage.yaml.nodes import is_null
from legato.storage.yaml.spans import (
    AliasNode,
    ShapeError,
    Splice,
    column_of,
    comments_in,
    end_of,
    find_pair,
    indent_of,
    is_block,
    line_end,
    line_start,
    owned_end,
    pair_start,
    parse_spans,
    resolved,
    spliced,
    start_of,
    tail_start,
)
from legato.storage.yaml.types import ListOf, ProblemCollector, TimedLines, WrongValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator

    from legato.domain.editing import Line
    from legato.storage.yaml.spans import Pair
    from legato.storage.yaml.types import Fields, Kind


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


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of the list as it will be.

    Attributes:
        origin: Which of the old items it is, or None for a new one.
        value: What a new item is.
        splices: What changes within an old one.
        comment: What stands above a new item as a comment.
    """

    origin: int | None = None
    value: Plain = ""
    splices: tuple[Splice, ...] = ()
    comment: str = ""


def patch_list(text: str, node: Node, slots: Sequence[Slot], list_indent: int) -> list[Splice]:
    """Return how the list becomes `slots`.

    Args:
        text: The file.
        node: The list.
        slots: Its items as they will be.
        list_indent: By how much a list is indented below its key in this file.

    Raises:
        ShapeError: It stands there by an alias, or is no list.
    """
    if not isinstance(node, SequenceNode):
        raise ShapeError("no list of its own")
    if [slot.origin for slot in slots] == list(range(len(node.value))):
        return [splice for slot in slots for splice in slot.splices]
    if node.flow_style:
        return _patch_flow(text, node, slots)
    return [_BlockList(text, node, list_indent).splice(slots)]


def _patch_flow(text: str, node: SequenceNode, slots: Sequence[Slot]) -> list[Splice]:
    """Put the items into the places of the old ones; commas and line breaks stay where they are."""
    if any(slot.comment for slot in slots):
        raise ShapeError("no room for a comment")
    old = [(start_of(item), end_of(text, item)) for item in node.value]
    pieces = [
        inline_piece(slot.value)
        if slot.origin is None
        else spliced(text, slot.splices, *old[slot.origin])
        for slot in slots
    ]
    if not old:
        at = text.index("[", start_of(node)) + 1
        return [Splice(at, at, ", ".join(pieces))]
    splices = [
        Splice(*place, piece)
        for place, piece in zip(old, pieces, strict=False)
        if text[place[0] : place[1]] != piece
    ]
    if not pieces:
        return [Splice(old[0][0], old[-1][1], "")]
    if len(pieces) < len(old):
        start = tail_start(text, old[len(pieces) - 1][1], old[len(pieces)][0])
        splices.append(Splice(start, old[-1][1], ""))
    more = "".join(f", {piece}" for piece in pieces[len(old) :])
    return [*splices, Splice(old[-1][1], old[-1][1], more)] if more else splices


@dataclass(frozen=True, slots=True)
class _Item:
    """The lines of one item.

    Attributes:
        gap: Where the lines before it begin that are not its own.
        lead: Where the comments right above it begin.
        dash: Where the line with its dash begins.
        end: The line break at the end of its last line.
    """

    gap: int
    lead: int
    dash: int
    end: int


class _BlockList:
    """A list with a dash for each item."""

    def __init__(self, text: str, node: SequenceNode, list_indent: int) -> None:
        self._text = text
        self._node = node
        self._column = self._dash_column()
        self._list_indent = list_indent
        self._items = self._found()
        self._width = self._dash_width()

    def splice(self, slots: Sequence[Slot]) -> Splice:
        """Return the lines of the list as they will be, in the place of those that are."""
        between = _Between(self._text, self._items, slots)
        parts = [between.before(number) + self._lines(slot) for number, slot in enumerate(slots)]
        start, end = self._items[0].lead, self._items[-1].end + 1
        return Splice(start, end, "".join((*parts, between.rest())))

    def _lines(self, slot: Slot) -> str:
        if slot.origin is None:
            return commented(slot.comment, self._column) + self._fresh(slot.value)
        item = self._items[slot.origin]
        return spliced(self._text, slot.splices, item.lead, item.end + 1)

    def _fresh(self, value: Plain) -> str:
        if isinstance(value, str):
            piece = block_piece([value], list_indent=0)[2:]
        else:
            piece = block_piece(value, list_indent=self._list_indent)
        lines = indented(piece, self._column + self._width)
        return " " * self._column + "-" + lines[self._column + 1 :] + "\n"

    def _found(self) -> list[_Item]:
        items: list[_Item] = []
        text = self._text
        at = line_start(text, start_of(self._node))
        for index, item in enumerate(self._node.value):
            dash = self._dash_line(at, start_of(item))
            lead = self._lead(dash, above=items[-1].end + 1 if items else 0)
            end = owned_end(text, end_of(text, item), self._column)
            items.append(_Item(at if index else lead, lead, dash, end))
            at = end + 1
        return items

    def _dash_column(self) -> int:
        """Return the column of the dashes; the list itself may begin with an anchor above."""
        start, first = start_of(self._node), start_of(self._node.value[0])
        for line in self._text[line_start(self._text, start) : first + 1].split("\n"):
            if line.lstrip(" ").startswith("-"):
                return indent_of(line)
        raise ShapeError("a list within the line of another")

    def _dash_line(self, start: int, until: int) -> int:
        """Return where the line begins in which the dash of an item stands."""
        at = start
        while at <= until:
            line = self._text[at : line_end(self._text, at)]
            if indent_of(line) == self._column and line[self._column : self._column + 1] == "-":
                return at
            at = line_end(self._text, at) + 1
        raise ShapeError("a list within the line of another")

    def _lead(self, dash: int, above: int) -> int:
        """Return where the comments begin that stand right above the line of a dash."""
        lead = dash
        while lead > above:
            start = line_start(self._text, lead - 1)
            if not self._text[start:lead].lstrip().startswith("#"):
                break
            lead = start
        return max(lead, above)

    def _dash_width(self) -> int:
        """Return the columns from a dash to what stands behind it: mostly 2."""
        for item, lines in zip(self._node.value, self._items, strict=True):
            start = start_of(item)
            if line_start(self._text, start) == lines.dash and isinstance(item, MappingNode):
                return column_of(self._text, start) - self._column
        return 2


class _Between:
    """The lines between items: empty ones, and comments that belong to no item.

    Between items that were neighbours before they stay. Where neighbours part, comments go with
    the item that they stood before, and empty lines are set as they are elsewhere in the list.
    """

    def __init__(self, text: str, items: Sequence[_Item], slots: Sequence[Slot]) -> None:
        self._origins = [slot.origin for slot in slots]
        self._gaps = [text[item.gap : item.lead] for item in items]
        self._together = {
            after
            for before, after in zip(self._origins, self._origins[1:], strict=False)
            if before is not None and after == before + 1
        }
        self._usual = self._most_usual()
        self._homeless = self._without_home()

    def before(self, number: int) -> str:
        """Return the lines before slot `number`."""
        origin = self._origins[number]
        if origin is not None and origin in self._together:
            return self._gaps[origin]
        own = "" if origin is None else self._homeless.get(origin, "")
        if number == 0:
            return own.lstrip("\n")
        return own or self._usual

    def rest(self) -> str:
        """Return the comments that stood before items which are gone, and nothing came after."""
        return self._homeless.get(len(self._gaps), "")

    def _most_usual(self) -> str:
        inner = self._gaps[1:]
        empty = Counter(gap for gap in inner if not gap.strip())
        usual, count = next(iter(empty.most_common(1)), ("", 0))
        return usual if 2 * count > len(inner) else ""

    def _without_home(self) -> dict[int, str]:
        """Return the comments whose neighbours part, by the old item that they go before."""
        staying = [origin for origin in self._origins if origin is not None]
        homeless: dict[int, str] = {}
        for old, gap in enumerate(self._gaps):
            if gap.strip() and old not in self._together:
                home = min((one for one in staying if one >= old), default=len(self._gaps))
                homeless[home] = homeless.get(home, "") + gap
        return homeless


T = TypeVar("T", bound="Hashable")
Alike: TypeAlias = "Callable[[T, T], float]"

LEAST_ALIKE = 0.5
MOST_COMPARED = 40_000
"""Pairs that are compared; a file in which more has changed at once is taken by place."""


def arrange(old: Sequence[T], new: Sequence[T], alike: Alike[T]) -> list[int | None]:
    """Return for each new item the index of the old one that it comes from, or None.

    Equal items go together first, those that kept their order before those that moved; then those
    that are alike; then those that stand between the same neighbours.

    Args:
        old: The items as they were.
        new: The items as they are.
        alike: How much of one is in the other, 0 to 1; below 0 they never go together.
    """
    matching = _Matching(old, new, alike)
    matching.join_ends()
    matching.join_unmoved()
    matching.join_moved()
    matching.join_alike()
    matching.join_by_place()
    return matching.origins


class _Matching(Generic[T]):
    """Pairs of new and old items, found step by step."""

    def __init__(self, old: Sequence[T], new: Sequence[T], alike: Alike[T]) -> None:
        self.origins: list[int | None] = [None] * len(new)
        self._old = old
        self._new = new
        self._alike = alike
        self._free = dict.fromkeys(range(len(old)))

    def join_ends(self) -> None:
        """Join equal items at the beginning and at the end: most edits are in one place."""
        shorter = min(len(self._old), len(self._new))
        for index in range(shorter):
            if self._old[index] != self._new[index]:
                break
            self._join(index, index)
        for back in range(1, shorter - len(self._old) + len(self._free) + 1):
            if self._old[-back] != self._new[-back]:
                break
            self._join(len(self._new) - back, len(self._old) - back)

    def join_unmoved(self) -> None:
        """Join equal items that are in the same order."""
        olds, news = list(self._free), list(self._open())
        matcher = SequenceMatcher(
            None, [self._old[old] for old in olds], [self._new[new] for new in news], autojunk=False
        )
        for old, new, size in matcher.get_matching_blocks():
            for offset in range(size):
                self._join(news[new + offset], olds[old + offset])

    def join_moved(self) -> None:
        """Join equal items wherever they are."""
        where: dict[T, list[int]] = {}
        for old in reversed(self._free):
            where.setdefault(self._old[old], []).append(old)
        for new in self._open():
            if olds := where.get(self._new[new]):
                self._join(new, olds.pop())

    def join_alike(self) -> None:
        """Join items of which enough is the same, the most alike and nearest first."""
        waiting = list(self._open())
        if len(waiting) * len(self._free) <= MOST_COMPARED:
            self._join_best(waiting, list(self._free), LEAST_ALIKE)

    def join_by_place(self) -> None:
        """Join what stands between the same neighbours: more likely changed than replaced."""
        for run in list(self._runs()):
            before = self.origins[run[0] - 1] if run[0] else -1
            after = self.origins[run[-1] + 1] if run[-1] + 1 < len(self._new) else len(self._old)
            if before is not None and after is not None:
                between = [old for old in self._free if before < old < after]
                if len(run) * len(between) <= MOST_COMPARED:
                    self._join_best(run, between, 0.0)

    def _join_best(self, news: Sequence[int], olds: Sequence[int], least: float) -> None:
        pairs = [
            (-score, abs(new - old), new, old)
            for new, old in product(news, olds)
            if (score := self._alike(self._old[old], self._new[new])) >= least
        ]
        for _, _, new, old in sorted(pairs):
            if self.origins[new] is None and old in self._free:
                self._join(new, old)

    def _open(self) -> Iterator[int]:
        return (new for new, origin in enumerate(self.origins) if origin is None)

    def _runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        for new in self._open():
            if run and new != run[-1] + 1:
                yield run
                run = []
            run.append(new)
        if run:
            yield run

    def _join(self, new: int, old: int) -> None:
        self.origins[new] = old
        del self._free[old]


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its habit.

    Attributes:
        text: The text.
        list_indent: By how much a list is indented below its key.
    """

    text: str
    list_indent: int


def own_node(node: Node) -> Node:
    """Return `node`; raises ShapeError where only a name for it stands there."""
    if isinstance(node, AliasNode):
        raise ShapeError("the value is that of another place")
    return node


def list_change(page: Page, block: Node, pair: Pair, kind: ListOf[Any], new: Plain) -> Change:
    """Return how a list of texts becomes `new`; what of it cannot be read stays.

    Raises:
        ShapeError: It cannot be changed in place.
    """
    node = own_node(pair[1])
    texts = [str(one) for one in new] if isinstance(new, Sequence) else []
    if isinstance(node, MappingNode):
        return put_below_comment(page.text, block, pair, texts, page.list_indent)
    if isinstance(node, ScalarNode):
        kept = [] if _readable(kind.item, node) else [str(node.value)]
        return (kept + texts) or Remove()
    old = [str(item.value) if _readable(kind.item, item) else _Unread() for item in node.value]
    clean = [" ".join(one.split()) if isinstance(one, str) else one for one in old]
    slots = [
        _text_slot(page, node, text, origin, clean)
        for text, origin in zip(texts, arrange(clean, texts, _by_place), strict=True)
    ]
    slots = _with_unread(slots, clean)
    return patch_list(page.text, node, slots, page.list_indent) if slots else Remove()


def _text_slot(
    page: Page, node: Node, text: str, origin: int | None, old: Sequence[str | _Unread]
) -> Slot:
    if origin is None:
        return Slot(value=text)
    if old[origin] == text:
        return Slot(origin)
    splice = scalar_splice(page.text, node.value[origin], text, in_flow=not is_block(node))
    return Slot(origin, splices=(splice,))


def say_change(page: Page, block: Node, pair: Pair, kind: TimedLines, new: Plain) -> Change:
    """Return how lines by their time become `new`; what of them cannot be read stays.

    Raises:
        ShapeError: They cannot be changed in place.
    """
    node = own_node(pair[1])
    wanted = dict(new) if isinstance(new, Mapping) else {}
    if not isinstance(node, MappingNode):
        return put_below_comment(page.text, block, pair, wanted, page.list_indent)
    changes, keys = _line_changes(page, node, kind, wanted)
    if not wanted and len(changes) == len(node.value):
        return Remove()
    new_keys = [key for key in changes if key not in keys]
    order = sorted({*keys, *new_keys}, key=lambda key: parse_seconds(key) or 0.0)
    return patch_mapping(page.text, node, changes, order, page.list_indent)


def _line_changes(
    page: Page, node: MappingNode, kind: TimedLines, wanted: Mapping[str, Plain]
) -> tuple[dict[str, Change], list[str]]:
    """Return what becomes of the lines by their keys, and the keys that there are.

    Args:
        page: The text.
        node: The lines as they are.
        kind: Reads one.
        wanted: The lines as they are to be, by their times as `clock` spells them.
    """
    in_flow = not is_block(node)
    changes: dict[str, Change] = {}
    old: dict[str, tuple[Pair, str]] = {}
    keys: list[str] = []
    for key, value in node.value:
        line = _read_line(kind, key, value)
        if line is not None:
            keys.append(str(resolved(key).value))
            at = clock(line.at)
            if at not in wanted:
                changes[keys[-1]] = Remove()
            old[at] = ((key, value), line.text)  # of two at one time the last one counts
    for at, ((key, value), text) in old.items():
        if at in wanted and wanted[at] != text:
            splice = scalar_splice(page.text, value, str(wanted[at]), in_flow=in_flow)
            changes[str(resolved(key).value)] = [splice]
    left = {at: text for at, text in wanted.items() if at not in old}
    return changes | left, keys


def variants_change(page: Page, block: Node, pair: Pair, new: Plain) -> Change:
    """Return how the other ways become `new`; unknown ones stay.

    Raises:
        ShapeError: They cannot be changed in place.
    """
    node = own_node(pair[1])
    wanted = dict(new) if isinstance(new, Mapping) else {}
    if not isinstance(node, MappingNode):
        return put_below_comment(page.text, block, pair, wanted, page.list_indent)
    changes: dict[str, Change] = {}
    for way in VARIANT_FIELDS:
        found = find_pair(node, way)
        if way in wanted:
            if found is None or resolved(found[1]).value != wanted[way]:
                changes[way] = wanted[way]
        elif found and _readable(VARIANT_FIELDS[way].kind, found[1]):
            changes[way] = Remove()
    if not wanted and len(changes) == len(node.value):
        return Remove()
    return patch_mapping(page.text, node, changes, list(VARIANT_FIELDS), page.list_indent)


class _Unread:
    """An item of a list that cannot be read, and therefore stays."""


def _by_place(one: str | _Unread, other: str | _Unread) -> float:
    return 0.0 if isinstance(one, str) and isinstance(other, str) else -1.0


def _with_unread(slots: Sequence[Slot], old: Sequence[str | _Unread]) -> list[Slot]:
    """Put what cannot be read back behind the item that it stood behind."""
    filled = list(slots)
    for index, item in enumerate(old):
        if isinstance(item, _Unread):
            origins = [slot.origin for slot in filled]
            before = next((one for one in range(index - 1, -1, -1) if one in origins), None)
            at = 0 if before is None else origins.index(before) + 1
            filled.insert(at, Slot(index))
    return filled


def _readable(kind: Kind[Any], node: Node) -> bool:
    node = resolved(node)
    try:
        if not is_null(node):
            kind.read(node, "", ProblemCollector(""))
            return True
    except WrongValueError:
        pass
    return False


def _read_line(kind: TimedLines, key: Node, value: Node) -> TimedLine | None:
    key, value = resolved(key), resolved(value)
    if not _readable(kind.time, key) or not _readable(kind.line, value):
        return None
    findings = ProblemCollector("")
    at = kind.time.read(key, "", findings) or 0.0
    return TimedLine(at, kind.line.read(value, "", findings))


USUAL_LIST_INDENT = 2
SAME_TITLE_COUNTS = 0.6
"""How alike two steps are by their title alone."""

_PLAIN = Step(title="-")


def draft_splices(text: str, root: Node, old: Draft, new: Draft) -> list[Splice]:
    """Return the changes that make `text`, which says `old`, say `new`.

    Args:
        text: A routine file.
        root: Its nodes.
        old: What is read from it.
        new: What is to be read from it.

    Raises:
        ShapeError: It is written in a way that cannot be changed in place.
    """
    return _block(Page(text, _list_indent(root)), root, ROUTINE_FIELDS, old, new)


def alike(one: Line, other: Line) -> float:
    """Return how much of a line is in another, 0 to 1; below 0 they are of different kinds."""
    if isinstance(one, Use) and isinstance(other, Use):
        return float(one.id == other.id)
    if isinstance(one, Use) or isinstance(other, Use):
        return -1.0
    pairs = [
        (getattr(one, name), getattr(other, name))
        for name in STEP_FIELDS
        if not getattr(one, name) == getattr(other, name) == getattr(_PLAIN, name)
    ]
    same: float = sum(before == after for before, after in pairs) / len(pairs)
    if one.title == other.title:
        return SAME_TITLE_COUNTS + (1.0 - SAME_TITLE_COUNTS) * same
    return same


def _block(
    page: Page, node: Node, fields: Fields, old: Draft | Line, new: Draft | Line
) -> list[Splice]:
    """Return the changes of one block of keys."""
    changes: dict[str, Change] = {}
    for name, field in fields.items():
        attribute = field.attribute or name
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            pair = find_pair(node, name) if isinstance(node, MappingNode) else None
            plain = field_plain(name, after)
            if pair is None or is_null(pair[1]):
                changes[name] = Remove() if plain is None else plain
            elif name == "steps":
                changes[name] = _steps(page, node, pair, before, after)
            else:
                changes[name] = _written(page, node, pair, field.kind, after)
    return patch_mapping(page.text, node, changes, list(fields), page.list_indent)


def _written(
    page: Page,
    block: Node,
    pair: Pair,
    kind: Kind[Any],
    after: Any,  # noqa: ANN401 - the value of any field
) -> Change:
    """Return what becomes of a field that has a value already."""
    name = str(resolved(pair[0]).value)
    plain = field_plain(name, after)
    if isinstance(kind, ListOf):
        return list_change(page, block, pair, kind, plain or [])
    if isinstance(kind, TimedLines):
        return say_change(page, block, pair, kind, plain or {})
    if name == "variants":
        return variants_change(page, block, pair, plain or {})
    if isinstance(plain, str) and isinstance(after, float):
        return _spelled_like(pair[1], after, plain)
    return Remove() if plain is None else plain


def _steps(
    page: Page, block: Node, pair: Pair, old: Sequence[Line], new: Sequence[Line]
) -> list[Splice]:
    node = own_node(pair[1])
    if not isinstance(node, SequenceNode):
        plain = [line_values(line) for line in new]
        return put_below_comment(page.text, block, pair, plain, page.list_indent)
    slots = [
        Slot(value=line_values(line))
        if origin is None
        else _step_slot(page, node.value[origin], origin, old[origin], line)
        for line, origin in zip(new, arrange(old, new, alike), strict=True)
    ]
    return patch_list(page.text, node, slots, page.list_indent)


def _step_slot(page: Page, item: Node, origin: int, old: Line, new: Line) -> Slot:
    if old == new:
        return Slot(origin)
    node = own_node(item)
    if not isinstance(node, MappingNode):
        raw = page.text[start_of(node) : end_of(page.text, node)]
        return Slot(value=line_values(new), comment=raw)
    if node.flow_style and page.text[start_of(node)] != "{":
        return Slot(value=line_values(new))  # one key alone, without its braces
    fields = USE_FIELDS if isinstance(new, Use) else STEP_FIELDS
    return Slot(origin, splices=tuple(_block(page, node, fields, old, new)))


def _spelled_like(node: Node, seconds: float, plain: str) -> str:
    """Return a length of time as the one that it replaces was spelled, if it can be."""
    written = node.value if isinstance(node, ScalarNode) else ""
    if ":" in written and seconds == int(seconds):
        return clock(seconds)
    if written.replace(".", "", 1).isdecimal():
        return f"{seconds:.3f}".rstrip("0").rstrip(".")
    return plain


def _list_indent(root: Node) -> int:
    """Return by how much lists are indented below their keys, as the first one is."""
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode) and not node.flow_style:
            for key, value in node.value:
                if isinstance(value, SequenceNode) and not value.flow_style:
                    return max(0, int(value.start_mark.column - key.start_mark.column))
                waiting.append(value)
    return USUAL_LIST_INDENT


def count_aliases(text: str) -> int:
    """Return how many aliases stand in `text`."""
    return len(_all_aliases(text))


def expanded(text: str, which: Collection[int]) -> str:
    """Return `text` with the values in the places of the aliases `which`, counted from 0.

    The loader reads both the same.
    """
    aliases = [one for index, one in enumerate(_all_aliases(text)) if index in which]
    return spliced(
        text, [Splice(start_of(one), end_of(text, one), _inline(one)) for one in aliases]
    )


def _all_aliases(text: str) -> list[AliasNode]:
    root = parse_spans(text)
    return list(_aliases(root)) if root else []


def _aliases(node: Node) -> Iterator[AliasNode]:
    if isinstance(node, AliasNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _aliases(item)
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _aliases(part)


def _inline(node: Node) -> str:
    """Return a node on one line, in brackets where it is a list or a block of keys."""
    node = resolved(node)
    if isinstance(node, ScalarNode):
        if not node.style and not node.value:
            return "null"
        quotes = '"' if "\n" in node.value or node.style in ("|", ">") else node.style
        return scalar_piece(node.value, quotes, in_flow=True)
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(_inline, node.value)) + "]"
    pairs = (f"{_inline(key)}: {_inline(value)}" for key, value in node.value)
    return "{" + ", ".join(pairs) + "}"
