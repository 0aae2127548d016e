"""Tests of aligning old and new list items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.storage.yaml.align import align


def origins(old: str, new: str) -> list[int | None]:
    """Align letters; upper and lower case of a letter are similar, digits are of another kind."""

    def alike(at: int, to: int) -> float:
        one, other = old[at], new[to]
        if one.isdigit() != other.isdigit():
            return -1.0
        return 0.8 if one.casefold() == other.casefold() else 0.0

    return align(old, new, alike)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "ac", [0, 2]),
        ("abc", "abxc", [0, 1, None, 2]),
        ("abc", "cab", [2, 0, 1]),
        ("abc", "axc", [0, 1, 2]),
        ("abc", "a1c", [0, None, 2]),
        ("abc", "cBa", [2, 1, 0]),
        ("abc", "Cab", [2, 0, 1]),
        ("ab", "bb", [0, 1]),
        ("aa", "aaa", [0, 1, None]),
        ("abc", "xyc", [0, 1, 2]),
        ("abc", "axyc", [0, 1, None, 2]),
        ("", "ab", [None, None]),
        ("ab", "", []),
    ],
)
def test_items_find_where_they_come_from(old: str, new: str, expected: list[int | None]) -> None:
    """Equal items are paired first, then similar ones, then by neighbours."""
    assert origins(old, new) == expected


@given(st.text("abAB12", max_size=8), st.text("abAB12", max_size=8))
def test_no_old_item_is_taken_twice(old: str, new: str) -> None:
    """Each old item is paired once, and as many equal ones as possible."""
    found = origins(old, new)
    taken = [one for one in found if one is not None]

    assert len(found) == len(new)
    assert len(taken) == len(set(taken))
    for letter in set(old):
        same = sum(one is not None and old[one] == new[i] == letter for i, one in enumerate(found))
        assert same == min(old.count(letter), new.count(letter))
