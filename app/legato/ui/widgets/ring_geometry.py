"""Where the parts of the countdown ring are, worked out once for a size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF

TOP_DEGREES = 90.0
STROKE_SHARE = 0.022
LEAST_STROKE = 4.0
GLOW_STROKES = (4.0, 3.2, 2.4, 1.6)
"""The light of a cue is laid on in rings, each narrower than the one below, so it has no edge."""

WHOLE_DEGREES = 16.0
"""A tip that goes further than this is painted with the whole ring: the arc between the two places
would bulge out of their rectangle."""


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

    def free_room(self) -> QRect:
        """Return a square in the middle that neither the ring nor its light reaches into."""
        light = GLOW_STROKES[0] / 2 * self.stroke
        half = math.floor(max(self.circle.width() / 2 - light, 0.0) * math.sqrt(0.5)) - 1
        room = QRect(0, 0, 2 * half, 2 * half)
        room.moveCenter(self.centre.toPoint())
        return room

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
