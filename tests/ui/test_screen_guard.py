"""The screen guard: a window is moved back onto an existing screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from legato.ui.main_window import MainWindow, place_for

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LAPTOP, BESIDE = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)
WINDOW = QRect(1800, 100, 1080, 760)


def test_a_window_on_a_screen_stays() -> None:
    """A visible window is not moved."""
    assert place_for(WINDOW, [LAPTOP, BESIDE]) is None


def test_a_window_that_is_half_on_a_screen_stays() -> None:
    """A window that the user can pull back is not moved."""
    assert place_for(QRect(1200, 100, 1080, 760), [LAPTOP]) is None


@pytest.mark.parametrize("frame", [WINDOW, QRect(1360, 100, 1080, 760), QRect(100, -900, 800, 600)])
def test_a_window_on_no_screen_comes_to_the_middle_of_one(frame: QRect) -> None:
    """It is centred, in its own size if that fits."""
    place = place_for(frame, [LAPTOP])

    assert place is not None
    assert LAPTOP.contains(place)
    assert place.size() == frame.size()


def test_a_window_that_is_too_large_becomes_smaller() -> None:
    """All of its buttons stay reachable."""
    assert place_for(QRect(1366, 0, 1920, 1080), [LAPTOP]) == LAPTOP


@pytest.mark.parametrize(
    "frame", [QRect(0, 0, 1080, 790), QRect(-20, 30, 1400, 700), QRect(300, 200, 1600, 900)]
)
def test_a_window_larger_than_its_screen_becomes_smaller(frame: QRect) -> None:
    """A lower resolution or a new panel must not hide its lower edge."""
    place = place_for(frame, [LAPTOP])

    assert place is not None
    assert LAPTOP.contains(place)


def test_a_window_that_has_just_been_shown_lies_on_one_screen_whole() -> None:
    """Its lower edge is visible, too, if its size fits."""
    place = place_for(QRect(142, 5, 1082, 767), [LAPTOP], whole=True)

    assert place == QRect(142, 1, 1082, 767)


def test_it_is_fitted_to_the_screen_that_shows_most_of_it() -> None:
    """The target is the screen with most of the window."""
    place = place_for(QRect(1300, 0, 2000, 900), [LAPTOP, BESIDE])

    assert place is not None
    assert BESIDE.contains(place)


def test_a_maximised_window_is_left_to_the_window_manager() -> None:
    """Its borders may be outside the screen."""
    assert place_for(QRect(-8, -8, 1382, 784), [LAPTOP], fills=True) is None


def test_without_a_screen_nothing_moves() -> None:
    """Without a screen the window waits for one."""
    assert place_for(WINDOW, []) is None


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """Show a window outside all screens."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.move(9000, 9000)
    return window


def screen() -> QRect:
    """Return the available geometry of the screen."""
    return QGuiApplication.primaryScreen().availableGeometry()


def test_a_screen_that_goes_brings_the_window_back(window: MainWindow) -> None:
    """The window is moved to a remaining screen."""
    window.landing.on_settled()

    assert screen().intersects(window.frameGeometry())
    assert not window.isFullScreen()


def test_a_full_screen_stays_one(window: MainWindow) -> None:
    """A full-screen session is full-screen on the other screen."""
    window.showFullScreen()
    window.move(9000, 9000)
    window.landing.on_settled()

    assert window.isFullScreen()
    assert screen().intersects(window.frameGeometry())


def test_a_hidden_window_stays_where_it_is(window: MainWindow) -> None:
    """A hidden window is not moved."""
    window.hide()
    window.landing.on_settled()

    assert window.x() == 9000


def test_a_geometry_on_a_missing_screen_is_moved(qtbot: QtBot) -> None:
    """The window was closed on a screen that is missing at the next start."""
    away, again = MainWindow(), MainWindow()
    for one in (away, again):
        qtbot.addWidget(one)
    away.show()
    away.move(9000, 9000)
    again.restore(away.saveGeometry())
    again.show()

    assert screen().intersects(again.frameGeometry())


def fresh(qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    """Return a window of some size that was not shown yet."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(*size)
    window.landing.fit()
    return window


def test_a_first_size_without_room_is_maximised(qtbot: QtBot) -> None:
    """Its normal geometry leaves space for a frame."""
    free = screen().size()
    window = fresh(qtbot, (free.width(), free.height()))

    assert window.isMaximized()
    assert window.width() < free.width()
    assert window.height() < free.height()


def test_a_first_size_with_room_stays(qtbot: QtBot) -> None:
    """A window that fits is not maximised."""
    window = fresh(qtbot, (600, 500))

    assert not window.isMaximized()
    assert (window.width(), window.height()) == (600, 500)
