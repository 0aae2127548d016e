"""Formats values as YAML that fits into a file: scalars, values on one line, blocks.

The parser that reads it back decides whether a text needs quotes.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import yaml

from legato.storage.yaml.nodes import NULLS
from legato.storage.yaml.spans import BREAK, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

Plain: TypeAlias = str | int | Sequence["Plain"] | Mapping[str, "Plain"]
"""A value to write."""

ON_ONE_LINE = frozenset(("eases", "evidence", "needs", "variants"))
"""Keys whose lists of short words are written in brackets, as in the shipped files."""
# Characters that JSON writes unescaped, and that are line breaks or invalid in YAML.
_UNWRITABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LONGEST_KEY = 1000
"""Longer keys need a question mark before them in YAML."""


def scalar_piece(value: str, style: str | None = None, *, in_flow: bool = False) -> str:
    """Return `value` as a scalar on one line.

    Args:
        value: The text, without line breaks or control characters; with them in double quotes.
        style: The quotes of the scalar that it replaces, or None for no quotes if possible.
        in_flow: Whether it is within brackets, where a comma ends it.
    """
    if style == '"':
        written = json.dumps(value, ensure_ascii=False)
        return _UNWRITABLE.sub(lambda one: f"\\u{ord(one[0]):04x}", written)
    if style != "'" and _is_plain(value, in_flow=in_flow):
        return value
    return "'" + value.replace("'", "''") + "'"


def inline_piece(value: Plain) -> str:
    """Return a value on one line, a list or mapping in brackets."""
    if isinstance(value, str):
        return scalar_piece(value, in_flow=True)
    if isinstance(value, Mapping):
        pairs = (f"{inline_piece(key)}: {inline_piece(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline_piece, value)) + "]"
    return str(value)


def inline_node(node: Node) -> str:
    """Return a node on one line, with its aliases written out."""
    node = resolved(node)
    if isinstance(node, yaml.ScalarNode):
        if not node.style and not node.value:
            return "null"
        quotes = '"' if BREAK.search(node.value) or node.style in {"|", ">"} else node.style
        if not quotes and node.value in NULLS:
            return str(node.value)
        return scalar_piece(node.value, quotes, in_flow=True)
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(map(inline_node, node.value)) + "]"
    return "{" + ", ".join(_inline_pair(key, value) for key, value in node.value) + "}"


def _inline_pair(key: Node, value: Node) -> str:
    name = inline_node(key)
    mark = "" if isinstance(resolved(key), yaml.ScalarNode) and len(name) < _LONGEST_KEY else "? "
    return f"{mark}{name} : {inline_node(value)}" if mark else f"{name}: {inline_node(value)}"


def block_piece(value: Plain, *, list_indent: int = 2) -> str:
    """Return a list or mapping as lines, without a line break at the end.

    Args:
        value: The list or mapping.
        list_indent: Columns by which a list is indented below its key.
    """
    return "\n".join(_block_lines(value, list_indent))


def indented(piece: str, columns: int) -> str:
    """Return the lines of `piece` moved to the right."""
    return textwrap.indent(piece, " " * columns)


def _block_lines(value: Plain, list_indent: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            if isinstance(one, (str, int)):
                yield f"{scalar_piece(key)}: {scalar_piece(str(one))}"
            elif key in ON_ONE_LINE or not one:
                yield f"{scalar_piece(key)}: {inline_piece(one)}"
            else:
                columns = 2 if isinstance(one, Mapping) else list_indent
                yield f"{scalar_piece(key)}:"
                yield from (" " * columns + line for line in _block_lines(one, list_indent))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            first, *rest = _block_lines(item, list_indent)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield scalar_piece(str(value))


@lru_cache(maxsize=1000)  # The words of the format recur.
def _is_plain(value: str, *, in_flow: bool) -> bool:
    """Return whether the parser reads `value` without quotes as the same text."""
    if value in NULLS or value != value.strip() or BREAK.search(value):
        return False
    before, after = ("- [", ", x]\n") if in_flow else ("- ", "\n")
    try:
        events = list(yaml.parse(before + value + after, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return False
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
    first = scalars[0] if scalars else None
    count = (2, 4) if in_flow else (1, 2)
    return (
        first is not None
        and (len(scalars), len(nodes)) == count
        and first.value == value
        and first.implicit[0]
    )
