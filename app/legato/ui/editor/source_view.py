"""The text of a routine's file, with its words coloured and its problems on their lines."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from legato.ui.editor.source_text import SourceText
from legato.ui.library.problems import ProblemList
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button, toggle_button

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent, QTextDocument

    from legato.domain.documents import Conflict
    from legato.domain.problems import Problem
    from legato.ui.theme import Theme, ThemeSource

_KEY = re.compile(r"^\s*(?:- )?\s*([\w.-]+|\"[^\"]*\"|\d+:\d\d)\s*:(?=\s|$)")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_DASH = re.compile(r"^\s*-(?=\s)")


class SourceView(QWidget):
    """Shows a text to be edited.

    Args:
        theme: The theme, observable.
    """

    save_wanted = Signal(str)
    """The user wants to write the text as it is."""
    closed = Signal()
    """The user goes back to the fields."""

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._text = source_field(theme, "The text of the file")
        self._theme = theme
        self._source = SourceText("")
        self._problems = ProblemList()
        self._problems.place_wanted.connect(self._show_place)
        save = push_button("Save this text", "", self._save)
        save.setToolTip("Save this text, Ctrl+S")
        back = push_button("Back to the fields", "quiet", self.closed)
        saves = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        saves.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        saves.activated.connect(self._save)
        row = FlowLayout(spacing=8)
        row.addWidget(save)
        row.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("The file as text", "title"))
        column.addWidget(self._text, 1)
        column.addWidget(self._problems)
        column.addLayout(row)
        self.setFocusProxy(self._text)
        theme.changed.connect(self._recolour)

    @property
    def text(self) -> str:
        """The text as it is to be in the file; lines that nobody touched keep their bytes."""
        return self._source.restored(self._typed())

    @property
    def is_typed(self) -> bool:
        """Whether the text was changed since it was shown."""
        return self._typed() != self._source.shown

    def show_source(self, text: str, problems: Sequence[Problem]) -> None:
        """Show `text`, and what is wrong with it on its lines."""
        self._source = SourceText(text)
        if self._source.shown != self._typed():
            self._text.setPlainText(self._source.shown)
        self._problems.show_problems(problems)
        self._text.setExtraSelections([self._marked(problem) for problem in problems])
        if problems:
            self._show_place(problems[0])

    def take_up(self, text: str) -> None:
        """Show what was typed before and not saved."""
        # Of the same kind of line breaks as the text that it was typed into.
        self._text.setPlainText(SourceText(text).shown)

    def _typed(self) -> str:
        """Return the text of the field, with its hard spaces, which `toPlainText` softens."""
        raw = self._text.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def _recolour(self) -> None:
        marks = self._text.extraSelections()
        for mark in marks:
            mark.format.setUnderlineColor(QColor(self._theme.current.caution))
        self._text.setExtraSelections(marks)

    def _save(self) -> None:
        self.save_wanted.emit(self.text)

    def _marked(self, problem: Problem) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(self._theme.current.caution))
        look.setToolTip(problem.text)
        marked = QTextEdit.ExtraSelection()
        marked.format = look
        cursor = self._cursor_at(problem)
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        marked.cursor = cursor
        return marked

    def _cursor_at(self, problem: Problem) -> QTextCursor:
        block = self._text.document().findBlockByNumber(problem.line - 1)
        cursor = QTextCursor(block if block.isValid() else self._text.document().lastBlock())
        column = min(problem.column - 1, max(0, block.length() - 1))
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column
        )
        return cursor

    def _show_place(self, problem: Problem) -> None:
        self._text.setTextCursor(self._cursor_at(problem))
        self._text.centerCursor()
        self._text.setFocus()


class YamlColours(QSyntaxHighlighter):
    """Colours keys, dashes and comments of YAML.

    Args:
        document: The text.
        theme: The theme, observable.
    """

    def __init__(self, document: QTextDocument, theme: ThemeSource) -> None:
        super().__init__(document)
        self._theme = theme
        self._looks = _looks(theme.current)
        theme.changed.connect(self._recolour)

    def _recolour(self) -> None:
        self._looks = _looks(self._theme.current)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, group, look in self._looks:
            found = pattern.search(text)
            if found:
                self.setFormat(found.start(group), found.end(group) - found.start(group), look)


def source_field(theme: ThemeSource, name: str) -> QPlainTextEdit:
    """Return a field for the text of a file, in letters of one width."""
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    field.setStyleSheet(f"QPlainTextEdit {{ font-family: '{font.family()}', monospace; }}")
    field.setTabChangesFocus(True)
    YamlColours(field.document(), theme)
    return field


def _looks(theme: Theme) -> tuple[tuple[re.Pattern[str], int, QTextCharFormat], ...]:
    return (
        (_KEY, 1, _look(theme.accent)),
        (_DASH, 0, _look(theme.accent)),
        (_COMMENT, 0, _look(theme.quiet_text)),
    )


def _look(colour: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    return look


BOTH_FROM = 84
"""The least width, in letters, for both texts side by side."""


class ConflictPanel(QWidget):
    """Shows both texts with their differences marked; nothing is written before one is chosen.

    Args:
        theme: The theme, observable.
    """

    mine_wanted = Signal(object)
    """The user keeps the version of the editor: the Conflict."""
    theirs_wanted = Signal(object)
    """The user keeps the version of the file: the Conflict."""
    closed = Signal()
    """The user closes the panel without a choice."""

    def __init__(self, theme: ThemeSource) -> None:
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
        theme.changed.connect(self._recolour)
        self._arrange()

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for index, words in enumerate(("Edited here", "In the file")):
            tab = toggle_button(words, self._arrange, role="quiet")
            self._tabs.addButton(tab, index)
            row.addWidget(tab, 1)
        self._tabs.button(0).setChecked(True)
        return row

    def _buttons(self) -> FlowLayout:
        self._keep = push_button("Write what was edited here", "", self._want_mine)
        take = push_button("Take the file as it is", "", self._want_theirs)
        back = push_button("Back", "quiet", self.closed)
        row = FlowLayout(spacing=8)
        for button in (self._keep, take, back):
            row.addWidget(button)
        return row

    def _want_mine(self) -> None:
        self.mine_wanted.emit(self._conflict)

    def _want_theirs(self) -> None:
        self.theirs_wanted.emit(self._conflict)

    def show_conflict(self, conflict: Conflict) -> None:
        """Show both texts."""
        self._conflict = conflict
        mine, theirs = self._fields
        mine.setPlainText(conflict.mine)
        theirs.setPlainText(conflict.theirs.text)
        self._mark(conflict)

    def _recolour(self) -> None:
        for field in self._fields:
            marks = field.extraSelections()
            for mark in marks:
                mark.format.setBackground(QColor(self._theme.current.line))
            field.setExtraSelections(marks)

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
            marked.format.setBackground(QColor(self._theme.current.line))
            marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marked.cursor = _cursor(field, line)
            yield marked

    def _arrange(self) -> None:
        """Show both texts if they fit, otherwise the one of the pressed tab."""
        letters = self.width() / max(1, self.fontMetrics().averageCharWidth())
        both = letters >= BOTH_FROM
        self._words.setVisible(both)
        for index, field in enumerate(self._fields):
            field.setVisible(both or self._tabs.checkedId() == index)
            self._tabs.button(index).setEnabled(not both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both texts side by side if they fit."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for a larger text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()


def _cursor(field: QPlainTextEdit, line: int) -> QTextCursor:
    return QTextCursor(field.document().findBlockByNumber(line))
