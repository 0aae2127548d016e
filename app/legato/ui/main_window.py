"""The window: its pages by name, the keys that work on all of them, and its one line of news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from legato.ui import early
from legato.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QResizeEvent, QScreen

    from legato.ui.widgets.key_list import KeyList, Keys

SETTLE_MS = 1000
"""The desktop has this long to bring the window back itself, or the screen to come back."""
LEAST_SEEN = 96
"""Pixels of a window, across and down, that must be on a screen for a person to find it."""
FRAME_ROOM = QSize(16, 48)
"""Pixels, across and down, left for the frame of a window that is not shown yet: only the window
manager knows its frame, and only after it is shown."""


class ScreenGuard(QObject):
    """Fits a window to its screen before it is first shown, and when the screens change.

    Qt moves such a window to another screen by name alone, and leaves it where it was. Most
    desktops bring it back; what runs without one, or in full screen, stays out of sight.

    Args:
        window: What it looks after, and belongs to.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.on_settled)
        self._least = window.minimumSize()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._settle)
            app.screenAdded.connect(self._watch)
            for screen in app.screens():
                self._watch(screen)

    def fit(self) -> None:
        """Fit a window that is not shown yet; where its size has no room it is maximised."""
        window = self._window
        self._fit_least_size()
        room = window.screen().availableGeometry().size() - FRAME_ROOM
        size = window.size().boundedTo(room)
        if size != window.size():
            window.resize(size)
            window.setWindowState(window.windowState() | QtCore.Qt.WindowState.WindowMaximized)

    def on_first_shown(self) -> None:
        """Move a window that has just been shown wholly onto its screen, now that it has a frame."""
        self._place(whole=True)

    def on_settled(self) -> None:
        """Bring the window back where it cannot be seen, and make it fit the screen it is on.

        A window in full screen fills the other screen; one that is maximised and can be seen is
        left to the window manager.
        """
        self._place(whole=False)

    def _place(self, *, whole: bool) -> None:
        window, frame = self._window, self._window.frameGeometry()
        if not window.isVisible():
            return
        self._fit_least_size()
        fills = window.isFullScreen() or window.isMaximized()
        place = place_for(frame, _screens(), fills=fills, whole=whole)
        if place is None:
            return
        full = window.isFullScreen()
        if full:
            window.showNormal()
        window.resize(window.size() - frame.size() + place.size())
        window.move(place.topLeft())
        if full:
            window.showFullScreen()

    def _watch(self, screen: QScreen) -> None:
        """Look again when a panel comes, or the screen's resolution or scale changes."""
        screen.availableGeometryChanged.connect(self._settle)

    def _settle(self, changed: QScreen | QRect) -> None:
        del changed
        self._settling.start()

    def _fit_least_size(self) -> None:
        """Let the window become smaller than its usual least size on a screen that is smaller."""
        room = self._window.screen().availableGeometry().size() - FRAME_ROOM
        self._window.setMinimumSize(self._least.boundedTo(room))


def place_for(
    frame: QRect, screens: Sequence[QRect], *, fills: bool = False, whole: bool = False
) -> QRect | None:
    """Return where a window has to go to be seen and to fit, or None where nothing has to change.

    Args:
        frame: Where it stands, with its frame.
        screens: What of each screen a window may take; the one to go to first. Without one nothing
            changes.
        fills: Whether it is maximised or in full screen, and fits by that.
        whole: Whether it may not reach out of its screen. Otherwise only its size has to fit:
            somebody may have moved it half out of the way.
    """
    seen = [one for one in screens if _is_seen(frame, one)]
    if not screens or (seen and fills):
        return None
    if not seen:
        place = QRect(QPoint(), frame.size().boundedTo(screens[0].size()))
        place.moveCenter(screens[0].center())
        return place
    home = max(seen, key=lambda one: _area(frame.intersected(one)))
    size = frame.size().boundedTo(home.size())
    if home.contains(frame) if whole else size == frame.size():
        return None
    left = min(max(frame.left(), home.left()), home.left() + home.width() - size.width())
    top = min(max(frame.top(), home.top()), home.top() + home.height() - size.height())
    return QRect(QPoint(left, top), size)


def _area(one: QRect) -> int:
    return one.width() * one.height()


def _is_seen(frame: QRect, screen: QRect) -> bool:
    seen = frame.intersected(screen)
    return seen.width() >= min(LEAST_SEEN, frame.width()) and seen.height() >= min(
        LEAST_SEEN, frame.height()
    )


def _screens() -> list[QRect]:
    """Return what of each screen a window may take, the main screen first."""
    main = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda one: one is not main)
    return [one.availableGeometry() for one in screens if not one.availableGeometry().isEmpty()]


DEFAULT_SIZE = (1080, 760)
LEAST_SIZE = (480, 400)


EVERYWHERE: tuple[Keys, ...] = (
    ("F8", "Cramp now, from anywhere"),
    ("C", "Cramp now, outside text fields"),
    ("G", "When to get help"),
    ("F", "Full screen and back"),
    ("?", "This list of keys"),
    ("Ctrl+Q", "Close Legato"),
)


class _Page:
    """A page of the window, and where the keyboard last was on it."""

    def __init__(self, widget: QWidget, back_to: str, keys: tuple[Keys, ...]) -> None:
        self.widget = widget
        self.back_to = back_to
        self.keys = keys
        self.focus: QWidget | None = None

    def take_focus(self) -> None:
        """Take the keyboard to where it last was on the page, if that is still there."""
        last = self.focus
        # A widget that a page has replaced is deleted, though Python still has a name for it.
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
    activated = Signal()
    """The user came back to the window from another one."""
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
        self.landing = ScreenGuard(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._toast)
        self._add_keys()

    def _add_keys(self) -> None:
        everywhere, here = early.APPLICATION_SHORTCUT, early.WINDOW_SHORTCUT
        self._on_key("F8", self.cramp_wanted.emit, everywhere)
        # A text field takes letters before a shortcut does, so C, G and F are safe in them.
        self._on_key("C", self.cramp_wanted.emit, here)
        self._on_key("G", self.help_wanted.emit, here)
        self._on_key("F", self.toggle_full_screen, here)
        self._on_key("?", self.show_keys, here)
        self._on_key("Ctrl+Q", self.close, everywhere)

    def _on_key(self, key: str, do: Callable[[], object], context: tuple[str, int]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        early.set_properties(shortcut, context)
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
                QEvent.Type.KeyPress,
                QtCore.Qt.Key.Key_Space,
                QtCore.Qt.KeyboardModifier.NoModifier,
                " ",
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
        enter = (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)
        if event.key() == QtCore.Qt.Key.Key_Escape and page is not None and page.back_to:
            self.show_page(page.back_to)
        elif event.key() in enter and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list of keys over the whole window."""
        super().resizeEvent(event)
        if self._key_list is not None:
            self._key_list.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        """Notice that the user comes back to the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Emit the geometry of the window before it closes."""
        self.closing.emit(self.saveGeometry())
        super().closeEvent(event)


class Application(QApplication):
    """Hears of each file that is to be opened.

    It listens to its own events alone. A filter on the application would be asked about every
    event of every widget, in Python, and would make the first frame 40 ms later.
    """

    file_given = Signal(str)
    """The path of a file that somebody opened with Legato."""

    def event(self, event: QEvent) -> bool:
        """Take a file that is handed over."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self.file_given.emit(event.file())
            return True
        return super().event(event)
