"""Paints the props: bed, pillow, wall, chair, roller, basin, towel, glass."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from legato.domain.figure.joints import along, direction
from legato.domain.figure.props import Anchor, Box, PropKind
from legato.ui.figures.curves import polygon, smooth
from legato.ui.figures.ink import faded

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from legato.domain.figure.joints import Joints
    from legato.domain.figure.model import Point
    from legato.domain.figure.props import Prop
    from legato.ui.figures.ink import FigureCanvas

CORNERS = {
    PropKind.MATTRESS: 0.024,
    PropKind.SHEET: 0.03,
    PropKind.PILLOW: 0.026,
    PropKind.CUSHION: 0.045,
    PropKind.BOLSTER: 0.045,
    PropKind.WALL: 0.003,
    PropKind.WOOD: 0.008,
}
BED_FRAME = 0.55
"""Share of the height of a bed that is frame; the rest is the mattress."""
STRAP_WIDTH = 3.6
STRAP_DROOP = 0.014
"""Sag of a strap in the first frame; in the last frame it is straight."""
TAIL = ((0.0, 0.0), (-0.012, -0.030), (-0.004, -0.062))
"""The end of the towel that hangs from the fist, from the palm."""
LOOP = (-0.021, 0.019)
LOOP_BELOW = 0.003
LOOP_WIDTH = 1.5
"""The towel along the sole from the ball of the foot, its distance below it, and its width."""
ANKLE_LOOP = 0.017
ANKLE_LOOP_ABOVE = 0.012
"""Half the length of the towel across the ankle, and its distance above the joint."""
GLASS_WIDTH = 0.050
GLASS_HEIGHT = 0.096
GLASS_BELOW_PALM = 0.45
MOUTH_UP, MOUTH_AHEAD = 0.082, 0.055
TILT_DEGREES = 38.0
TILT_WITHIN = 0.16
"""Distance from the mouth within which a glass tilts, more the nearer it is."""


class Layer(Enum):
    """The order of painting a prop: first, under the near leg, between leg and hand, or last."""

    BEHIND = "behind"
    UNDER_LEG = "under leg"
    IN_HAND = "in hand"
    OVER = "over"


def layer_of(prop: Prop) -> Layer:
    """Return the layer of `prop`."""
    if prop.kind is PropKind.BASIN:
        return Layer.OVER
    if prop.kind in (PropKind.ROLLER, PropKind.BALL, PropKind.BOLSTER):
        return Layer.UNDER_LEG
    held = prop.kind in (PropKind.STRAP, PropKind.GLASS)
    return Layer.IN_HAND if held else Layer.BEHIND


class PropPainter:
    """Paints the props of one figure.

    Args:
        canvas: The canvas to paint on.
        joints: The joints of the person.
        progress: The progress of the figure from its first frame (0) to its last (1).
    """

    def __init__(self, canvas: FigureCanvas, joints: Joints, progress: float) -> None:
        self._canvas = canvas
        self._place = canvas.placement
        self._tones = canvas.tones
        self._joints = joints
        self._progress = progress

    def paint(self, prop: Prop, presence: float) -> None:
        """Paint one prop with the opacity `presence`, 0 to 1."""
        if presence <= 0.0:
            return
        painter = self._canvas.painter
        painter.save()
        painter.setOpacity(painter.opacity() * presence)
        if prop.kind is PropKind.FLOOR:
            self._floor()
        elif prop.kind is PropKind.STRAP:
            self._strap(prop.ends[0], prop.ends[1])
        elif prop.kind is PropKind.GLASS:
            self._glass(self._at(prop.ends[0]))
        elif box := prop.box_at(self._progress):
            self._boxed(prop.kind, box)
        painter.restore()

    def _boxed(self, kind: PropKind, box: Box) -> None:
        tones = self._tones
        if kind in (PropKind.ROLLER, PropKind.BALL):
            self._round(kind, box)
        elif kind is PropKind.BASIN:
            self._basin(box)
        elif kind is PropKind.BED:
            self._bed(box)
        elif kind in (PropKind.PILLOW, PropKind.CUSHION, PropKind.BOLSTER):
            self._rounded(box, CORNERS[kind], tones.pillow, tones.pillow_edge)
        elif kind in (PropKind.MATTRESS, PropKind.SHEET):
            self._rounded(box, CORNERS[kind], tones.mattress, tones.mattress_edge)
        else:
            colour = tones.wall if kind is PropKind.WALL else tones.wood
            self._rounded(box, CORNERS[kind], colour, colour)

    def _rounded(self, box: Box, corner: float, fill: QColor, edge: QColor) -> None:
        rect = self._rect(box)
        radius = min(self._place.length(corner), rect.width() / 2.0, rect.height() / 2.0)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        self._canvas.fill(path, fill)
        if edge != fill:
            self._canvas.line(path, edge)

    def _bed(self, box: Box) -> None:
        middle = box.bottom + box.height * BED_FRAME
        inset = 0.012
        frame = Box(left=box.left, bottom=box.bottom, right=box.right - inset, top=middle)
        mattress = Box(left=box.left, bottom=middle, right=box.right, top=box.top)
        self._rounded(frame, 0.006, self._tones.bed_frame, self._tones.bed_frame)
        tones = self._tones
        self._rounded(mattress, CORNERS[PropKind.MATTRESS], tones.mattress, tones.mattress_edge)

    def _floor(self) -> None:
        window = self._place.window
        self._canvas.line(self._line((window.left, 0.0), (window.right, 0.0)), self._tones.floor)

    def _round(self, kind: PropKind, box: Box) -> None:
        rect = self._rect(box)
        path = QPainterPath()
        path.addEllipse(rect)
        self._canvas.shape(path, self._tones.rubber, self._tones.rubber_edge)
        if kind is PropKind.ROLLER:
            inset = rect.width() * 0.3
            core = QPainterPath()
            core.addEllipse(rect.adjusted(inset, inset, -inset, -inset))
            self._canvas.fill(core, faded(self._tones.shade, 0.45))

    def _basin(self, box: Box) -> None:
        lean, floor, level = 0.018, box.bottom + 0.004, box.top - 0.030
        bottom = ((box.left + lean, floor), (box.right - lean, floor))
        tub = self._line((box.left - lean, box.top), *bottom, (box.right + lean, box.top))
        water = self._line((box.left - lean / 2, level), *bottom, (box.right + lean / 2, level))
        self._canvas.fill(tub, faded(self._tones.water, 0.18))
        self._canvas.fill(water, faded(self._tones.water, 0.5))
        surface = self._line((box.left - lean / 2, level), (box.right + lean / 2, level))
        self._canvas.line(surface, faded(self._tones.water_light, 0.7))
        self._canvas.line(tub, self._tones.rubber_edge, 1.6)

    def _strap(self, held: Anchor, fixed: Anchor) -> None:
        start, end = self._at(held), self._at(fixed)
        droop = STRAP_DROOP * (1.0 - self._progress)
        middle = ((start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0 - droop)
        tail = [(start[0] + x, start[1] + y) for x, y in TAIL]
        lines = [(self._curve(*tail), 1.0), (self._curve(start, middle, end), 1.0)]
        lines.append((self._loop(fixed), LOOP_WIDTH))
        for colour, share in ((self._tones.strap_edge, 1.0), (self._tones.strap, 0.62)):
            for line, width in lines:
                self._canvas.line(line, colour, STRAP_WIDTH * share * width)

    def _loop(self, fixed: Anchor) -> QPainterPath:
        """Return the line of a strap on the foot: under its ball, or across the ankle."""
        leg = self._joints.leg_near
        if fixed is Anchor.NEAR_BALL:
            first, last = LOOP
            toes = direction(leg.heel, leg.toe)
            below = along(leg.ball, direction(leg.ankle, leg.heel), LOOP_BELOW)
            return self._line(along(below, toes, first), along(below, toes, last))
        across = direction(leg.knee, leg.ankle) + 90.0
        above = along(leg.ankle, across - 90.0, -ANKLE_LOOP_ABOVE)
        ends = (along(above, across, sign * ANKLE_LOOP) for sign in (-1.0, 1.0))
        return self._line(*ends)

    def _glass(self, held: Point) -> None:
        neck, crown = self._joints.neck, self._joints.crown
        up = direction(neck, crown)
        mouth = along(along(neck, up, MOUTH_UP), up - 90.0, MOUTH_AHEAD)
        nearness = max(0.0, 1.0 - math.dist(mouth, held) / TILT_WITHIN)
        upright = 90.0 + TILT_DEGREES * min(nearness * 2.0, 1.0)
        low = along(held, upright, -GLASS_HEIGHT * GLASS_BELOW_PALM)

        def place(height: float, side: float) -> Point:
            width = GLASS_WIDTH * (0.42 + 0.08 * height) * side
            return along(along(low, upright, GLASS_HEIGHT * height), upright - 90.0, width)

        glass = self._line(place(1.0, -1), place(0.0, -1), place(0.0, 1), place(1.0, 1))
        water = self._line(place(0.68, -1), place(0.0, -1), place(0.0, 1), place(0.68, 1))
        self._canvas.fill(glass, faded(self._tones.water_light, 0.30))
        self._canvas.fill(water, faded(self._tones.water, 0.9))
        self._canvas.line(self._line(place(0.68, -1), place(0.68, 1)), self._tones.water_light, 1.2)
        self._canvas.line(glass, self._tones.water_light, 1.5)

    def _at(self, name: Anchor) -> Point:
        """Return the position of an anchor."""
        joints = self._joints
        return {
            Anchor.NEAR_GRIP: joints.arm_near.grip,
            Anchor.FAR_GRIP: joints.arm_far.grip,
            Anchor.NEAR_BALL: joints.leg_near.ball,
            Anchor.NEAR_ANKLE: joints.leg_near.ankle,
        }[name]

    def _line(self, *places: Point) -> QPainterPath:
        return polygon([self._place.point(place) for place in places])

    def _curve(self, *places: Point) -> QPainterPath:
        return smooth([self._place.point(place) for place in places])

    def _rect(self, box: Box) -> QRectF:
        first = self._place.point((box.left, box.top))
        second = self._place.point((box.right, box.bottom))
        return QRectF(QPointF(*first), QPointF(*second)).normalized()
