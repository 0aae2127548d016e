"""Counts how much a drawing draws once each reference to a part of itself is followed."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_DRAWN = 50_000
DEEPEST_REFERENCE = 20


class TooMuchError(Exception):
    """A drawing repeats itself too often or without end; the message says so."""


@dataclass(slots=True)
class _Part:
    """An element: its size with all that is inside, and what it draws from elsewhere."""

    size: int = 1
    drawn: list[str] = field(default_factory=list)
    marked: list[tuple[_Part, str]] = field(default_factory=list)


class Tree:
    """The elements of a drawing as they open and close, and what refers to what."""

    def __init__(self) -> None:
        self._whole = _Part()
        self._open = [self._whole]
        self._named: dict[str, list[_Part]] = {}
        self._counts: dict[str, int] = {}

    def open(self, name: str) -> None:
        """Note an element that begins; `name` is its id, or empty."""
        part = _Part()
        self._open.append(part)
        if name:
            self._named.setdefault(name, []).append(part)

    def close(self) -> None:
        """Note that the innermost element ends."""
        part = self._open.pop()
        outer = self._open[-1]
        outer.size += part.size
        outer.drawn += part.drawn
        outer.marked += part.marked

    def draws(self, name: str) -> None:
        """Note that the innermost element draws the one called `name`."""
        self._open[-1].drawn.append(name)

    def marks(self, name: str) -> None:
        """Note that the innermost element, and all in it, end in the marker called `name`."""
        part = self._open[-1]
        part.marked.append((part, name))

    def check(self) -> None:
        """Raise TooMuchError if the whole drawing draws more than may be."""
        self._count(self._whole, ())

    def _count(self, part: _Part, path: tuple[str, ...]) -> int:
        count = part.size
        for name in part.drawn:
            count += self._count_named(name, path)
        for marked, name in part.marked:
            count += marked.size * self._count_named(name, path)
        if count > MOST_DRAWN:
            raise TooMuchError("it repeats its parts too often")
        return count

    def _count_named(self, name: str, path: tuple[str, ...]) -> int:
        if name in self._counts:
            return self._counts[name]
        if name in path or len(path) > DEEPEST_REFERENCE:
            raise TooMuchError("its parts refer to each other without end")
        # Two elements of one name are a mistake; which is drawn depends on the program.
        counts = [self._count(part, (*path, name)) for part in self._named.get(name, ())]
        self._counts[name] = max(counts, default=0)
        return self._counts[name]
