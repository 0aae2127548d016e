"""The one painter of figures: the same drawing for cards, sessions and files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from legato.domain.figure import Muscle, Order, Rest, View
from legato.domain.figure_joints import joints
from legato.domain.figure_motion import both_legs
from legato.domain.routine import Side
from legato.ui.figure_arm import DrawnArm
from legato.ui.figure_colours import faded, tones
from legato.ui.figure_curves import Placement, together
from legato.ui.figure_glow import PATCHES, SEAT_PATCH, SOLE_PATCH, paint_glow
from legato.ui.figure_head import DrawnHead
from legato.ui.figure_leg import DrawnLeg
from legato.ui.figure_props import IN_THE_HAND, OVER_THE_PERSON, PropPainter
from legato.ui.figure_trunk import DrawnTrunk

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainterPath

    from legato.domain.figure import Arm, Figure, Point, Pose
    from legato.ui.figure_colours import Cloth
    from legato.ui.theme import Theme

EDGE = 0.0055
"""Width of the dark rim that parts a limb from what lies behind it, in heights."""
THIN_TURN_OPACITY = 0.35
"""How much is left of the drawing while it is seen edge-on during a turn."""


def paint_figure(
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
    """Paint `figure` in `pose` into `rect`, whole and in the middle of it.

    Args:
        painter: Where to paint: a widget, an image or an SVG file.
        figure: What is shown: props, muscles and order of drawing come from it.
        pose: How the body is at this moment.
        rect: Where to paint, in the painter's units.
        theme: The tokens to paint with.
        side: The working leg. LEFT is the whole drawing mirrored; BOTH shows both legs at work
            if the figure can, otherwise it is as RIGHT.
        glow: Strength of the working muscle, 0 to 1.
        turn: 0 as `side` says, 1 the other side, between them on the way.
    """
    if side is Side.BOTH and figure.both:
        pose = both_legs(pose)
    facing = math.cos(math.pi * min(max(turn, 0.0), 1.0)) * (-1.0 if side is Side.LEFT else 1.0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if turn > 0.0:
        painter.setOpacity(
            painter.opacity() * (THIN_TURN_OPACITY + (1.0 - THIN_TURN_OPACITY) * abs(facing))
        )
    _Drawing(painter, figure, pose, Placement(figure.window, rect, facing), theme).paint(
        glow, both=side is Side.BOTH and figure.both
    )
    painter.restore()


class _Drawing:
    """One figure being painted."""

    def __init__(
        self, painter: QPainter, figure: Figure, pose: Pose, placement: Placement, theme: Theme
    ) -> None:
        self._painter = painter
        self._figure = figure
        self._pose = pose
        self._placement = placement
        self._tones = tones(theme)
        self._joints = joints(pose)
        self._edge = max(placement.length(EDGE), 0.8)
        self._props = PropPainter(painter, placement, self._tones)
        self._trunk = DrawnTrunk(placement, pose, self._joints)
        self._near_leg = DrawnLeg(placement, pose, pose.leg_near, self._joints.leg_near)
        self._far_leg = DrawnLeg(placement, pose, pose.leg_far, self._joints.leg_far)

    def paint(self, glow: float, *, both: bool) -> None:
        """Paint everything, from the back to the front."""
        figure, pose = self._figure, self._pose
        order = figure.order(pose)
        self._glows = {muscle: share * glow for muscle, share in figure.glow(pose)}
        self._paint_props(lambda kind: kind not in (*OVER_THE_PERSON, *IN_THE_HAND))
        front = pose.view is View.FRONT
        if not front:
            self._arm("far")
        if order is Order.NEAR_LEG_BEHIND:
            self._leg("near", shaded=True)
            self._leg("far")
        else:
            self._leg("far", shaded=both)
        self._body()
        if order is Order.ARM_BEHIND_LEG:
            self._arm("near")
        if order is not Order.NEAR_LEG_BEHIND:
            self._leg("near", shaded=True)
        self._seat_glow()
        self._paint_props(lambda kind: kind in IN_THE_HAND)
        if front:
            self._arm("far")
        if order is not Order.ARM_BEHIND_LEG:
            self._arm("near")
        self._paint_props(lambda kind: kind in OVER_THE_PERSON)

    def _paint_props(self, wanted) -> None:
        for prop in self._figure.props:
            if wanted(prop.kind):
                presence = self._figure.presence(prop, self._pose)
                self._props.paint(prop, self._joints, presence)

    def _cloth(self, side: str) -> Cloth:
        if side == "near" or self._pose.view is View.FRONT:
            return self._tones.near
        return self._tones.far

    def _leg(self, side: str, *, shaded: bool = False) -> None:
        cloth = self._cloth(side)
        leg = self._near_leg if side == "near" else self._far_leg
        skin, shorts = leg.skin(), leg.shorts()
        if side == "near" and self._pose.view is not View.FRONT:
            shorts = together(shorts, self._trunk.seat())
        self._fill(skin, cloth.skin, cloth.skin_edge)
        self._fill(shorts, cloth.shorts, cloth.shorts_edge)
        if shaded:
            self._limb_glow(leg, together(skin, shorts))

    def _limb_glow(self, leg: DrawnLeg, within: QPainterPath) -> None:
        for muscle, strength in self._glows.items():
            colour = faded(self._tones.glow, strength)
            if muscle is Muscle.SOLE:
                paint_glow(self._painter, within, leg.foot, 1.0, SOLE_PATCH, colour)
            elif muscle in PATCHES:
                calf = muscle in (Muscle.CALF_LOWER, Muscle.CALF_UPPER)
                bone = leg.shank if calf else leg.thigh
                length = leg.shank_length if calf else leg.thigh_length
                paint_glow(self._painter, within, bone, length, PATCHES[muscle], colour)

    def _seat_glow(self) -> None:
        strength = self._glows.get(Muscle.GLUTES, 0.0)
        if strength > 0.0:
            within = together(self._trunk.seat(), self._near_leg.shorts())
            colour = faded(self._tones.glow, strength)
            paint_glow(self._painter, within, self._trunk.bone, 1.0, SEAT_PATCH, colour)

    def _body(self) -> None:
        cloth = self._tones.near
        viewer = self._pose.view is View.FRONT
        head = DrawnHead(self._placement, self._pose, self._joints, facing_viewer=viewer)
        self._fill(head.neck(), cloth.skin, cloth.skin_edge)
        if viewer:
            for leg in (self._far_leg, self._near_leg):
                self._fill(leg.shorts(), cloth.shorts, cloth.shorts_edge)
            self._fill(self._trunk.seat(), cloth.shorts, cloth.shorts)
        self._fill(self._trunk.shirt(), cloth.shirt, cloth.shirt_edge)
        ears = head.ears()
        if viewer:
            for ear in ears:
                self._fill(ear, cloth.skin, cloth.skin_edge)
        self._fill(head.face(), cloth.skin, cloth.skin_edge)
        self._painter.fillPath(head.hair(), self._tones.hair)
        if not viewer:
            self._painter.fillPath(ears[0], cloth.skin)
            self._painter.strokePath(
                ears[0], QPen(faded(self._tones.features, 0.6), self._edge * 0.6)
            )
        pen = QPen(self._tones.features, max(self._placement.length(0.004), 0.7))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for line in head.features():
            self._painter.strokePath(line, pen)

    def _arm(self, side: str) -> None:
        cloth = self._cloth(side)
        arm = self._pose.arm_near if side == "near" else self._pose.arm_far
        at = self._joints.arm_near if side == "near" else self._joints.arm_far
        drawn = DrawnArm(self._placement, self._pose, arm, at, self._palm(arm, at.grip))
        hand, thumb = drawn.hand_shapes()
        self._fill(together(drawn.skin(), hand), cloth.skin, cloth.skin_edge)
        self._fill(thumb, cloth.skin, faded(cloth.skin_edge, 0.7))
        self._fill(drawn.sleeve(), cloth.shirt, cloth.shirt_edge)

    def _palm(self, arm: Arm, grip: Point) -> Point:
        """Return the direction that the palm faces."""
        if arm.on is Rest.WALL:
            return (float(self._pose.facing), 0.0)
        if arm.on.on_body:
            side, part = arm.on.value.split("-")
            leg = self._joints.leg_near if side == "near" else self._joints.leg_far
            ends = (leg.hip, leg.knee) if part in {"thigh", "knee"} else (leg.knee, leg.ankle)
            target = ((ends[0][0] + ends[1][0]) / 2.0, (ends[0][1] + ends[1][1]) / 2.0)
            return (target[0] - grip[0], target[1] - grip[1])
        if arm.on in (Rest.NOTHING, Rest.HIP):
            return (self._joints.hip[0] - grip[0], self._joints.hip[1] - grip[1])
        return (0.0, -1.0)

    def _fill(self, path: QPainterPath, colour: QColor, edge: QColor) -> None:
        pen = QPen(edge, self._edge)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(path, pen)
        self._painter.fillPath(path, colour)
