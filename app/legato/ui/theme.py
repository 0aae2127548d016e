"""Colours and sizes as named tokens, and how they get into a palette and a style sheet."""

from __future__ import annotations

import sys
from functools import cache
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from PySide6 import QtCore

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QApplication

LEAST_TEXT_PERCENT = 100
MOST_TEXT_PERCENT = 200


class Theme(NamedTuple):
    """The colours of one look, each a `#RRGGBB` string.

    Contrast of `text`, `quiet_text` and `accent_text` on their grounds is at least 4.5:1, of large
    text and graphics 3:1; a test holds it.

    Attributes:
        name: `night` or `day`.
        ground: Behind everything.
        raised: Cards, fields, panels.
        line: Borders, the unfilled ring, quiet props.
        text: What is read.
        quiet_text: What is read second.
        accent: The one warm accent: ring, chosen, focus.
        accent_text: Text on the accent.
        figure_near: Skin of the limbs nearer to the viewer.
        figure_far: Skin of the limbs further away.
        clothes: Shirt and shorts.
        working: The working muscle's glow.
        caution: Warnings and "when to get help".
    """

    name: str
    ground: str
    raised: str
    line: str
    text: str
    quiet_text: str
    accent: str
    accent_text: str
    figure_near: str
    figure_far: str
    clothes: str
    working: str
    caution: str


NIGHT = Theme(
    name="night",
    ground="#12100E",
    raised="#1D1916",
    line="#3A332C",
    text="#EFE6DA",
    quiet_text="#B5A899",
    accent="#E5A15C",
    accent_text="#1A120A",
    figure_near="#C9B49C",
    figure_far="#7C6E60",
    clothes="#5B6F86",
    working="#F08A4B",
    caution="#E2705C",
)

DAY = Theme(
    name="day",
    ground="#FAF6F0",
    raised="#FFFFFF",
    line="#DDD3C6",
    text="#2A2521",
    quiet_text="#6B6057",
    accent="#A85B1B",
    accent_text="#FFFFFF",
    figure_near="#D9B999",
    figure_far="#BFA78F",
    clothes="#4E6A8A",
    working="#D9601F",
    caution="#B23A26",
)

THEMES = {theme.name: theme for theme in (NIGHT, DAY)}

LEFT_AT_LARGEST = {"text": 0.63, "quiet_text": 0.75, "accent": 0.75, "caution": 0.9}
"""How much of the colours of words is left at night at the largest text. Letters of twice the size
cover twice the share of a window: as bright as small ones they would light up a dark room, and they
are read as easily with less. All of them stay above 4.5:1."""


class TypeSizes(NamedTuple):
    """The two sizes of a page, in points; numerals take theirs from the room they have."""

    body: float
    title: float


BODY_POINTS = 12.0
"""Small print is hard to read at night: nothing is smaller, whatever the system's font says."""

TITLE_SHARE = 1.25
LARGE_SHARE = 1.8
"""Of what a page with few words has in place of its titles, and a cramp's page has for its line."""


def type_sizes(text_percent: int, system_points: float = BODY_POINTS) -> TypeSizes:
    """Return the sizes for a text size of 100 to 200 percent of the system's.

    Raises:
        ValueError: The percentage is out of range.
    """
    if not LEAST_TEXT_PERCENT <= text_percent <= MOST_TEXT_PERCENT:
        raise ValueError(f"text_percent must be 100 to 200, not {text_percent}")
    body = max(BODY_POINTS, system_points) * text_percent / 100
    return TypeSizes(body=body, title=round(body * TITLE_SHARE, 1))


@cache
def in_size(theme: Theme, text_percent: int) -> Theme:
    """Return `theme` as it is with text at 100 to 200 percent; by day it is always the same."""
    if theme.name != NIGHT.name:
        return theme
    larger = (text_percent - LEAST_TEXT_PERCENT) / (MOST_TEXT_PERCENT - LEAST_TEXT_PERCENT)
    softer = {
        token: mixed(NIGHT.ground, getattr(NIGHT, token), 1.0 - larger * (1.0 - left))
        for token, left in LEFT_AT_LARGEST.items()
    }
    return theme._replace(**softer)


def mixed(first: str, second: str, share: float) -> str:
    """Return the colour `first` with `share` (0 to 1) of `second` in it; all are `#RRGGBB`."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02X}" for one, other in pairs)


SOFT_TEXT = 0.82
"""How much of quiet text's colour is left at night where there is much of it: above 5:1."""


def stylesheet(template: str, theme: Theme, sizes: TypeSizes) -> str:
    """Return the style sheet `template` with every `$token` filled in.

    Raises:
        KeyError: The template names a token that there is none of.
    """
    tokens = {key: str(value) for key, value in theme._asdict().items()}
    points = {
        "body_points": f"{sizes.body:g}",
        "title_points": f"{sizes.title:g}",
        "large_points": f"{sizes.body * LARGE_SHARE:g}",
    }
    share = SOFT_TEXT if theme.name == NIGHT.name else 1.0
    soft = {"soft_text": mixed(theme.ground, theme.quiet_text, share)}
    return Template(template).substitute(tokens | points | soft)


def palette(theme: Theme) -> QPalette:
    """Return the palette that paints everything a style sheet does not name."""
    from PySide6.QtGui import QColor, QPalette  # noqa: PLC0415 - tokens are read without Qt too

    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.ground,
        role.Text: theme.text,
        role.PlaceholderText: theme.quiet_text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.caution,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.line,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.ground,
        role.Shadow: theme.ground,
    }
    filled = QPalette()
    for which, colour in colours.items():
        filled.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        filled.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.quiet_text))
    return filled


class ThemeSource(QtCore.QObject):
    """Gives the current theme to whatever paints by itself, and emits a signal when it changes.

    A widget connects a bound method of its own, which Qt disconnects when the widget is destroyed.

    Args:
        theme: The first theme.
    """

    changed = QtCore.Signal()
    """`current` is another theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._current = theme

    @property
    def current(self) -> Theme:
        """The theme to paint with."""
        return self._current

    def change(self, theme: Theme) -> None:
        """Replace the theme; emits `changed` only where it differs."""
        if theme != self._current:
            self._current = theme
            self.changed.emit()


class ThemeManager:
    """Dresses an application as often as theme or text size change.

    Args:
        app: The application; its font as it is now counts as the system's.
        template: The text of style.qss.
    """

    def __init__(self, app: QApplication, template: str) -> None:
        self._app = app
        self._template = template
        self._system_points = app.font().pointSizeF()
        self._worn: tuple[Theme, int] | None = None
        # On Linux Fusion is what Qt has of itself, and setting it would cost every start 7 ms: the
        # style is handed back, and Python's side of it built for nobody.
        if sys.platform != "linux":
            app.setStyle("Fusion")

    def apply(self, theme: Theme, text_percent: int = 100) -> None:
        """Show `theme` with text at 100 to 200 percent; raises ValueError out of range."""
        if (theme, text_percent) == self._worn:
            return  # restyling every widget takes a tenth of a second
        sizes = type_sizes(text_percent, self._system_points)
        self._worn = theme, text_percent
        font = self._app.font()
        font.setPointSizeF(sizes.body)
        worn = in_size(theme, text_percent)
        self._app.setPalette(palette(worn))
        # In this order widgets that are there already take up the font with the style sheet.
        self._app.setFont(font)
        self._app.setStyleSheet(stylesheet(self._template, worn, sizes))

    def sheet(self, theme: Theme, text_percent: int = 100) -> str:
        """Return the style sheet of another theme, for a page that keeps its own."""
        sizes = type_sizes(text_percent, self._system_points)
        return stylesheet(self._template, in_size(theme, text_percent), sizes)

    def system_theme(self) -> Theme:
        """Return what the desktop prefers; night where it does not say."""
        scheme = self._app.styleHints().colorScheme()
        return DAY if scheme == QtCore.Qt.ColorScheme.Light else NIGHT
