"""Finds which of the new items of a list come from which of the old ones."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

T = TypeVar("T", bound="Hashable")
Alike: TypeAlias = "Callable[[int, int], float]"
"""Returns how much of an old item is in a new one, 0 to 1, by their indexes; below 0 never."""

LEAST_ALIKE = 0.5
MOST_COMPARED = 40_000
"""Pairs that are compared; a file in which more has changed at once is taken by position."""


def align(
    old: Sequence[T], new: Sequence[T], alike: Alike, *, known: Sequence[int | None] = ()
) -> list[int | None]:
    """Return for each new item the index of the old one that it comes from, or None.

    Equal items go together first, those that kept their order before those that moved; then those
    that are alike; then those between the same neighbours.

    Args:
        old: The items as they were.
        new: The items as they are.
        alike: Compares an old item with a new one.
        known: The origins that are known beforehand, as the result has them.
    """
    matching = _Matching(old, new, alike)
    for index, origin in enumerate(known):
        if origin is not None:
            matching.join(index, origin)
    matching.join_ends()
    matching.join_unmoved()
    matching.join_moved()
    matching.join_alike()
    matching.join_by_position()
    return matching.origins


class _Matching(Generic[T]):
    """Pairs of new and old items, found step by step."""

    def __init__(self, old: Sequence[T], new: Sequence[T], alike: Alike) -> None:
        self.origins: list[int | None] = [None] * len(new)
        self._old = old
        self._new = new
        self._alike = alike
        self._free = dict.fromkeys(range(len(old)))

    def join(self, new: int, old: int) -> None:
        self.origins[new] = old
        del self._free[old]

    def join_ends(self) -> None:
        """Join equal items at the beginning and at the end: most edits are in one place."""
        olds, news = range(len(self._old)), range(len(self._new))
        for ends in (zip(olds, news, strict=False), zip(olds[::-1], news[::-1], strict=False)):
            for old, new in ends:
                if self.origins[new] == old:
                    continue
                is_open = self.origins[new] is None and old in self._free
                if not is_open or self._old[old] != self._new[new]:
                    break
                self.join(new, old)

    def join_unmoved(self) -> None:
        """Join equal items that are in the same order."""
        olds, news = list(self._free), list(self._open())
        matcher = SequenceMatcher(
            None, [self._old[old] for old in olds], [self._new[new] for new in news], autojunk=False
        )
        for old, new, size in matcher.get_matching_blocks():
            for offset in range(size):
                self.join(news[new + offset], olds[old + offset])

    def join_moved(self) -> None:
        """Join equal items wherever they are."""
        where: dict[T, list[int]] = {}
        for old in reversed(self._free):
            where.setdefault(self._old[old], []).append(old)
        for new in self._open():
            if olds := where.get(self._new[new]):
                self.join(new, olds.pop())

    def join_alike(self) -> None:
        """Join items of which enough is the same, the most alike and nearest first."""
        waiting = list(self._open())
        if len(waiting) * len(self._free) <= MOST_COMPARED:
            self._join_best(waiting, list(self._free), LEAST_ALIKE)

    def join_by_position(self) -> None:
        """Join what is between the same neighbours: more likely changed than replaced."""
        for run in list(self._runs()):
            before = self.origins[run[0] - 1] if run[0] else -1
            after = self.origins[run[-1] + 1] if run[-1] + 1 < len(self._new) else len(self._old)
            if before is not None and after is not None:
                between = [old for old in self._free if before < old < after]
                if len(run) * len(between) <= MOST_COMPARED:
                    self._join_best(run, between, 0.0)

    def _join_best(self, news: Sequence[int], olds: Sequence[int], least: float) -> None:
        pairs = [
            (-score, abs(new - old), new, old)
            for new, old in product(news, olds)
            if (score := self._alike(old, new)) >= least
        ]
        for _, _, new, old in sorted(pairs):
            if self.origins[new] is None and old in self._free:
                self.join(new, old)

    def _open(self) -> Iterator[int]:
        return (new for new, origin in enumerate(self.origins) if origin is None)

    def _runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        for new in self._open():
            if run and new != run[-1] + 1:
                yield run
                run = []
            run.append(new)
        if run:
            yield run
