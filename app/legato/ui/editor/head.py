"""The head of the editor: the routine's name, its state, and what is done with all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from legato.ui.text import announce
from legato.ui.widgets.basic import FlowLayout

if TYPE_CHECKING:
    from legato.ui.editor.document import EditorDocument

MOST_TURN_LETTERS = 36
"""How long the name of an edit may be on its button."""


class EditorHead(QWidget):
    """Shows what an editor has open; other code adds actions to its menu.

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
        self._undo, self._redo = _quiet(""), _quiet("")
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
        back, save, more = _quiet("Back"), QPushButton("Save"), _quiet("More \u25be")
        save.setProperty("role", "primary")
        save.setToolTip("Save, Ctrl+S")
        save.setAccessibleDescription("The keys are Ctrl+S")
        more.setAccessibleDescription("Try all of it, earlier versions, its text, give it away")
        more.setAccessibleName("More")
        more.setMenu(self.more)
        back.clicked.connect(self.left)
        save.clicked.connect(self._editor.save)
        row = FlowLayout(spacing=8)
        self._buttons.setLayout(row)
        for button in (back, save, more, self._undo, self._redo):
            row.addWidget(button)

    def show_editor(self) -> None:
        """Show the name and the state of what is edited, and what can be taken back."""
        editor, opened = self._editor, self._editor.opened
        self._title.setText(editor.draft.name if editor.draft else opened.id if opened else "")
        own = opened is None or opened.own
        self._state.setText(
            "not saved" if editor.is_changed else "" if own else "ships with Legato"
        )
        _name_turn(self._undo, "Undo", editor.undo_name)
        _name_turn(self._redo, "Redo", editor.redo_name)

    def show_buttons(self, *, wanted: bool) -> None:
        """Show what is done with all of it, or leave the room to what lies over the parts."""
        self._buttons.setVisible(wanted)

    def tell(self, words: str) -> None:
        """Show a message beside the name until the next change."""
        self._state.setText(words)
        announce(self, words)


def _quiet(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "quiet")
    return button


def _name_turn(button: QPushButton, verb: str, name: str) -> None:
    """Let a button say what it takes back or does again; hide it where there is nothing."""
    words = f"{verb}: {name}"
    most = button.fontMetrics().averageCharWidth() * MOST_TURN_LETTERS
    button.setText(button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setVisible(bool(name))
