"""A press for one page does nothing on the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from fakes import FakeClock
from legato.ui.main_window import MainWindow
from legato.ui.page_guard import GUARDED_SECONDS, PageGuard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NONE = Qt.KeyboardModifier.NoModifier


class Page(QWidget):
    """A page that opens the other one at Enter, and records all keys and clicks."""

    def __init__(self, window: MainWindow, other: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window, self._other = window, other
        self.taken: list[object] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record the key, and open the other page."""
        self.taken.append(event.key())
        if event.key() == Qt.Key.Key_Return:
            self._window.show_page(self._other)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Record the click, and open the other page."""
        self.taken.append(event.button())
        self._window.show_page(self._other)


@pytest.fixture
def clock() -> FakeClock:
    """Return the guard's clock."""
    return FakeClock()


@pytest.fixture
def pages(qtbot: QtBot, clock: FakeClock) -> tuple[Page, Page]:
    """Return two pages of a guarded window, the first of which is shown."""
    window = MainWindow()
    qtbot.addWidget(window)
    pages = Page(window, "second"), Page(window, "first")
    for name, page in zip(("first", "second"), pages, strict=True):
        window.add_page(name, page)
    window.show_page("first")
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    PageGuard(window, clock)
    return pages


def press(page: Page, key: Qt.Key, *, repeat: bool = False) -> None:
    """Press a key, as the system tells the window of it."""
    handle = page.window().windowHandle()
    event = QKeyEvent(QEvent.Type.KeyPress, key, NONE, "", repeat)
    QCoreApplication.sendEvent(handle, event)


def click(page: Page) -> None:
    """Press the mouse in the middle of the window."""
    handle = page.window().windowHandle()
    place = QPointF(page.window().rect().center())
    kind, left = QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton
    QCoreApplication.sendEvent(handle, QMouseEvent(kind, place, place, left, left, NONE))


def test_the_second_of_two_presses_does_nothing(pages: tuple[Page, Page]) -> None:
    """Enter twice opens one page, and the next one does not get it."""
    for _ in range(2):
        press(pages[0], Qt.Key.Key_Return)

    assert (pages[0].taken, pages[1].taken) == ([Qt.Key.Key_Return], [])


def test_after_half_a_second_it_acts(pages: tuple[Page, Page], clock: FakeClock) -> None:
    """Then it is meant for the page that is seen."""
    press(pages[0], Qt.Key.Key_Return)
    clock.pass_seconds(GUARDED_SECONDS)
    press(pages[0], Qt.Key.Key_Return)

    assert pages[1].taken == [Qt.Key.Key_Return]


def test_a_key_held_down_repeats_nothing(pages: tuple[Page, Page], clock: FakeClock) -> None:
    """However long it is held."""
    press(pages[0], Qt.Key.Key_Return)
    clock.pass_seconds(10.0)
    press(pages[0], Qt.Key.Key_Return, repeat=True)

    assert pages[1].taken == []


def test_another_key_acts_at_once(pages: tuple[Page, Page]) -> None:
    """Space pauses a session that has just begun."""
    press(pages[0], Qt.Key.Key_Return)
    press(pages[0], Qt.Key.Key_Space)

    assert pages[1].taken == [Qt.Key.Key_Space]


def test_keys_of_one_page_act_each_time(pages: tuple[Page, Page]) -> None:
    """Without another page nothing is ignored."""
    for _ in range(3):
        press(pages[0], Qt.Key.Key_Right)

    assert pages[0].taken == [Qt.Key.Key_Right] * 3


def test_the_second_of_two_clicks_does_nothing(pages: tuple[Page, Page]) -> None:
    """A double click on a card opens its page and presses nothing there."""
    for _ in range(2):
        click(pages[0])

    assert (len(pages[0].taken), len(pages[1].taken)) == (1, 0)
