"""Tests of a window coming back onto a screen that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from legato.ui.landing import place_for
from legato.ui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LAPTOP, BESIDE = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)
WINDOW = QRect(1800, 100, 1080, 760)


def test_a_window_on_a_screen_stays() -> None:
    """Nothing moves that can be seen."""
    assert place_for(WINDOW, [LAPTOP, BESIDE]) is None


def test_a_window_that_is_half_on_a_screen_stays() -> None:
    """Who has put it there can pull it back."""
    assert place_for(QRect(1200, 100, 1080, 760), [LAPTOP]) is None


@pytest.mark.parametrize("frame", [WINDOW, QRect(1360, 100, 1080, 760), QRect(100, -900, 800, 600)])
def test_a_window_on_no_screen_comes_to_the_middle_of_one(frame: QRect) -> None:
    """Whole, and in its own size where that has room."""
    place = place_for(frame, [LAPTOP])

    assert place is not None
    assert LAPTOP.contains(place)
    assert place.size() == frame.size()


def test_a_window_that_is_too_large_becomes_smaller() -> None:
    """All of its buttons can be reached."""
    assert place_for(QRect(1366, 0, 1920, 1080), [LAPTOP]) == LAPTOP


def test_without_a_screen_nothing_moves() -> None:
    """Where there will be one again is not known yet."""
    assert place_for(WINDOW, []) is None


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """Show a window where no screen is."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.move(9000, 9000)
    return window


def screen() -> QRect:
    """Return what of the screen a window may take."""
    return QGuiApplication.primaryScreen().availableGeometry()


def test_a_screen_that_goes_brings_the_window_back(window: MainWindow) -> None:
    """It stands where it can be seen."""
    window.landing.on_settled()

    assert screen().intersects(window.frameGeometry())
    assert not window.isFullScreen()


def test_a_full_screen_stays_one(window: MainWindow) -> None:
    """A session that filled one screen fills the other."""
    window.showFullScreen()
    window.move(9000, 9000)
    window.landing.on_settled()

    assert window.isFullScreen()
    assert screen().intersects(window.frameGeometry())


def test_a_hidden_window_stays_where_it_is(window: MainWindow) -> None:
    """It is nobody's to be found."""
    window.hide()
    window.landing.on_settled()

    assert window.x() == 9000


def test_what_was_kept_on_a_screen_that_is_gone_is_shown_on_another(qtbot: QtBot) -> None:
    """The window was closed on a screen that is not there at the next start."""
    away, again = MainWindow(), MainWindow()
    for one in (away, again):
        qtbot.addWidget(one)
    away.show()
    away.move(9000, 9000)
    again.restore(away.saveGeometry())
    again.show()

    assert screen().intersects(again.frameGeometry())
