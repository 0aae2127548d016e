"""Durations in every spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.durations import (
    OPEN_PATTERN,
    PATTERN,
    format_range,
    is_open,
    parse_seconds,
    repeated_in,
    spelled,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("90.5", 90.5),
        ("0", 0),
        ("90 s", 90),
        ("90s", 90),
        ("1 min 30 s", 90),
        ("1min30s", 90),
        ("1 minute 1 second", 61),
        ("2 minutes", 120),
        ("1.5 min", 90),
        ("2 m", 120),
        ("1 h", 3600),
        ("2:00", 120),
        ("0:15", 15),
        ("1:00:00", 3600),
        ("2 Min", 120),
        ("90 secs", 90),
        ("45 Sec.", 45),
        ("2 min.", 120),
        ("1 min 30", 90),
        ("1min30", 90),
        ("1 min, 30 s", 90),
        ("1 min and 30 secs", 90),
        ("1 h 1", 3660),
        ("1:30 min", 90),
        ("1,5 min", 90),
        ("0,75 min", 45),
        ("2'", 120),
        ('30"', 30),
        ("1'30", 90),
        ("1'30\"", 90),
        ("1\u201930\u201d", 90),
        ("1'30''", 90),
        ("2\u00a0min", 120),
        ("1\u202fmin\u200930\u2060\u00a0s", 90),
        ("\ufeff90 s\u200b", 90),
        ("1\uff1a30", 90),
        ("90\n", 90),
    ],
)
def test_spellings(text: str, seconds: float) -> None:
    """A duration is read in each of the usual spellings."""
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-5",
        "+5",
        ".5",
        "5.",
        "1e3",
        "nan",
        ".nan",
        ".inf",
        "inf",
        "True",
        "1:60",
        "1:5",
        "s",
        "2 mn",
        "30 s 1 min",
        "1 min 2 min",
        "1,500 s",
        "1 min 90",
        "1 min 30 s 20",
        "3 x 30 s",
        "2 x 12",
        "12 reps",
        "٣",
        "9" * 500,
        "1:00:00:00",
        "1''30''30",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    """Other text is refused, also other numerals and infinite numbers."""
    assert parse_seconds(text) is None


@given(st.floats(0, 3600).map(lambda value: round(value, 3)))
def test_what_is_spelled_is_read_back(seconds: float) -> None:
    """A formatted duration reads back the same, to the millisecond."""
    assert parse_seconds(spelled(seconds)) == pytest.approx(seconds, abs=1e-9)


@given(
    st.text(alphabet="0123456789:.,'\" sSmMhinutecorRd\u00a0\u200b\u2019", max_size=20)
    | st.text(max_size=20)
)
def test_the_pattern_knows_what_the_reader_knows(text: str) -> None:
    """The pattern of the JSON Schema matches exactly the text that is read."""
    is_known = re.search(PATTERN.replace("$", r"\Z"), text) is not None

    assert is_known == (parse_seconds(text) is not None)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (5, "5 s"), (60, "1 min"), (90, "1 min 30 s"), (2.5, "2.5 s"), (3600, "60 min")],
)
def test_how_it_is_spelled(seconds: float, text: str) -> None:
    """A duration is formatted as in the shipped files."""
    assert spelled(seconds) == text


def test_a_range_is_formatted() -> None:
    """A message names the range with units."""
    assert format_range(1) == "1 s to 60 min"


def test_a_blank_is_a_blank() -> None:
    """Any kind of blank may be between number and unit, and around them."""
    blanks = [one for one in map(chr, range(0x3001)) if one.isspace()]
    blanks += ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"]
    assert [one for one in blanks if parse_seconds(f"{one}2{one}min{one}") != 120] == []


@pytest.mark.parametrize("one", ["_", "\u00b7", "\u2800", "\x00", "-"])
def test_what_is_no_blank_separates_nothing(one: str) -> None:
    """A visible character, or a control character, does not count as a blank."""
    assert parse_seconds(f"2{one}min") is None


def test_a_megabyte_of_blanks_is_read_at_once() -> None:
    """A megabyte of blanks in a file is read without delay."""
    assert parse_seconds("1" + " " * 1_000_000 + "x") is None


@pytest.mark.parametrize("text", ["open", "Open", "OPEN", " open ", "open\u00a0", "Open."])
def test_open_is_read_in_any_case(text: str) -> None:
    """`open` is read in lower, upper and mixed case."""
    assert is_open(text)
    assert re.search(OPEN_PATTERN, text)


@pytest.mark.parametrize("text", ["", "opens", "o pen", "0pen"])
def test_what_is_not_open(text: str) -> None:
    """Another word is not an open hold."""
    assert not is_open(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 x 30 s", (3, 30.0)),
        ("3x30s", (3, 30.0)),
        ("3 \u00d7 1'30", (3, 90.0)),
        ("3 times 30 secs", (3, 30.0)),
        ("2 x 12", (2, None)),
        ("2 x heel", (2, None)),
        ("90 s", None),
        ("x 30", None),
    ],
)
def test_holds_are_distinguished_from_repetitions(
    text: str, found: tuple[int, float | None] | None
) -> None:
    """`3 x 30 s` is three holds, `2 x 12` twelve repetitions."""
    assert repeated_in(text) == found


def test_a_range_has_both_its_ends() -> None:
    """The longest time is that of the field."""
    assert format_range(1.0, 60.0) == "1 s to 1 min"
