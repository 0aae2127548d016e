"""Colours as named tokens, one frozen set for night and one for day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
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
