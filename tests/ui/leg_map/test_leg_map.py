"""The leg map by mouse: a click chooses the place and the leg."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from leg_maps import CALF, CHART, KNEE, button, grid, inside, region, region_id, spot
from legato.domain.leg_map import LegView, Region
from legato.domain.routine import Place, Side
from legato.ui.leg_map.map import LegMap
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def legs(qtbot: QtBot) -> LegMap:
    """Return a map on the screen, in its usual size."""
    widget = LegMap(CHART, ThemeSource(NIGHT))
    qtbot.addWidget(widget)
    widget.resize(400, 480)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize("wanted", CHART.regions, ids=region_id)
def test_a_click_chooses_the_place_under_it(legs: LegMap, wanted: Region) -> None:
    """A click well inside a region chooses its place on its leg, and nothing else."""
    QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, wanted))

    assert legs.chosen() == (spot(wanted),)


def test_the_left_of_the_front_view_is_the_right_leg(legs: LegMap) -> None:
    """A click on the leftmost leg of the front view means the body's right one."""
    knee = region(Place.FRONT_OF_KNEE, Side.RIGHT, LegView.FRONT)
    other = region(Place.FRONT_OF_KNEE, Side.LEFT, LegView.FRONT)

    assert inside(legs, knee).x() < inside(legs, other).x() < legs.width() / 2


def test_the_left_of_the_back_view_is_the_left_leg(legs: LegMap) -> None:
    """A click on the left leg of the back view means the body's left one."""
    calf = region(Place.CALF, Side.LEFT, LegView.BACK)
    other = region(Place.CALF, Side.RIGHT, LegView.BACK)

    assert legs.width() / 2 < inside(legs, calf).x() < inside(legs, other).x()


def test_no_point_belongs_to_two_regions(legs: LegMap) -> None:
    """Regions touch and never overlap."""
    paths = [legs.path(r) for r in CHART.regions]
    for point in grid(legs):
        assert sum(path.contains(QPointF(point)) for path in paths) <= 1


def test_beside_the_legs_nothing_is_hit(legs: LegMap) -> None:
    """A click beside the legs chooses nothing."""
    QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))

    assert legs.chosen() == ()


def test_a_second_click_takes_a_place_back(legs: LegMap) -> None:
    """A second click removes the place."""
    at = inside(legs, region(*CALF, LegView.BACK))
    for _ in range(2):
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=at)

    assert legs.chosen() == ()


def test_the_order_of_choosing_is_kept(legs: LegMap) -> None:
    """The place that was chosen first is the most painful one."""
    for where in (region(*KNEE, LegView.FRONT), region(*CALF, LegView.BACK)):
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, where))

    assert legs.chosen() == (KNEE, CALF)


def test_a_choice_is_signalled(qtbot: QtBot, legs: LegMap) -> None:
    """The signal has all chosen places."""
    with qtbot.waitSignal(legs.chosen_changed) as told:
        QTest.mouseClick(
            legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*CALF, LegView.BACK))
        )

    assert told.args == [(CALF,)]


def test_showing_a_choice_is_silent(qtbot: QtBot, legs: LegMap) -> None:
    """Setting the choice does not emit the signal."""
    with qtbot.assertNotEmitted(legs.chosen_changed):
        legs.show_chosen([CALF, KNEE, CALF])

    assert legs.chosen() == (CALF, KNEE)


def test_a_place_seen_in_both_views_is_chosen_in_both(legs: LegMap) -> None:
    """The ankle is one place, from the front and from the back."""
    legs.show_chosen([(Place.ANKLE, Side.LEFT)])

    for view in LegView:
        assert button(legs, region(Place.ANKLE, Side.LEFT, view)).isChecked()
        assert not button(legs, region(Place.ANKLE, Side.RIGHT, view)).isChecked()


def test_a_touch_that_slips_away_chooses_nothing(legs: LegMap) -> None:
    """A click that is released elsewhere chooses nothing."""
    QTest.mousePress(legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*CALF, LegView.BACK)))
    QTest.mouseRelease(
        legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*KNEE, LegView.FRONT))
    )

    assert legs.chosen() == ()


def test_another_mouse_button_chooses_nothing(legs: LegMap) -> None:
    """The right button is left to the page."""
    at = inside(legs, region(*CALF, LegView.BACK))
    QTest.mouseClick(legs, Qt.MouseButton.RightButton, pos=at)

    assert legs.chosen() == ()
