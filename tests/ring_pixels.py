"""What a person sees of the countdown ring, measured on its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from legato.ui.session.ring_style import GLOW_STROKES, ring_in

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from legato.ui.session.ring import CountdownRing

_INK_LEVELS = 48
"""Pixels that differ less from the ground are the soft edge of a character."""


def glow(ring: CountdownRing) -> int:
    """Return how many levels of 255 the light of a cue adds beside the ring; 0 without a light."""
    image = ring.grab().toImage()
    shape = ring_in(ring.rect())
    beside = shape.circle.width() / 2 + (GLOW_STROKES[-1] + 1.0) / 4 * shape.stroke
    lit = image.pixelColor(round(shape.centre.x() - beside), round(shape.centre.y()))
    return lit.value() - image.pixelColor(0, 0).value()


def numerals(ring: CountdownRing) -> list[QRect]:
    """Return the places of the characters of the time, from left to right."""
    image = ring.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ground = image.pixelColor(0, 0).value()
    ink = bytes(abs(level - ground) >= _INK_LEVELS for level in range(256))
    levels, line = bytes(image.constBits()).translate(ink), image.bytesPerLine()
    shape = ring_in(ring.rect())
    left = round(shape.centre.x() - 0.46 * shape.inside)
    width, middle = round(0.92 * shape.inside), round(shape.centre.y())
    rows = [levels[y * line + left : y * line + left + width] for y in range(image.height())]
    top, bottom = middle, middle
    while any(rows[top - 1]):
        top -= 1
    while any(rows[bottom + 1]):
        bottom += 1
    inked = [any(row[x] for row in rows[top : bottom + 1]) for x in range(width)] + [False]
    places, start = [], None
    for x, is_ink in enumerate(inked):
        if is_ink and start is None:
            start = x
        elif not is_ink and start is not None:
            places.append(QRect(left + start, top, x - start, bottom + 1 - top))
            start = None
    return places


def is_blank(widget: QWidget) -> bool:
    """Return whether nothing is painted on the ground of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = bytes(image.constBits())
    return pixels == pixels[:4] * (len(pixels) // 4)
