"""The list of keys, laid over the window until any key is pressed; Space acts beneath it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from legato.ui.widgets.basic import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

LOOKING_KEYS = frozenset(
    {Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_Question, Qt.Key.Key_Comma}  # Ctrl+, with the last
)
"""Shortcuts of the window that only show something: they do nothing but wake a dark page, and
nothing but close the list of keys."""

MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
    }
)
"""What is held down for another key: on most keyboards `?` is Shift and a second key."""

Keys = tuple[str, str]
"""A key as it is written on the keyboard, and what it does."""


class KeyList(QFrame):
    """Covers its parent with the keys of the page that is shown.

    Args:
        parent: The window.
    """

    closed = Signal()
    space_pressed = Signal()
    """It was closed by the one key that a session never does without."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Keys")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label("Keys", "title", wraps=False))
        column.addWidget(self._scroll, 1)
        column.addWidget(plain_label("Any key closes this list.", "quiet"))
        self.hide()

    def show_keys(self, keys: Sequence[Keys]) -> None:
        """Cover the window with these keys."""
        listed = QWidget()
        grid = QGridLayout(listed)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        for row, (key, what) in enumerate(keys):
            grid.addWidget(plain_label(key, "", wraps=False), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(plain_label(what, "quiet"), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(keys), 1)
        self._scroll.setWidget(listed)
        self.setAccessibleDescription("; ".join(f"{key}: {what}" for key, what in keys))
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Take the window's keys that only show something; F8 and C stay cramp now."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in LOOKING_KEYS:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - as Qt calls it
        """Keep the keyboard: Tab closes the list as any other key does."""
        del next
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the arrows; close with any other key, unless it is an auto-repeat."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        bar = self._scroll.verticalScrollBar()
        if event.key() in steps and bar.maximum() > 0:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.singleStep())
        elif event.key() not in MODIFIER_KEYS and not event.isAutoRepeat():
            self._close()
            if event.key() == Qt.Key.Key_Space:
                self.space_pressed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close."""
        event.accept()
        self._close()
