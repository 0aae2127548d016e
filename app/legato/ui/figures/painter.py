"""Paints a figure; cards, sessions and files all use this painter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from legato.domain.figure.joints import joints, palm_faces
from legato.domain.figure.model import Face, Limb, Order, View
from legato.domain.figure.motion import both_legs
from legato.domain.routine import Side
from legato.ui.figures.curves import Placement, polygon, together
from legato.ui.figures.glow import GlowPainter
from legato.ui.figures.head_hands import DrawnHead
from legato.ui.figures.ink import FigureCanvas, tones
from legato.ui.figures.limbs import DrawnArm, DrawnLeg, DrawnTrunk
from legato.ui.figures.props import Layer, PropPainter, layer_of

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from legato.domain.figure.model import Figure, Pose
    from legato.ui.figures.ink import Cloth
    from legato.ui.theme import Theme


def paint_figure(  # noqa: PLR0917 - what, where, in which colours
    painter: QPainter,
    figure: Figure,
    pose: Pose,
    rect: QRectF,
    theme: Theme,
    side: Side = Side.RIGHT,
    *,
    glow: float = 1.0,
    turn: float = 0.0,
) -> None:
    """Paint the whole of `figure` in `pose`, centred in `rect`.

    Args:
        painter: Paints on a widget, an image or an SVG file.
        figure: Provides props, muscles and order of drawing.
        pose: The pose of the body.
        rect: The area to paint in, in the painter's units.
        theme: The theme.
        side: The working leg. LEFT mirrors the whole drawing; BOTH shows both legs at work if the
            figure can, otherwise the same as RIGHT.
        glow: Strength of the working muscle, 0 to 1.
        turn: 0 for `side`, 1 for the other side, a value between them during the turn.
    """
    if side is Side.BOTH:
        pose = both_legs(figure, pose)
    facing = math.cos(math.pi * min(max(turn, 0.0), 1.0)) * (-1.0 if side is Side.LEFT else 1.0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Drawing(painter, figure, pose, Placement(figure.window, rect, facing), theme).paint(
        glow, both=side is Side.BOTH and figure.both
    )
    painter.restore()


class _Drawing:
    """The parts of one figure for one painting."""

    def __init__(
        self, painter: QPainter, figure: Figure, pose: Pose, placement: Placement, theme: Theme
    ) -> None:
        self._figure = figure
        self._pose = pose
        self._placement = placement
        self._canvas = FigureCanvas(painter, placement, tones(theme))
        self._joints = joints(pose)
        self._front = pose.view is View.FRONT
        self._props = PropPainter(self._canvas, self._joints, pose.progress)
        self._trunk = DrawnTrunk(placement, pose, self._joints)
        self._legs = {
            limb: DrawnLeg(placement, pose, pose.leg(limb), self._joints.leg(limb)) for limb in Limb
        }
        viewer = self._front or pose.face is Face.VIEWER
        self._head = DrawnHead(placement, pose, self._joints, facing_viewer=viewer)

    def paint(self, glow: float, *, both: bool) -> None:
        """Paint everything, from the back to the front."""
        strengths = {muscle: share * glow for muscle, share in self._figure.glow(self._pose)}
        self._glow = GlowPainter(self._canvas, strengths)
        self._paint_props(Layer.BEHIND)
        if self._front:
            self._paint_from_front()
        else:
            self._paint_from_side(both=both)
        self._paint_props(Layer.OVER)

    def _paint_from_side(self, *, both: bool) -> None:
        order = self._figure.order(self._pose)
        self._arm(Limb.FAR)
        self._leg(Limb.FAR, works=both)
        self._body()
        if order is Order.ARM_BEHIND_LEG:
            self._arm(Limb.NEAR)
        self._paint_props(Layer.UNDER_LEG)
        self._leg(Limb.NEAR, works=True, seat=True)
        self._paint_props(Layer.IN_HAND)
        if order is not Order.ARM_BEHIND_LEG:
            self._arm(Limb.NEAR)

    def _paint_from_front(self) -> None:
        order = self._figure.order(self._pose)
        near_first = order is Order.NEAR_LEG_BEHIND
        across = order is Order.NEAR_LEG_ACROSS
        cloth = self._canvas.tones.near
        near = self._legs[Limb.NEAR]
        for limb in (Limb.NEAR, Limb.FAR) if near_first else (Limb.FAR, Limb.NEAR):
            if limb is Limb.FAR or not across:
                self._legs[limb].paint_skin(self._canvas, cloth)
                if limb is Limb.NEAR:
                    self._glow.on_leg(near, near.skin())
        shorts = [self._legs[Limb.FAR].shorts(), self._trunk.seat()]
        if not across:
            shorts.append(near.shorts())
        self._canvas.shape(together(*shorts), cloth.shorts, cloth.shorts_edge)
        if not across:
            self._part_shorts(cloth)
            self._glow.on_leg(near, near.shorts())
            self._glow.on_seat(self._trunk, together(*shorts))
        self._body()
        if across:
            self._leg_across(near, cloth)
        self._paint_props(Layer.IN_HAND)
        self._arm(Limb.FAR)
        self._arm(Limb.NEAR)

    def _leg_across(self, near: DrawnLeg, cloth: Cloth) -> None:
        """Paint the near leg with its shank over its thigh and over the other knee."""
        near.paint_thigh(self._canvas, cloth)
        self._canvas.shape(near.shorts(), cloth.shorts, cloth.shorts_edge)
        near.shade_shorts(self._canvas)
        self._glow.on_hip(near)
        near.paint_below_knee(self._canvas, cloth)

    def _part_shorts(self, cloth: Cloth) -> None:
        """Draw the line between the legs of the shorts, seen from the front."""
        one, two = (self._legs[limb].hem() for limb in Limb)
        hem = ((one[0] + two[0]) / 2.0, (one[1] + two[1]) / 2.0)
        line = polygon([self._trunk.crotch(), self._placement.point(hem)])
        self._canvas.line(line, cloth.shorts_edge)

    def _paint_props(self, layer: Layer) -> None:
        for prop in self._figure.props:
            if layer_of(prop) is layer:
                self._props.paint(prop, self._figure.presence(prop, self._pose))

    def _cloth(self, limb: Limb) -> Cloth:
        tones = self._canvas.tones
        return tones.near if limb is Limb.NEAR or self._front else tones.far

    def _leg(self, limb: Limb, *, works: bool, seat: bool = False) -> None:
        """Paint a leg and its shorts; `seat` adds the part of the shorts around the hips."""
        leg, cloth = self._legs[limb], self._cloth(limb)
        leg.paint_skin(self._canvas, cloth)
        shorts = together(leg.shorts(), self._trunk.seat()) if seat else leg.shorts()
        self._canvas.shape(shorts, cloth.shorts, cloth.shorts_edge)
        leg.shade_shorts(self._canvas)
        if works:
            self._glow.on_leg(leg, together(leg.skin(), shorts))
        if seat:
            self._glow.on_seat(self._trunk, shorts)

    def _body(self) -> None:
        cloth = self._canvas.tones.near
        self._head.paint_neck(self._canvas, cloth)
        self._trunk.paint_shirt(self._canvas, cloth)
        self._head.paint_head(self._canvas, cloth)

    def _arm(self, limb: Limb) -> None:
        arm, at = self._pose.arm(limb), self._joints.arm(limb)
        palm = palm_faces(self._pose, self._joints, arm, at.grip)
        drawn = DrawnArm(self._placement, self._pose, arm, at, palm)
        drawn.paint(self._canvas, self._cloth(limb))
