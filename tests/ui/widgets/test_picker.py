"""One of many: found by words, taken by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from legato.ui.editor.step_model import StepCard
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.theme import NIGHT
from legato.ui.widgets.dialogs import Picker, PickerItem
from library_fakes import FakePictures, NoFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager


@pytest.fixture
def chooser(wardrobe: ThemeManager, qtbot: QtBot) -> Picker:
    """Return a chooser with three moves."""
    del wardrobe
    chooser = Picker(CardPictures(NoFigures(), FakePictures(), NIGHT), NIGHT)
    qtbot.addWidget(chooser)
    chooser.show()
    chooser.offer(
        "Add a move",
        [
            PickerItem(key=title.casefold(), card=StepCard(title=title, time="2 min"), words=words)
            for title, words in (("Calf", "towel"), ("Quads", "pillow"), ("Shin", "towel"))
        ],
    )
    return chooser


def search(chooser: Picker) -> QLineEdit:
    """Return the search field."""
    field = chooser.findChild(QLineEdit)
    assert field is not None
    return field


def test_enter_takes_the_first(chooser: Picker, qtbot: QtBot) -> None:
    """The first one waits for Enter."""
    with qtbot.waitSignal(chooser.taken) as taken:
        QTest.keyClick(search(chooser), Qt.Key.Key_Return)
    assert taken.args == ["calf"]


def test_down_goes_to_the_next(chooser: Picker, qtbot: QtBot) -> None:
    """Arrows move over the list without leaving the search."""
    QTest.keyClick(search(chooser), Qt.Key.Key_Down)
    with qtbot.waitSignal(chooser.taken) as taken:
        QTest.keyClick(search(chooser), Qt.Key.Key_Return)
    assert taken.args == ["quads"]


def test_words_find(chooser: Picker, qtbot: QtBot) -> None:
    """Every word must be somewhere in it."""
    QTest.keyClicks(search(chooser), "towel sh")
    with qtbot.waitSignal(chooser.taken) as taken:
        QTest.keyClick(search(chooser), Qt.Key.Key_Return)
    assert taken.args == ["shin"]


def test_nothing_found_takes_nothing(chooser: Picker, qtbot: QtBot) -> None:
    """Enter on an empty list does nothing."""
    QTest.keyClicks(search(chooser), "zzz")
    with qtbot.assertNotEmitted(chooser.taken):
        QTest.keyClick(search(chooser), Qt.Key.Key_Return)


def test_escape_takes_none(chooser: Picker, qtbot: QtBot) -> None:
    """Esc closes it."""
    with qtbot.waitSignal(chooser.closed):
        QTest.keyClick(search(chooser), Qt.Key.Key_Escape)
