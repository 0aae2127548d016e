"""Exports a figure as the bytes of an SVG or PNG file, without a window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from legato.ui.figures.painter import paint_figure

if TYPE_CHECKING:
    from legato.domain.figure.model import Figure, Pose
    from legato.domain.routine import Side
    from legato.ui.theme import Theme

_MILLIMETRES = re.compile(rb'width="[0-9.]+mm" height="[0-9.]+mm"')


def figure_as_svg(figure: Figure, pose: Pose, theme: Theme, side: Side, size: int) -> bytes:
    """Return the figure as SVG without a background, `size` units along its longer edge."""
    from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - the window never needs it

    extent = _extent(figure, size)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(extent)
    generator.setViewBox(QRect(0, 0, extent.width(), extent.height()))
    generator.setTitle(figure.name)
    generator.setDescription(f"{figure.shows}; {side.value}")
    _paint(QPainter(generator), extent, figure, pose, theme, side=side)
    svg = bytes(buffer.data().data())
    # Qt writes millimetres for an assumed resolution; plain numbers are pixels everywhere.
    plain = f'width="{extent.width()}" height="{extent.height()}"'
    return _MILLIMETRES.sub(plain.encode(), svg, count=1)


def figure_as_png(figure: Figure, pose: Pose, theme: Theme, side: Side, size: int) -> bytes:
    """Return the figure as PNG on the ground colour of `theme`, `size` pixels along its longer edge."""
    extent = _extent(figure, size)
    image = QImage(extent, QImage.Format.Format_RGB32)
    image.fill(theme.ground)
    _paint(QPainter(image), extent, figure, pose, theme, side=side)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _extent(figure: Figure, size: int) -> QSize:
    window = QSize(round(figure.window.width * 1000), round(figure.window.height * 1000))
    return window.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio)


def _paint(
    painter: QPainter, extent: QSize, figure: Figure, pose: Pose, theme: Theme, *, side: Side
) -> None:
    rect = QRectF(0.0, 0.0, extent.width(), extent.height())
    paint_figure(painter, figure, pose, rect, theme, side)
    painter.end()
