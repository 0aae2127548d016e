"""The geometry of the leg map, its words, and what it is used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath, QTransform

from legato.domain.leg_map import LegView
from legato.domain.routine import Place, Side
from legato.ui import text

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

    from legato.domain.leg_map import LegChart, Outline, Region

TITLES = {LegView.FRONT: "Front", LegView.BACK: "Back"}
SIDE_WORDS = {Side.LEFT: "Left", Side.RIGHT: "Right"}
BAND_WORDS = {Place.WHOLE_LEG: "Whole leg", Place.BACK_OF_LEG: "Back of the leg"}
"""The places shown as a band beside the leg, and the words written along each."""

_GAP = 8.0
_HALF_GAP = 44.0
"""Chart units from the middle of the body to the middle of a foot."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the rectangle in which it is centred."""

    text: str
    rect: QRectF


@dataclass(frozen=True, slots=True)
class LegMapLayout:
    """The geometry of the map, in logical pixels of the widget.

    Attributes:
        scale: Pixels per unit of the chart.
        transform: From the chart to the widget.
        titles: `Front` and `Back`, above the views.
        sides: `Right` and `Left`, below the feet.
        caption: The rectangle of the caption at the bottom.
    """

    scale: float
    transform: QTransform
    titles: tuple[Words, ...]
    sides: tuple[Words, ...]
    caption: QRectF

    def path(self, outline: Outline) -> QPainterPath:
        """Return an outline of the chart as a path in the widget."""
        return self.transform.map(painter_path(outline))


def compute_layout(
    chart: LegChart, size: QSizeF, metrics: QFontMetricsF, caption_words: str
) -> LegMapLayout:
    """Return the layout that shows `chart` centred and as large as fits into `size`.

    Args:
        chart: The legs.
        size: The size of the widget.
        metrics: The metrics of its font.
        caption_words: The longest text of the caption.
    """
    line = metrics.height()
    caption = metrics.boundingRect(
        QRectF(0, 0, size.width(), size.height()), int(Qt.TextFlag.TextWordWrap), caption_words
    ).height()
    room = max(1.0, size.height() - 2 * line - _GAP - caption)
    scale = min(size.width() / chart.width, room / chart.height)
    left = (size.width() - chart.width * scale) / 2
    top = line + (room - chart.height * scale) / 2
    bottom = top + chart.height * scale

    def centred(text: str, x: float, y: float, width: float) -> Words:
        return Words(text, QRectF(left + (x - width / 2) * scale, y, width * scale, line))

    return LegMapLayout(
        scale=scale,
        transform=QTransform(scale, 0, 0, scale, left, top),
        titles=tuple(
            centred(TITLES[view], axis, top - line, chart.width / 2) for view, axis in chart.axes
        ),
        sides=tuple(
            centred(SIDE_WORDS[side], x, bottom, 2 * _HALF_GAP - _GAP)
            for view, axis in chart.axes
            for side, x in (
                (view.side_on_left, axis - _HALF_GAP),
                (view.side_on_left.other, axis + _HALF_GAP),
            )
        ),
        caption=QRectF(0, bottom + line + _GAP, size.width(), caption),
    )


def painter_path(outline: Outline) -> QPainterPath:
    """Return an outline as a `QPainterPath`, in units of the chart."""
    path = QPainterPath()
    for command in outline.commands:
        match command.letter:
            case "M":
                path.moveTo(*command.points[0])
            case "L":
                path.lineTo(*command.points[0])
            case "C":
                (x1, y1), (x2, y2), (x, y) = command.points
                path.cubicTo(x1, y1, x2, y2, x, y)
            case _:
                path.closeSubpath()
    return path


_NAMES = {
    Place.FRONT_OF_THIGH: "front of {side} thigh",
    Place.BACK_OF_THIGH: "back of {side} thigh",
    Place.OUTER_THIGH: "{side} outer thigh",
    Place.INNER_THIGH: "{side} inner thigh",
    Place.BUTTOCK: "{side} buttock",
    Place.FRONT_OF_KNEE: "front of {side} knee",
    Place.BACK_OF_KNEE: "back of {side} knee",
    Place.INNER_KNEE: "{side} inner knee",
    Place.OUTER_KNEE: "{side} outer knee",
    Place.CALF: "{side} calf",
    Place.SHIN: "{side} shin",
    Place.ANKLE: "{side} ankle, heel and foot",
    Place.BACK_OF_LEG: "down the back of {side} leg",
    Place.WHOLE_LEG: "whole {side} leg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuestion:
    """The question that a leg map asks.

    Attributes:
        title: Its accessible name.
        hint: The caption while no place is hovered or focused.
        both_legs: Whether a place means both legs, and all places are equally strong.
    """

    title: str
    hint: str
    both_legs: bool = False

    def place_name(self, region: Region) -> str:
        """Return the name of the place: `Left calf`, or `Calf` for both legs."""
        if self.both_legs:
            return text.sentence(text.place(region.place))
        return place_name(region.place, region.side)

    def region_name(self, region: Region) -> str:
        """Return the name of the place with its view: `Left calf, back`."""
        seen = f"{region.side.value} leg, {region.view.value}" if self.both_legs else region.view
        return f"{self.place_name(region)}, {seen}"


SORE = MapQuestion(title="Where it hurts", hint="Touch where it hurts, the sorest place first.")
EASED = MapQuestion(title="What it eases", hint="Touch what it eases.", both_legs=True)


def place_name(place: Place, side: Side) -> str:
    """Return the name of a place on one leg: `Left calf`, `Front of left thigh`."""
    return text.sentence(_NAMES[place].format(side=side.value))
