"""The library page: selecting and starting by keyboard, search, broken files, and its light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from legato.ui.library.cards import GAP, CardGrid, more_rect
from legato.ui.library.page import AT_A_TIME, LibraryPage
from legato.ui.library.search import SearchField
from library_fakes import BAD, LOWER, broken, listed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.main_window import MainWindow


@pytest.fixture
def page(library_page: LibraryPage) -> LibraryPage:
    """Return the page."""
    return library_page


@pytest.fixture
def window(library_window: MainWindow) -> MainWindow:
    """Return its window."""
    return library_window


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key on the focused widget."""
    QTest.keyClick(window.focusWidget(), key)


def grid(page: LibraryPage) -> CardGrid:
    """Return the cards."""
    cards = page.findChild(CardGrid)
    assert cards is not None
    return cards


def chosen(page: LibraryPage) -> str:
    """Return the id of the selected card."""
    card = grid(page).chosen
    return card.entry.id if card else ""


def shown_texts(page: QWidget) -> list[str]:
    """Return the texts of visible labels and buttons."""
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    return labels + [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


@pytest.mark.usefixtures("window")
def test_bedtime_is_first_if_nothing_was_used(page: LibraryPage) -> None:
    """Enter on the first start is "Full bedtime"."""
    assert chosen(page) == "bedtime"


def test_enter_starts_the_chosen_one(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Enter starts the selected card, also from the search field, which has the focus."""
    with qtbot.waitSignal(page.start_wanted) as started:
        press(window, Qt.Key.Key_Return)
    assert started.args == ["bedtime"]


@pytest.mark.usefixtures("window")
def test_the_last_used_is_chosen(page: LibraryPage) -> None:
    """The last used routine is selected."""
    page.set_recent(["upper-leg", "lower-leg"])
    assert chosen(page) == "upper-leg"


def test_arrows_move_over_the_cards(window: MainWindow, page: LibraryPage) -> None:
    """Right moves along a row and Down to the next, while the search field keeps the focus."""
    visited = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        press(window, key)
        visited.append(chosen(page))
    assert visited == ["lower-leg", "mine", "upper-leg", "bedtime"]


@pytest.mark.usefixtures("window")
def test_cards_are_spoken(page: LibraryPage) -> None:
    """A screen reader finds the cards, each with all its text."""
    cards = QAccessible.queryAccessibleInterface(grid(page))
    spoken = [cards.child(row).text(QAccessible.Text.Name) for row in range(cards.childCount())]
    assert "Bedtime, 5 minutes, for the whole leg" in spoken


def test_a_click_starts(page: LibraryPage, qtbot: QtBot) -> None:
    """A click on a card starts it."""
    cards = grid(page)
    middle = cards.visualRect(cards.model().index(1, 0)).center()
    with qtbot.waitSignal(page.start_wanted) as started:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert started.args == ["lower-leg"]


@pytest.mark.usefixtures("window")
def test_typing_on_the_cards_searches(page: LibraryPage) -> None:
    """Letters typed on the page go into the search field."""
    grid(page).setFocus()
    QTest.keyClicks(grid(page), "up")
    assert chosen(page) == "upper-leg"
    assert "1 found" in shown_texts(page)


def test_c_on_the_cards_is_cramp_now(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Outside the search field C is "Cramp now"."""
    grid(page).setFocus()
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(grid(page), Qt.Key.Key_C)


def test_escape_empties_the_search(window: MainWindow, page: LibraryPage) -> None:
    """Esc clears the search."""
    QTest.keyClicks(window.focusWidget(), "upper")
    press(window, Qt.Key.Key_Escape)
    assert "Routines 4" in shown_texts(page)


def test_a_search_that_finds_nothing_says_so(window: MainWindow, page: LibraryPage) -> None:
    """An empty result is shown with a suggestion."""
    QTest.keyClicks(window.focusWidget(), "elbow")
    assert any("Nothing here matches “elbow”" in words for words in shown_texts(page))
    assert not grid(page).isVisible()


@pytest.mark.usefixtures("window")
def test_a_library_without_routines_says_so(page: LibraryPage) -> None:
    """A library without cards has a text instead."""
    page.show_routines([])
    assert "There are no routines here yet." in shown_texts(page)


@pytest.mark.usefixtures("window")
def test_a_broken_file_hides_no_other(page: LibraryPage) -> None:
    """A broken file is one card among the others."""
    assert "Routines 4" in shown_texts(page)
    assert "1 file needs mending" in shown_texts(page)


def test_enter_on_a_broken_file_shows_all_its_problems(
    window: MainWindow, page: LibraryPage, qtbot: QtBot
) -> None:
    """A broken file does not start; its problems are listed."""
    grid(page).choose("mine")
    with qtbot.assertNotEmitted(page.start_wanted):
        press(window, Qt.Key.Key_Return)
    texts = shown_texts(page)
    assert "Line 3: hold is too long\nLine 4: sidez is not known" in texts
    assert "Mine: 2 problems" in texts


def test_a_broken_file_can_be_opened(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Enter on a problem requests to open the file."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.open_file_wanted) as wanted:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert wanted.args == [str(BAD.path)]


def test_escape_leaves_the_problems(window: MainWindow, page: LibraryPage) -> None:
    """Esc goes back to the cards, which get the focus."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Escape)
    assert grid(page).isVisible()
    assert window.focusWidget() is grid(page)


def test_problems_stay_while_files_are_reloaded(window: MainWindow, page: LibraryPage) -> None:
    """Another changed file does not close the list."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    page.show_routines([LOWER, BAD])
    assert "Mine: 2 problems" in shown_texts(page)


def test_problems_follow_their_file(window: MainWindow, page: LibraryPage) -> None:
    """An edited file shows its remaining problems."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    page.update_routine(broken("Mine", "sidez is not known"))
    assert "Mine: 1 problem" in shown_texts(page)


def test_a_repaired_file_leads_back_to_the_cards(window: MainWindow, page: LibraryPage) -> None:
    """Without problems the routine is a card again."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    page.update_routine(listed("Mine"))
    assert grid(page).isVisible()
    assert window.focusWidget() is grid(page)


def test_problems_are_no_markup(window: MainWindow, page: LibraryPage) -> None:
    """Text of a file is shown as plain text."""
    page.update_routine(broken("Mine", "<b>bold</b>"))
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    formats = {label.textFormat() for label in page.findChildren(QLabel) if label.text()}
    assert formats <= {Qt.TextFormat.PlainText, Qt.TextFormat.AutoText}
    told = next(one for one in page.findChildren(QLabel) if "<b>" in one.text())
    assert told.textFormat() is Qt.TextFormat.PlainText


def test_continue_comes_before_all(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """The offer to continue has the focus: Enter or Space resumes."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    window.show_page("library")
    page.setFocus()
    assert "Continue: Calf, left, 0:48 left" in shown_texts(page)
    with qtbot.waitSignal(page.continue_wanted):
        press(window, Qt.Key.Key_Space)


def test_enter_continues_too(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Enter presses the focused button."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    page.setFocus()
    with qtbot.waitSignal(page.continue_wanted), qtbot.assertNotEmitted(page.start_wanted):
        press(window, Qt.Key.Key_Return)


def test_nothing_to_continue_takes_no_room(window: MainWindow, page: LibraryPage) -> None:
    """Without a stopped session there is no offer, and the search field has the focus."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    page.show_continue(None)
    page.setFocus()
    assert "Continue" not in shown_texts(page)
    assert window.focusWidget().accessibleName() == "Search the routines"


@pytest.mark.usefixtures("window")
def test_a_large_library_comes_in_little_by_little(page: LibraryPage, qtbot: QtBot) -> None:
    """The first cards are shown at once, and all of them in the end."""
    many = [listed(f"Routine {number:04}") for number in range(3 * AT_A_TIME)]
    page.show_routines(many)
    assert grid(page).model().rowCount() == AT_A_TIME
    qtbot.waitUntil(lambda: grid(page).model().rowCount() == len(many))
    assert f"Routines {len(many)}" in shown_texts(page)


@pytest.mark.usefixtures("window")
def test_more_routines_can_come_later(page: LibraryPage) -> None:
    """Routines that are found later are added."""
    page.add_routines([listed("Another")])
    assert "Routines 5" in shown_texts(page)


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_Delete])
def test_the_search_field_leaves_the_keys_of_the_page(window: MainWindow, key: Qt.Key) -> None:
    """Keys that edit and delete a routine are not used for editing the search text."""
    field = window.focusWidget()
    assert isinstance(field, SearchField)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    field.event(event)
    assert not event.isAccepted()


OFFSCREEN = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
"""A menu takes the keyboard, which the offscreen platform has none of."""


def offered(page: LibraryPage) -> list[str]:
    """Return what the open menu offers, without its keys, and close it."""
    menu = page.findChild(QMenu)
    assert menu is not None
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    menu.close()
    return words


def middle(page: LibraryPage, row: int) -> QPoint:
    """Return the middle of a card."""
    cards = grid(page)
    return cards.visualRect(cards.model().index(row, 0)).center()


@OFFSCREEN
def test_the_mouse_chooses_what_to_do_with_a_routine(page: LibraryPage, window: MainWindow) -> None:
    """A right click offers what can be done, and starts nothing."""
    started: list[str] = []
    page.start_wanted.connect(started.append)
    place = middle(page, 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
    QApplication.sendEvent(grid(page).viewport(), event)

    assert window.isVisible()
    assert offered(page)[:4] == ["Start", "Edit", "Make a copy", "Give away …"]
    assert started == []
    assert grid(page).currentIndex().row() == 1


@OFFSCREEN
@pytest.mark.usefixtures("window")
def test_the_dots_of_a_card_open_its_menu(page: LibraryPage) -> None:
    """A click in the corner is none on the card."""
    started: list[str] = []
    page.start_wanted.connect(started.append)
    cards = grid(page)
    card = cards.visualRect(cards.model().index(0, 0)).adjusted(0, 0, -GAP, -GAP)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=more_rect(card).center())

    assert "Edit" in offered(page)
    assert started == []


@OFFSCREEN
@pytest.mark.usefixtures("window")
def test_a_broken_file_offers_what_can_be_done_with_it(page: LibraryPage) -> None:
    """It cannot be started, copied or given away."""
    page._show_menu(next(one for one in page._list._cards if one.is_broken), QPoint())

    assert "Start" not in offered(page)


@OFFSCREEN
@pytest.mark.usefixtures("window")
def test_a_routine_is_given_away_by_the_menu(page: LibraryPage, qtbot: QtBot) -> None:
    """Each line of the menu names the routine that it was opened for."""
    card = grid(page).chosen
    assert card is not None
    page._show_menu(card, QPoint())
    menu = page.findChild(QMenu)
    assert menu is not None
    with qtbot.waitSignal(page.export_wanted) as told:
        menu.actions()[3].trigger()
    menu.close()

    assert told.args == [card.entry.id]
