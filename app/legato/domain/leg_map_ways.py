"""The ways from region to region of the leg map, for someone who goes by arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.domain.leg_map import Region

_ASIDE_WEIGHT = 2.0


class Direction(StrEnum):
    """A way to go from one region to the next."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"

    @property
    def is_sideways(self) -> bool:
        """Whether it stays on a level."""
        return self in {Direction.LEFT, Direction.RIGHT}


class Ways:
    """Finds neighbours among regions, which are measured once.

    Args:
        regions: All that can be reached.
    """

    def __init__(self, regions: Sequence[Region]) -> None:
        self._seen = {
            direction: [(region, _Along.of(region, direction)) for region in regions]
            for direction in (Direction.RIGHT, Direction.DOWN)
        }
        for there, back in ((Direction.RIGHT, Direction.LEFT), (Direction.DOWN, Direction.UP)):
            self._seen[back] = [(region, along.turned()) for region, along in self._seen[there]]

    def neighbour(self, region: Region, direction: Direction) -> Region | None:
        """Return the region next to `region` in a direction, or None at the edge.

        Next is what has its middle beyond this region's own edge and is least far away, where a
        step aside counts twice. Up and down stay within a view.
        """
        seen = self._seen[direction]
        here = next(along for other, along in seen if other == region)
        beyond = [
            (there.distance(here), order)
            for order, (other, there) in enumerate(seen)
            if there.middle > here.end and (direction.is_sideways or other.view is region.view)
        ]
        return seen[min(beyond)[1]][0] if beyond else None


@dataclass(frozen=True, slots=True)
class _Along:
    """A region as someone meets it who goes in one direction.

    Attributes:
        begin: Where it begins.
        middle: Where its inner point is.
        end: Where it ends.
        first: Where it begins across the direction.
        last: Where it ends across the direction.
        level: Where its inner point is across the direction.
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

    def turned(self) -> _Along:
        """Return the same for someone who comes from the other end."""
        return _Along(-self.end, -self.middle, -self.begin, self.first, self.last, self.level)

    def distance(self, here: _Along) -> float:
        aside = min(self._misses(here.level), here._misses(self.level))
        # The levels only decide between regions that are about equally near.
        level = abs(self.level - here.level) / 4
        return max(0.0, self.begin - here.end) + _ASIDE_WEIGHT * aside + level

    def _misses(self, level: float) -> float:
        return max(0.0, self.first - level, level - self.last)
