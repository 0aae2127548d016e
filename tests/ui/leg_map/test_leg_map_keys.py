"""The leg map by keyboard and by screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from leg_maps import CALF, CHART, KNEE, button, inside, picture, region, region_id, spot
from legato.domain.leg_map import Direction, LegView, MapNavigation, Region
from legato.domain.routine import Place, Side
from legato.ui.leg_map.map import LegMap, RegionButton
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


WAYS = MapNavigation(CHART.regions)
ARROWS = {
    Direction.LEFT: Qt.Key.Key_Left,
    Direction.RIGHT: Qt.Key.Key_Right,
    Direction.UP: Qt.Key.Key_Up,
    Direction.DOWN: Qt.Key.Key_Down,
}


class Page(QWidget):
    """A page with a button before and after the map, which records the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.before, self.after = QPushButton("b"), QPushButton("a")
        self.map = LegMap(CHART, ThemeSource(NIGHT))
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.before, self.map, self.after):
            layout.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record the key."""
        self.keys.append(event.key())


@pytest.fixture
def legs(qtbot: QtBot) -> LegMap:
    """Return a visible map in its usual size."""
    widget = LegMap(CHART, ThemeSource(NIGHT))
    qtbot.addWidget(widget)
    widget.resize(400, 480)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    """Return a visible page with the focus on its first button."""
    widget = Page()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    widget.before.setFocus()
    qtbot.waitUntil(widget.before.hasFocus)
    return widget


def arrows(start: Region, end: Region) -> list[Direction]:
    """Return a shortest way from region to region."""
    ways: dict[Region, list[Direction]] = {start: []}
    for here in (waiting := [start]):
        for direction in Direction:
            there = WAYS.neighbour(here, direction)
            if there is not None and there not in ways:
                ways[there] = [*ways[here], direction]
                waiting.append(there)
    return ways[end]


def children(widget: QWidget) -> list[QAccessibleInterface]:
    """Return the accessible children of a widget."""
    root = QAccessible.queryAccessibleInterface(widget)
    return [root.child(i) for i in range(root.childCount())]


@pytest.mark.parametrize("wanted", CHART.regions, ids=region_id)
def test_the_keys_choose_every_place(page: Page, wanted: Region) -> None:
    """The arrows reach each region, and Space chooses it."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    for direction in arrows(CHART.regions[0], wanted):
        QTest.keyClick(page.focusWidget(), ARROWS[direction])
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)

    assert page.map.chosen() == (spot(wanted),)


def test_tab_stops_once_at_the_map(page: Page) -> None:
    """One Tab enters the map, the next leaves it."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    entered = page.focusWidget()
    QTest.keyClick(entered, Qt.Key.Key_Tab)

    assert isinstance(entered, RegionButton)
    assert page.after.hasFocus()


def test_tab_comes_back_to_where_the_keys_left(page: Page) -> None:
    """The map remembers the region that had the focus."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    left = page.focusWidget()
    QTest.keyClick(left, Qt.Key.Key_Tab)
    QTest.keyClick(page.after, Qt.Key.Key_Backtab)

    assert page.focusWidget() is left


def test_the_page_gets_the_keys_that_the_map_does_not_use(page: Page) -> None:
    """Enter and Esc reach the page."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Escape)

    assert page.keys == [Qt.Key.Key_Return, Qt.Key.Key_Escape]
    assert page.map.chosen() == ()


def test_the_page_gets_an_arrow_with_a_modifier(page: Page) -> None:
    """Alt and an arrow is the page's way back and moves nothing in the map."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    entered = page.focusWidget()
    QTest.keyClick(entered, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert Qt.Key.Key_Left in page.keys
    assert page.focusWidget() is entered


def test_an_arrow_at_the_edge_stays_there(page: Page) -> None:
    """At the last region the focus stays in the map."""
    band = button(page.map, region(Place.WHOLE_LEG, Side.RIGHT, LegView.FRONT))
    band.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(band, Qt.Key.Key_Left)

    assert band.hasFocus()


def test_the_ring_is_for_those_who_use_keys(page: Page) -> None:
    """A click focuses without a ring; the first key shows the ring."""
    calf = region(*CALF, LegView.BACK)
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=inside(page.map, calf))
    clicked = button(page.map, calf)
    pointed = clicked.by_key
    QTest.keyClick(clicked, Qt.Key.Key_Left)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)

    assert not pointed
    assert clicked.by_key


def test_the_focus_is_seen(page: Page) -> None:
    """The focus ring changes the picture."""
    plain = picture(page.map)
    QTest.keyClick(page.before, Qt.Key.Key_Tab)

    assert picture(page.map) != plain


def test_a_screen_reader_finds_every_region_by_name(legs: LegMap) -> None:
    """Each region is a check box named by leg, place and view."""
    found = children(legs)
    names = {child.text(QAccessible.Text.Name) for child in found}

    assert len(names) == len(found) == len(CHART.regions)
    assert {"Left calf, back", "Front of right thigh, front", "Whole left leg, front"} <= names
    assert {child.role() for child in found} == {QAccessible.Role.CheckBox}


def test_a_screen_reader_hears_what_is_chosen(legs: LegMap) -> None:
    """A chosen region is checked, and the first one is described as the most painful."""
    legs.show_chosen([CALF, KNEE])
    told = {
        child.text(QAccessible.Text.Name): child.text(QAccessible.Text.Description)
        for child in children(legs)
        if child.state().checked
    }

    assert told == {
        "Left calf, back": "chosen, the sorest",
        "Front of right knee, front": "chosen",
    }


def test_a_screen_reader_chooses(qtbot: QtBot, legs: LegMap) -> None:
    """Pressing a region by its accessible action chooses it."""
    calf = next(c for c in children(legs) if c.text(QAccessible.Text.Name) == "Left calf, back")
    calf.actionInterface().doAction("Press")

    qtbot.waitUntil(lambda: legs.chosen() == (CALF,))
