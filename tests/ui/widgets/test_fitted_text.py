"""Text that is fitted into its space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontMetrics

from legato.ui.widgets.fitted_text import FittedText

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "Loop a towel around the ball of your right foot and let the shoulders be heavy."


@pytest.fixture
def label(qtbot: QtBot) -> FittedText:
    """Return a label with space for two lines of 30 pixels."""
    label = FittedText()
    qtbot.addWidget(label)
    label.set_sizes(30, 15)
    label.set_colour(QColor("#EFE6DA"))
    label.resize(500, 80)
    return label


def shown(label: FittedText) -> tuple[str, int]:
    """Return the visible text and its font size."""
    label.grab()
    assert label._fitted is not None
    text, font = label._fitted
    return text, font.pixelSize()


def test_a_short_line_is_written_large(label: FittedText) -> None:
    """A short line has the largest size."""
    label.show_text("Begin.")

    assert shown(label) == ("Begin.", 30)


def test_a_long_line_is_written_smaller(label: FittedText) -> None:
    """A long line is complete, in the largest size that fits."""
    label.show_text(LONG)
    text, pixels = shown(label)

    assert text == LONG
    assert 15 <= pixels < 30


def test_text_that_never_fits_is_cut_at_a_word(label: FittedText) -> None:
    """At the least size the text ends in an ellipsis."""
    label.show_text(LONG * 10)
    text, pixels = shown(label)

    assert pixels == 15
    assert text.endswith("…")
    assert (LONG * 10).startswith(text[:-1] + " ")


def test_a_screen_reader_has_it_all(label: FittedText) -> None:
    """The accessible text is not cut."""
    label.show_text(LONG * 10)
    label.grab()

    assert label.text() == LONG * 10


def test_it_never_writes_outside(label: FittedText) -> None:
    """Two parts on lines of their own fit as well."""
    label.show_text("And slowly release.\nNext: Hamstring with towel, right leg.")
    text, pixels = shown(label)
    font = label.font()
    font.setPixelSize(pixels)

    assert QFontMetrics(font).height() * len(text.splitlines()) <= label.height()


def test_a_resize_fits_again(label: FittedText) -> None:
    """A larger window has a larger font."""
    label.show_text(LONG)
    _, before = shown(label)
    label.resize(1200, 120)

    assert shown(label)[1] > before
