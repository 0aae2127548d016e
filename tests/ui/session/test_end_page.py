"""The page after a session: its text, its offers, and how it goes dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import seen
from builders import routine, step
from legato.domain.routine import Side, Sides
from legato.domain.session import Move, Session, begin, move, tick
from legato.domain.timeline import lay_out
from legato.ui.session.end_page import EndPage
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def ended(sides: Sides = Sides.EACH, *, stopped: bool = False) -> Session:
    """Return a session that is over."""
    session, _ = begin(lay_out(routine(step(sides=sides))), 0.0)
    if stopped:
        return move(session, Move.STOP, 1.0)[0]
    return tick(session, 10_000.0)[0]


HELP = "When to get help"


class Ended(EndPage):
    """A record of the page's signals."""

    def __init__(self) -> None:
        super().__init__(ThemeSource(NIGHT))
        self.asked: list[Side | None] = []
        self.times_left = 0
        self.again_wanted.connect(self.asked.append)
        self.left.connect(self._count)

    def _count(self) -> None:
        self.times_left += 1

    def shown_buttons(self) -> list[str]:
        """Return the visible buttons."""
        return [b.text() for b in self.findChildren(QPushButton) if b.isVisible()]


@pytest.fixture
def page(qtbot: QtBot) -> Ended:
    """Return the visible page, after a session of both sides."""
    page = Ended()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.set_motion(False)
    page.show()
    qtbot.waitExposed(page)
    page.show_end(ended())
    page.setFocus()
    return page


def test_it_says_good_night(page: Ended) -> None:
    """The page shows the three lines of the last cue."""
    assert seen.farewell(page).splitlines() == [
        "That's everything for tonight.",
        "Lie back. Let your legs be heavy.",
        "Good night.",
    ]


def test_to_stop_early_counts(page: Ended) -> None:
    """A stopped session gets a friendly text, too."""
    page.show_end(ended(stopped=True))

    assert seen.farewell(page) == "That's enough for tonight. It still counts."


def test_the_other_side_is_offered_after_one_side(page: Ended) -> None:
    """After a session of the left leg the right one is offered."""
    page.show_end(ended(Sides.LEFT))
    QTest.keyClick(page, Qt.Key.Key_S)

    assert page.shown_buttons() == ["Again", "Other side", "Back to the routines", HELP]
    assert page.asked == [Side.RIGHT]


@pytest.mark.parametrize("sides", [Sides.EACH, Sides.BOTH])
def test_both_sides_have_no_other(page: Ended, sides: Sides) -> None:
    """After both sides, in turn or at once, no other side is offered."""
    page.show_end(ended(sides))
    QTest.keyClick(page, Qt.Key.Key_S)

    assert page.shown_buttons() == ["Again", "Back to the routines", HELP]
    assert page.asked == []


def test_again_by_key_and_by_hand(page: Ended) -> None:
    """The button "Again" works by key and by click."""
    QTest.keyClick(page, Qt.Key.Key_R)
    page.findChildren(QPushButton)[0].click()

    assert page.asked == [None, None]


def test_back_by_key_and_by_hand(page: Ended) -> None:
    """The button "Back to the routines" works by key and by click."""
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.findChildren(QPushButton)[2].click()

    assert page.times_left == 2


def test_it_goes_dark(page: Ended) -> None:
    """After some time the page is black."""
    page._stillness.timeout.emit()
    image = page.grab().toImage()

    assert seen.is_dark(page)
    assert {image.pixel(x, y) for x in range(0, 800, 8) for y in range(0, 600, 8)} == {0xFF000000}


def test_it_waits_twenty_seconds(page: Ended) -> None:
    """The page goes dark after 20 seconds."""
    assert page._stillness.isActive()
    assert page._stillness.interval() == 20_000


def test_nothing_runs_in_the_dark(page: Ended) -> None:
    """No timer runs once the page is black."""
    page.darken()

    assert not page._stillness.isActive()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_X])
def test_a_key_without_a_meaning_only_wakes_the_dark(page: Ended, key: Qt.Key) -> None:
    """Such a key lights the page and does nothing else."""
    page.darken()
    QTest.keyClick(page, key)

    assert not seen.is_dark(page)
    assert (page.asked, page.times_left) == ([], 0)


def test_its_own_keys_act_in_the_dark(page: Ended) -> None:
    """The page's keys act at their first press, as in a session."""
    page.darken()
    QTest.keyClick(page, Qt.Key.Key_R)
    page.darken()
    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert (page.asked, page.times_left) == ([None], 1)


def test_a_touch_in_the_dark_only_wakes(page: Ended) -> None:
    """A click in the dark does not press the invisible button below it."""
    page.darken()
    QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(400, 560))

    assert not seen.is_dark(page)
    assert (page.asked, page.times_left) == ([], 0)


@pytest.mark.parametrize(
    ("key", "taken"),
    [(Qt.Key.Key_F, True), (Qt.Key.Key_C, False), (Qt.Key.Key_F8, False)],
)
def test_the_window_s_keys_in_the_dark(page: Ended, key: Qt.Key, *, taken: bool) -> None:
    """F8 and C are "Cramp now" in the dark, too; the other keys only light the page."""
    page.darken()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QCoreApplication.sendEvent(page, event)

    assert event.isAccepted() is taken


def test_with_motion_the_light_fades(page: Ended) -> None:
    """With motion the page fades slowly, and a key stops that."""
    page.set_motion(True)
    page.darken()
    fading = not seen.is_dark(page) and page._fade.state() is page._fade.State.Running
    QTest.keyClick(page, Qt.Key.Key_X)

    assert fading
    assert page._fade.state() is page._fade.State.Stopped


def test_out_of_sight_nothing_runs(page: Ended) -> None:
    """On another page no timer runs."""
    page.hide()

    assert not page._stillness.isActive()
