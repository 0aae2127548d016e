"""Smooth paths in painter coordinates, from positions on the body."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QRectF

    from legato.domain.figure.model import Point
    from legato.domain.figure.props import Box

Stations: TypeAlias = "Sequence[tuple[float, float, float]]"
"""Widths of a limb: share of its length, width to the front, width to the back."""

CLOSEST = 1e-3
"""Points closer together than this, in painter units, count as one."""
THINNEST_TURN = 0.04
"""A drawing seen edge-on keeps this share of its width, to avoid a division by zero."""


class Placement:
    """Maps the page of a figure to a rectangle: whole, centred and undistorted.

    Args:
        window: The part of the page to show.
        rect: The rectangle, in painter units.
        turn: 1 as drawn, -1 mirrored, a value between them during a turn.

    Attributes:
        scale: Painter units per height of the person.
    """

    def __init__(self, window: Box, rect: QRectF, turn: float = 1.0) -> None:
        self.scale = min(rect.width() / window.width, rect.height() / window.height)
        if abs(turn) < THINNEST_TURN:
            turn = math.copysign(THINNEST_TURN, turn)
        self._across = self.scale * turn
        self._centre = (rect.center().x(), rect.center().y())
        self._middle = (
            (window.left + window.right) / 2.0,
            (window.bottom + window.top) / 2.0,
        )
        self.window = window

    def point(self, place: Point) -> Point:
        """Return a position on the page in painter units."""
        return (
            self._centre[0] + (place[0] - self._middle[0]) * self._across,
            self._centre[1] - (place[1] - self._middle[1]) * self.scale,
        )

    def length(self, heights: float) -> float:
        """Return a length in painter units."""
        return heights * self.scale


class Bone:
    """A straight piece of the body, with a start, a direction and a front.

    Args:
        placement: The placement of the figure.
        start: The nearer joint.
        degrees: The direction to the further joint.
        front: 1 if the front is counter-clockwise of that direction, -1 if clockwise.
    """

    def __init__(self, placement: Placement, start: Point, degrees: float, front: int) -> None:
        radians = math.radians(degrees)
        self._cos = math.cos(radians)
        self._sin = math.sin(radians)
        self._front = front
        self.placement = placement
        self.start = start
        self.front_degrees = degrees + 90.0 * front

    def place(self, along: float, across: float) -> Point:
        """Return the position on the page `along` the bone and `across` it, positive to the front."""
        side = across * self._front
        return (
            self.start[0] + along * self._cos - side * self._sin,
            self.start[1] + along * self._sin + side * self._cos,
        )

    def at(self, along: float, across: float) -> Point:
        """Return the position `along` the bone and `across` it in painter units."""
        return self.placement.point(self.place(along, across))

    def through(self, places: Iterable[tuple[float, float]]) -> list[Point]:
        """Return the points in painter units for pairs of along and across."""
        return [self.at(along, across) for along, across in places]


def closed(points: Sequence[Point]) -> QPainterPath:
    """Return the smooth closed curve through `points`, always in the same orientation."""
    points = _one_way_round(points)
    path = QPainterPath()
    path.moveTo(*points[0])
    count = len(points)
    for i in range(count):
        _curve(path, points[i - 1], points[i], points[(i + 1) % count], points[(i + 2) % count])
    path.closeSubpath()
    return path


def pieced(*runs: Sequence[Point]) -> QPainterPath:
    """Return a closed outline of smooth runs with a corner where one run meets the next."""
    if _area([point for run in runs for point in run]) < 0:
        runs = tuple(list(reversed(run)) for run in reversed(runs))
    path = QPainterPath()
    path.moveTo(*runs[0][0])
    for run in runs:
        path.lineTo(*run[0])
        _follow(path, run)
    path.closeSubpath()
    return path


def smooth(points: Sequence[Point]) -> QPainterPath:
    """Return the smooth open curve through `points`."""
    path = QPainterPath()
    path.moveTo(*points[0])
    _follow(path, points)
    return path


def polygon(points: Sequence[Point]) -> QPainterPath:
    """Return the straight open line through `points`."""
    path = QPainterPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    return path


def together(*parts: QPainterPath) -> QPainterPath:
    """Return the union of `parts` as one path without seams inside."""
    whole = QPainterPath()
    whole.setFillRule(Qt.FillRule.WindingFill)
    for part in parts:
        whole.addPath(part)
    return whole


def disc(bone: Bone, along: float, across: float, radius: float, flat: float = 1.0) -> QPainterPath:
    """Return a round part of the body; `flat` below 1 flattens it across the bone."""
    slant = 0.7071
    ring = (
        (1.0, 0.0),
        (slant, slant),
        (0.0, 1.0),
        (-slant, slant),
        (-1.0, 0.0),
        (-slant, -slant),
        (0.0, -1.0),
        (slant, -slant),
    )
    return closed(bone.through((along + radius * x, across + radius * flat * y) for x, y in ring))


def profile(
    bone: Bone,
    stations: Stations,
    length: float,
    *,
    wider: float = 0.0,
) -> QPainterPath:
    """Return the closed outline of a limb.

    Args:
        bone: The bone inside it.
        stations: The widths along it.
        length: Visible length of the bone.
        wider: Added to each width.
    """
    front = [(share * length, ahead + wider) for share, ahead, _ in stations]
    back = [(share * length, -behind - wider) for share, _, behind in reversed(stations)]
    return closed(bone.through((*front, *back)))


def _follow(path: QPainterPath, points: Sequence[Point]) -> None:
    """Extend `path`, which is at the first of `points`, smoothly through the others."""
    last = len(points) - 1
    for i in range(last):
        _curve(path, points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)])


def _curve(path: QPainterPath, before: Point, here: Point, then: Point, after: Point) -> None:
    """Add one piece of a centripetal Catmull-Rom curve, which has no bump where points lie close."""
    first = _gap(before, here)
    middle = _gap(here, then)
    last = _gap(then, after)
    one = _control(before, here, then, first, middle)
    two = _control(after, then, here, last, middle)
    path.cubicTo(one[0], one[1], two[0], two[1], then[0], then[1])


def _gap(one: Point, two: Point) -> float:
    return math.sqrt(math.hypot(two[0] - one[0], two[1] - one[1]))


def _control(outer: Point, here: Point, inner: Point, outer_gap: float, gap: float) -> Point:
    """Return the control point next to `here` on the side of `inner`."""
    if outer_gap < CLOSEST:
        return (here[0] + (inner[0] - here[0]) / 3.0, here[1] + (inner[1] - here[1]) / 3.0)
    out, into = outer_gap * outer_gap, gap * gap
    keep = 2.0 * out + 3.0 * outer_gap * gap + into
    whole = 3.0 * outer_gap * (outer_gap + gap)
    return (
        (out * inner[0] - into * outer[0] + keep * here[0]) / whole,
        (out * inner[1] - into * outer[1] + keep * here[1]) / whole,
    )


def _one_way_round(points: Sequence[Point]) -> Sequence[Point]:
    return list(reversed(points)) if _area(points) < 0 else points


def _area(points: Sequence[Point]) -> float:
    return sum(
        points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1]
        for i in range(len(points))
    )
