"""The middle of the editor: the steps as cards, and the buttons that add to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from legato.ui.pages.editor_steps import StepActions
    from legato.ui.widgets.step_cards import StepCards


class EditorList(QWidget):
    """Holds the cards; what is pressed on them is done to the steps.

    Args:
        cards: The steps.
        actions: What is done with them.
    """

    move_wanted = Signal()
    """A move is to be chosen and added."""
    own_wanted = Signal()
    """A step of one's own is to be added."""

    def __init__(self, cards: StepCards, actions: StepActions) -> None:
        super().__init__()
        self._actions = actions
        row = FlowLayout(spacing=4)
        for words, spoken, do in (
            ("Add a move", "Add a move from the library, Ctrl+M", self.move_wanted),
            ("Add my own step", "Add a step of your own, Ctrl+Shift+N", self.own_wanted),
        ):
            button = QPushButton(words)
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
            button.clicked.connect(do)
            row.addWidget(button)
        chosen = QPushButton("Chosen steps \u25be")
        chosen.setAccessibleName("Chosen steps")
        chosen.setAccessibleDescription("Move, copy or delete the chosen steps")
        chosen.setMenu(self._menu())
        row.addWidget(chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(cards, 1)
        self._connect(cards)

    def _menu(self) -> QMenu:
        """Return what can be done with the chosen steps; their keys are those of the cards."""
        menu, actions = QMenu(self), self._actions
        for words, do in (
            ("Move up\tAlt+Up", actions.move_up),
            ("Move down\tAlt+Down", actions.move_down),
            ("Duplicate\tCtrl+D", actions.duplicate),
            ("Copy\tCtrl+C", actions.copy),
            ("Cut\tCtrl+X", actions.cut),
            ("Paste\tCtrl+V", actions.paste),
            ("Delete\tDel", actions.delete),
        ):
            menu.addAction(words, do)
        return menu

    def _connect(self, cards: StepCards) -> None:
        actions = self._actions
        cards.move_wanted.connect(actions.move_to)
        cards.up_wanted.connect(actions.move_up)
        cards.down_wanted.connect(actions.move_down)
        cards.delete_wanted.connect(actions.delete)
        cards.duplicate_wanted.connect(actions.duplicate)
        cards.copy_wanted.connect(actions.copy)
        cards.cut_wanted.connect(actions.cut)
        cards.paste_wanted.connect(actions.paste)
