"""The quiet things around the person: bed, pillow, wall, chair, roller, basin, towel, glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from legato.domain.figure import Anchor, PropKind
from legato.ui.figure_colours import faded
from legato.ui.figure_curves import polygon, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPainter

    from legato.domain.figure import Box, Point, Prop
    from legato.domain.figure_joints import Joints
    from legato.ui.figure_colours import Tones
    from legato.ui.figure_curves import Placement

OVER_THE_PERSON = (PropKind.BASIN,)
IN_THE_HAND = (PropKind.STRAP, PropKind.GLASS)
CORNERS = {
    PropKind.MATTRESS: 0.022,
    PropKind.BED: 0.022,
    PropKind.SHEET: 0.03,
    PropKind.PILLOW: 0.025,
    PropKind.CUSHION: 0.04,
    PropKind.WALL: 0.004,
    PropKind.WOOD: 0.008,
}
EDGE = 0.004
STRAP_WIDTH = 0.0125
GLASS_WIDTH = 0.040
GLASS_HEIGHT = 0.078


class PropPainter:
    """Paints the props of one figure.

    Args:
        painter: Where to paint.
        placement: Where the figure is drawn.
        tones: What to paint with.
    """

    def __init__(self, painter: QPainter, placement: Placement, tones: Tones) -> None:
        self._painter = painter
        self._place = placement
        self._tones = tones
        self._edge = max(placement.length(EDGE), 0.7)

    def paint(self, prop: Prop, joints: Joints, presence: float) -> None:
        """Paint one prop; `presence` below 1 lets it come in softly."""
        if presence <= 0.0:
            return
        self._painter.save()
        self._painter.setOpacity(self._painter.opacity() * presence)
        if prop.kind is PropKind.FLOOR:
            self._floor()
        elif prop.kind is PropKind.STRAP:
            self._strap(anchor(joints, prop.ends[0]), anchor(joints, prop.ends[1]))
        elif prop.kind is PropKind.GLASS:
            self._glass(anchor(joints, prop.ends[0]))
        elif prop.box is not None:
            self._boxed(prop.kind, prop.box)
        self._painter.restore()

    def _boxed(self, kind: PropKind, box: Box) -> None:
        special: dict[PropKind, Callable[[Box], None]] = {
            PropKind.ROLLER: self._roller,
            PropKind.BALL: self._ball,
            PropKind.BASIN: self._basin,
        }
        if kind in special:
            special[kind](box)
            return
        tones = self._tones
        fill, edge = {
            PropKind.PILLOW: (tones.pillow, tones.pillow_edge),
            PropKind.CUSHION: (tones.pillow, tones.pillow_edge),
            PropKind.WALL: (tones.wall, tones.wall),
            PropKind.WOOD: (tones.wood, tones.wood),
        }.get(kind, (tones.mattress, tones.mattress_edge))
        self._rounded(box, CORNERS[kind], fill, edge)

    def _rounded(self, box: Box, corner: float, fill: QColor, edge: QColor) -> None:
        rect = self._rect(box)
        radius = min(self._place.length(corner), rect.width() / 2.0, rect.height() / 2.0)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        self._painter.fillPath(path, fill)
        if edge != fill:
            self._painter.strokePath(path, QPen(edge, self._edge))

    def _floor(self) -> None:
        window = self._place.window
        ends = ((window.left, 0.0), (window.right, 0.0))
        line = polygon([self._place.point(end) for end in ends])
        self._painter.strokePath(line, QPen(self._tones.floor, max(self._edge, 1.0)))

    def _roller(self, box: Box) -> None:
        rect = self._rect(box)
        path = QPainterPath()
        path.addEllipse(rect)
        self._painter.fillPath(path, self._tones.rubber)
        self._painter.strokePath(path, QPen(self._tones.rubber_edge, self._edge))
        inset = rect.width() * 0.3
        core = QPainterPath()
        core.addEllipse(rect.adjusted(inset, inset, -inset, -inset))
        self._painter.fillPath(core, faded(self._tones.shade, 0.45))

    def _ball(self, box: Box) -> None:
        path = QPainterPath()
        path.addEllipse(self._rect(box))
        self._painter.fillPath(path, self._tones.rubber)
        self._painter.strokePath(path, QPen(self._tones.rubber_edge, self._edge))

    def _basin(self, box: Box) -> None:
        lean, floor, level = 0.018, box.bottom + 0.004, box.top - 0.030
        bottom = ((box.left + lean, floor), (box.right - lean, floor))
        tub = self._line((box.left - lean, box.top), *bottom, (box.right + lean, box.top))
        water = self._line((box.left - lean / 2, level), *bottom, (box.right + lean / 2, level))
        self._painter.fillPath(water, faded(self._tones.water, 0.55))
        pen = QPen(self._tones.rubber_edge, self._edge * 1.6)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.strokePath(tub, pen)

    def _strap(self, start: Point, end: Point) -> None:
        droop = 0.012
        middle = ((start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0 - droop)
        path = smooth([self._place.point(p) for p in (start, middle, end)])
        width = max(self._place.length(STRAP_WIDTH), 1.6)
        for colour, share in ((self._tones.strap_edge, 1.0), (self._tones.strap, 0.66)):
            pen = QPen(colour, width * share)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self._painter.strokePath(path, pen)

    def _glass(self, held: Point) -> None:
        x, low = held[0], held[1] - GLASS_HEIGHT * 0.42
        narrow, wide = GLASS_WIDTH * 0.42, GLASS_WIDTH * 0.5
        rim, level = low + GLASS_HEIGHT, low + GLASS_HEIGHT * 0.66
        bottom = ((x - narrow, low), (x + narrow, low))
        glass = self._line((x - wide, rim), *bottom, (x + wide, rim))
        water = self._line((x - wide * 0.94, level), *bottom, (x + wide * 0.94, level))
        self._painter.fillPath(water, faded(self._tones.water, 0.6))
        self._painter.strokePath(glass, QPen(self._tones.rubber_edge, self._edge * 1.2))

    def _line(self, *places: Point) -> QPainterPath:
        return polygon([self._place.point(place) for place in places])

    def _rect(self, box: Box) -> QRectF:
        first = self._place.point((box.left, box.top))
        second = self._place.point((box.right, box.bottom))
        return QRectF(QPointF(*first), QPointF(*second)).normalized()


def anchor(joints: Joints, name: Anchor) -> Point:
    """Return where a strap or a glass is fixed to the body."""
    return {
        Anchor.NEAR_GRIP: joints.arm_near.grip,
        Anchor.FAR_GRIP: joints.arm_far.grip,
        Anchor.NEAR_BALL: joints.leg_near.ball,
        Anchor.NEAR_ANKLE: joints.leg_near.ankle,
    }[name]
