"""The editor: a routine on the left, its steps in the middle, the chosen step on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from legato.domain import editing
from legato.domain.draft import Use
from legato.domain.routine import Sides
from legato.domain.timeline import lay_out
from legato.ui import text
from legato.ui.editor.actions import StepActions
from legato.ui.editor.head import EditorHead
from legato.ui.editor.panes import EditorList, EditorPanes, Pane
from legato.ui.editor.picture_panel import PicturePanel
from legato.ui.editor.step_cards import StepCards
from legato.ui.editor.step_fields import RoutineFields, StepFields
from legato.ui.editor.step_model import StepList
from legato.ui.editor.timeline_strip import TimelineStrip
from legato.ui.library.problems import ProblemList
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QMenu

    from legato.domain.documents import Preview
    from legato.domain.editing import Unread
    from legato.domain.ports import StepClipboard
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine
    from legato.ui.editor.document import EditorDocument
    from legato.ui.leg_map.map import LegMap
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.theme import ThemeSource
    from legato.ui.widgets.key_list import Keys


class EditorFoot(QWidget):
    """Shows the result that saving would have.

    Args:
        theme: The theme, observable.
    """

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._total = QLabel()
        self.strip = TimelineStrip(theme)
        self.problems = ProblemList()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._total)
        row.addWidget(self.strip, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problems)

    def show_preview(self, preview: Preview | None) -> None:
        """Show the timeline and the problems of a preview, or nothing yet."""
        routine = preview.routine if preview else None
        self._total.setText(text.routine_time(routine) if routine else "")
        spoken = f"In all {text.routine_time(routine, spoken=True)}" if routine else ""
        self._total.setAccessibleName(spoken)
        self.strip.show_timeline(lay_out(routine) if routine else None)
        self.problems.show_problems(preview.problems if preview else ())


_STEP_FIELD = re.compile(r"steps\[(\d+)\](?:\.(variants\.\w+|\w+))?")


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """The problems in words, by field.

    Attributes:
        of_routine: By the routine's fields.
        of_steps: By the steps' indexes, then by their fields; the step as a whole is "".
    """

    of_routine: dict[str, str] = field(default_factory=dict)
    of_steps: dict[int, dict[str, str]] = field(default_factory=dict)


def field_errors_of(problems: Iterable[Problem]) -> FieldErrors:
    """Return the words of `problems`, each beside its field."""
    troubles = FieldErrors()
    for problem in problems:
        place = step_place(problem)
        if place is None:
            troubles.of_routine[problem.field] = problem.text
        else:
            troubles.of_steps.setdefault(place[0], {})[place[1]] = problem.text
    return troubles


def step_place(problem: Problem) -> tuple[int, str] | None:
    """Return the step and the field that a problem is about; None for the routine's own."""
    found = _STEP_FIELD.match(problem.field)
    return (int(found[1]), found[2] or "") if found else None


MARGIN = 24

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


class EditorPage(QWidget):
    """Shows the routine of an editor and lets it be changed.

    Args:
        editor: The routine.
        clipboard: Steps as text.
        loader: Loads the pictures of steps.
        legs: A leg map that asks for both legs.
        find: Gives the routine of an id as it runs, or None.
    """

    left = Signal()
    """The user leaves the editor."""
    over_left = Signal()
    """Esc was pressed in the widget that covers the panes."""
    move_wanted = Signal()
    """The user wants to choose an exercise and add it."""
    try_wanted = Signal(object)
    """The user wants to try the chosen step for a few seconds: the Step."""

    def __init__(
        self,
        editor: EditorDocument,
        clipboard: StepClipboard,
        loader: PictureLoader,
        legs: LegMap,
        *,
        find: Callable[[str], Routine | None],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._find = find
        self._preview: Preview | None = None
        self._troubles = FieldErrors()
        self.card_pictures = CardPictures(loader)
        self.steps = StepActions(editor, clipboard, find, self)
        self._list = StepList(find)
        self.cards = StepCards(self._list, self.card_pictures, loader.theme)
        self.picture = PicturePanel(self.card_pictures)
        self._step = StepFields(self.picture)
        self._routine = RoutineFields(legs)
        self._foot = EditorFoot(loader.theme)
        self._head = EditorHead(editor)
        self._shortcuts: list[QShortcut] = []
        self._build()
        self._connect()
        self._add_keys()
        self.setFocusProxy(self.cards)

    @property
    def more(self) -> QMenu:
        """The menu with further actions on the routine."""
        return self._head.more

    @property
    def is_covered(self) -> bool:
        """Whether a widget covers the three panes."""
        return self._stage.currentWidget() is not self._panes

    def _build(self) -> None:
        # Tab goes through what was added first, first: the head, then the parts.
        column = QVBoxLayout(self)
        column.addWidget(self._head)
        self._steps_pane = EditorList(self.cards, self.steps)
        self._panes = EditorPanes(self._routine, self._steps_pane, self._step)
        self._stage = QStackedWidget()
        self._stage.addWidget(self._panes)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(8)
        column.addWidget(self._stage, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        steps, editor = self.steps, self._editor
        self._head.left.connect(self.left)
        self._steps_pane.move_wanted.connect(self.move_wanted)
        self._steps_pane.own_wanted.connect(self._add_own)
        self.cards.chosen_changed.connect(editor.choose)
        self.cards.fields_wanted.connect(self._to_fields)
        self._step.changed.connect(steps.change)
        self._step.refused.connect(steps.refuse)
        self._step.entered.connect(editor.settle)
        self._step.own_wanted.connect(steps.make_own)
        self._step.split_wanted.connect(self._split)
        self._step.try_wanted.connect(self._try)
        self._routine.changed.connect(steps.change_routine)
        self._routine.refused.connect(steps.refuse_routine)
        self._routine.entered.connect(editor.settle)
        self.picture.removed.connect(lambda: steps.use_picture(None))
        steps.refused.connect(self._show_refusal)
        self._foot.strip.step_wanted.connect(self._choose_unfolded)
        self._foot.problems.place_wanted.connect(self._show_place)
        editor.changed.connect(self._show)
        editor.previewed.connect(self._show_preview)
        editor.reopened.connect(self._show_opened)
        editor.unread_met.connect(self._show_unread)
        editor.save_refused.connect(self._show_save_refused)

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
            self._shortcuts.append(shortcut)

    def show_over(self, widget: QWidget, *, of_routine: bool = True) -> None:
        """Show `widget` in the place of the three parts, with the keyboard in it.

        Args:
            widget: The widget to show.
            of_routine: Whether it is about the routine that is open, whose name stays above.
        """
        if self._stage.indexOf(widget) < 0:
            self._stage.addWidget(widget)
        self._uncover(covered_by=widget)
        self._head.setVisible(of_routine)
        widget.setFocus()

    def close_over(self) -> None:
        """Show the three parts again."""
        self._uncover()
        self.cards.setFocus()

    def _uncover(self, covered_by: QWidget | None = None) -> None:
        """Show the three panes, or the widget that covers them and has its own keys."""
        self._stage.setCurrentWidget(covered_by or self._panes)
        self._foot.setVisible(covered_by is None)
        self._head.show()
        self._head.show_buttons(wanted=covered_by is None)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(covered_by is None)

    def show_saved(self, *, with_problems: bool) -> None:
        """Show that the routine was saved, until the next change."""
        self._head.show_state("saved, with problems" if with_problems else "saved")

    def begin(self) -> None:
        """Focus the name of a new routine, or the steps of another."""
        if self._editor.is_new:
            self._to_routine()
        else:
            self._to_steps()

    def _show_opened(self) -> None:
        self._preview, self._troubles = None, FieldErrors()
        self._foot.show_preview(None)
        self._list.show(None)
        self._uncover()

    def _show(self) -> None:
        """Show the routine as it is now."""
        editor, draft = self._editor, self._editor.draft
        self._head.show_editor()
        self._panes.setEnabled(draft is not None)
        self._list.show(draft)
        self.cards.show_chosen(editor.chosen)
        if draft is not None:
            self._routine.show_draft(draft, self._unread_of(()))
            self._routine.show_troubles(self._troubles.of_routine)
        self._show_troubled()
        self._show_lines()
        self._foot.strip.show_chosen(self._list.unfolded(editor.chosen))

    def _show_lines(self) -> None:
        lines, steps = self.steps.chosen_lines, self.steps.chosen_steps()
        used = ""
        if len(lines) == 1 and isinstance(lines[0], Use):
            routine = self._find(lines[0].id)
            used = routine.name if routine else ""
        splits = len(steps) == 1 and steps[0].sides is Sides.EACH
        unread = self._unread_of(self._editor.chosen)
        self._step.show_lines(lines, used, splits=splits, unread=unread)
        self._show_step_troubles()

    def _show_preview(self, preview: Preview) -> None:
        if self._editor.draft is not None and not self._editor.draft.steps:
            # The cards invite to add one; that is no mistake yet.
            problems = tuple(one for one in preview.problems if one.field != "steps")
            preview = replace(preview, problems=problems)
        self._preview = preview
        self._foot.show_preview(preview)
        self._foot.strip.show_chosen(self._list.unfolded(self._editor.chosen))
        self._troubles = troubles = field_errors_of(preview.problems)
        self._show_troubled()
        self._routine.show_troubles(troubles.of_routine)
        self._show_step_troubles()

    def _show_step_troubles(self) -> None:
        if len(self._editor.chosen) == 1 and self._troubles.of_steps:
            self._step.show_troubles(self._troubles.of_steps.get(self._editor.chosen[0], {}))

    def _show_troubled(self) -> None:
        """Mark the steps that have problems."""
        unread = (index for one in self._editor.unread for index in one.steps)
        self._list.show_troubled({*self._troubles.of_steps, *unread})

    def _unread_of(self, steps: tuple[int, ...]) -> dict[str, Unread]:
        return {one.field: one for one in self._editor.unread if one.steps == steps}

    def _show_unread(self, unread: Unread) -> None:
        """Focus the field with a refused text, and show a message."""
        words = f"is not understood, so nothing was saved: \u201c{unread.text}\u201d. "
        if not unread.text.strip():
            words = "is empty, so nothing was saved. "
        name = self._go_to(unread.steps, unread.field)
        self.steps.said.emit(f"{name} {words}{sentence(unread.why)}.")

    def _show_save_refused(self, problem: Problem) -> None:
        """Focus the field whose value no file can hold, and show a message."""
        place = step_place(problem)
        name = self._go_to(
            () if place is None else (place[0],), place[1] if place else problem.field
        )
        self.steps.said.emit(f"{name}: {problem.text_and_hint}. Nothing was saved.")

    def _go_to(self, steps: tuple[int, ...], field: str) -> str:
        """Focus a field and return its label."""
        if self.is_covered:
            self.close_over()
        draft = self._editor.draft
        if not steps or draft is None:
            self._panes.show_pane(Pane.ROUTINE)
            self._routine.begin(field)
            self._head.show_state("not saved, see the red field")
            return self._routine.label(field) or sentence(field)
        self._editor.choose(steps)
        self._panes.show_pane(Pane.STEP)
        self._step.begin(field)
        self._head.show_state("not saved, see the red field")
        label = self._step.label(field) or sentence(field)
        if len(steps) > 1:
            return f"{label} of the chosen steps"
        return f"{label} of \u201c{editing.label(draft.steps[steps[0]])}\u201d"

    def _choose_unfolded(self, step: int) -> None:
        lines = self._list.lines_unfolded()
        if step < len(lines):
            self._editor.choose((lines[step],))

    def _show_place(self, problem: Problem) -> None:
        place = step_place(problem)
        if place is None:
            self._panes.show_pane(Pane.ROUTINE)
            self._routine.begin(problem.field)
        else:
            self._editor.choose((place[0],))
            self._panes.show_pane(Pane.STEP)
            self._step.begin(place[1])

    def _show_refusal(self, field: str, why: str) -> None:
        self._step.show_refusal(field, why)

    def _add_own(self) -> None:
        self.steps.add_own()
        self._panes.show_pane(Pane.STEP)
        self._step.begin("title")

    def _split(self) -> None:
        self.steps.split_sides()
        self._step.begin("hold")

    def _try(self) -> None:
        chosen = self._list.unfolded(self._editor.chosen)
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
        """Go back on Esc: from a widget that covers the panes, otherwise from the page."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_covered:
            self.over_left.emit()
        else:
            self.left.emit()
