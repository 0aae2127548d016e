"""Replaces pieces of a text, all at once, without touching what lies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Splice(NamedTuple):
    """From `start` to before `end` stands `text` instead; an insertion has both the same."""

    start: int
    end: int
    text: str


class ShapeError(Exception):
    """A file is written in a way that cannot be changed in place."""


def spliced(text: str, splices: Iterable[Splice], start: int = 0, end: int | None = None) -> str:
    """Return the part of `text` from `start` to `end` with all `splices` made.

    Insertions at one place come in the order given.

    Raises:
        ShapeError: Two of them want the same piece, or one lies outside.
    """
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for splice in sorted(splices, key=lambda one: one[:2]):
        if splice.start < at or splice.end > end:
            raise ShapeError("changes that overlap")
        parts += (text[at : splice.start], splice.text)
        at = splice.end
    return "".join((*parts, text[at:end]))
