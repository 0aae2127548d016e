"""Makes people's own pictures fit for the night: photos dimmer, dark lines on dim paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.ui.theme import Theme

NIGHT_LIGHT = 0.008
"""The most that an image may add to the mean luminance of the window at night."""
LEAST_OPACITY = 0.3
"""However bright it is, it is not made darker than this."""
DARK = 0.3
"""Lightness, 0 to 1, below which a line is lost on the night's ground."""
DARK_SHARE = 0.15
"""A drawing of which more than this is lost gets paper behind it."""
CLEAR_SHARE = 0.1
"""An image that is less transparent than this has a ground of its own."""
PAPER_CORNER = 0.03
_PROBE = 24
_GAMMA = 2.2


def night_opacity(image: QImage, share: float) -> float:
    """Return how opaque an image may be at night: most photos are far too bright for it.

    Args:
        image: The image.
        share: How much of the window it takes, 0 to 1.
    """
    values = (colour.lightnessF() * colour.alphaF() for colour in _probe(image))
    light = share * sum(value**_GAMMA for value in values) / _PROBE**2
    if light <= NIGHT_LIGHT:
        return 1.0
    return max(math.pow(NIGHT_LIGHT / light, 1 / _GAMMA), LEAST_OPACITY)


def on_paper(image: QImage, theme: Theme) -> QImage:
    """Return `image`, on paper where it would be dark lines on the dark ground of the night."""
    if not image.hasAlphaChannel():
        return image
    probe = tuple(_probe(image))
    seen = sum(colour.alphaF() for colour in probe)
    lost = sum(colour.alphaF() for colour in probe if colour.lightnessF() < DARK)
    if not seen or lost < DARK_SHARE * seen or seen > (1 - CLEAR_SHARE) * len(probe):
        return image
    paper = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    paper.fill(Qt.GlobalColor.transparent)
    painter = QPainter(paper)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.figure_far))
    corner = PAPER_CORNER * min(image.width(), image.height())
    painter.drawRoundedRect(QRectF(paper.rect()), corner, corner)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _probe(image: QImage) -> Iterator[QColor]:
    """Give the colours of an image, evenly spread."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_PROBE, _PROBE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    small = small.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return (small.pixelColor(x, y) for x in range(_PROBE) for y in range(_PROBE))
