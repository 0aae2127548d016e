"""The list of keys, laid over the window until any key is pressed; Space acts beneath it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

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
        column.addWidget(_label("Keys", role="title"))
        column.addWidget(self._scroll, 1)
        column.addWidget(_label("Any key closes this list.", role="quiet"))
        self.hide()

    def show_keys(self, keys: Sequence[Keys]) -> None:
        """Cover the window with these keys."""
        listed = QWidget()
        grid = QGridLayout(listed)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        for row, (key, what) in enumerate(keys):
            grid.addWidget(_label(key), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(what, role="quiet"), row, 1)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the arrows, close with anything else."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        bar = self._scroll.verticalScrollBar()
        if event.key() in steps and bar.maximum() > 0:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.singleStep())
        else:
            self._close()
            if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
                self.space_pressed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close."""
        event.accept()
        self._close()


def _label(words: str, *, role: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role == "quiet")
    if role:
        label.setProperty("role", role)
    return label
