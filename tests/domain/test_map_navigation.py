"""Navigation between the regions of a chart that is a plain grid."""

from __future__ import annotations

import pytest

from leg_charts import grid
from legato.domain.leg_map import Direction, MapNavigation
from legato.domain.routine import Place, Side


@pytest.mark.parametrize(
    ("direction", "place", "side"),
    [
        (Direction.UP, Place.BACK_OF_THIGH, Side.RIGHT),
        (Direction.DOWN, Place.INNER_THIGH, Side.RIGHT),
        (Direction.RIGHT, Place.OUTER_THIGH, Side.LEFT),
    ],
)
def test_the_neighbour_is_the_next_one_in_that_direction(
    direction: Direction, place: Place, side: Side
) -> None:
    """From the third row of the left column a step goes one row or one column on."""
    chart = grid()
    start = chart.regions[4]

    found = MapNavigation(chart.regions).neighbour(start, direction)

    assert found is not None
    assert (found.place, found.side) == (place, side)


def test_there_is_no_neighbour_beyond_the_edge() -> None:
    """The left column has no neighbour to the left."""
    chart = grid()

    assert MapNavigation(chart.regions).neighbour(chart.regions[4], Direction.LEFT) is None
