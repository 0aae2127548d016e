"""Tests of cleaning lines from files, so that an engine reads no commands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.devices.voice import LONGEST, speakable


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Now the left leg. Same again.", "Now the left leg. Same again."),
        ("Breathe  out,\n slowly…", "Breathe out, slowly…"),
        ("Größe, naïve café", "Größe, naïve café"),
        ('<genfile file="x.wav">x</genfile>', 'genfile file "x.wav" x /genfile'),
        ("a &lt;b&gt; c", "a lt;b gt; c"),
        ("[[volm 0]] quiet", "volm 0 quiet"),
        ("back\\slash", "back slash"),
        ("bell\a and\0null", "bell and null"),
        ("hidden\u202eturn", "hidden turn"),
    ],
)
def test_words_remain(text: str, spoken: str) -> None:
    """Words stay; markup is removed."""
    assert speakable(text) == spoken


@pytest.mark.parametrize("text", ["", "  ", "...", "<>", "—", "\0"])
def test_nothing_to_speak_is_empty(text: str) -> None:
    """Punctuation alone is not spoken."""
    assert speakable(text) == ""


def test_long_line_ends_at_a_word() -> None:
    """A line too long is cut between words."""
    line = speakable("slowly " * 100)

    assert len(line) <= LONGEST
    assert set(line.split()) == {"slowly"}


@given(st.text(max_size=1_000))
def test_no_markup_ever_remains(text: str) -> None:
    """Random text has no markup or control characters left."""
    line = speakable(text)

    assert not set(line) & set("<>&\\[]{}|")
    assert not any(unicodedata.category(one)[0] == "C" for one in line)
    assert len(line) <= LONGEST
