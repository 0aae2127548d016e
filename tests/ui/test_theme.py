"""Themes: all tokens exist, and all text is readable."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPalette

import legato.ui
from legato.ui.theme import (
    DAY,
    NIGHT,
    Theme,
    ThemeManager,
    in_size,
    palette,
    stylesheet,
    type_sizes,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TEMPLATE = (Path(legato.ui.__file__).parent / "style.qss").read_text(encoding="utf-8")
THEMES = (NIGHT, DAY)
READ = ("text", "quiet_text", "accent", "caution")
GROUNDS = ("ground", "raised")


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 to 1."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize(("theme", "words", "ground"), [*product(THEMES, READ, GROUNDS)])
def test_words_can_be_read(theme: Theme, words: str, ground: str, percent: int) -> None:
    """Text of every colour and size has a contrast of 4.5:1 to its ground."""
    theme = in_size(theme, percent)
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_accent_can_be_read(theme: Theme) -> None:
    """Selected text has a contrast of 4.5:1."""
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@pytest.mark.parametrize(("theme", "ground"), [*product(THEMES, GROUNDS)])
def test_the_working_muscle_stands_out(theme: Theme, ground: str) -> None:
    """The glow of a muscle has a contrast of 3:1."""
    assert contrast(theme.working, getattr(theme, ground)) >= 3.0


def test_larger_words_are_softer_at_night() -> None:
    """Larger text is dimmer, so that the window gives the same light."""
    assert luminance(in_size(NIGHT, 200).text) < luminance(NIGHT.text) / 2


def test_words_are_no_softer_than_their_size_asks_for() -> None:
    """A theme that is derived for a size twice is the same as once."""
    assert in_size(in_size(NIGHT, 200), 200) == in_size(NIGHT, 200)
    assert in_size(in_size(NIGHT, 200), 100) == NIGHT


def test_a_day_is_as_bright_in_every_size() -> None:
    """By day the text size does not change the colours."""
    assert in_size(DAY, 200) is DAY


@pytest.mark.parametrize("theme", THEMES)
def test_every_token_of_the_style_sheet_is_filled_in(theme: Theme) -> None:
    """No placeholder is left, and the template has no colours."""
    assert "$" not in stylesheet(TEMPLATE, theme, type_sizes(100))
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", TEMPLATE)


def test_an_unknown_token_raises() -> None:
    """A style sheet with an unknown token is a bug."""
    with pytest.raises(KeyError):
        stylesheet("a { color: $mauve; }", NIGHT, type_sizes(100))


@pytest.mark.parametrize("theme", THEMES)
def test_the_palette_paints_the_ground(theme: Theme) -> None:
    """Widgets without a style have the theme's ground."""
    window = palette(theme).color(QPalette.ColorRole.Window)
    assert window.name().upper() == theme.ground


def test_twice_the_text_is_twice_the_size() -> None:
    """Both font sizes follow the percentage."""
    once, twice = type_sizes(100), type_sizes(200)
    assert (twice.body, twice.title) == (2 * once.body, 2 * once.title)


def test_a_larger_system_font_is_kept() -> None:
    """The text size is relative to the desktop's font."""
    assert type_sizes(100, 16.0).body == 16.0


@pytest.mark.parametrize("percent", [99, 201])
def test_a_text_size_out_of_range_raises(percent: int) -> None:
    """The text size is 100 to 200 percent."""
    with pytest.raises(ValueError, match="100 to 200"):
        type_sizes(percent)


def test_applying_sets_ground_and_font(unstyled: QApplication) -> None:
    """One call sets theme and text size of all windows."""
    ThemeManager(unstyled, TEMPLATE).apply(NIGHT, 150)
    ground = unstyled.palette().color(QPalette.ColorRole.Window)
    assert (ground.name().upper(), unstyled.font().pointSizeF()) == (NIGHT.ground, 18.0)


def test_applying_again_does_not_add_up(unstyled: QApplication) -> None:
    """A text size is relative to the system's font, not to the last size."""
    theme_manager = ThemeManager(unstyled, TEMPLATE)
    theme_manager.apply(NIGHT, 200)
    theme_manager.apply(DAY, 100)
    assert unstyled.font().pointSizeF() == 12.0
