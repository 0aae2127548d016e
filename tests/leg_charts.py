"""Charts of legs for tests: a plain grid, and what ships."""

from __future__ import annotations

from itertools import product

from legato.domain.leg_map import Command, LegChart, LegView, Outline, Region
from legato.domain.routine import Place, Side
from legato.resources import find_bundled
from legato.storage.body_map import read_leg_chart

LEGS = find_bundled().assets / "body" / "legs.svg"


def shipped() -> LegChart:
    """Return the chart that ships."""
    return read_leg_chart(LEGS)


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """Return a rectangle."""
    corners = ((right, top), (right, bottom), (left, bottom))
    lines = (Command("L", (corner,)) for corner in corners)
    return Outline((Command("M", ((left, top),)), *lines, Command("Z")))


def grid() -> LegChart:
    """Return a chart with a row for each place, the right leg before the left one."""
    regions = tuple(
        Region(place, side, LegView.FRONT, box(x, 10 * row, x + 8, 10 * row + 8))
        for (row, place), (x, side) in product(enumerate(Place), ((0, Side.RIGHT), (10, Side.LEFT)))
    )
    return LegChart(width=20, height=140, axes=((LegView.FRONT, 9),), shapes=(), regions=regions)
