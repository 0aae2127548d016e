"""The chart of the legs: outlines, sides, and required regions."""

from __future__ import annotations

import pytest

from leg_charts import box, grid
from legato.domain.leg_map import Bounds, Command, LegChart, LegView, Outline, Region
from legato.domain.routine import Place, Side


def test_the_right_leg_is_on_the_left_of_someone_who_faces_us() -> None:
    """In the front view the right leg is on the left of the chart."""
    assert LegView.FRONT.side_on_left is Side.RIGHT


def test_the_left_leg_is_on_the_left_of_someone_seen_from_behind() -> None:
    """In the back view the left leg is on the left of the chart."""
    assert LegView.BACK.side_on_left is Side.LEFT


def test_an_outline_mirrors_about_an_upright_line() -> None:
    """A mirrored outline has the same distance from the axis and the same height."""
    assert box(1, 2, 3, 4).mirrored(10).bounds() == Bounds(17, 2, 19, 4)


def test_mirroring_twice_changes_nothing() -> None:
    """The mirror image of the mirror image is the outline itself."""
    assert box(1, 2, 3, 4).mirrored(10).mirrored(10) == box(1, 2, 3, 4)


def test_bounds_follow_a_curve_and_not_its_control_points() -> None:
    """A curve with control points at y = 4 has its bounds at y = 3."""
    curve = Outline((Command("M", ((0, 0),)), Command("C", ((0, 4), (4, 4), (4, 0)))))

    assert curve.bounds() == Bounds(0, 0, 4, 3)


def test_the_inner_point_of_a_hollow_shape_is_in_its_wider_arm() -> None:
    """The inner point of a U shape is inside it, not in the gap."""
    corners = ((0, 0), (2, 0), (2, 8), (4, 8), (4, 0), (9, 0), (9, 10), (0, 10))
    start, *rest = (Command("L", (corner,)) for corner in corners)
    horns = Outline((Command("M", start.points), *rest, Command("Z")))

    assert horns.inner_point() == (6.5, 5.0)


def test_an_outline_begins_with_a_move() -> None:
    """A path without a beginning is refused."""
    with pytest.raises(ValueError, match="begins with M"):
        Outline((Command("L", ((0, 0),)), Command("Z")))


def test_a_command_takes_its_number_of_points() -> None:
    """A curve with two points is refused."""
    with pytest.raises(ValueError, match="C takes 3 points"):
        Command("C", ((0, 0), (1, 1)))


def test_an_unknown_command_is_refused() -> None:
    """A path has no quadratic curves."""
    with pytest.raises(ValueError, match="not Q"):
        Command("Q", ((0, 0), (1, 1)))


def test_a_region_is_on_one_leg() -> None:
    """A region for both legs at once is refused."""
    with pytest.raises(ValueError, match="on the left leg or on the right"):
        Region(Place.CALF, Side.BOTH, LegView.BACK, box(0, 0, 1, 1))


def test_a_chart_without_a_place_is_refused() -> None:
    """A chart must have every place on either leg."""
    with pytest.raises(ValueError, match="no region for whole-leg on the left"):
        LegChart(width=20, height=140, axes=(), shapes=(), regions=grid().regions[:-1])


def test_a_place_twice_in_one_view_is_refused() -> None:
    """Place, side and view identify a region."""
    regions = (*grid().regions, grid().regions[0])

    with pytest.raises(ValueError, match="twice"):
        LegChart(width=20, height=140, axes=(), shapes=(), regions=regions)
