"""Makes pieces of YAML text that fit into a file: scalars, values on one line, blocks."""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import yaml

from legato.storage.yaml.nodes import NULLS

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from yaml.nodes import ScalarNode

Plain: TypeAlias = str | int | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a piece is made of."""

_UNWRITABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON writes as it is and YAML takes as a break, or not at all."""
_UNWRAPPED = 100_000
_SHORTEST_WRAP = 60
_ON_ONE_LINE = frozenset(("eases", "evidence", "needs", "variants"))
"""Keys whose short words stand in brackets, as in the files that ship."""


def scalar_piece(value: str, style: str | None = None, *, in_flow: bool = False) -> str:
    """Return `value` as a scalar on one line.

    Args:
        value: The text, without line breaks or control characters; with them in double quotes.
        style: The quotes of the scalar that it replaces, or None for none where that can be.
        in_flow: Whether it stands within brackets, where commas part.
    """
    if style == '"':
        written = json.dumps(value, ensure_ascii=False)
        return _UNWRITABLE.sub(lambda one: f"\\u{ord(one[0]):04x}", written)
    if style != "'" and _is_plain(value, in_flow=in_flow):
        return value
    return "'" + value.replace("'", "''") + "'"


def refolded(text: str, node: ScalarNode, value: str) -> str:
    """Return a folded or literal scalar of `text` with other words, its first line as it was."""
    raw = text[node.start_mark.index : node.end_mark.index].rstrip()
    head, _, body = raw.partition("\n")
    lines = [line for line in body.split("\n") if line.strip()]
    if not lines:
        return scalar_piece(value)
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip(" "))]
    width = max(_SHORTEST_WRAP, *(len(line) - len(indent) for line in lines))
    wrapped = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join([head, *(indent + line for line in wrapped)])


def inline_piece(value: Plain) -> str:
    """Return any value on one line, in brackets where it is a list or a block of keys."""
    if isinstance(value, str):
        return scalar_piece(value, in_flow=True)
    if isinstance(value, Mapping):
        pairs = (f"{inline_piece(key)}: {inline_piece(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline_piece, value)) + "]"
    return str(value)


def block_piece(value: Plain, *, list_indent: int = 2) -> str:
    """Return a list or keys as lines, without a line break at the end.

    Args:
        value: What to write.
        list_indent: By how much a list is indented below its key: 2, or 0 as some write it.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - only once something is written

    writer = YAML()
    writer.indent(mapping=2, sequence=list_indent + 2, offset=list_indent)
    writer.width = _UNWRAPPED
    stream = io.StringIO()
    writer.dump(_styled(value), stream)
    lines = stream.getvalue().rstrip("\n").split("\n")
    # A list that stands alone is indented too; the place it goes to has an indent of its own.
    surplus = list_indent if isinstance(value, Sequence) else 0
    return "\n".join(line[surplus:] for line in lines)


def indented(piece: str, columns: int) -> str:
    """Return the lines of `piece` moved to the right."""
    return textwrap.indent(piece, " " * columns)


def _styled(value: Plain, key: str = "", *, in_flow: bool = False) -> Plain:
    """Return `value` with marks of what stands on one line, and of what needs quotes there.

    The writer takes more for plain text within brackets than the parser does (`:band`, `?band`).
    """
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415 - see above
    from ruamel.yaml.scalarstring import SingleQuotedScalarString  # noqa: PLC0415 - see above

    if isinstance(value, str):
        needs_quotes = in_flow and not _is_plain(value, in_flow=True)
        return SingleQuotedScalarString(value) if needs_quotes else value
    if not isinstance(value, (Mapping, Sequence)):
        return value
    flows = in_flow or key in _ON_ONE_LINE
    styled: CommentedMap | CommentedSeq
    if isinstance(value, Mapping):
        pairs = value.items()
        styled = CommentedMap({name: _styled(one, name, in_flow=flows) for name, one in pairs})
    else:
        styled = CommentedSeq(_styled(one, in_flow=flows) for one in value)
    if key in _ON_ONE_LINE:
        styled.fa.set_flow_style()
    return styled


def _is_plain(value: str, *, in_flow: bool) -> bool:
    """Say whether `value` without quotes is read as itself, by asking the parser."""
    if value in NULLS or value != value.strip() or "\n" in value:
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
