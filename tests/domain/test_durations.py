"""Lengths of time in every spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.durations import PATTERN, range_told, seconds_of, spelled


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
    ],
)
def test_spellings(text: str, seconds: float) -> None:
    """A length of time is read as people write it."""
    assert seconds_of(text) == seconds


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
        "1,5 min",
        "٣",
        "9" * 500,
        "1:00:00:00",
        "90\n",
    ],
)
def test_what_is_no_length_of_time(text: str) -> None:
    """Anything else is refused, other numerals and endless numbers too."""
    assert seconds_of(text) is None


@given(st.floats(0, 3600).map(lambda value: round(value, 3)))
def test_what_is_spelled_is_read_back(seconds: float) -> None:
    """A time that Legato writes reads back as it was, to the millisecond."""
    assert seconds_of(spelled(seconds)) == pytest.approx(seconds, abs=1e-9)


@given(st.text(alphabet="0123456789:. smhinutecor", max_size=20) | st.text(max_size=20))
def test_the_pattern_knows_what_the_reader_knows(text: str) -> None:
    """The expression of the JSON Schema matches exactly what is read."""
    is_known = re.search(PATTERN.replace("$", r"\Z"), text) is not None

    assert is_known == (seconds_of(text) is not None)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (5, "5 s"), (60, "1 min"), (90, "1 min 30 s"), (2.5, "2.5 s"), (3600, "60 min")],
)
def test_how_it_is_spelled(seconds: float, text: str) -> None:
    """A time is written in the manner of the shipped files."""
    assert spelled(seconds) == text


def test_a_range_is_told_in_words() -> None:
    """A message names the range as a person would."""
    assert range_told(1) == "1 s to 60 min"
