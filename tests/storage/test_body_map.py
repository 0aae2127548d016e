"""Tests of the leg map file: the shipped one, and what is refused."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import pytest

from leg_charts import LEGS, shipped
from legato.domain.leg_map import Direction, LegChart, LegView, MapNavigation, Region, ShapeKind
from legato.domain.problems import BadData
from legato.domain.routine import Place, Side
from legato.storage.body_map import outline_of, read_leg_chart

if TYPE_CHECKING:
    from pathlib import Path

FRONT_ONLY = {
    Place.FRONT_OF_THIGH,
    Place.INNER_THIGH,
    Place.FRONT_OF_KNEE,
    Place.INNER_KNEE,
    Place.OUTER_KNEE,
    Place.SHIN,
    Place.WHOLE_LEG,
}
BOTH_VIEWS = {Place.OUTER_THIGH, Place.ANKLE}


@pytest.fixture(scope="module")
def chart() -> LegChart:
    """Return the shipped leg chart."""
    return shipped()


def reached(ways: MapNavigation, start: Region) -> set[Region]:
    """Return the regions that the arrow keys reach from `start`."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for direction in Direction:
            there = ways.neighbour(here, direction)
            if there is not None and there not in found:
                found.add(there)
                waiting.append(there)
    return found


def test_each_place_is_in_the_view_where_it_is_seen(chart: LegChart) -> None:
    """Front places are in the front view, others in the back view, hip and foot in both."""
    seen = {view: {r.place for r in chart.regions if r.view is view} for view in LegView}

    assert seen[LegView.FRONT] == FRONT_ONLY | BOTH_VIEWS
    assert seen[LegView.BACK] == (set(Place) - FRONT_ONLY) | BOTH_VIEWS


def test_the_legs_stand_on_their_anatomical_sides(chart: LegChart) -> None:
    """From the front the right leg is left of the middle, from the back the left leg is."""
    axes = dict(chart.axes)
    for region in chart.regions:
        on_left = region.outline.inner_point()[0] < axes[region.view]

        assert (region.side is Side.RIGHT) == (on_left == (region.view is LegView.FRONT))


def test_the_arrows_lead_from_any_region_to_any_other(chart: LegChart) -> None:
    """The keyboard reaches every region of the map."""
    ways = MapNavigation(chart.regions)
    for region in chart.regions:
        assert reached(ways, region) == set(chart.regions)


@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        (Place.FRONT_OF_THIGH, Direction.DOWN, Place.FRONT_OF_KNEE),
        (Place.FRONT_OF_KNEE, Direction.DOWN, Place.SHIN),
        (Place.SHIN, Direction.UP, Place.FRONT_OF_KNEE),
        (Place.OUTER_KNEE, Direction.LEFT, Place.WHOLE_LEG),
        (Place.FRONT_OF_KNEE, Direction.LEFT, Place.OUTER_KNEE),
        (Place.FRONT_OF_KNEE, Direction.RIGHT, Place.INNER_KNEE),
    ],
)
def test_an_arrow_goes_where_the_eye_expects(
    chart: LegChart, start: Place, direction: Direction, end: Place
) -> None:
    """On the right leg, seen from the front, each arrow leads to the next place."""
    region = next(r for r in chart.regions if r.place is start and r.side is Side.RIGHT)

    found = MapNavigation(chart.regions).neighbour(region, direction)

    assert found is not None
    assert (found.place, found.side) == (end, Side.RIGHT)


def test_everything_drawn_is_on_the_page(chart: LegChart) -> None:
    """No region or shape is cut off at the edge, except soft ovals."""
    soft = {ShapeKind.LIGHT, ShapeKind.SHADE}
    drawn = [shape.outline for shape in chart.shapes if shape.kind not in soft]
    for outline in (*drawn, *(region.outline for region in chart.regions)):
        bounds = outline.bounds()

        assert bounds.left > 0
        assert bounds.top > 0
        assert bounds.right < chart.width
        assert bounds.bottom < chart.height


def test_the_file_is_what_its_maker_makes() -> None:
    """The script beside the drawing produces the same drawing."""
    made = runpy.run_path(str(LEGS.with_name("make_legs.py")))["svg"]()

    assert LEGS.read_text(encoding="utf-8") == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("M1 2 l3 4 Z", "l does not take 2 numbers"),
        ("M1 2 L3", "L does not take 1 numbers"),
        ("M1 2 C1 2 3 4 Z", "C does not take 4 numbers"),
        ("1 2", "cannot go on"),
        ("", "begins with M"),
    ],
)
def test_a_path_of_other_commands_is_refused(text: str, said: str) -> None:
    """Only the four absolute commands are read, each with its own numbers."""
    with pytest.raises(ValueError, match=said):
        outline_of(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('viewBox="0 0 456 424"', "", "viewBox is missing"),
        ('viewBox="0 0 456 424"', 'viewBox="0 0"', "viewBox needs four numbers"),
        ('class="skin"', 'class="fur"', "fur"),
        ('data-place="calf"', 'data-place="elbow"', "elbow"),
        ('data-place="calf"', "", "data-place is missing"),
        ("<g id=", "<image/><g id=", "no <image>"),
        ("<g id=", '<path class="skin" d="M0 0 Z"/><g id=', "in the group of its view"),
        ("</svg>", "", "no element found"),
        ('data-place="shin"', 'data-place="ankle"', "twice"),
    ],
)
def test_another_drawing_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A drawing of another kind is a problem of that file."""
    path = tmp_path / "legs.svg"
    path.write_text(LEGS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadData, match=said) as caught:
        read_leg_chart(path)

    assert caught.value.problems[0].where == str(path)


def test_a_problem_names_its_line(tmp_path: Path) -> None:
    """The problem has the line in the file."""
    text = LEGS.read_text(encoding="utf-8").replace('data-place="calf"', "")
    path = tmp_path / "legs.svg"
    path.write_text(text, encoding="utf-8")
    at = next(i for i, line in enumerate(text.splitlines(), 1) if 'class="region"  d' in line)

    with pytest.raises(BadData) as caught:
        read_leg_chart(path)

    assert caught.value.problems[0].line == at


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A missing drawing is reported as a problem."""
    with pytest.raises(BadData, match="there is no such file"):
        read_leg_chart(tmp_path / "legs.svg")
