"""Changes a list in place: items that go, come, move or change take their comments with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml.nodes import MappingNode, SequenceNode

from legato.storage.mapping_patch import commented
from legato.storage.yaml_pieces import block_piece, indented, inline_piece
from legato.storage.yaml_spans import (
    column_of,
    end_of,
    indent_of,
    line_end,
    line_start,
    owned_end,
    start_of,
    tail_start,
)
from legato.storage.yaml_splices import ShapeError, Splice, spliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node

    from legato.storage.yaml_pieces import Plain


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
