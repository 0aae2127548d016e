"""The picker: one item of many, found by typing and picked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from legato.ui.editor.picker import Picker, PickerItem
from legato.ui.editor.step_model import StepCard
from legato.ui.pictures.loader import PictureLoader
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.theme import NIGHT, ThemeSource
from library_fakes import FakePictures, NoFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager


@pytest.fixture
def picker(theme_manager: ThemeManager, qtbot: QtBot) -> Picker:
    """Return a picker with three exercises."""
    del theme_manager
    theme = ThemeSource(NIGHT)
    picker = Picker(CardPictures(PictureLoader(NoFigures(), FakePictures(), theme)), theme)
    qtbot.addWidget(picker)
    picker.show()
    picker.offer(
        "Add a move",
        [
            PickerItem(key=title.casefold(), card=StepCard(title=title, time="2 min"), words=words)
            for title, words in (("Calf", "towel"), ("Quads", "pillow"), ("Shin", "towel"))
        ],
    )
    return picker


def search(picker: Picker) -> QLineEdit:
    """Return the search field."""
    field = picker.findChild(QLineEdit)
    assert field is not None
    return field


def test_enter_takes_the_first(picker: Picker, qtbot: QtBot) -> None:
    """Enter picks the first item."""
    with qtbot.waitSignal(picker.taken) as taken:
        QTest.keyClick(search(picker), Qt.Key.Key_Return)
    assert taken.args == ["calf"]


def test_down_goes_to_the_next(picker: Picker, qtbot: QtBot) -> None:
    """Arrows move over the list while the search field keeps the focus."""
    QTest.keyClick(search(picker), Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.taken) as taken:
        QTest.keyClick(search(picker), Qt.Key.Key_Return)
    assert taken.args == ["quads"]


def test_search_needs_every_word(picker: Picker, qtbot: QtBot) -> None:
    """Every word must be in the item's text."""
    QTest.keyClicks(search(picker), "towel sh")
    with qtbot.waitSignal(picker.taken) as taken:
        QTest.keyClick(search(picker), Qt.Key.Key_Return)
    assert taken.args == ["shin"]


def test_nothing_found_takes_nothing(picker: Picker, qtbot: QtBot) -> None:
    """Enter on an empty list picks nothing."""
    QTest.keyClicks(search(picker), "zzz")
    with qtbot.assertNotEmitted(picker.taken):
        QTest.keyClick(search(picker), Qt.Key.Key_Return)


def test_escape_takes_none(picker: Picker, qtbot: QtBot) -> None:
    """Esc closes the picker without an item."""
    with qtbot.waitSignal(picker.closed):
        QTest.keyClick(search(picker), Qt.Key.Key_Escape)
