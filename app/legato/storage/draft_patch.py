"""Works out what two drafts differ in, as changes in the text that the first one was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.draft import Draft, Use
from legato.domain.routine import Step
from legato.storage.arranging import arrange
from legato.storage.field_kinds import ListOf, TimedLines
from legato.storage.list_patch import Slot, patch_list
from legato.storage.mapping_patch import Change, Remove, patch_mapping, put_below_comment
from legato.storage.routine_fields import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS
from legato.storage.routine_text import clock, field_plain, line_values
from legato.storage.words_patch import Page, list_change, own_node, say_change, variants_change
from legato.storage.yaml_nodes import is_null
from legato.storage.yaml_spans import end_of, find_pair, resolved, start_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.domain.editing import Line
    from legato.storage.field_kinds import Fields, Kind
    from legato.storage.yaml_spans import Pair
    from legato.storage.yaml_splices import Splice

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
