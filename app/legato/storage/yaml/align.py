"""Finds the old item of a list that each new one comes from."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T", bound="Hashable")

LEAST_ALIKE = 0.5
MOST_COMPARED = 40_000
"""Limit of compared pairs; with more changes at once, items are aligned by position."""


def align(
    old: Sequence[T],
    new: Sequence[T],
    alike: Callable[[int, int], float],
    *,
    known: Sequence[int | None] = (),
) -> list[int | None]:
    """Return for each new item the index of the old one that it comes from, or None.

    Equal items are paired first, those in the same order before those that moved; then similar
    ones; then those between the same neighbours.

    Args:
        old: The old items.
        new: The new items.
        alike: Returns the similarity of an old and a new item by their indexes, 0 to 1; below 0
            they are never paired.
        known: Origins that are known in advance, in the form of the result.
    """
    origins: list[int | None] = list(known) or [None] * len(new)
    taken = set(origins)
    free = dict.fromkeys(index for index in range(len(old)) if index not in taken)

    def join_best(pairs: Iterable[tuple[int, int]], least: float) -> None:
        scored = ((-alike(one, to), abs(to - one), to, one) for to, one in pairs)
        for _, _, to, one in sorted(pair for pair in scored if -pair[0] >= least):
            if origins[to] is None and one in free:
                origins[to] = one
                del free[one]

    for to, one in _equal(old, new, list(free), _open(origins)):
        origins[to] = one
        del free[one]
    if len(free) * len(_open(origins)) <= MOST_COMPARED:
        join_best(product(_open(origins), list(free)), LEAST_ALIKE)
    for run in _runs(_open(origins)):  # more likely changed than replaced
        before = origins[run[0] - 1] if run[0] else -1
        after = origins[run[-1] + 1] if run[-1] + 1 < len(new) else len(old)
        assert before is not None, "a run is whole"  # noqa: S101
        assert after is not None, "a run is whole"  # noqa: S101
        between = [one for one in free if before < one < after]
        is_small = len(run) * len(between) <= MOST_COMPARED
        join_best(product(run, between) if is_small else zip(run, between, strict=False), 0.0)
    return origins


def _open(origins: Sequence[int | None]) -> list[int]:
    return [index for index, origin in enumerate(origins) if origin is None]


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _equal(
    old: Sequence[T], new: Sequence[T], olds: Sequence[int], news: Sequence[int]
) -> list[tuple[int, int]]:
    """Return pairs of equal items by their indexes, new and old, each once."""
    pairs: dict[int, int] = {}
    for ends in (zip(olds, news, strict=False), zip(olds[::-1], news[::-1], strict=False)):
        # Most edits are in one place: the items before and behind it are equal.
        for one, to in ends:
            if old[one] != new[to] or pairs.get(to, one) != one or len(pairs) == len(olds):
                break
            pairs[to] = one
    taken = set(pairs.values())
    olds = [index for index in olds if index not in taken]
    rest = [index for index in news if index not in pairs]
    matcher = SequenceMatcher(
        None, [old[index] for index in olds], [new[index] for index in rest], autojunk=False
    )
    for one, to, size in matcher.get_matching_blocks():
        pairs |= zip(rest[to : to + size], olds[one : one + size], strict=True)
    taken = set(pairs.values())
    moved: dict[T, list[int]] = {}
    for one in reversed(olds):
        if one not in taken:
            moved.setdefault(old[one], []).append(one)
    for to in news:
        if to not in pairs and moved.get(new[to]):
            pairs[to] = moved[new[to]].pop()
    return list(pairs.items())
