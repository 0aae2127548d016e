"""The panes of the editor: three or two side by side, or one at a time with buttons above."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from legato.ui.widgets.basic import FlowLayout, push_button, toggle_button
from legato.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from legato.ui.editor.actions import StepActions
    from legato.ui.editor.step_cards import StepCards

GAP = 16
THREE_FROM = 132
TWO_FROM = 84
"""The least widths, in letters, for that many panes side by side."""


class Pane(IntEnum):
    """One part of the editor."""

    ROUTINE = 0
    STEPS = 1
    STEP = 2


_TITLES = {Pane.ROUTINE: "Routine", Pane.STEPS: "Steps", Pane.STEP: "Chosen step"}
_STRETCH = {Pane.ROUTINE: 3, Pane.STEPS: 4, Pane.STEP: 4}


class EditorPanes(QWidget):
    """Holds the parts.

    Args:
        routine: The routine's own fields.
        steps: The steps.
        step: The fields of what is chosen.
    """

    def __init__(self, routine: QWidget, steps: QWidget, step: QWidget) -> None:
        super().__init__()
        self._chosen = Pane.STEPS
        self._side_by_side = 0
        self._panes = {
            Pane.ROUTINE: scrolled(routine),
            Pane.STEPS: steps,
            Pane.STEP: scrolled(step),
        }
        self._tabs = QWidget()
        row = QHBoxLayout(self._tabs)
        row.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(self)
        self._buttons = {pane: self._tab(pane, group, row) for pane in Pane}
        row.addStretch(1)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        for pane, widget in self._panes.items():
            self._row.addWidget(widget, _STRETCH[pane])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addLayout(self._row, 1)
        self._arrange()

    def show_pane(self, pane: Pane) -> None:
        """Show a pane if not all are shown at once."""
        self._chosen = pane
        self._arrange()

    def _tab(self, pane: Pane, group: QButtonGroup, row: QHBoxLayout) -> QPushButton:
        button = toggle_button(_TITLES[pane], partial(self.show_pane, pane), role="quiet")
        group.addButton(button)
        row.addWidget(button)
        return button

    def _arrange(self) -> None:
        letters = self.width() / max(1, self.fontMetrics().averageCharWidth())
        self._side_by_side = 3 if letters >= THREE_FROM else 2 if letters >= TWO_FROM else 1
        both = {Pane.STEPS, Pane.STEP}
        for pane, widget in self._panes.items():
            together = self._side_by_side == 2 and {pane, self._chosen} <= both  # noqa: PLR2004
            widget.setVisible(self._side_by_side == 3 or pane is self._chosen or together)  # noqa: PLR2004
        self._tabs.setVisible(self._side_by_side < 3)  # noqa: PLR2004 - three parts
        self._buttons[Pane.STEP].setVisible(self._side_by_side == 1)
        shown = self._chosen
        if self._side_by_side > 1 and shown is Pane.STEP:
            shown = Pane.STEPS
        self._buttons[shown].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many panes side by side as fit."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for a larger text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()


class EditorList(QWidget):
    """Holds the cards, and applies their shortcuts to the steps.

    Args:
        cards: The steps.
        actions: What is done with them.
    """

    move_wanted = Signal()
    """The user wants to choose an exercise and add it."""
    own_wanted = Signal()
    """The user wants to add a new step."""

    def __init__(self, cards: StepCards, actions: StepActions) -> None:
        super().__init__()
        self._actions = actions
        row = FlowLayout(spacing=4)
        for words, spoken, do in (
            ("Add a move", "Add a move from the library, Ctrl+M", self.move_wanted),
            ("Add my own step", "Add a step of your own, Ctrl+Shift+N", self.own_wanted),
        ):
            button = push_button(words, "", do, spoken=spoken)
            button.setToolTip(spoken)
            row.addWidget(button)
        about = "Move, copy or delete the chosen steps"
        chosen = push_button("Chosen steps \u25be", spoken="Chosen steps", about=about)
        chosen.setMenu(self._menu())
        row.addWidget(chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(cards, 1)
        self._connect(cards)

    def _menu(self) -> QMenu:
        """Return the menu of actions on the chosen steps; the cards have the same shortcuts."""
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
