"""Whether files that somebody gave open with a double click, on the settings page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.ui.widgets.advice_card import plain_label


class FileTypeRow(QWidget):
    """Says who opens such files, with a button to change it; hidden where that is not ours to do."""

    turned = Signal()
    """It is to be the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("", "")
        self._turn = QPushButton()
        self._turn.clicked.connect(lambda _checked=False: self.turned.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_state(self, *, ours: bool) -> None:
        """Show who opens them."""
        self._words.setText(
            "A double click on a .legato file shows what is in it."
            if ours
            else "Routines that people give away are .legato files."
        )
        self._turn.setText("Leave them alone" if ours else "Open them with Legato")
        self._turn.setAccessibleDescription(self._words.text())
        self.show()
