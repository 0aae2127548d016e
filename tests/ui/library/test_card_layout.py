"""The sizes of the cards, and text wrapped into them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from legato.ui.library.cards import GAP, card_layout, wrapped

pytestmark = pytest.mark.usefixtures("qapp")


def font(points: float = 12.0) -> QFont:
    """Return the page's font."""
    made = QFont()
    made.setPointSizeF(points)
    return made


@pytest.mark.parametrize("room", [300, 752, 1248, 2000])
def test_whole_columns_fit_into_the_room(room: int) -> None:
    """The cards of a row fit the width, and one more would not."""
    cell = card_layout(font(), room).cell.width()
    assert cell * (room // cell) <= room
    assert room % cell < room // cell + GAP


def test_larger_letters_make_larger_cards() -> None:
    """At twice the text size a card has space for the same lines."""
    once, twice = card_layout(font(12), 1248), card_layout(font(24), 1248)
    assert twice.card.height() > 1.5 * once.card.height()


def test_a_narrow_room_has_one_column() -> None:
    """A card takes the whole width if two do not fit."""
    assert card_layout(font(24), 752).cell.width() == 751


def test_short_words_stay_on_a_line() -> None:
    """Text that fits is not changed."""
    assert wrapped("Calf", font(), 300, 2) == ["Calf"]


def test_long_words_wrap() -> None:
    """Lines break between words and lose none."""
    lines = wrapped("front of the thigh and back of the thigh", font(), 200, 9)
    assert len(lines) > 1
    assert " ".join(lines) == "front of the thigh and back of the thigh"


def test_the_last_line_says_that_more_was_cut() -> None:
    """Text that is too long ends in an ellipsis and fits."""
    lines = wrapped("front of the thigh and back of the thigh", font(), 120, 1)
    assert len(lines) == 1
    assert lines[0].endswith("…")
    assert QFontMetrics(font()).horizontalAdvance(lines[0]) <= 120


def test_no_words_make_no_lines() -> None:
    """Empty text has no lines."""
    assert wrapped("", font(), 120, 2) == []
