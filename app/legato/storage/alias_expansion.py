"""Writes out what a file repeats by an alias, so that one of the places can be changed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.storage.yaml_pieces import scalar_piece
from legato.storage.yaml_spans import AliasNode, end_of, parse_spans, resolved, start_of
from legato.storage.yaml_splices import Splice, spliced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


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
