"""The head of the editor: the routine's name, its state, and the actions on all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from legato.ui.text import announce
from legato.ui.widgets.basic import FlowLayout, push_button

if TYPE_CHECKING:
    from legato.ui.editor.document import EditorDocument

MOST_TURN_LETTERS = 36
"""The most characters of an edit's name on its button."""


class EditorHead(QWidget):
    """Shows the open routine; other code adds actions to its menu.

    Args:
        editor: The routine.
    """

    left = Signal()
    """The user leaves the editor."""

    def __init__(self, editor: EditorDocument) -> None:
        super().__init__()
        self._editor = editor
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel()
        self._state.setProperty("role", "quiet")
        self.more = QMenu(self)
        self._buttons = QWidget()
        self._undo, self._redo = push_button("", "quiet"), push_button("", "quiet")
        self._undo.clicked.connect(editor.undo)
        self._redo.clicked.connect(editor.redo)
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(self._title)
        words.addWidget(self._state)
        words.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(words)
        column.addWidget(self._buttons)
        self._add_buttons()

    def _add_buttons(self) -> None:
        back = push_button("Back", "quiet", self.left)
        save = push_button("Save", "primary", self._editor.save, about="The keys are Ctrl+S")
        save.setToolTip("Save, Ctrl+S")
        about = "Try all of it, earlier versions, its text, give it away"
        more = push_button("More \u25be", "quiet", spoken="More", about=about)
        more.setMenu(self.more)
        row = FlowLayout(spacing=8)
        self._buttons.setLayout(row)
        for button in (back, save, more, self._undo, self._redo):
            row.addWidget(button)

    def show_editor(self) -> None:
        """Show the name and the state of the routine, and the edits that can be undone or redone."""
        editor, opened = self._editor, self._editor.opened
        self._title.setText(editor.draft.name if editor.draft else opened.id if opened else "")
        own = opened is None or opened.own
        self._state.setText(
            "not saved" if editor.is_changed else "" if own else "ships with Legato"
        )
        _name_turn(self._undo, "Undo", editor.undo_name)
        _name_turn(self._redo, "Redo", editor.redo_name)

    def show_buttons(self, *, wanted: bool) -> None:
        """Show the buttons, or hide them while a widget covers the panes."""
        self._buttons.setVisible(wanted)

    def show_state(self, words: str) -> None:
        """Show a message beside the name until the next change."""
        self._state.setText(words)
        announce(self, words)


def _name_turn(button: QPushButton, verb: str, name: str) -> None:
    """Show the name of an edit on the undo or redo button; hide the button without one."""
    words = f"{verb}: {name}"
    most = button.fontMetrics().averageCharWidth() * MOST_TURN_LETTERS
    button.setText(button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setVisible(bool(name))
