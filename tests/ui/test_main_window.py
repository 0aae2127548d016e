"""The window: its pages, the keys of all of them, and what Esc does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

from legato.ui.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot


class Page(QWidget):
    """Two buttons and a text field."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.field = QPushButton("1"), QPushButton("2"), QLineEdit()
        column = QVBoxLayout(self)
        for widget in (self.first, self.second, self.field):
            column.addWidget(widget)
        self.setFocusProxy(self.first)


@pytest.fixture
def pages() -> dict[str, Page]:
    """Return two pages."""
    return {"one": Page(), "two": Page()}


@pytest.fixture
def window(qtbot: QtBot, pages: dict[str, Page]) -> MainWindow:
    """Return an active window that shows the first of two pages; Esc on the second leads back."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("one", pages["one"], keys=(("Enter", "Start"),))
    window.add_page("two", pages["two"], back_to="one")
    window.show_page("one")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_a_page_begins_at_its_own_place(window: MainWindow, pages: dict[str, Page]) -> None:
    """The keyboard starts where the page says."""
    assert window.page_name == "one"
    assert window.focusWidget() is pages["one"].first


def test_a_page_keeps_its_place(window: MainWindow, pages: dict[str, Page]) -> None:
    """Who comes back to a page finds the keyboard where it was."""
    pages["one"].second.setFocus()
    window.show_page("two")
    window.show_page("one")
    assert window.focusWidget() is pages["one"].second


def test_a_page_whose_button_is_gone_begins_at_its_own_place(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A page may make its buttons anew while another page is shown."""
    pages["one"].second.setFocus()
    window.show_page("two")
    delete(pages["one"].second)
    window.show_page("one")

    assert window.focusWidget() is pages["one"].first


def test_the_list_of_keys_gives_the_keyboard_back_to_a_page_made_anew(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A session goes on behind the list, and its buttons change."""
    pages["one"].second.setFocus()
    window.show_keys()
    keys = window.focusWidget()
    delete(pages["one"].second)
    QTest.keyClick(keys, Qt.Key.Key_Escape)

    assert window.focusWidget() is pages["one"].first


def test_showing_a_page_is_told(window: MainWindow, qtbot: QtBot) -> None:
    """Whoever feeds a page learns when it is seen."""
    with qtbot.waitSignal(window.page_shown) as told:
        window.show_page("two")
    assert told.args == ["two"]


def test_a_page_that_is_not_there_is_loud(window: MainWindow) -> None:
    """A wrong name is a bug."""
    with pytest.raises(KeyError):
        window.show_page("three")


def test_a_second_page_of_one_name_is_loud(window: MainWindow) -> None:
    """Two pages of one name are a bug."""
    with pytest.raises(ValueError, match="already"):
        window.add_page("one", QWidget())


def test_escape_goes_back(window: MainWindow, pages: dict[str, Page]) -> None:
    """Esc that a page does not want leads to the page it names."""
    window.show_page("two")
    QTest.keyClick(pages["two"].first, Qt.Key.Key_Escape)
    assert window.page_name == "one"


def test_escape_stays_where_nothing_is_behind(window: MainWindow, pages: dict[str, Page]) -> None:
    """Esc on a page that leads nowhere does nothing."""
    QTest.keyClick(pages["one"].first, Qt.Key.Key_Escape)
    assert window.page_name == "one"
    assert window.isVisible()


def test_space_goes_on_from_the_list_of_keys_to_a_page_that_names_it(
    window: MainWindow,
) -> None:
    """In a session it pauses, whatever lies over the page; it closes the list as well."""

    class Session(QWidget):
        pressed = 0

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.pressed += event.key() == Qt.Key.Key_Space

    page = Session()
    window.add_page("session", page, keys=(("Space", "Pause, and go on"),))
    window.show_page("session")
    window.show_keys()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert page.pressed == 1
    assert window.focusWidget() is page


def test_other_keys_only_close_the_list_of_keys(window: MainWindow, pages: dict[str, Page]) -> None:
    """Space on a page that has no use of its own for it presses nothing either."""
    pressed: list[bool] = []
    pages["one"].first.clicked.connect(pressed.append)
    window.show_keys()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert window.focusWidget() is pages["one"].first
    assert pressed == []


def test_nothing_on_a_page_takes_the_keyboard_from_the_list_of_keys(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A timer of the page may ask for it; it is given back when the list is closed."""
    window.show_page("two")
    window.show_keys()
    pages["two"].second.setFocus()
    assert window.focusWidget() is window._key_list
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert window.focusWidget() is pages["two"].first


@pytest.mark.parametrize("key", [Qt.Key.Key_Question, Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_Tab])
def test_the_window_s_own_keys_only_close_the_list_of_keys(window: MainWindow, key: Qt.Key) -> None:
    """`?` closes what `?` has opened, and nothing else happens behind it."""
    helped: list[bool] = []
    window.help_wanted.connect(lambda: helped.append(True))
    window.show_page("two")
    window.show_keys()
    key_list = window._key_list
    assert key_list is not None
    QTest.keyClick(key_list, key)

    assert not key_list.isVisible()
    assert (helped, window.isFullScreen()) == ([], False)


def test_a_modifier_leaves_the_list_of_keys_open(window: MainWindow) -> None:
    """It is half of another key: Shift would close the list for `?` to open it again."""
    window.show_keys()
    key_list = window._key_list
    assert key_list is not None
    QTest.keyClick(key_list, Qt.Key.Key_Shift)

    assert key_list.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_in_focus(
    window: MainWindow, pages: dict[str, Page], qtbot: QtBot, key: Qt.Key
) -> None:
    """Enter does what Space does, wherever a page has no other use for it."""
    with qtbot.waitSignal(pages["one"].first.clicked):
        QTest.keyClick(window.focusWidget(), key)


@pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_C])
def test_cramp_is_one_key_away(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    """F8 and C ask for help with a cramp."""
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(window.focusWidget(), key)


def test_help_is_one_key_away(window: MainWindow, qtbot: QtBot) -> None:
    """G asks when to get help."""
    with qtbot.waitSignal(window.help_wanted):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_G)


def test_f8_works_in_a_text_field(window: MainWindow, pages: dict[str, Page], qtbot: QtBot) -> None:
    """F8 works everywhere."""
    pages["one"].field.setFocus()
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(pages["one"].field, Qt.Key.Key_F8)


@pytest.mark.parametrize("letter", ["c", "g", "f", "?"])
def test_letters_are_letters_in_a_text_field(
    window: MainWindow, pages: dict[str, Page], qtbot: QtBot, letter: str
) -> None:
    """Whoever types is not interrupted."""
    field = pages["one"].field
    field.setFocus()
    with qtbot.assertNotEmitted(window.cramp_wanted):
        QTest.keyClicks(field, letter)
    assert field.text() == letter
    assert not window.isFullScreen()


def test_f_fills_the_screen_and_goes_back(window: MainWindow) -> None:
    """F is full screen, and F again the window."""
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F)
    assert window.isFullScreen()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F)
    assert not window.isFullScreen()


def test_the_list_of_keys_names_the_pages_own(window: MainWindow) -> None:
    """The list has the page's keys and those of the window, and gives the keyboard back."""
    before = window.focusWidget()
    QTest.keyClick(before, Qt.Key.Key_Question)
    keys = window.focusWidget()
    assert "Enter: Start" in keys.accessibleDescription()
    assert "F8: Cramp now" in keys.accessibleDescription()
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    assert not keys.isVisible()
    assert window.focusWidget() is before


def test_control_q_closes_and_tells_where_the_window_stood(
    window: MainWindow, qtbot: QtBot
) -> None:
    """A closing window says what `restore` takes."""
    window.resize(640, 560)
    with qtbot.waitSignal(window.closing) as told:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert told.args is not None
    again = MainWindow()
    qtbot.addWidget(again)
    again.restore(told.args[0])
    assert again.size() == window.size()


def test_a_spoilt_geometry_changes_nothing(qtbot: QtBot) -> None:
    """What was kept of another window or half written is not followed."""
    window = MainWindow()
    qtbot.addWidget(window)
    size = window.size()
    window.restore(QByteArray(b"nonsense"))
    assert window.size() == size


def test_it_fits_a_small_screen(window: MainWindow) -> None:
    """800 by 600 is enough."""
    window.resize(800, 600)
    assert (window.width(), window.height()) == (800, 600)
