"""Two texts of one file, when something else has changed it meanwhile: which one is to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.flow_layout import FlowLayout
from legato.ui.widgets.source_view import colour_anew, source_field

if TYPE_CHECKING:
    from legato.domain.editor_ports import Conflict
    from legato.ui.theme import Theme


class ConflictPanel(QWidget):
    """Shows both texts; nothing is written before one is chosen.

    Args:
        theme: The colours.
    """

    mine_wanted = Signal(object)
    """What was edited here is to be written: the Conflict."""
    theirs_wanted = Signal(object)
    """The file is to stay as it is: the Conflict."""
    closed = Signal()
    """Neither yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._conflict: Conflict | None = None
        self._mine = source_field(theme, "What was edited here")
        self._theirs = source_field(theme, "The file as it is now")
        texts = QHBoxLayout()
        texts.setSpacing(16)
        for words, field in (
            ("Edited here", self._mine),
            ("In the file", self._theirs),
        ):
            texts.addLayout(_titled(words, field), 1)
        self._keep = QPushButton("Write what was edited here")
        take, back = QPushButton("Take the file as it is"), QPushButton("Back")
        back.setProperty("role", "quiet")
        self._keep.clicked.connect(lambda: self.mine_wanted.emit(self._conflict))
        take.clicked.connect(lambda: self.theirs_wanted.emit(self._conflict))
        back.clicked.connect(self.closed)
        row = FlowLayout(spacing=8)
        for button in (self._keep, take, back):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("The file was changed by another program", "title"))
        words = "Nothing is written yet. The other text can be had back under Earlier versions."
        column.addWidget(plain_label(words, "quiet"))
        column.addLayout(texts, 1)
        column.addLayout(row)
        self.setFocusProxy(self._keep)

    def show_theme(self, theme: Theme) -> None:
        """Show both texts in other colours."""
        colour_anew(self._mine, theme)
        colour_anew(self._theirs, theme)

    def show_conflict(self, conflict: Conflict) -> None:
        """Show both texts."""
        self._conflict = conflict
        self._mine.setPlainText(conflict.mine)
        self._theirs.setPlainText(conflict.theirs.text)


def _titled(words: str, field: QPlainTextEdit) -> QVBoxLayout:
    field.setReadOnly(True)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(plain_label(words, "quiet"))
    column.addWidget(field, 1)
    return column
