"""The editor: a routine on the left, its steps in the middle, the chosen step on the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from legato.domain.draft import Use
from legato.ui.announcing import announce
from legato.ui.models.step_list import StepList
from legato.ui.pages.editor_foot import EditorFoot
from legato.ui.pages.editor_panes import EditorPanes, Pane
from legato.ui.pages.editor_steps import StepActions
from legato.ui.widgets.card_pictures import CardPictures
from legato.ui.widgets.flow_layout import FlowLayout
from legato.ui.widgets.picture_panel import PicturePanel
from legato.ui.widgets.routine_fields import RoutineFields
from legato.ui.widgets.step_cards import StepCards
from legato.ui.widgets.step_fields import StepFields

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from legato.domain.editor_ports import Preview, StepClipboard
    from legato.domain.ports import Figures, Pictures
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine
    from legato.ui.editor import Editor
    from legato.ui.theme import Theme
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
MOST_TURN_LETTERS = 36
"""How long the name of an edit may be on its button."""

KEYS: tuple[Keys, ...] = (
    ("Ctrl+S", "Save"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Undo, and redo"),
    ("Alt+Up, Alt+Down", "Move the chosen steps"),
    ("Shift+Up, Shift+Down", "Choose several steps"),
    ("Ctrl+C, X, V", "Copy, cut and paste steps"),
    ("Ctrl+D", "Duplicate the chosen steps"),
    ("Delete", "Delete the chosen steps"),
    ("Enter", "To the fields of the chosen step"),
    ("Ctrl+M", "Add a move"),
    ("Ctrl+Shift+N", "Add a step of your own"),
    ("Ctrl+1, 2, 3", "To the routine, its steps, the chosen step"),
    ("Esc", "Back; what is not saved is kept as a draft"),
)

_STEP_FIELD = re.compile(r"steps\[(\d+)\](?:\.(\w+))?")


class EditorPage(QWidget):
    """Shows the routine of an editor and lets it be changed.

    Args:
        editor: The routine.
        clipboard: Steps as text.
        figures: The drawn moves.
        pictures: The user's own images.
        theme: The colours.
        find: Gives the routine of an id as it runs, or None.
    """

    left = Signal()
    """Back to where one came from."""
    move_wanted = Signal()
    """A move is to be chosen and added."""
    try_wanted = Signal(object)
    """The chosen step is to be run for a few seconds: the Step."""

    def __init__(
        self,
        editor: Editor,
        clipboard: StepClipboard,
        figures: Figures,
        pictures: Pictures,
        *,
        theme: Theme,
        find: Callable[[str], Routine | None],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._find = find
        self._preview: Preview | None = None
        self.card_pictures = CardPictures(figures, pictures, theme)
        self.steps = StepActions(editor, clipboard, self)
        self._list = StepList(find)
        self.cards = StepCards(self._list, self.card_pictures, theme)
        self.picture = PicturePanel(self.card_pictures)
        self._step = StepFields(self.picture)
        self._routine = RoutineFields()
        self._foot = EditorFoot(theme)
        self.more = QMenu(self)
        self._build()
        self._connect()
        self._add_keys()
        self.setFocusProxy(self.cards)

    def _build(self) -> None:
        self._panes = EditorPanes(self._routine, self._steps_pane(), self._step)
        self._stage = QStackedWidget()
        self._stage.addWidget(self._panes)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._stage, 1)
        column.addWidget(self._foot)

    def _head(self) -> QVBoxLayout:
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel()
        self._state.setProperty("role", "quiet")
        back, self._undo, self._redo = QPushButton("Back"), QPushButton(), QPushButton()
        self._save, more = QPushButton("Save"), QPushButton("More")
        for button in (back, self._undo, self._redo, more):
            button.setProperty("role", "quiet")
        self._save.setProperty("role", "primary")
        self._save.setAccessibleDescription("The keys are Ctrl+S")
        back.clicked.connect(self.left)
        self._undo.clicked.connect(self._editor.undo)
        self._redo.clicked.connect(self._editor.redo)
        self._save.clicked.connect(self._editor.save)
        more.clicked.connect(lambda: self.more.popup(more.mapToGlobal(more.rect().bottomLeft())))
        words = QHBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._state)
        words.addStretch(1)
        row = FlowLayout(spacing=8)
        for button in (back, self._save, more, self._undo, self._redo):
            row.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(words)
        column.addLayout(row)
        return column

    def _steps_pane(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = FlowLayout(spacing=4)
        menu = self._step_menu()
        for words, spoken, do in (
            ("Add a move", "Add a move from the library, Ctrl+M", self.move_wanted.emit),
            ("Own step", "Add a step of your own, Ctrl+Shift+N", self._add_own),
        ):
            button = QPushButton(words)
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
            button.clicked.connect(do)
            row.addWidget(button)
        chosen = QPushButton("Chosen steps")
        chosen.setAccessibleDescription("Move, copy or delete the chosen steps")
        chosen.clicked.connect(lambda: menu.popup(chosen.mapToGlobal(chosen.rect().bottomLeft())))
        row.addWidget(chosen)
        column.addLayout(row)
        column.addWidget(self.cards, 1)
        return pane

    def _step_menu(self) -> QMenu:
        """Return what can be done with the chosen steps; their keys are those of the cards."""
        menu = QMenu(self)
        for words, do in (
            ("Move up\tAlt+Up", self.steps.move_up),
            ("Move down\tAlt+Down", self.steps.move_down),
            ("Duplicate\tCtrl+D", self.steps.duplicate),
            ("Copy\tCtrl+C", self.steps.copy),
            ("Cut\tCtrl+X", self.steps.cut),
            ("Paste\tCtrl+V", self.steps.paste),
            ("Delete\tDel", self.steps.delete),
        ):
            menu.addAction(words, do)
        return menu

    def _connect(self) -> None:
        cards, steps, editor = self.cards, self.steps, self._editor
        cards.chosen_changed.connect(editor.choose)
        cards.move_wanted.connect(steps.move_to)
        cards.up_wanted.connect(steps.move_up)
        cards.down_wanted.connect(steps.move_down)
        cards.delete_wanted.connect(steps.delete)
        cards.duplicate_wanted.connect(steps.duplicate)
        cards.copy_wanted.connect(steps.copy)
        cards.cut_wanted.connect(steps.cut)
        cards.paste_wanted.connect(steps.paste)
        cards.fields_wanted.connect(self._to_fields)
        self._step.changed.connect(steps.change)
        self._step.own_wanted.connect(self._make_own)
        self._step.try_wanted.connect(self._try)
        self._routine.changed.connect(steps.change_routine)
        self.picture.removed.connect(lambda: steps.use_picture(None))
        steps.refused.connect(self._show_refusal)
        self._foot.strip.step_wanted.connect(self._choose_unfolded)
        self._foot.problems.place_wanted.connect(self._show_place)
        editor.changed.connect(self._show)
        editor.previewed.connect(self._show_preview)
        editor.reopened.connect(self._show_opened)

    def _add_keys(self) -> None:
        key = QKeySequence.StandardKey
        for keys, do in (
            (key.Save, self._editor.save),
            (key.Undo, self._editor.undo),
            (key.Redo, self._editor.redo),
            ("Ctrl+M", self.move_wanted.emit),
            ("Ctrl+Shift+N", self._add_own),
            ("Ctrl+1", self._to_routine),
            ("Ctrl+2", self._to_steps),
            ("Ctrl+3", self._to_fields),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def show_over(self, widget: QWidget) -> None:
        """Show `widget` in the place of the three parts, with the keyboard in it."""
        if self._stage.indexOf(widget) < 0:
            self._stage.addWidget(widget)
        self._stage.setCurrentWidget(widget)
        self._foot.hide()
        widget.setFocus()

    def close_over(self) -> None:
        """Show the three parts again."""
        self._stage.setCurrentWidget(self._panes)
        self._foot.show()
        self.cards.setFocus()

    def show_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self.card_pictures.show_theme(theme)
        self.cards.show_theme(theme)
        self._foot.strip.show_theme(theme)

    def tell_saved(self, *, with_problems: bool) -> None:
        """Say that the routine was saved, until the next change."""
        words = "saved, with problems" if with_problems else "saved"
        self._state.setText(words)
        announce(self, words)

    def begin(self) -> None:
        """Put the keyboard where one goes on: the name of a new routine, or the steps."""
        if self._editor.is_new:
            self._to_routine()
        else:
            self._to_steps()

    def _show_opened(self) -> None:
        self._preview = None
        self._foot.show_preview(None)
        self._list.show(None)
        self._stage.setCurrentWidget(self._panes)
        self._foot.show()

    def _show(self) -> None:
        """Show the routine as it is now."""
        editor, draft = self._editor, self._editor.draft
        opened = editor.opened
        self._title.setText(draft.name if draft else opened.id if opened else "")
        own = opened is None or opened.own
        self._state.setText(
            "not saved" if editor.is_changed else "" if own else "ships with Legato"
        )
        _name_turn(self._undo, "Undo", editor.undo_name)
        _name_turn(self._redo, "Redo", editor.redo_name)
        self._panes.setEnabled(draft is not None)
        self._list.show(draft)
        self.cards.show_chosen(editor.chosen)
        if draft is not None:
            self._routine.show_draft(draft)
        self._show_lines()
        self._foot.strip.show_chosen(self._unfolded(editor.chosen))

    def _show_lines(self) -> None:
        lines = self.steps.chosen_lines
        used = ""
        if len(lines) == 1 and isinstance(lines[0], Use):
            routine = self._find(lines[0].id)
            used = routine.name if routine else ""
        self._step.show_lines(lines, used)

    def _show_preview(self, preview: Preview) -> None:
        self._preview = preview
        self._foot.show_preview(preview)
        self._foot.strip.show_chosen(self._unfolded(self._editor.chosen))
        troubles: dict[int, dict[str, str]] = {}
        of_routine: dict[str, str] = {}
        for problem in preview.problems:
            place = _STEP_FIELD.match(problem.field)
            if place:
                troubles.setdefault(int(place[1]), {})[place[2] or ""] = problem.text
            else:
                of_routine[problem.field] = problem.text
        self._list.show_troubled(troubles.keys())
        self._routine.show_troubles(of_routine)
        if len(self._editor.chosen) == 1 and troubles:
            self._step.show_troubles(troubles.get(self._editor.chosen[0], {}))

    def _unfolded(self, chosen: tuple[int, ...]) -> frozenset[int]:
        """Return the indexes that lines have once each `use` is unfolded."""
        return frozenset(
            unfolded for unfolded, line in enumerate(self._lines_unfolded()) if line in chosen
        )

    def _lines_unfolded(self) -> list[int]:
        draft, lines = self._editor.draft, []
        for index, line in enumerate(draft.steps if draft else ()):
            routine = self._find(line.id) if isinstance(line, Use) else None
            count = len(routine.steps) if routine else int(not isinstance(line, Use))
            lines += [index] * count
        return lines

    def _choose_unfolded(self, step: int) -> None:
        lines = self._lines_unfolded()
        if step < len(lines):
            self._editor.choose((lines[step],))

    def _show_place(self, problem: Problem) -> None:
        place = _STEP_FIELD.match(problem.field)
        if place:
            self._editor.choose((int(place[1]),))
            self._panes.show_pane(Pane.STEP)
            self._step.begin(place[2] or "")
        else:
            self._panes.show_pane(Pane.ROUTINE)
            self._routine.begin(problem.field)

    def _show_refusal(self, field: str, why: str) -> None:
        self._step.show_refusal(field, why)

    def _add_own(self) -> None:
        self.steps.add_own()
        self._panes.show_pane(Pane.STEP)
        self._step.begin("title")

    def _make_own(self) -> None:
        lines = self.steps.chosen_lines
        if len(lines) == 1 and isinstance(lines[0], Use):
            routine = self._find(lines[0].id)
            if routine is not None:
                use = lines[0]
                self.steps.make_own([use.applied_to(step) for step in routine.steps])

    def _try(self) -> None:
        chosen = self._unfolded(self._editor.chosen)
        if self._preview and self._preview.routine and chosen:
            first = min(chosen)
            if first < len(self._preview.routine.steps):
                self.try_wanted.emit(self._preview.routine.steps[first])

    def _to_routine(self) -> None:
        self._panes.show_pane(Pane.ROUTINE)
        self._routine.begin()

    def _to_steps(self) -> None:
        self._panes.show_pane(Pane.STEPS)
        self.cards.setFocus()

    def _to_fields(self) -> None:
        self._panes.show_pane(Pane.STEP)
        self._step.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc: first from what lies over the parts, then from the page."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._stage.currentWidget() is not self._panes:
            self.close_over()
        else:
            self.left.emit()


def _name_turn(button: QPushButton, verb: str, name: str) -> None:
    """Let a button say what it takes back or does again; hide it where there is nothing."""
    words = f"{verb}: {name}"
    most = button.fontMetrics().averageCharWidth() * MOST_TURN_LETTERS
    button.setText(button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setVisible(bool(name))
