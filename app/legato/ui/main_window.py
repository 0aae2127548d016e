"""The window: its pages by name, the keys that work on all of them, and its one line of news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from legato.ui.landing import Landing
from legato.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from legato.ui.widgets.key_list import KeyList, Keys

DEFAULT_SIZE = (1080, 760)
LEAST_SIZE = (480, 400)

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

EVERYWHERE: tuple[Keys, ...] = (
    ("F8", "Cramp now, from anywhere"),
    ("C", "Cramp now, outside text fields"),
    ("G", "When to get help"),
    ("F", "Full screen and back"),
    ("?", "This list of keys"),
    ("Ctrl+Q", "Close Legato"),
)


@dataclass(slots=True)
class _Page:
    widget: QWidget
    back_to: str
    keys: tuple[Keys, ...]
    focus: QWidget | None = None

    def take_focus(self) -> None:
        """Take the keyboard to where it last was on the page, if that is still there."""
        last = self.focus
        # What a page made anew meanwhile is gone, though Python still has a name for it.
        stays = last is not None and isValid(last) and last.isVisibleTo(self.widget)
        (last if last is not None and stays else self.widget).setFocus()


class MainWindow(QWidget):
    """Shows one page at a time.

    F8, C, G, F, ? and Ctrl+Q belong to the window; a page makes no shortcuts of them. A page that
    wants one of them for itself for a while accepts its ShortcutOverride. Esc is the page's first;
    a page that ignores it is left for the one it was added with as `back_to`. Enter that a page does
    not want presses the button in focus, as Space does.
    """

    cramp_wanted = Signal()
    """F8 or C was pressed."""
    help_wanted = Signal()
    """G was pressed."""
    page_shown = Signal(str)
    """A page is shown now: its name."""
    closing = Signal(QByteArray)
    """The window is being closed: where it stood, for `restore`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Legato")
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*DEFAULT_SIZE)
        self._pages: dict[str, _Page] = {}
        self._name = ""
        self._below: list[str] = []
        self._key_list: KeyList | None = None
        self._was_maximised = False
        self._stack = QStackedWidget()
        self._toast = Toast()
        self.landing = Landing(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._toast)
        self._add_keys()

    def _add_keys(self) -> None:
        everywhere = Qt.ShortcutContext.ApplicationShortcut
        here = Qt.ShortcutContext.WindowShortcut
        self._on_key("F8", self.cramp_wanted.emit, everywhere)
        # A text field takes letters before a shortcut does, so C, G and F are safe in them.
        self._on_key("C", self.cramp_wanted.emit, here)
        self._on_key("G", self.help_wanted.emit, here)
        self._on_key("F", self.toggle_full_screen, here)
        self._on_key("?", self.show_keys, here)
        self._on_key("Ctrl+Q", self.close, everywhere)

    def _on_key(self, key: str, do: Callable[[], object], context: Qt.ShortcutContext) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(context)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(do)

    @property
    def page_name(self) -> str:
        """The page that is shown; empty before the first one."""
        return self._name

    @property
    def toast(self) -> Toast:
        """The line of news at the foot of the window."""
        return self._toast

    def add_page(
        self, name: str, page: QWidget, *, back_to: str = "", keys: Sequence[Keys] = ()
    ) -> None:
        """Add a page under a name.

        Args:
            name: What `show_page` calls it.
            page: The page; where the keyboard begins on it is its focus proxy, or itself.
            back_to: The page that Esc leads to; empty where it leads nowhere.
            keys: The page's own keys, for the list of keys.

        Raises:
            ValueError: There is a page of that name.
        """
        if name in self._pages:
            raise ValueError(f"there is a page {name} already")
        self._pages[name] = _Page(page, back_to, tuple(keys))
        self._stack.addWidget(page)

    def show_page(self, name: str) -> None:
        """Show a page, with the keyboard where it last was on it; raises KeyError."""
        page = self._pages[name]
        if self._name and name != self._name:
            self._pages[self._name].focus = self._focus_inside(self._pages[self._name].widget)
        self._hide_keys()
        self._below = []
        self._name = name
        self._stack.setCurrentWidget(page.widget)
        page.take_focus()
        self.page_shown.emit(name)

    def show_over(self, name: str) -> bool:
        """Show a page that `go_back` leaves again for the one that is shown now.

        Such pages may lead to each other. One that is open below the page shown is returned to, so
        that going back always ends where the first of them was opened.

        Returns:
            Whether the page was not open yet.
        """
        opened = [*self._below, self._name]
        is_new = name not in opened
        below = opened if is_new else opened[: opened.index(name)]
        self.show_page(name)
        self._below = below
        return is_new

    def go_back(self) -> None:
        """Leave a page that was shown by `show_over`; without one, show the first page."""
        *below, name = self._below or ["home"]
        self.show_page(name)
        self._below = below

    def _focus_inside(self, page: QWidget) -> QWidget | None:
        focus = self.focusWidget()
        return focus if focus is not None and page.isAncestorOf(focus) else None

    def show_keys(self) -> None:
        """Lay the list of keys over the window, the page's own first."""
        if self._key_list is None:
            from legato.ui.widgets.key_list import KeyList  # noqa: PLC0415 - seldom seen

            self._key_list = KeyList(self)
            self._key_list.closed.connect(self._uncover_page)
            self._key_list.space_pressed.connect(self._pass_space_on)
        page = self._pages.get(self._name)
        if page is not None:
            page.focus = self._focus_inside(page.widget)
        self._key_list.show_keys((*(page.keys if page else ()), *EVERYWHERE))
        # Disabled, nothing on a page can take the keyboard from the list by a timer of its own.
        self._stack.setEnabled(False)

    def _uncover_page(self) -> None:
        self._stack.setEnabled(True)
        page = self._pages.get(self._name)
        if page is not None:
            page.take_focus()

    def _pass_space_on(self) -> None:
        """Give Space to a page that names it among its keys: there it always does the same."""
        page = self._pages.get(self._name)
        if page is not None and any(key == "Space" for key, _ in page.keys):
            space = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "
            )
            QApplication.sendEvent(page.widget, space)

    def _hide_keys(self) -> None:
        if self._key_list is not None:
            self._key_list.hide()
            self._stack.setEnabled(True)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to how the window was."""
        if not self.isFullScreen():
            self._was_maximised = self.isMaximized()
            self.showFullScreen()
        elif self._was_maximised:
            self.showMaximized()
        else:
            self.showNormal()

    def restore(self, geometry: QByteArray) -> bool:
        """Stand where the window stood when it sent `geometry`, and return whether it does.

        What is no geometry, or is of a screen of quite another size, changes nothing.
        """
        return self.restoreGeometry(geometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button in focus on Enter, and go back on Esc, where the page wanted neither."""
        page, focus = self._pages.get(self._name), self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and page is not None and page.back_to:
            self.show_page(page.back_to)
        elif event.key() in _ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list of keys over the whole window."""
        super().resizeEvent(event)
        if self._key_list is not None:
            self._key_list.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell where the window stands before it goes."""
        self.closing.emit(self.saveGeometry())
        super().closeEvent(event)
