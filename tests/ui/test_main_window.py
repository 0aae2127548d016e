"""The window: its pages, their common keys, and Esc."""

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
    """Return an active window that shows the first of two pages; Esc on the second goes back."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("one", pages["one"], keys=(("Enter", "Start"),))
    window.add_page("two", pages["two"], back_to="one")
    window.show_page("one")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_a_page_begins_at_its_first_focus(window: MainWindow, pages: dict[str, Page]) -> None:
    """The page decides which widget has the focus first."""
    assert window.page_name == "one"
    assert window.focusWidget() is pages["one"].first


def test_a_page_keeps_its_focus(window: MainWindow, pages: dict[str, Page]) -> None:
    """A page that is shown again has its focus where it was."""
    pages["one"].second.setFocus()
    window.show_page("two")
    window.show_page("one")
    assert window.focusWidget() is pages["one"].second


def test_a_page_whose_focused_button_is_gone_begins_again(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A page may replace its buttons while it is hidden."""
    pages["one"].second.setFocus()
    window.show_page("two")
    delete(pages["one"].second)
    window.show_page("one")

    assert window.focusWidget() is pages["one"].first


def test_the_list_of_keys_returns_the_focus_to_a_changed_page(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A session changes its buttons behind the list."""
    pages["one"].second.setFocus()
    window.show_keys()
    keys = window.focusWidget()
    delete(pages["one"].second)
    QTest.keyClick(keys, Qt.Key.Key_Escape)

    assert window.focusWidget() is pages["one"].first


def test_showing_a_page_is_signalled(window: MainWindow, qtbot: QtBot) -> None:
    """The signal has the name of the page."""
    with qtbot.waitSignal(window.page_shown) as told:
        window.show_page("two")
    assert told.args == ["two"]


def test_an_unknown_page_raises(window: MainWindow) -> None:
    """A wrong name is a bug."""
    with pytest.raises(KeyError):
        window.show_page("three")


def test_a_second_page_of_one_name_raises(window: MainWindow) -> None:
    """Two pages of one name are a bug."""
    with pytest.raises(ValueError, match="already"):
        window.add_page("one", QWidget())


def test_escape_goes_back(window: MainWindow, pages: dict[str, Page]) -> None:
    """Esc that the page does not use goes to the page that it names."""
    window.show_page("two")
    QTest.keyClick(pages["two"].first, Qt.Key.Key_Escape)
    assert window.page_name == "one"


def test_escape_stays_where_nothing_is_behind(window: MainWindow, pages: dict[str, Page]) -> None:
    """Esc does nothing on a page without a page to go back to."""
    QTest.keyClick(pages["one"].first, Qt.Key.Key_Escape)
    assert window.page_name == "one"
    assert window.isVisible()


def test_space_goes_on_from_the_list_of_keys_to_a_page_that_names_it(
    window: MainWindow,
) -> None:
    """In a session Space pauses and closes the list of keys."""

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
    """On a page without a use for Space it only closes the list."""
    pressed: list[bool] = []
    pages["one"].first.clicked.connect(pressed.append)
    window.show_keys()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert window.focusWidget() is pages["one"].first
    assert pressed == []


def test_nothing_on_a_page_takes_the_keyboard_from_the_list_of_keys(
    window: MainWindow, pages: dict[str, Page]
) -> None:
    """A focus that the page requests is set when the list is closed."""
    window.show_page("two")
    window.show_keys()
    pages["two"].second.setFocus()
    assert window.focusWidget() is window._key_list
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert window.focusWidget() is pages["two"].first


@pytest.mark.parametrize("key", [Qt.Key.Key_Question, Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_Tab])
def test_the_window_s_own_keys_only_close_the_list_of_keys(window: MainWindow, key: Qt.Key) -> None:
    """`?` closes the list that `?` has opened, and does nothing else."""
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
    """Shift alone must not close the list, since Shift and `?` would open it again."""
    window.show_keys()
    key_list = window._key_list
    assert key_list is not None
    QTest.keyClick(key_list, Qt.Key.Key_Shift)

    assert key_list.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_in_focus(
    window: MainWindow, pages: dict[str, Page], qtbot: QtBot, key: Qt.Key
) -> None:
    """Enter presses the focused button, unless the page uses it otherwise."""
    with qtbot.waitSignal(pages["one"].first.clicked):
        QTest.keyClick(window.focusWidget(), key)


@pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_C])
def test_cramp_is_one_key_away(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    """F8 and C request help with a cramp."""
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(window.focusWidget(), key)


def test_help_is_one_key_away(window: MainWindow, qtbot: QtBot) -> None:
    """G requests "When to get help"."""
    with qtbot.waitSignal(window.help_wanted):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_G)


def test_f8_works_in_a_text_field(window: MainWindow, pages: dict[str, Page], qtbot: QtBot) -> None:
    """F8 works in a text field, too."""
    pages["one"].field.setFocus()
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(pages["one"].field, Qt.Key.Key_F8)


@pytest.mark.parametrize("letter", ["c", "g", "f", "?"])
def test_letters_are_letters_in_a_text_field(
    window: MainWindow, pages: dict[str, Page], qtbot: QtBot, letter: str
) -> None:
    """Letters are typed into a text field."""
    field = pages["one"].field
    field.setFocus()
    with qtbot.assertNotEmitted(window.cramp_wanted):
        QTest.keyClicks(field, letter)
    assert field.text() == letter
    assert not window.isFullScreen()


def test_f_fills_the_screen_and_goes_back(window: MainWindow) -> None:
    """F toggles full screen."""
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F)
    assert window.isFullScreen()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F)
    assert not window.isFullScreen()


def test_the_list_of_keys_names_the_pages_own(window: MainWindow) -> None:
    """The list has the keys of the page and of the window, and returns the focus."""
    before = window.focusWidget()
    QTest.keyClick(before, Qt.Key.Key_Question)
    keys = window.focusWidget()
    assert "Enter: Start" in keys.accessibleDescription()
    assert "F8: Cramp now" in keys.accessibleDescription()
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    assert not keys.isVisible()
    assert window.focusWidget() is before


def test_control_q_closes_and_signals_the_geometry(window: MainWindow, qtbot: QtBot) -> None:
    """The signal has what `restore` accepts."""
    window.resize(640, 560)
    with qtbot.waitSignal(window.closing) as told:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert told.args is not None
    again = MainWindow()
    qtbot.addWidget(again)
    again.restore(told.args[0])
    assert again.size() == window.size()


def test_a_spoilt_geometry_changes_nothing(qtbot: QtBot) -> None:
    """A damaged geometry is ignored."""
    window = MainWindow()
    qtbot.addWidget(window)
    size = window.size()
    window.restore(QByteArray(b"nonsense"))
    assert window.size() == size


def test_it_fits_a_small_screen(window: MainWindow) -> None:
    """The smallest size is at most 800 by 600."""
    window.resize(800, 600)
    assert (window.width(), window.height()) == (800, 600)
