"""Asks under which name a plan is to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout

from legato.domain.routine import is_written
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

LONGEST_NAME = 80


class KeepField(QFrame):
    """A name and two buttons; hidden until it asks."""

    named = Signal(str)
    """The name that was given."""
    closed = Signal()
    """It asks no more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName("Name to keep the plan under")
        self._name.returnPressed.connect(self._take)
        self._trouble = plain_label("", "caution")
        self._trouble.hide()
        keep, cancel = QPushButton("Keep"), QPushButton("Cancel")
        keep.setProperty("role", "primary")
        cancel.setProperty("role", "quiet")
        keep.clicked.connect(self._take)
        cancel.clicked.connect(self.close_field)
        row = FlowLayout(spacing=8)
        row.addWidget(keep)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label("Keep it among your routines as", ""))
        column.addWidget(self._name)
        column.addWidget(self._trouble)
        column.addLayout(row)
        self.setFocusProxy(self._name)
        self.hide()

    def ask(self, name: str) -> None:
        """Ask, with `name` to begin with."""
        self._name.setText(name)
        self._name.selectAll()
        self._trouble.hide()
        self.show()
        self._name.setFocus()

    def close_field(self) -> None:
        """Ask no more."""
        self.hide()
        self.closed.emit()

    def _take(self) -> None:
        name = " ".join(self._name.text().split())
        if is_written(name):
            self.hide()
            self.named.emit(name)
        else:
            self._trouble.setText("It needs a name.")
            self._trouble.show()
            self._name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_field()
        else:
            super().keyPressEvent(event)
