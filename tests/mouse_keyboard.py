"""A mouse and a keyboard for tests of the whole window: what is not seen cannot be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QListView,
    QMenu,
    QScrollArea,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOST_TABS = 80


def called(widget: QWidget) -> str:
    """Return what a widget is called: by its words, or by its name for a screen reader."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return words or widget.accessibleName()


def seen(top: QWidget, kind: type[QWidget], words: str) -> QWidget:
    """Return the one shown widget of a kind that is called `words`."""
    found = [
        one
        for one in top.findChildren(kind)
        if one.isVisible() and words in {called(one), one.accessibleName()}
    ]
    assert found, f"no {kind.__name__} is called {words!r}"
    return found[0]


class Mouse:
    """Clicks where a person would: at the place of a widget in the window, scrolled into view.

    Args:
        window: The window.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, words: str) -> None:
        """Click the button that is called `words`."""
        self.click(seen(self._window, QAbstractButton, words))

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget in its middle, or at a point of its own."""
        point = at if at is not None else widget.rect().center()
        self._show(widget, point)
        QTest.mouseClick(self._hit(widget, point), Qt.MouseButton.LeftButton, NONE, self._last)
        QApplication.processEvents()

    def pick(self, menu_button: str, words: str) -> None:
        """Click an entry of a button's menu."""
        button = seen(self._window, QAbstractButton, menu_button)
        menu = button.findChild(QMenu) or button.menu()  # type: ignore[attr-defined] # a QPushButton
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        QApplication.processEvents()
        entry = next(one for one in menu.actions() if one.text().startswith(words))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, menu.actionGeometry(entry).center())
        QApplication.processEvents()

    def click_row(self, rows: QListView, row: int, held: Qt.KeyboardModifier = NONE) -> None:
        """Click a row of a list."""
        rows.scrollTo(rows.model().index(row, 0))
        point = rows.visualRect(rows.model().index(row, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, point)
        QApplication.processEvents()

    def drag(self, widget: QWidget, start: QPoint, by: QPoint) -> None:
        """Press, move and let go."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, start)
        for share in (1, 2, 3):
            QTest.mouseMove(widget, start + by * share / 3)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, start + by)
        QApplication.processEvents()

    def type_into(self, name: str, words: str) -> None:
        """Click a field three times as one does to choose all of it, and type."""
        field = seen(self._window, QLineEdit, name)
        self.click(field)
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, words)
        QApplication.processEvents()

    def _show(self, widget: QWidget, point: QPoint) -> None:
        """Scroll until the point is in view."""
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if area is None or inner is None:
            return
        bar, height = area.verticalScrollBar(), area.viewport().height()
        place = widget.mapTo(inner, point).y()
        if not bar.value() < place < bar.value() + height:
            bar.setValue(place - height // 2)
            QApplication.processEvents()

    def _hit(self, widget: QWidget, point: QPoint) -> QWidget:
        """Return what is hit at the point: the widget, or a part of it, and nothing else."""
        top = widget.window()
        at = widget.mapTo(top, point)
        assert QRect(QPoint(0, 0), top.size()).contains(at), f"{called(widget)} is out of sight"
        hit = top.childAt(at) or top
        assert hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget), (
            f"{called(hit)} ({type(hit).__name__}) lies over {called(widget)}"
        )
        self._last = hit.mapFrom(top, at)
        return hit


class Keyboard:
    """Presses keys where the keyboard is, and nowhere else.

    Args:
        window: The window.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window

    @property
    def at(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self._window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key."""
        QTest.keyClick(self.at, key, held)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type words."""
        QTest.keyClicks(self.at, words)
        QApplication.processEvents()

    def type_over(self, words: str) -> None:
        """Type in the place of what the field holds."""
        self.press(Qt.Key.Key_A, CTRL)
        self.type(words)

    def go_to(self, words: str, *, back: bool = False) -> None:
        """Press Tab, or Shift+Tab, until what is called `words` has the keyboard."""
        self._tab(lambda: words in {called(self.at), self.at.accessibleName()}, words, back=back)

    def _tab(self, there: Callable[[], bool], words: str, *, back: bool) -> None:
        passed = []
        for _ in range(MOST_TABS):
            if there():
                return
            passed.append(called(self.at) or type(self.at).__name__)
            self.press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, SHIFT if back else NONE)
        raise AssertionError(f"Tab does not come to {words!r}, but to {passed}")
