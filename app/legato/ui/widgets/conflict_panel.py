"""Two texts of one file, when something else has changed it meanwhile: which one is to stay."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.flow_layout import FlowLayout
from legato.ui.widgets.source_view import colour_anew, source_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from legato.domain.editor_ports import Conflict
    from legato.ui.theme import Theme


BOTH_FROM = 84
"""The width in letters from which both texts stand side by side."""


class ConflictPanel(QWidget):
    """Shows both texts, what differs marked; nothing is written before one is chosen.

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
        self._theme = theme
        self._conflict: Conflict | None = None
        self._fields = (
            source_field(theme, "What was edited here"),
            source_field(theme, "The file as it is now"),
        )
        self._tabs = QButtonGroup(self)
        self._words = plain_label(
            "Nothing is written yet. The other text stays under Earlier versions.", "quiet"
        )
        texts = QHBoxLayout()
        texts.setSpacing(16)
        for field in self._fields:
            field.setReadOnly(True)
            texts.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("Changed by another program", "title"))
        column.addWidget(self._words)
        column.addLayout(self._tab_row())
        column.addLayout(texts, 1)
        column.addLayout(self._buttons())
        self.setFocusProxy(self._keep)
        self._arrange()

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for index, words in enumerate(("Edited here", "In the file")):
            tab = QPushButton(words)
            tab.setCheckable(True)
            tab.setProperty("role", "quiet")
            tab.clicked.connect(self._arrange)
            self._tabs.addButton(tab, index)
            row.addWidget(tab, 1)
        self._tabs.button(0).setChecked(True)
        return row

    def _buttons(self) -> FlowLayout:
        self._keep = QPushButton("Write what was edited here")
        take, back = QPushButton("Take the file as it is"), QPushButton("Back")
        back.setProperty("role", "quiet")
        self._keep.clicked.connect(lambda: self.mine_wanted.emit(self._conflict))
        take.clicked.connect(lambda: self.theirs_wanted.emit(self._conflict))
        back.clicked.connect(self.closed)
        row = FlowLayout(spacing=8)
        for button in (self._keep, take, back):
            row.addWidget(button)
        return row

    def show_theme(self, theme: Theme) -> None:
        """Show both texts in other colours."""
        self._theme = theme
        for field in self._fields:
            colour_anew(field, theme)
        if self._conflict is not None:
            self._mark(self._conflict)

    def show_conflict(self, conflict: Conflict) -> None:
        """Show both texts."""
        self._conflict = conflict
        mine, theirs = self._fields
        mine.setPlainText(conflict.mine)
        theirs.setPlainText(conflict.theirs.text)
        self._mark(conflict)

    def _mark(self, conflict: Conflict) -> None:
        """Mark the lines that the texts do not share, and show the first of them."""
        texts = (conflict.mine.splitlines(), conflict.theirs.text.splitlines())
        blocks = SequenceMatcher(a=texts[0], b=texts[1]).get_opcodes()
        changed = [block[1:] for block in blocks if block[0] != "equal"]
        for side, field in enumerate(self._fields):
            spans = [block[2 * side : 2 * side + 2] for block in changed]
            lines = [line for first, last in spans for line in range(first, last)]
            field.setExtraSelections(list(self._marked(field, lines)))
            if lines:
                field.setTextCursor(_cursor(field, lines[0]))

    def _marked(
        self, field: QPlainTextEdit, lines: Iterable[int]
    ) -> Iterable[QTextEdit.ExtraSelection]:
        for line in lines:
            marked = QTextEdit.ExtraSelection()
            marked.format.setBackground(QColor(self._theme.line))
            marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marked.cursor = _cursor(field, line)
            yield marked

    def _arrange(self) -> None:
        """Show both texts where there is room, or the one that is asked for."""
        letters = self.width() / max(1, self.fontMetrics().averageCharWidth())
        both = letters >= BOTH_FROM
        self._words.setVisible(both)
        for index, field in enumerate(self._fields):
            field.setVisible(both or self._tabs.checkedId() == index)
            self._tabs.button(index).setEnabled(not both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for a larger text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()


def _cursor(field: QPlainTextEdit, line: int) -> QTextCursor:
    return QTextCursor(field.document().findBlockByNumber(line))
