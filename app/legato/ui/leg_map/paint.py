"""Paints the leg map: the static drawing of the legs, and the state of each region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGradient,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from legato.domain.leg_map import LegView, ShapeKind
from legato.domain.routine import Place, Side
from legato.ui.figures.ink import faded, mix
from legato.ui.leg_map.layout import BAND_WORDS, painter_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QSize

    from legato.domain.leg_map import LegChart, Region, Shape
    from legato.ui.leg_map.layout import LegMapLayout, Words
    from legato.ui.theme import Theme

_BRACKET_WIDTH = 1.5
_RIM_GRAIN = 0.5
_RIM_ALPHA = 0.85


@dataclass(frozen=True, slots=True)
class LegTones:
    """The colours of the drawing, mixed from the tokens of a theme.

    Attributes:
        skin: The legs.
        clothes: The shorts.
        light: The light on parts that bulge towards the viewer, at full strength.
        shade: The shade on parts that turn away from the viewer, at full strength.
        fold: The shade on cloth.
        border: The line between two regions.
    """

    skin: QColor
    clothes: QColor
    light: QColor
    shade: QColor
    fold: QColor
    border: QColor

    @classmethod
    def of(cls, theme: Theme) -> LegTones:
        """Return the colours in `theme`; at night the legs are dim."""
        night = theme.name == "night"
        dark = theme.ground if night else theme.text
        return cls(
            skin=mix(theme.ground, theme.figure_near, 0.48 if night else 1.0),
            clothes=mix(theme.ground, theme.clothes, 0.56 if night else 0.86),
            light=faded(QColor(theme.figure_near if night else "#FFFFFF"), 0.2 if night else 0.3),
            shade=QColor(dark) if night else mix(theme.accent, theme.text, 0.45),
            fold=QColor(dark) if night else mix(theme.clothes, theme.text, 0.6),
            border=faded(QColor(dark), 0.42 if night else 0.2),
        )


class LegPainter:
    """Paints one chart in one theme.

    Args:
        chart: The chart.
        theme: The theme.
    """

    def __init__(self, chart: LegChart, theme: Theme) -> None:
        self._chart = chart
        self._theme = theme
        self._tones = LegTones.of(theme)

    def paint(self, painter: QPainter, layout: LegMapLayout) -> None:
        """Paint the bodies, the borders of the regions and the words."""
        for view in LegView:
            self._paint_view(painter, layout, [s for s in self._chart.shapes if s.view is view])
        for region in self._chart.regions:
            if region.place not in BAND_WORDS:
                pen = QPen(self._tones.border, max(0.8, 0.9 * layout.scale))
                painter.strokePath(layout.path(region.outline), pen)
        for words, colour in (
            (layout.titles, self._theme.text),
            (layout.sides, self._theme.quiet_text),
        ):
            painter.setPen(QColor(colour))
            _write(painter, words)

    def _paint_view(self, painter: QPainter, layout: LegMapLayout, shapes: list[Shape]) -> None:
        painter.save()
        for shape, body in _with_bodies(shapes):
            if body is not None:
                cloth = shape.kind is ShapeKind.CLOTHES
                self._paint_body(painter, layout, body, cloth=cloth)
            elif shape.kind is not ShapeKind.BRACKET:
                self._paint_detail(painter, layout, shape)
        painter.restore()
        for shape in shapes:
            if shape.kind is ShapeKind.BRACKET:
                pen = QPen(QColor(self._theme.line), _BRACKET_WIDTH)
                painter.strokePath(layout.path(shape.outline), pen)

    def _paint_body(
        self, painter: QPainter, layout: LegMapLayout, body: QPainterPath, *, cloth: bool
    ) -> None:
        """Paint a body, darker towards its rim, and clip what is painted next to it."""
        path = layout.transform.map(body)
        painter.setClipPath(path)
        painter.fillPath(path, self._tones.clothes if cloth else self._tones.skin)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chart = QRectF(0, 0, self._chart.width, self._chart.height)
        shade = self._tones.fold if cloth else self._tones.shade
        painter.drawImage(layout.transform.mapRect(chart), _soft_rim(body, chart, shade))

    def _paint_detail(self, painter: QPainter, layout: LegMapLayout, shape: Shape) -> None:
        path = layout.path(shape.outline)
        if shape.kind in {ShapeKind.LIGHT, ShapeKind.SHADE}:
            light = shape.kind is ShapeKind.LIGHT
            colour = self._tones.light if light else faded(self._tones.shade, 0.22)
            painter.fillPath(path, _soft(colour))
            return
        shade = self._tones.fold if shape.kind is ShapeKind.SEAM else self._tones.shade
        pen = QPen(faded(shade, 0.36), max(0.8, 1.2 * layout.scale))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(path, pen)


def _write(painter: QPainter, words: tuple[Words, ...]) -> None:
    """Write each text centred in its rectangle, all smaller if one would not fit."""
    metrics = painter.fontMetrics()
    share = min(word.rect.width() / metrics.horizontalAdvance(word.text) for word in words)
    painter.save()
    if share < 1:
        font = QFont(painter.font())
        font.setPixelSize(max(1, int(painter.fontInfo().pixelSize() * share)))
        painter.setFont(font)
    for word in words:
        painter.drawText(word.rect, Qt.AlignmentFlag.AlignCenter, word.text)
    painter.restore()


def _with_bodies(shapes: list[Shape]) -> Iterator[tuple[Shape, QPainterPath | None]]:
    """Yield each shape; the two halves of a body once, with their united path in the chart."""
    waiting: list[Shape] = []
    for shape in shapes:
        if shape.kind not in {ShapeKind.SKIN, ShapeKind.CLOTHES}:
            yield shape, None
            continue
        waiting.append(shape)
        if len(waiting) == len({LegView.FRONT, LegView.BACK}):
            one, other = (painter_path(half.outline) for half in waiting)
            waiting.clear()
            yield shape, one.united(other)


def _soft_rim(body: QPainterPath, chart: QRectF, shade: QColor) -> QImage:
    """Return a picture of the whole chart, dark outside `body` and fading out inside it.

    A small picture of the body is blurred by scaling it down and up: strokes of decreasing width
    style the same and take fifty times as long.
    """
    coarse = (chart.size() * _RIM_GRAIN).toSize()
    mask = _blank(coarse, Qt.GlobalColor.transparent)
    painter = QPainter(mask)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_RIM_GRAIN, _RIM_GRAIN)
    painter.fillPath(body, QColor(shade))
    painter.end()
    for size in (coarse / 3, coarse / 1.5, coarse):
        mask = mask.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    rim = _blank(coarse, faded(shade, _RIM_ALPHA))
    painter = QPainter(rim)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.drawImage(0, 0, mask)
    painter.end()
    return rim


def _blank(size: QSize, colour: QColor | Qt.GlobalColor) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(colour)
    return image


def oval_gradient() -> QRadialGradient:
    """Return a radial gradient without colours that fits the bounding box of what it fills."""
    gradient = QRadialGradient(QPointF(0.5, 0.5), 0.5)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    return gradient


def _soft(colour: QColor) -> QRadialGradient:
    """Return a gradient from `colour` in the middle of an oval to nothing at its rim."""
    gradient = oval_gradient()
    for at, share in ((0.0, 1.0), (0.35, 0.82), (0.7, 0.28), (1.0, 0.0)):
        gradient.setColorAt(at, faded(colour, share))
    return gradient


MOST_STRENGTH = 3
"""Shades of pain: 1 is the mildest, 3 the sorest."""

_PEN_WIDTH = 1.5
_FILLS = {1: 0.42, 2: 0.64, 3: 0.92}
_BAND_FILLS = {0: 0.0, 1: 0.25, 2: 0.45, 3: 1.0}
_COVERED_FILL = 0.24


@dataclass(frozen=True, slots=True)
class RegionStyle:
    """The state in which a region is shown.

    Attributes:
        hovered: The pointer is over it.
        strength: How sore it is, 1 to 3, or 0 if it is not chosen.
        covered: A chosen band includes it.
    """

    hovered: bool = False
    strength: int = 0
    covered: bool = False


class RegionPainter:
    """Paints the states of regions over the legs, in one theme.

    Args:
        theme: The theme.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_region(
        self, painter: QPainter, region: Region, path: QPainterPath, style: RegionStyle
    ) -> None:
        """Paint the state of `region`, whose path is `path`, over the legs."""
        if region.place in BAND_WORDS:
            self._paint_band(painter, region.place, path, style)
            return
        if style.covered and not style.strength:
            painter.fillPath(path, faded(QColor(self._theme.working), _COVERED_FILL))
        if style.strength:
            painter.fillPath(path, self._glow(_FILLS[style.strength]))
            painter.strokePath(path, QPen(QColor(self._theme.accent), _PEN_WIDTH))
        if style.hovered:
            painter.fillPath(path, faded(QColor(self._theme.text), 0.14))
            painter.strokePath(path, QPen(QColor(self._theme.text), _PEN_WIDTH))

    def paint_ring(self, painter: QPainter, path: QPainterPath) -> None:
        """Paint the focus ring, visible on skin, cloth and a chosen place."""
        for colour, width in ((self._theme.ground, 6.0), (self._theme.text, 2.5)):
            pen = QPen(QColor(colour), width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)

    def paint_caption(
        self, painter: QPainter, layout: LegMapLayout, text: str, *, quiet: bool
    ) -> None:
        """Paint the name of a place, or in a quiet colour the hint."""
        painter.setPen(QColor(self._theme.quiet_text if quiet else self._theme.text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(layout.caption, int(flags | Qt.TextFlag.TextWordWrap), text)

    def _paint_band(
        self, painter: QPainter, place: Place, path: QPainterPath, style: RegionStyle
    ) -> None:
        theme = self._theme
        fill, ink = band_colours(theme, style.strength)
        painter.fillPath(path, fill)
        if style.hovered:
            painter.fillPath(path, faded(QColor(theme.text), 0.1))
        edge = theme.text if style.hovered else theme.accent if style.strength else theme.line
        painter.strokePath(path, QPen(QColor(edge), _PEN_WIDTH))
        rect = path.boundingRect()
        font = QFont(painter.font())
        font.setPixelSize(max(1, min(round(rect.width() * 0.7), painter.fontInfo().pixelSize())))
        painter.save()
        painter.setFont(font)
        painter.setPen(ink)
        painter.translate(rect.center())
        painter.rotate(-90)
        flat = QRectF(-rect.height() / 2, -rect.width() / 2, rect.height(), rect.width())
        painter.drawText(flat, Qt.AlignmentFlag.AlignCenter, BAND_WORDS[place])
        painter.restore()

    def _glow(self, alpha: float) -> QRadialGradient:
        colour = QColor(self._theme.working)
        gradient = oval_gradient()
        gradient.setColorAt(0.0, faded(colour, alpha))
        gradient.setColorAt(0.6, faded(colour, alpha * 0.95))
        gradient.setColorAt(1.0, faded(colour, alpha * 0.7))
        return gradient


def band_colours(theme: Theme, strength: int) -> tuple[QColor, QColor]:
    """Return the fill and the text colour of a band with `strength`, 0 if it is not chosen."""
    ink = {0: theme.quiet_text, MOST_STRENGTH: theme.accent_text}.get(strength, theme.text)
    return mix(theme.raised, theme.accent, _BAND_FILLS[strength]), QColor(ink)


def covers(place: Place, side: Side, region: Region) -> bool:
    """Return whether a chosen band for `place` and `side` includes `region`."""
    if place not in BAND_WORDS or region.place in BAND_WORDS or side is not region.side:
        return False
    return place is Place.WHOLE_LEG or region.view is LegView.BACK
