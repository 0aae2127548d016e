"""The leg map as data: its painted shapes, its regions, and navigation between regions.

Lengths are in units of the chart, y grows downwards. Sides are the user's own: in the front view
the right leg is on the left of the chart, in the back view the left leg is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.routine import Place, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

Point: TypeAlias = tuple[float, float]

POINTS_OF = {"M": 1, "L": 1, "C": 3, "Z": 0}
"""The commands of an outline (move, line, curve, close) and the number of points of each."""

_CURVE_STEPS = 6


class LegView(StrEnum):
    """The side from which the legs are seen."""

    FRONT = "front"
    BACK = "back"

    @property
    def side_on_left(self) -> Side:
        """The leg on the left of the chart: the right one of a person seen from the front."""
        return Side.RIGHT if self is LegView.FRONT else Side.LEFT


class ShapeKind(StrEnum):
    """The kind of a painted shape.

    LIGHT and SHADE are soft ovals, LINE and SEAM strokes on skin and cloth; a BRACKET beside a
    leg spans the whole leg.
    """

    SKIN = "skin"
    CLOTHES = "clothes"
    LIGHT = "light"
    SHADE = "shade"
    LINE = "line"
    SEAM = "seam"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A bounding rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Command:
    """One command of an outline: its letter, and its points, the end point last.

    Raises:
        ValueError: The letter is unknown, or the number of points does not fit it.
    """

    letter: str
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        if self.letter not in POINTS_OF:
            raise ValueError(f"a path is made of {', '.join(POINTS_OF)}, not {self.letter}")
        if len(self.points) != POINTS_OF[self.letter]:
            raise ValueError(f"{self.letter} takes {POINTS_OF[self.letter]} points")


@dataclass(frozen=True, slots=True)
class Outline:
    """A path of straight and curved pieces; it begins with M and bounds an area if it closes."""

    commands: tuple[Command, ...]

    def __post_init__(self) -> None:
        if len(self.commands) < 2 or self.commands[0].letter != "M":  # noqa: PLR2004 - a line
            raise ValueError("a path begins with M and goes on from there")

    def mirrored(self, axis: float) -> Outline:
        """Return the mirror image about the upright line at x = `axis`."""
        return Outline(
            tuple(
                Command(command.letter, tuple((2 * axis - x, y) for x, y in command.points))
                for command in self.commands
            )
        )

    def polygon(self) -> tuple[Point, ...]:
        """Return points along the path, close enough together to approximate its curves."""
        points: list[Point] = []
        for command in self.commands:
            if command.letter == "C":
                points.extend(_curve(points[-1], command.points))
            else:
                points.extend(command.points)
        return tuple(points)

    def bounds(self) -> Bounds:
        """Return the bounding rectangle of the path."""
        xs, ys = zip(*self.polygon(), strict=True)
        return Bounds(min(xs), min(ys), max(xs), max(ys))

    def inner_point(self) -> Point:
        """Return a point well inside the area: halfway down, in the middle of its widest part there."""
        bounds = self.bounds()
        y = (bounds.top + bounds.bottom) / 2
        crossings = sorted(_crossings(self.polygon(), y))
        spans = zip(crossings[::2], crossings[1::2], strict=True)
        left, right = max(spans, key=lambda span: span[1] - span[0])
        return ((left + right) / 2, y)


@dataclass(frozen=True, slots=True)
class Shape:
    """A painted shape that cannot be chosen."""

    kind: ShapeKind
    view: LegView
    outline: Outline


@dataclass(frozen=True, slots=True)
class Region:
    """An area of the chart for a place on one leg; place, side and view identify it."""

    place: Place
    side: Side
    view: LegView
    outline: Outline = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.side is Side.BOTH:
            raise ValueError("a region is on the left leg or on the right one")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegChart:
    """Both views of the legs.

    Attributes:
        width: From the left edge of the front view to the right edge of the back view.
        height: From above the waist to below the feet.
        axes: The x coordinate of the middle of the body, for each view.
        shapes: The painted shapes, from back to front.
        regions: The regions that can be chosen; every place on either leg is among them.
    """

    width: float
    height: float
    axes: tuple[tuple[LegView, float], ...]
    shapes: tuple[Shape, ...]
    regions: tuple[Region, ...]

    def __post_init__(self) -> None:
        seen = [(region.place, region.side, region.view) for region in self.regions]
        if len(set(seen)) < len(seen):
            raise ValueError("a place is there twice in one view")
        spots = {(place, side) for place, side, _ in seen}
        for place in Place:
            for side in (Side.LEFT, Side.RIGHT):
                if (place, side) not in spots:
                    raise ValueError(f"there is no region for {place.value} on the {side.value}")


def _curve(start: Point, points: tuple[Point, ...]) -> list[Point]:
    one, two, end = points
    steps = (step / _CURVE_STEPS for step in range(1, _CURVE_STEPS + 1))
    return [
        (
            _bezier(start[0], one[0], two[0], end[0], t),
            _bezier(start[1], one[1], two[1], end[1], t),
        )
        for t in steps
    ]


def _bezier(a: float, b: float, c: float, d: float, t: float) -> float:
    s = 1 - t
    return s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d


def _crossings(polygon: tuple[Point, ...], y: float) -> list[float]:
    """Return the x coordinates at which the closed `polygon` crosses the height `y`."""
    edges = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return [
        x0 + (x1 - x0) * (y - y0) / (y1 - y0)
        for (x0, y0), (x1, y1) in edges
        if (y0 < y) != (y1 < y)
    ]


_ASIDE_WEIGHT = 2.0


class Direction(StrEnum):
    """A direction from one region to the next, as of an arrow key."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"

    @property
    def is_sideways(self) -> bool:
        """Whether it is left or right."""
        return self in {Direction.LEFT, Direction.RIGHT}


class MapNavigation:
    """Finds the neighbours of regions for navigation by arrow keys; measures each region once.

    Args:
        regions: All regions that can be reached.
    """

    def __init__(self, regions: Sequence[Region]) -> None:
        self._measured = {
            direction: [(region, _Along.of(region, direction)) for region in regions]
            for direction in (Direction.RIGHT, Direction.DOWN)
        }
        for there, back in ((Direction.RIGHT, Direction.LEFT), (Direction.DOWN, Direction.UP)):
            self._measured[back] = [
                (region, along.reversed()) for region, along in self._measured[there]
            ]

    def neighbour(self, region: Region, direction: Direction) -> Region | None:
        """Return the region next to `region` in `direction`, or None at the edge.

        That is the nearest of those whose middle lies beyond the edge of `region`; distance to
        the side counts twice. Up and down stay within a view.
        """
        measured = self._measured[direction]
        here = next(along for other, along in measured if other == region)
        beyond = [
            (there.distance(here), order)
            for order, (other, there) in enumerate(measured)
            if there.middle > here.end and (direction.is_sideways or other.view is region.view)
        ]
        return measured[min(beyond)[1]][0] if beyond else None


@dataclass(frozen=True, slots=True)
class _Along:
    """The extent of a region along and across one direction.

    Attributes:
        begin: Its near edge along the direction.
        middle: Its inner point along the direction.
        end: Its far edge along the direction.
        first: Its first edge across the direction.
        last: Its last edge across the direction.
        level: Its inner point across the direction.
    """

    begin: float
    middle: float
    end: float
    first: float
    last: float
    level: float

    @classmethod
    def of(cls, region: Region, direction: Direction) -> _Along:
        x, y = region.outline.inner_point()
        bounds = region.outline.bounds()
        if direction.is_sideways:
            return cls(bounds.left, x, bounds.right, bounds.top, bounds.bottom, y)
        return cls(bounds.top, y, bounds.bottom, bounds.left, bounds.right, x)

    def reversed(self) -> _Along:
        """Return the same for the opposite direction."""
        return _Along(-self.end, -self.middle, -self.begin, self.first, self.last, self.level)

    def distance(self, here: _Along) -> float:
        aside = min(self._gap_to(here.level), here._gap_to(self.level))
        # The levels only decide between regions that are about equally near.
        level = abs(self.level - here.level) / 4
        return max(0.0, self.begin - here.end) + _ASIDE_WEIGHT * aside + level

    def _gap_to(self, level: float) -> float:
        return max(0.0, self.first - level, level - self.last)
