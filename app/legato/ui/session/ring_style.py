"""Geometry and colours of the countdown ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor

from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from legato.ui.theme import Theme

TOP_DEGREES = 90.0
STROKE_SHARE = 0.022
LEAST_STROKE = 4.0
GLOW_STROKES = (4.0, 3.2, 2.4, 1.6)
"""Widths of the rings that make up the light of a cue, in strokes; narrower on top of wider, so
that the light has no edge."""

WHOLE_DEGREES = 16.0
"""A tip that goes further than this is painted with the whole ring: the arc between the two places
would bulge out of their rectangle."""

MOST_SHARE = 0.25
"""More of the ring than this is painted as a whole."""


@dataclass(frozen=True, slots=True)
class RingGeometry:
    """The circles of a ring.

    Attributes:
        circle: What the middle of the stroke runs on, with room for the light around it.
        stroke: Width of the ring.
    """

    circle: QRectF
    stroke: float

    @property
    def centre(self) -> QPointF:
        """The middle of all."""
        return self.circle.center()

    @property
    def inside(self) -> float:
        """The diameter of what the ring leaves free."""
        return self.circle.width() - self.stroke

    def half_chord(self, height: float) -> float:
        """Return half the width inside the ring, `height` above or below the middle."""
        return math.sqrt(max((self.inside / 2) ** 2 - height**2, 1.0))

    def reaches(self, rect: QRect) -> bool:
        """Return whether the ring or its light may reach into `rect`."""
        outside = QRectF(rect)
        middle = self.centre
        across = max(middle.x() - outside.left(), outside.right() - middle.x())
        down = max(middle.y() - outside.top(), outside.bottom() - middle.y())
        light = GLOW_STROKES[0] / 2 * self.stroke
        return math.hypot(across, down) > self.circle.width() / 2 - light - 1.0

    def shares_in(self, rect: QRect) -> tuple[float, float] | None:
        """Return from which share to which the ring has to be painted to fill `rect`.

        None where that is all of it, or beyond the top, where it begins and ends. A little more is
        returned, so that the ends of a stroke lie outside of `rect`.
        """
        outside = QRectF(rect)
        if outside.contains(self.centre):
            return None
        corners = (
            outside.topLeft(),
            outside.topRight(),
            outside.bottomLeft(),
            outside.bottomRight(),
        )
        shares = [self._share_at(corner) for corner in corners]
        more = 2.0 * self.stroke / self.pixels(1.0)
        least, most = min(shares) - more, max(shares) + more
        return None if least < 0.0 or most > 1.0 or most - least > MOST_SHARE else (least, most)

    def _share_at(self, point: QPointF) -> float:
        """Return the share at which the tip would lie in the direction of `point`."""
        way = point - self.centre
        return (math.degrees(math.atan2(-way.y(), way.x())) - TOP_DEGREES) % 360.0 / 360.0

    def pixels(self, share: float) -> float:
        """Return how long `share` of the ring is."""
        return math.pi * self.circle.width() * share

    def tip(self, share: float) -> QPointF:
        """Return where the arc ends when `share` is left."""
        angle = math.radians(TOP_DEGREES + 360.0 * share)
        radius = self.circle.width() / 2
        return self.centre + QPointF(math.cos(angle), -math.sin(angle)) * radius

    def between(self, before: float, after: float) -> QRect | None:
        """Return what to paint when the tip has moved; None for the whole ring."""
        if abs(before - after) * 360.0 > WHOLE_DEGREES:
            return None
        thick = 1.5 * self.stroke
        tips = QRectF(self.tip(before), self.tip(after)).normalized()
        return tips.adjusted(-thick, -thick, thick, thick).toAlignedRect()


def ring_in(rect: QRect) -> RingGeometry:
    """Return the ring that fits into `rect`."""
    diameter = float(min(rect.width(), rect.height()))
    stroke = max(STROKE_SHARE * diameter, LEAST_STROKE)
    room = max(diameter - GLOW_STROKES[0] * stroke, 1.0)
    circle = QRectF(0.0, 0.0, room, room)
    circle.moveCenter(QRectF(rect).center())
    return RingGeometry(circle, stroke)


DARK_GROUND = "#060504"
"""Behind a ring in the dark: not quite black, so that it does not smear on an OLED screen."""
SOFT = 0.7
"""How much of a large bright thing's colour is left at night; words stay above 7:1."""

FAINT = 0.28
"""How much of a colour is left in the dark."""
FAINT_WORDS = 0.52
"""The same of time and side, which have to be read: 3:1 against the ground."""
FAINT_GLOW = 0.68
"""The same of the light of a cue, which has no words to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingStyle:
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


def lit(theme: Theme, *, holds: bool) -> RingStyle:
    """Return the look on a lit page; the accent is kept for the holds."""
    return RingStyle(
        ground=QColor(theme.ground),
        track=QColor(theme.line),
        arc=softened(theme, "accent" if holds else "quiet_text"),
        numerals=large_text(theme),
        words=large_text(theme),
        glow=QColor(theme.accent),
    )


def dark(*, holds: bool) -> RingStyle:
    """Return the look on a dark screen: a faint ring and the time, at night and by day."""
    ground = QColor(DARK_GROUND)
    arc = mixed(ground, QColor(NIGHT.accent if holds else NIGHT.quiet_text), FAINT)
    words = mixed(ground, QColor(NIGHT.accent), FAINT_WORDS)
    return RingStyle(
        ground=ground,
        track=mixed(ground, QColor(NIGHT.line), FAINT),
        arc=arc,
        numerals=words,
        words=words,
        glow=mixed(ground, QColor(NIGHT.accent), FAINT_GLOW),
    )


def large_text(theme: Theme) -> QColor:
    """Return the colour of large text, which emits the most light of all text."""
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
