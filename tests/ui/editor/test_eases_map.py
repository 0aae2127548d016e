"""The small leg map of the editor: a place means both legs, without an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from leg_maps import CHART, button, inside, region
from legato.domain.leg_map import LegView
from legato.domain.routine import Place, Side
from legato.ui.editor.eases_map import EasesMap
from legato.ui.leg_map.layout import EASED
from legato.ui.leg_map.map import LegMap
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALF = region(Place.CALF, Side.RIGHT, LegView.BACK)
OTHER_CALF = region(Place.CALF, Side.LEFT, LegView.BACK)


@pytest.fixture
def legs() -> LegMap:
    """Return the leg map inside."""
    return LegMap(CHART, ThemeSource(NIGHT), EASED)


@pytest.fixture
def eases(legs: LegMap, qtbot: QtBot) -> EasesMap:
    """Return the map at its least width, between two other parts."""
    eases = EasesMap(legs)
    qtbot.addWidget(eases)
    eases.resize(250, 360)
    eases.show()
    qtbot.waitExposed(eases)
    return eases


def test_a_click_means_both_legs(eases: EasesMap, legs: LegMap, qtbot: QtBot) -> None:
    """A click chooses the place on both legs."""
    with qtbot.waitSignal(eases.eases_changed) as told:
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, CALF))

    assert told.args == [(Place.CALF,)]
    assert button(legs, OTHER_CALF).isChecked()


def test_a_click_on_the_other_leg_takes_it_back(
    eases: EasesMap, legs: LegMap, qtbot: QtBot
) -> None:
    """A click on the other leg removes the same place."""
    eases.show_eases((Place.CALF, Place.SHIN))
    with qtbot.waitSignal(eases.eases_changed) as told:
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, OTHER_CALF))

    assert told.args == [(Place.SHIN,)]


def test_it_works_by_keyboard(eases: EasesMap, legs: LegMap, qtbot: QtBot) -> None:
    """Arrows move the focus, Space chooses."""
    eases.begin()
    first = legs.focusWidget()
    assert first is not None
    QTest.keyClick(first, Qt.Key.Key_Down)
    focus = legs.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(eases.eases_changed) as told:
        QTest.keyClick(focus, Qt.Key.Key_Space)

    assert len(told.args[0]) == 1


def test_places_are_listed_as_text(eases: EasesMap) -> None:
    """The chosen places are also listed as text."""
    words = eases.findChild(QLabel)
    assert words is not None
    eases.show_eases((Place.CALF, Place.ANKLE))
    assert words.text() == "Calf, ankle and foot"
    eases.show_eases(())
    assert words.text() == "Nothing chosen yet."


def test_a_region_is_named_without_a_side_of_its_own(legs: LegMap, qtbot: QtBot) -> None:
    """The name has the place first, then the view."""
    qtbot.addWidget(legs)
    assert button(legs, CALF).text() == "Calf, right leg, back"


def test_no_place_is_sorer_than_another(eases: EasesMap, legs: LegMap) -> None:
    """All chosen places look the same, in any order."""
    eases.show_eases((Place.CALF, Place.SHIN))
    assert button(legs, CALF).accessibleDescription() == "chosen"
