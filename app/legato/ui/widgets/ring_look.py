"""The colours of the countdown ring in each state, and how colours are mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from legato.ui.theme import Theme

DARK_GROUND = "#060504"
"""Behind a ring in the dark: not quite black, so that it does not smear on an OLED screen."""
SOFT = 0.7
"""How much of a large bright thing's colour is left at night; words stay above 7:1."""

FAINT = 0.34
"""How much of a colour is left in the dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingLook:
    """What a ring is painted with.

    Attributes:
        ground: Behind it.
        track: The part of the ring that has run out.
        arc: The part that is left.
        numerals: The time.
        words: Phase and side.
        glow: The light of a cue.
    """

    ground: QColor
    track: QColor
    arc: QColor
    numerals: QColor
    words: QColor
    glow: QColor


def lit(theme: Theme, *, holds: bool) -> RingLook:
    """Return the look on a lit page; the accent is kept for the holds."""
    return RingLook(
        ground=QColor(theme.ground),
        track=QColor(theme.line),
        arc=softened(theme, "accent" if holds else "quiet_text"),
        numerals=large_text(theme),
        words=large_text(theme),
        glow=QColor(theme.accent),
    )


def dark(*, holds: bool) -> RingLook:
    """Return the look on a dark screen: a faint ring and the time, at night and by day."""
    ground = QColor(DARK_GROUND)
    arc = mixed(ground, QColor(NIGHT.accent if holds else NIGHT.quiet_text), FAINT)
    words = mixed(ground, QColor(NIGHT.accent), FAINT)
    return RingLook(
        ground=ground,
        track=mixed(ground, QColor(NIGHT.line), FAINT),
        arc=arc,
        numerals=words,
        words=words,
        glow=mixed(ground, QColor(NIGHT.accent), 2 * FAINT),
    )


def large_text(theme: Theme) -> QColor:
    """Return the colour of what is written large, which gives the most light of all words."""
    return softened(theme, "text")


def softened(theme: Theme, token: str) -> QColor:
    """Return a colour of `theme`, by its name, with a little less light at night.

    What is large gets no softer still where all text is: it is as bright in every text size.
    """
    if theme.name != NIGHT.name:
        return QColor(getattr(theme, token))
    return mixed(QColor(NIGHT.ground), QColor(getattr(NIGHT, token)), SOFT)


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return `first` with `share` (0 to 1) of `second` in it."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )
