"""Changes values, mappings and lists in a YAML text; the rest keeps its characters.

Mappings and lists are changed by pairs and items: each is a range of the text that stays, is
removed, moved or rewritten. In blocks these are whole lines with the comments above them, within
brackets the text between commas.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from yaml.nodes import MappingNode, Node

from legato.storage.yaml.emit import (
    Plain,
    block_piece,
    indented,
    inline_node,
    inline_piece,
    scalar_piece,
)
from legato.storage.yaml.spans import (
    BREAK,
    AliasNode,
    TextEdit,
    YamlText,
    edited,
    end_of,
    is_block,
    key_name,
    pair_end,
    start_of,
    without_commas,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PairEdits: TypeAlias = "dict[int, list[TextEdit] | None]"
"""Changes of the pairs of a mapping by index: edits within a pair, or None to remove it."""


class Slot(NamedTuple):
    """One item of the new list.

    Attributes:
        origin: The index of the old item, or None for a new one.
        edits: Edits within an old item.
        value: The value of a new item.
    """

    origin: int | None = None
    edits: Sequence[TextEdit] = ()
    value: Plain = ""


class Patch:
    """Computes edits of one text, and the aliases that they touch.

    The edits of a mapping or list can be passed to the method for the one around it.
    """

    def __init__(self, source: YamlText) -> None:
        self.source = source
        self._write_out: list[AliasNode] = []
        self._edited: list[tuple[int, int]] = []
        self._replaced: list[tuple[int, int]] = []
        self._moved: list[tuple[list[tuple[int, int]], list[int | None]]] = []

    def own(self, node: Node) -> Node | None:
        """Return `node` if it can be changed; None for an alias, which must be written out first."""
        if isinstance(node, AliasNode):
            self._write_out.append(node)
            return None
        return node

    def pair(
        self, mapping: Node, index: int, value: Plain, above: Sequence[str] = ()
    ) -> list[TextEdit]:
        """Replace the value of a pair; its comments stay, above it or behind it.

        Args:
            mapping: The mapping.
            index: The index of the pair.
            value: The new value.
            above: More comments to write above it.
        """
        source, pair = self.source, mapping.value[index]
        start, end = source.pair_start(mapping, index), pair_end(pair)
        self._replaced.append((start, end))
        column = source.column(start)
        fresh = {key_name(pair): value}
        if not is_block(mapping):
            comments = [*above, *source.comments(start, end)]
            lines = self._comment_lines(comments, " " * (column + 1)) + " " * column
            return [TextEdit(start, end, lines * bool(comments) + inline_piece(fresh)[1:-1])]
        below = source.next_line(end)
        piece = self._lines(block_piece(fresh, list_indent=source.list_indent), column)
        comments = [*above, *source.comments(start, end)]
        if not comments and len(BREAK.findall(piece)) == 1:
            piece = piece.removesuffix(source.newline) + source.text[end:below]
        else:
            comments += source.comments(end, below)
            piece = self._comment_lines(comments, " " * column) + piece
        return [TextEdit(start, below, piece[column:])]

    def item(
        self, node: Node, index: int, value: Plain, above: Sequence[str] = ()
    ) -> list[TextEdit]:
        """Replace an item of a list; its comments stay, above it."""
        source, item = self.source, node.value[index]
        start, end = start_of(item), end_of(item)
        self._replaced.append((start, end))
        comments = [*above, *source.comments(start, end)]
        space = " " if start == end or (comments and not is_block(node)) else ""
        column = source.column(start) + len(space)
        piece = self._comment_lines(comments, " " * column)
        if is_block(node):
            piece += self._lines(block_piece(value, list_indent=source.list_indent), column)
            piece = piece.removesuffix(source.newline)
        else:
            piece += " " * column + inline_piece(value)
        return [TextEdit(start, end, space + piece[column:])]

    def raw_as_comments(self, node: Node) -> list[str]:
        """Return the lines of a node as comments."""
        raw = self.source.text[start_of(node) : end_of(node)]
        return [f"# {line.strip()}" for line in BREAK.split(raw) if line.strip()]

    def mapping(
        self, node: Node, edits: PairEdits, new: Mapping[str, Plain], order: Sequence[str]
    ) -> list[TextEdit]:
        """Change the pairs of a mapping.

        Args:
            node: The mapping.
            edits: The changes of its pairs.
            new: New pairs.
            order: The order of keys by which new pairs are inserted.
        """
        if not edits and not new:
            return []
        self._edited.append((start_of(node), end_of(node)))
        gone = {index for index, edit in edits.items() if edit is None}
        for gone_index in gone:
            pair = node.value[gone_index]
            self._replaced.append((self.source.pair_start(node, gone_index), pair_end(pair)))
        fresh: dict[int, dict[str, Plain]] = {}
        staying = [index for index in range(len(node.value)) if index not in gone]
        for key in sorted(new, key=order.index):
            before = order[: order.index(key)]
            found = (index for index in reversed(staying) if key_name(node.value[index]) in before)
            fresh.setdefault(next(found, -1), {})[key] = new[key]
        return [(self._block_pairs if is_block(node) else self._flow_pairs)(node, edits, fresh)]

    def items(self, node: Node, slots: Sequence[Slot], *, keeps_comments: bool) -> list[TextEdit]:
        """Change the items of a list.

        Args:
            node: The list.
            slots: The items of the new list.
            keeps_comments: Whether comments of removed items stay.
        """
        origins = [slot.origin for slot in slots]
        if origins == list(range(len(node.value))):
            return [edit for slot in slots for edit in slot.edits]
        self._edited.append((start_of(node), end_of(node)))
        ranges = [(start_of(item), end_of(item)) for item in node.value]
        self._replaced += [range_ for index, range_ in enumerate(ranges) if index not in origins]
        self._moved.append((ranges, origins))
        if is_block(node):
            return [self._block_items(node, slots, keeps_comments=keeps_comments)]
        entries = [
            (slot.origin, inline_piece(slot.value))
            if slot.origin is None
            else (slot.origin, edited(self.source.text, slot.edits, *ranges[slot.origin]))
            for slot in slots
        ]
        return [self._flow(node, ranges, entries, keeps_comments=keeps_comments)]

    def touched_aliases(self) -> list[TextEdit]:
        """Return edits that write out the aliases whose value would change or vanish."""
        touched = [*self._write_out, *filter(self._is_touched, self.source.aliases)]
        unique = {start_of(alias): alias for alias in touched}
        return [TextEdit(start_of(one), end_of(one), inline_node(one)) for one in unique.values()]

    def _is_touched(self, alias: AliasNode) -> bool:
        start, end = start_of(alias.value), end_of(alias.value)
        return (
            any(start <= first and last <= end for first, last in self._edited)
            or any(start < last and first < end for first, last in self._replaced)
            or (bool(self._moved) and alias.tag in self.source.ambiguous)
            or any(_is_turned(start, start_of(alias), *moved) for moved in self._moved)
        )

    def _lines(self, piece: str, column: int) -> str:
        """Return new lines at `column`, with the line break of this text."""
        return indented(piece, column).replace("\n", self.source.newline) + self.source.newline

    def _comment_lines(self, comments: Sequence[str], indent: str) -> str:
        return "".join(f"{indent}{comment}{self.source.newline}" for comment in comments)

    def _block_pairs(
        self, node: Node, edits: PairEdits, fresh: Mapping[int, Mapping[str, Plain]]
    ) -> TextEdit:
        """Return the edit for the pairs of a block.

        Args:
            node: The mapping.
            edits: The changes of its pairs.
            fresh: New pairs by the index of the pair before them; -1 for the beginning.
        """
        source, text = self.source, self.source.text
        first = at = source.pair_start(node, 0)
        column = source.column(first)
        indent = " " * column
        whole = ""
        for index in range(-1, len(node.value)):
            if index >= 0:
                start = source.pair_start(node, index)
                end = source.owned_end(pair_end(node.value[index]), column)
                whole += text[at : start - column] if index else ""
                edit = edits.get(index, [])
                if edit is None:
                    whole += self._comment_lines(source.comments(start, end), indent)
                else:
                    whole += indent + edited(text, edit, start, end)
                at = end
            if pairs := fresh.get(index):
                whole += self._lines(block_piece(pairs, list_indent=source.list_indent), column)
        if not fresh and all(edits.get(index, []) is None for index in range(len(node.value))):
            whole += f"{indent}{{}}{source.newline}"
        return TextEdit(first, at, whole.lstrip(" "))

    def _flow_pairs(
        self, node: Node, edits: PairEdits, fresh: Mapping[int, Mapping[str, Plain]]
    ) -> TextEdit:
        source = self.source
        ranges = [
            (source.pair_start(node, index), pair_end(pair))
            for index, pair in enumerate(node.value)
        ]
        entries: list[tuple[int | None, str]] = []
        for index in range(-1, len(ranges)):
            edit = edits.get(index, [])
            if index >= 0 and edit is not None:
                entries.append((index, edited(source.text, edit, *ranges[index])))
            if pairs := fresh.get(index):
                entries.append((None, inline_piece(pairs)[1:-1]))
        return self._flow(node, ranges, entries, keeps_comments=True)

    def _flow(
        self,
        node: Node,
        ranges: Sequence[tuple[int, int]],
        entries: Sequence[tuple[int | None, str]],
        *,
        keeps_comments: bool,
    ) -> TextEdit:
        """Return the edit for the inside of brackets, from entries with the index of their origin."""
        text = self.source.text
        opening, closing = self._brackets(node)
        edges = [opening, *(edge for range_ in ranges for edge in range_), closing]
        between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        inside = ""
        at = 0
        for origin, piece in entries:
            until = at
            if origin is not None and origin >= at:
                until = origin + 1
            dropped = self._dropped(ranges[at : max(at, until - 1)], keeps=keeps_comments)
            parts = between[at:until]
            if len(parts) == 1 and bool(inside) == bool(at):
                inside += parts[0]
            else:
                inside += self._separator(parts, dropped, is_first=not inside)
            inside += piece
            at = until
        if at == len(ranges) and (inside or not ranges):
            inside += between[-1]
        else:
            dropped = self._dropped(ranges[at:], keeps=keeps_comments)
            inside += self._separator(between[at:], dropped, is_first=True)
        if opening == start_of(node) and closing == end_of(
            node
        ):  # A list item can be a pair without braces.
            inside = "{" + inside + "}"
        return TextEdit(opening, closing, inside)

    def _brackets(self, node: Node) -> tuple[int, int]:
        """Return where the inside of a flow collection begins and ends."""
        mark = "{" if isinstance(node, MappingNode) else "["
        first = node.value[0] if node.value else None
        first = first[0] if isinstance(first, tuple) else first
        opening = self.source.find(mark, start_of(node), start_of(first) if first else end_of(node))
        return (start_of(node), end_of(node)) if opening < 0 else (opening + 1, end_of(node) - 1)

    def _dropped(self, ranges: Sequence[tuple[int, int]], *, keeps: bool) -> list[str]:
        if not keeps:
            return []
        return [comment for range_ in ranges for comment in self.source.comments(*range_)]

    def _separator(self, parts: Sequence[str], comments: Sequence[str], *, is_first: bool) -> str:
        """Join separators to one, with all their comments and at most one comma."""
        blank = without_commas(parts[-1]) if parts else ""
        kept = "".join(without_commas(part) for part in parts[:-1] if "#" in part)
        more = "".join(f" {comment}{self.source.newline} " for comment in comments)
        whole = kept + more + blank
        if is_first:
            return whole
        return f",{whole}" if whole[:1].isspace() else f", {whole}"

    def _block_items(self, node: Node, slots: Sequence[Slot], *, keeps_comments: bool) -> TextEdit:
        """Return the edit for the lines of a list."""
        items = _block_items(self.source, node)
        start = items[0].lead
        column = self.source.column(items[0].dash)
        gaps = _Gaps(self.source, items, [slot.origin for slot in slots])
        if keeps_comments:
            gone = set(range(len(items))) - {slot.origin for slot in slots}
            for index in gone:
                comments = self.source.comments(items[index].lead, items[index].end)
                gaps.keep(index, self._comment_lines(comments, " " * column))
        indent = " " * column
        parts: list[str] = []
        for number, slot in enumerate(slots):
            if slot.origin is None:
                lead, body = "", self._fresh_item(node, items, slot.value)
            else:
                item = items[slot.origin]
                lead = self.source.text[item.lead : self.source.line_start(item.dash)]
                body = edited(self.source.text, slot.edits, item.dash, item.end)
            parts.append(gaps.before(number) + lead + indent + body)
        if not parts:
            # Indented deeper than its key, which may be in the column of the dashes.
            parts.append(f"{indent}  []{self.source.newline}")
        whole = "".join((*parts, gaps.rest()))
        is_alone = self.source.is_indent(items[0].dash)
        return TextEdit(start, items[-1].end, whole if is_alone else whole.lstrip(" "))

    def _fresh_item(self, node: Node, items: Sequence[_Item], value: Plain) -> str:
        """Return a new item from its dash on, indented like the others."""
        dash = items[0].dash
        column = self.source.column(dash)
        width = 2
        for item, lines in zip(node.value, items, strict=True):
            is_beside = self.source.line_start(start_of(item)) == self.source.line_start(lines.dash)
            if isinstance(item, MappingNode) and is_beside and is_block(item):
                width = start_of(item) - lines.dash
                break
        if isinstance(value, str):
            return f"- {scalar_piece(value)}{self.source.newline}"
        piece = self._lines(block_piece(value, list_indent=self.source.list_indent), column + width)
        return "-" + piece[column + 1 :]


def _is_turned(
    anchor: int, alias: int, ranges: Sequence[tuple[int, int]], origins: Sequence[int | None]
) -> bool:
    """Return whether the new order puts an alias before its anchor."""
    homes = [
        next((index for index, (start, end) in enumerate(ranges) if start <= at < end), None)
        for at in (anchor, alias)
    ]
    if homes[0] == homes[1] or None in homes or not set(homes) <= set(origins):
        return False
    return origins.index(homes[0]) > origins.index(homes[1])


class _Item(NamedTuple):
    """The lines of one item of a block.

    Attributes:
        gap: The begin of the lines before it that belong to no item.
        lead: The begin of the comments right above it, or of its own line without any.
        dash: The index of its dash.
        end: The begin of the line after it.
    """

    gap: int
    lead: int
    dash: int
    end: int


def _block_items(source: YamlText, node: Node) -> list[_Item]:
    items: list[_Item] = []
    at = start_of(node)
    for item in node.value:
        dash = source.find("-", at, max(start_of(item), at + 1))
        above = items[-1].end if items else 0
        lead = source.line_start(dash) if source.is_indent(dash) else dash
        while lead > above and source.is_indent(dash):
            start = source.line_start(lead - 1)
            if not source.text[start:lead].lstrip().startswith("#"):
                break
            lead = start
        end = source.owned_end(max(end_of(item), dash), source.column(dash))
        items.append(_Item(items[-1].end if items else lead, lead, dash, end))
        at = end
    return items


class _Gaps:
    """The lines between items: empty ones, and comments that belong to no item.

    Between old neighbours they stay. Between new neighbours, comments stay before the same item,
    and empty lines are set as elsewhere in the list.
    """

    def __init__(
        self, source: YamlText, items: Sequence[_Item], origins: Sequence[int | None]
    ) -> None:
        self._origins = origins
        self._gaps = [source.text[item.gap : item.lead] for item in items]
        # An empty line behind a `|+` text would become part of it.
        self._open = {index for index, one in enumerate(items) if one.end in source.kept_ends}
        self._together = {
            after
            for before, after in pairwise((-1, *origins))
            if before is not None and after == before + 1
        }
        inner = self._gaps[1:]
        empty = Counter(gap for gap in inner if not gap.strip())
        usual, count = next(iter(empty.most_common(1)), ("", 0))
        self._usual = usual if 2 * count > len(inner) else ""
        self._homeless: dict[int, str] = {}
        for old, gap in enumerate(self._gaps):
            if gap.strip() and old not in self._together:
                self.keep(old, gap)

    def keep(self, old: int, lines: str) -> None:
        """Remember lines before an old item, or in a removed one."""
        staying = (one for one in self._origins if one is not None and one >= old)
        home = min(staying, default=len(self._gaps))
        self._homeless[home] = self._homeless.get(home, "") + lines

    def before(self, number: int) -> str:
        """Return the lines before the new item `number`."""
        origin = self._origins[number]
        own = "" if origin is None else self._homeless.get(origin, "")
        if origin is not None and origin in self._together:
            return own + self._gaps[origin]
        if number == 0 or self._origins[number - 1] in self._open:
            return _without_empty_lines(own)
        return own or self._usual

    def rest(self) -> str:
        """Return the remembered comments that no item follows."""
        return self._homeless.get(len(self._gaps), "")


def _without_empty_lines(lines: str) -> str:
    """Return `lines` without the empty ones at their beginning."""
    while (found := BREAK.search(lines)) and not lines[: found.start()].strip():
        lines = lines[found.end() :]
    return lines
