"""The bar of buttons: names, keys, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt

import seen
from fixtures_session import icons
from legato.ui.session.controls import CONTROLS, LEAST_SIZE, Action, SessionControls
from legato.ui.session.keys import ACTIONS
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bar(qtbot: QtBot) -> SessionControls:
    """Return the bar of buttons."""
    bar = SessionControls(icons(), ThemeSource(NIGHT))
    qtbot.addWidget(bar)
    return bar


def places(bar: SessionControls) -> list[QRect]:
    """Return the rectangles of the buttons."""
    return [seen.control(bar, control.does).geometry() for control in CONTROLS]


def test_every_button_has_a_name_and_its_key(bar: SessionControls) -> None:
    """The accessible name and the tooltip have both."""
    for control in CONTROLS:
        button = seen.control(bar, control.does)

        assert button.accessibleName() == control.words
        assert button.toolTip() == f"{control.words} ({control.key})"


def test_no_key_and_no_name_is_there_twice() -> None:
    """Keys and names of buttons are unique."""
    assert len({control.key for control in CONTROLS}) == len(CONTROLS)
    assert len({control.words for control in CONTROLS}) == len(CONTROLS)


def test_every_button_has_a_key_that_works() -> None:
    """Each button's key does the same; two keys belong to the window."""
    keyed = set(ACTIONS.values()) | {Action.FULL_SCREEN, Action.KEYS}

    assert {control.does for control in CONTROLS} <= keyed


@pytest.mark.parametrize("width", [1232, 768, 568, 432])
@pytest.mark.parametrize("points", [12, 24])
def test_all_buttons_have_room(bar: SessionControls, width: int, points: int) -> None:
    """At every width and text size the buttons are inside, apart, and as large as a finger."""
    font = bar.font()
    font.setPointSize(points)
    bar.setFont(font)
    bar.resize(width, bar.height_for(width))
    bar.grab()
    all_places = places(bar)

    for place in all_places:
        assert bar.rect().contains(place)
        assert min(place.width(), place.height()) >= LEAST_SIZE
        assert sum(place.intersects(other) for other in all_places) == 1


def test_names_are_written_where_there_is_room(bar: SessionControls) -> None:
    """In a wide window the names are visible."""
    bar.resize(1232, bar.height_for(1232))
    named = bar.height_for(1232)

    assert named > bar.height_for(768)


def test_a_faded_bar_lets_clicks_through(bar: SessionControls) -> None:
    """Clicks pass a faded bar, until shortly after it is back."""
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    bar.set_shown(False)
    faded = bar.testAttribute(through)
    bar.set_shown(True)
    waking = bar.testAttribute(through)
    bar.on_awake()

    assert (faded, waking, bar.testAttribute(through)) == (True, True, False)


def test_mute_shows_that_it_is_on(bar: SessionControls) -> None:
    """The accessible state is `checked`."""
    bar.show_muted(True)

    assert seen.control(bar, Action.MUTE).isChecked()


def test_full_screen_shows_the_way_back(bar: SessionControls) -> None:
    """In full screen the button leaves it."""
    bar.show_full_screen(True)

    assert seen.control(bar, Action.FULL_SCREEN).accessibleName() == "Leave full"
