"""How much light a picture gives, measured on its pixels."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QImage

BRIGHTEST = 0.03
"""Mean relative luminance that a page may have at night."""


def luminance(image: QImage) -> float:
    """Return the mean relative luminance of an image, 0 to 1."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(plain.constBits()).cast("I"))
    total = sum(number * _of(pixel) for pixel, number in counts.items())
    return total / counts.total()


def _of(pixel: int) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = ((pixel >> shift & 255) / 255 for shift in (16, 8, 0))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
