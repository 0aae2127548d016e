"""A text field changes nothing but what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.ui.editor.source_text import SourceText

texts = st.text(st.sampled_from("ab \t\r\n\u00a0\u2028\u2029\ufeff\ufdd0\ue000"), max_size=30)


@given(texts)
def test_a_text_that_nobody_touched_is_the_same(text: str) -> None:
    """Whatever stands in it, the text of the file comes back."""
    source = SourceText(text)

    assert source.restored(source.shown) == text


@given(texts)
def test_a_field_shows_one_kind_of_line_break(text: str) -> None:
    """Nothing is shown that a text field would take for a break or for its own."""
    assert not set(SourceText(text).shown) & set("\r\u2028\u2029\ufdd0\ufdd1")


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        ("a\r\nb\r\n", "a\nx\n", "a\r\nx\r\n"),
        ("a\r\nb\r\n", "a\nb\nc\n", "a\r\nb\r\nc\r\n"),
        ("a\r\nb", "a\nb\nc", "a\r\nb\r\nc"),
        ("a\nb\r\nc\n", "a\nb\nx\n", "a\nb\r\nx\n"),
        ("a\nb\r\nc\n", "a\nx\nc\n", "a\nx\r\nc\n"),
        ("\ufeffa\n", "b\n", "\ufeffb\n"),
        ("a\u00a0b\nc\n", "a\u00a0b\nd\n", "a\u00a0b\nd\n"),
        ("a\n", "", ""),
        ("", "a\n", "a\n"),
    ],
)
def test_untouched_lines_keep_their_breaks(before: str, shown: str, after: str) -> None:
    """A new line gets the break that the file has most."""
    assert SourceText(before).restored(shown) == after


def test_a_separator_within_a_line_comes_back() -> None:
    """It is shown as another character, and is not a new line of the file."""
    source = SourceText("a: one\u2028two\nb: 1\n")
    shown = source.shown.replace("1", "2")

    assert shown.count("\n") == 2
    assert source.restored(shown) == "a: one\u2028two\nb: 2\n"
