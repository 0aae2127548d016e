"""The home page: three ways to begin, each with one key or click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from builders import routine, step
from fixtures_plan import home_page, routine_of
from leg_maps import inside, region
from legato.domain.leg_map import LegView
from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.routine import Place, Side
from legato.ui.leg_map.map import LegMap
from legato.ui.main_window import MainWindow
from legato.ui.theme import NIGHT
from legato.ui.widgets.tile import Tile
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.ui.home.page import HomePage
    from legato.ui.theme import ThemeManager

LEFT_CALF = PlanRequest(sore=((Place.CALF, Side.LEFT),), feeling=FeelingName.CRAMPING)


@pytest.fixture
def page(qtbot: QtBot, theme_manager: ThemeManager) -> Iterator[HomePage]:
    """Yield the page in a window of its own, with the night theme."""
    del theme_manager
    page = home_page()
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("home", page)
    window.resize(1280, 800)
    window.show_page("home")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield page
    window.close()


def visible_words(widget: QWidget) -> list[str]:
    """Return the texts of the visible labels of a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def tile(page: HomePage, title: str) -> Tile:
    """Return the tile with that title."""
    return next(one for one in page.findChildren(Tile) if title in visible_words(one))


def resized(page: HomePage, size: tuple[int, int]) -> None:
    """Resize the window and update all layouts."""
    page.window().resize(*size)
    for _ in range(3):
        QApplication.processEvents()


def area(widget: QWidget) -> int:
    """Return the area of a widget in square pixels."""
    return widget.width() * widget.height()


@pytest.mark.parametrize("size", [(1280, 800), (1080, 760), (800, 600)])
def test_the_most_urgent_is_the_largest(page: HomePage, size: tuple[int, int]) -> None:
    """The tile "Cramp now" is the largest, then tonight's routine, then the leg map."""
    resized(page, size)
    legs = page.findChild(LegMap)
    assert legs is not None

    cramp, tonight = tile(page, "Cramp now"), tile(page, "Full bedtime")
    assert area(cramp) > area(tonight) > area(legs)


def test_the_keyboard_begins_on_tonight(page: HomePage, qtbot: QtBot) -> None:
    """Enter starts tonight's routine."""
    focus = page.window().focusWidget()
    assert focus is tile(page, "Full bedtime")
    with qtbot.waitSignal(page.tonight_wanted):
        QTest.keyClick(focus, Qt.Key.Key_Return)


def test_tonight_says_how_long_it_takes(page: HomePage) -> None:
    """The duration is visible and in the accessible text."""
    tonight = tile(page, "Full bedtime")
    assert any(words.startswith("23 min") for words in visible_words(tonight))
    assert "23 minutes" in tonight.accessibleName()


def test_continue_comes_before_all(page: HomePage) -> None:
    """The offer to continue has the focus."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    page.setFocus()

    focus = page.window().focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Continue"


def test_a_click_on_a_place_is_signalled_and_not_kept(page: HomePage, qtbot: QtBot) -> None:
    """The plan page takes the place over; back on this page the map is empty."""
    legs = page.findChild(LegMap)
    assert legs is not None
    calf = region(Place.CALF, Side.LEFT, LegView.BACK)
    with qtbot.waitSignal(page.place_picked) as told:
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, calf))

    assert told.args == [((Place.CALF, Side.LEFT),)]
    assert legs.chosen() == ()


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_L, "library_wanted"), (Qt.Key.Key_P, "plan_wanted")]
)
def test_letters_lead_on(page: HomePage, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    """The library and the plan have a key each."""
    with qtbot.waitSignal(getattr(page, signal)):
        QTest.keyClick(page.window().focusWidget(), key)


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("All routines", "library_wanted"),
        ("When to get help", "help_wanted"),
        ("Settings", "settings_wanted"),
    ],
)
def test_what_is_small_is_there(page: HomePage, qtbot: QtBot, words: str, signal: str) -> None:
    """The small buttons lead to their pages with one click."""
    button = next(one for one in page.findChildren(QPushButton) if one.text() == words)
    with qtbot.waitSignal(getattr(page, signal)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_was_picked_last_is_offered(page: HomePage, qtbot: QtBot) -> None:
    """The last plan request is offered as text, with its key."""
    page.show_tonight(routine_of("bedtime"), LEFT_CALF)
    again = next(
        one
        for one in page.findChildren(QPushButton)
        if one.accessibleName() == "As last time: Left calf, cramping"
    )
    with qtbot.waitSignal(page.plan_wanted):
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1280, 800), (800, 600), (480, 400)])
def test_nothing_is_cut(
    page: HomePage, theme_manager: ThemeManager, size: tuple[int, int], percent: int
) -> None:
    """Content without space scrolls vertically, never sideways."""
    theme_manager.apply(NIGHT, percent)
    resized(page, size)

    for one in page.findChildren(Tile):
        assert one.width() >= one.minimumSizeHint().width()
        assert one.height() >= one.heightForWidth(one.width())
        assert one.mapTo(page, one.rect().topRight()).x() < page.width()


def test_a_text_that_becomes_too_large_for_two_columns_has_one(
    page: HomePage, theme_manager: ThemeManager
) -> None:
    """The columns are as if the page had opened with that text size."""
    theme_manager.apply(NIGHT, 200)
    QApplication.processEvents()

    assert tile(page, "Full bedtime").width() == tile(page, "Cramp now").width()


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
def test_it_gives_little_light(page: HomePage, size: tuple[int, int]) -> None:
    """With its pictures the page stays within the light budget of the night."""
    page.show_tonight(routine_of("bedtime"), LEFT_CALF)
    resized(page, size)
    for _ in range(20):
        page.window().grab()
        QApplication.processEvents()

    assert luminance(page.window().grab().toImage()) <= BRIGHTEST


def test_only_what_is_shown_is_kept(page: HomePage, qtbot: QtBot) -> None:
    """Each routine of a row of evenings would leave a picture of half a megabyte behind."""
    for name in ("ham-strap", "quad-lying", "calf-towel"):
        with qtbot.waitSignal(page._pictures.painted):
            page.show_tonight(routine(step(picture=f"figure:{name}")), None)
    assert len(page._pictures._kept) <= 2
