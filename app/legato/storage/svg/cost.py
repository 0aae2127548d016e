"""Estimates what a drawing costs to draw, with each reference to its own parts followed."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_DRAWN = 30_000
"""What a drawing may cost in all; a plain element costs one, and draws in well under 0.1 ms."""
COSTLY = 15
"""What an element costs that is filled by a gradient or shines through."""
MASKED = 500
"""What an element costs that is cut by a clip path: images as large as it is."""
DEEPEST_REFERENCE = 20
_TOO_MUCH = "it draws too much, or repeats its parts too often"
_ENDLESS = "its parts refer to each other without end"


class TooMuchError(Exception):
    """A drawing repeats itself too often or without end; the message says so."""


@dataclass(slots=True)
class _Part:
    """An element: what it costs with all that is inside, and what it draws from elsewhere.

    Attributes:
        cost: Of itself and all that is inside.
        costly: Whether all that is inside is costly.
        drawn: The elements it draws, by name, and what each costs more here.
        marked: The markers that end it and all that is inside.
    """

    cost: int = 1
    costly: bool = False
    drawn: list[tuple[str, int]] = field(default_factory=list)
    marked: list[tuple[_Part, str]] = field(default_factory=list)


class Tree:
    """The elements of a drawing as they open and close, and what refers to what."""

    def __init__(self) -> None:
        self._whole = _Part()
        self._open = [self._whole]
        self._named: dict[str, list[_Part]] = {}
        self._known: dict[str, tuple[int, int]] = {}

    def open(self, name: str, *, costly: bool, costly_inside: bool) -> None:
        """Count an element that begins.

        Args:
            name: Its id, or empty.
            costly: Whether it is slow to draw itself.
            costly_inside: Whether all that is inside is slow to draw, too.
        """
        inherited = costly_inside or self._open[-1].costly
        part = _Part(COSTLY if costly or inherited else 1, inherited)
        self._open.append(part)
        if name:
            self._named.setdefault(name, []).append(part)

    def close(self) -> None:
        """Close the innermost element."""
        part = self._open.pop()
        outer = self._open[-1]
        outer.cost += part.cost
        outer.drawn += part.drawn
        outer.marked += part.marked

    def draws(self, name: str) -> None:
        """Note that the innermost element draws the one called `name`."""
        part = self._open[-1]
        part.drawn.append((name, COSTLY if part.costly else 1))

    def marks(self, name: str) -> None:
        """Note that the innermost element, and all in it, end in the marker called `name`."""
        part = self._open[-1]
        part.marked.append((part, name))

    def masks(self, name: str) -> None:
        """Note that the innermost element is cut by the mask called `name`."""
        part = self._open[-1]
        part.cost += MASKED
        part.drawn.append((name, 1))

    def check(self) -> None:
        """Raise TooMuchError if the whole drawing costs more than may be."""
        self._drawn(self._whole, ())

    def _drawn(self, part: _Part, path: tuple[str, ...]) -> tuple[int, int]:
        """Return what `part` costs, and how deep its references go."""
        cost, deepest = part.cost, 0
        references = [*part.drawn, *((name, marked.cost) for marked, name in part.marked)]
        for name, times in references:
            inner, depth = self._named_drawn(name, path)
            cost += times * inner
            deepest = max(deepest, depth + 1)
        if deepest > DEEPEST_REFERENCE:
            raise TooMuchError(_ENDLESS)
        if cost > MOST_DRAWN:
            raise TooMuchError(_TOO_MUCH)
        return cost, deepest

    def _named_drawn(self, name: str, path: tuple[str, ...]) -> tuple[int, int]:
        if name in self._known:
            return self._known[name]
        if name in path or len(path) > DEEPEST_REFERENCE:
            raise TooMuchError(_ENDLESS)
        # Two elements of one name are a mistake; which is drawn depends on the program.
        drawn = [self._drawn(part, (*path, name)) for part in self._named.get(name, ())]
        cost = max((cost for cost, _ in drawn), default=0)
        depth = max((depth for _, depth in drawn), default=0)
        self._known[name] = cost, depth
        return cost, depth
