"""Changes lists of words, lines by their time and other ways, item by item, in a file's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, Node, ScalarNode

from legato.domain.durations import seconds_of
from legato.domain.routine import TimedLine
from legato.storage.arranging import arrange
from legato.storage.field_kinds import WrongValueError
from legato.storage.findings import Findings
from legato.storage.list_patch import Slot, patch_list
from legato.storage.mapping_patch import (
    Change,
    Remove,
    patch_mapping,
    put_below_comment,
    scalar_splice,
)
from legato.storage.routine_fields import VARIANT_FIELDS
from legato.storage.routine_text import clock
from legato.storage.yaml_nodes import is_null
from legato.storage.yaml_spans import AliasNode, find_pair, is_block, resolved
from legato.storage.yaml_splices import ShapeError

if TYPE_CHECKING:
    from legato.storage.field_kinds import Kind, ListOf, TimedLines
    from legato.storage.yaml_pieces import Plain
    from legato.storage.yaml_spans import Pair


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
    order = sorted({*keys, *new_keys}, key=lambda key: seconds_of(key) or 0.0)
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
            kind.read(node, "", Findings(""))
            return True
    except WrongValueError:
        pass
    return False


def _read_line(kind: TimedLines, key: Node, value: Node) -> TimedLine | None:
    key, value = resolved(key), resolved(value)
    if not _readable(kind.time, key) or not _readable(kind.line, value):
        return None
    findings = Findings("")
    at = kind.time.read(key, "", findings) or 0.0
    return TimedLine(at, kind.line.read(value, "", findings))
