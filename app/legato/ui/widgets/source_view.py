"""The text of a routine's file, with its words coloured and its problems on their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.flow_layout import FlowLayout
from legato.ui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument

    from legato.domain.problems import Problem
    from legato.ui.theme import Theme

_KEY = re.compile(r"^\s*(?:- )?\s*([\w.-]+|\"[^\"]*\"|\d+:\d\d)\s*:(?=\s|$)")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_DASH = re.compile(r"^\s*-(?=\s)")


class SourceView(QWidget):
    """Shows a text to be edited.

    Args:
        theme: The colours.
    """

    save_wanted = Signal(str)
    """The text is to be written as it is."""
    closed = Signal()
    """Back to the fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = source_field(theme, "The text of the file")
        self._theme = theme
        self._shown = ""
        self._problems = ProblemList()
        self._problems.place_wanted.connect(self._show_place)
        save, back = QPushButton("Save this text"), QPushButton("Back to the fields")
        back.setProperty("role", "quiet")
        save.setToolTip("Save this text, Ctrl+S")
        save.clicked.connect(self._save)
        saves = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        saves.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        saves.activated.connect(self._save)
        back.clicked.connect(self.closed)
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

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._text.toPlainText()

    @property
    def is_typed(self) -> bool:
        """Whether something was typed since it was shown."""
        return self._text.toPlainText() != self._shown

    def show_source(self, text: str, problems: Sequence[Problem]) -> None:
        """Show `text`, and what is wrong with it on its lines."""
        self._shown = text
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._problems.show_problems(problems)
        self._text.setExtraSelections([self._marked(problem) for problem in problems])
        if problems:
            self._show_place(problems[0])

    def take_up(self, text: str) -> None:
        """Show what was typed before and not saved."""
        self._text.setPlainText(text)

    def show_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self._theme = theme
        colour_anew(self._text, theme)

    def _save(self) -> None:
        self.save_wanted.emit(self.text)

    def _marked(self, problem: Problem) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(self._theme.caution))
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
        theme: The colours.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._looks = _looks(theme)

    def show_theme(self, theme: Theme) -> None:
        """Colour everything anew."""
        self._looks = _looks(theme)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, group, look in self._looks:
            found = pattern.search(text)
            if found:
                self.setFormat(found.start(group), found.end(group) - found.start(group), look)


def source_field(theme: Theme, name: str) -> QPlainTextEdit:
    """Return a field for the text of a file, in letters of one width."""
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    field.setStyleSheet(f"QPlainTextEdit {{ font-family: '{font.family()}', monospace; }}")
    field.setTabChangesFocus(True)
    YamlColours(field.document(), theme)
    return field


def colour_anew(field: QPlainTextEdit, theme: Theme) -> None:
    """Show a field made by `source_field` in other colours."""
    for colours in field.document().findChildren(YamlColours):
        colours.show_theme(theme)


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
