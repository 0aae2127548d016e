"""Ways to point at regions of the leg map in tests of the widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from leg_charts import shipped
from legato.domain.routine import Place, Side
from legato.ui.leg_map.map import RegionButton
from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.domain.leg_map import LegView, Region
    from legato.ui.leg_map.map import LegMap

CHART = shipped()
CALF = (Place.CALF, Side.LEFT)
KNEE = (Place.FRONT_OF_KNEE, Side.RIGHT)


def region_id(wanted: Region) -> str:
    """Return a region's name in the report of a test."""
    return f"{wanted.view}-{wanted.side}-{wanted.place}"


def spot(region: Region) -> tuple[Place, Side]:
    """Return what choosing a region chooses."""
    return (region.place, region.side)


def region(place: Place, side: Side, view: LegView) -> Region:
    """Return the region of that name."""
    return next(r for r in CHART.regions if (r.place, r.side, r.view) == (place, side, view))


def button(legs: LegMap, wanted: Region) -> RegionButton:
    """Return the button of a region."""
    return next(b for b in legs.findChildren(RegionButton) if b.region == wanted)


def inside(legs: LegMap, wanted: Region) -> QPoint:
    """Return a point of the widget well inside a region."""
    outline = wanted.outline
    middle, bounds = legs.path(wanted).boundingRect(), outline.bounds()
    x, y = outline.inner_point()
    return QPointF(
        middle.left() + (x - bounds.left) / (bounds.right - bounds.left) * middle.width(),
        middle.top() + (y - bounds.top) / (bounds.bottom - bounds.top) * middle.height(),
    ).toPoint()


def grid(legs: LegMap, step: int = 4) -> Iterator[QPoint]:
    """Give points all over the widget."""
    for y in range(0, legs.height(), step):
        for x in range(0, legs.width(), step):
            yield QPoint(x, y)


def picture(legs: LegMap) -> QImage:
    """Return what is seen, on the ground of the night."""
    image = QImage(legs.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(NIGHT.ground))
    painter = QPainter(image)
    legs.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    return image
