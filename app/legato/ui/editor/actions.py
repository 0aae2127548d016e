"""The actions on steps in the editor: moving, copying, pasting, changing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from legato.domain import editing
from legato.domain.draft import Use
from legato.domain.editing import Edit, Unread
from legato.domain.problems import Problem
from legato.domain.routine import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.domain.documents import AddedPicture
    from legato.domain.draft import Draft
    from legato.domain.ports import StepClipboard
    from legato.domain.routine import Routine
    from legato.ui.editor.document import EditorDocument

NEW_TITLE = "New step"

_ROUTINE_EDITS: dict[str, Callable[..., Edit]] = {
    "name": editing.rename,
    "about": editing.describe,
    "eases": editing.set_eases,
    "ready": editing.set_ready,
    "switch": editing.set_switch,
    "voice": editing.set_voice,
    "end": editing.set_end,
}


class StepActions(QObject):
    """Turns key presses, clicks and typing into edits of the chosen steps.

    Args:
        editor: The routine.
        clipboard: Steps as text.
        find: Gives the routine of an id as it runs, or None.
        parent: The page.
    """

    refused = Signal(str, str)
    """A value was refused: its field, and why."""
    said = Signal(str)
    """A message to show: a sentence."""
    deleted = Signal()
    """Steps were deleted, by the last edit."""

    def __init__(
        self,
        editor: EditorDocument,
        clipboard: StepClipboard,
        find: Callable[[str], Routine | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._editor = editor
        self._clipboard = clipboard

    @property
    def chosen_lines(self) -> tuple[Step | Use, ...]:
        """The chosen steps."""
        draft = self._editor.draft
        return tuple(draft.steps[index] for index in self._editor.chosen) if draft else ()

    def chosen_steps(self) -> tuple[Step, ...]:
        """Return the steps of the one chosen line as they would run, without those that cannot."""
        lines = self.chosen_lines
        if len(lines) != 1:
            return ()
        line = lines[0]
        if isinstance(line, Step):
            return (line,)
        routine = self._find(line.id)
        try:
            return tuple(line.applied_to(step) for step in routine.steps) if routine else ()
        except ValueError:
            return ()

    def move_up(self) -> None:
        """Move the chosen steps up by one."""
        self._do(editing.move_up, self._editor.chosen)

    def move_down(self) -> None:
        """Move the chosen steps down by one."""
        self._do(editing.move_down, self._editor.chosen)

    def move_to(self, indexes: Sequence[int], to: int) -> None:
        """Move these steps before the one at `to`."""
        self._do(editing.move_steps, indexes, to)

    def delete(self) -> None:
        """Delete the chosen steps."""
        if self._editor.chosen:
            self._do(editing.delete_steps, self._editor.chosen)
            self.deleted.emit()

    def duplicate(self) -> None:
        """Duplicate the chosen steps."""
        if self._editor.chosen:
            self._do(editing.duplicate_steps, self._editor.chosen)

    def copy(self) -> None:
        """Copy the chosen steps to the clipboard."""
        lines = self.chosen_lines
        if lines:
            QGuiApplication.clipboard().setText(self._clipboard.steps_text(lines))

    def cut(self) -> None:
        """Cut the chosen steps to the clipboard."""
        if self._editor.chosen:
            self.copy()
            self._do(editing.cut_steps, self._editor.chosen)

    def paste(self) -> None:
        """Paste the steps of the clipboard after the chosen ones."""
        found = self._clipboard.steps_of(QGuiApplication.clipboard().text())
        if isinstance(found, Problem):
            self.said.emit(f"What is on the clipboard holds no steps: {found.text}.")
        elif found:
            self._do(editing.paste_steps, found, self._after_chosen())

    def add_own(self) -> None:
        """Add a new step after the chosen one."""
        self._do(editing.add_steps, [Step(title=NEW_TITLE)], self._after_chosen())

    def add_use(self, routine_id: str) -> None:
        """Add all steps of another routine after the chosen one."""
        self._do(editing.add_steps, [Use(id=routine_id)], self._after_chosen())

    def make_own(self) -> None:
        """Replace the chosen `use` with the steps of the routine that it names."""
        if self._has_unread():
            return
        draft, steps = self._editor.draft, self.chosen_steps()
        if draft is None or not steps or isinstance(self.chosen_lines[0], Step):
            return
        (at,) = self._editor.chosen
        own = tuple(replace(step, move="") for step in steps)
        edit = Edit(
            name=f"make {editing.label(draft.steps[at])} a step of my own",
            draft=replace(draft, steps=(*draft.steps[:at], *own, *draft.steps[at + 1 :])),
            steps=(at,),
        )
        self._editor.do(edit)

    def split_sides(self) -> None:
        """Replace the chosen step with one for each side."""
        if len(self._editor.chosen) == 1 and not self._has_unread():
            self._do(editing.split_sides, self._editor.chosen[0])

    def change(self, name: str, value: object) -> None:
        """Change a field of the chosen steps."""
        chosen, values = self._editor.chosen, {name: value}
        if len(chosen) == 1:
            self._do(self._changed, chosen[0], values, refusing=name)
        elif chosen:
            self._do(self._changed_all, chosen, values, refusing=name)

    def refuse(self, name: str, text: str, why: str) -> None:
        """Keep a text typed into a field of the chosen steps that is not a value."""
        self._editor.refuse(Unread(steps=self._editor.chosen, field=name, text=text, why=why))

    def refuse_routine(self, name: str, text: str, why: str) -> None:
        """Keep a text typed into a field of the routine that is not a value."""
        self._editor.refuse(Unread(field=name, text=text, why=why))

    def _has_unread(self) -> bool:
        """Signal a refused text of the chosen steps that the new fields cannot show; return if any."""
        chosen = set(self._editor.chosen)
        found = any(chosen & set(one.steps) for one in self._editor.unread)
        return found and self._editor.meets_unread()

    def change_routine(self, name: str, value: object) -> None:
        """Change a field of the routine."""
        self._do(_ROUTINE_EDITS[name], value, refusing=name)

    def use_picture(self, picture: AddedPicture | None, at: int | None = None) -> None:
        """Give the step at `at`, or the one that is chosen, a picture, or none.

        What is chosen stays so: a picture may come when somebody is at another step already.
        """
        if at is None and len(self._editor.chosen) != 1:
            return
        index = self._editor.chosen[0] if at is None else at
        values = (
            {"picture": picture.picture, "folder": picture.folder} if picture else {"picture": ""}
        )
        self._do(self._pictured, index, values, self._editor.chosen)
        if picture and picture.note:
            self.said.emit(picture.note)

    @staticmethod
    def _changed(draft: Draft, index: int, values: dict[str, object]) -> Edit:
        return editing.change_step(draft, index, **values)

    @staticmethod
    def _pictured(
        draft: Draft, index: int, values: dict[str, object], chosen: tuple[int, ...]
    ) -> Edit:
        return replace(editing.change_step(draft, index, **values), steps=chosen)

    @staticmethod
    def _changed_all(draft: Draft, indexes: Sequence[int], values: dict[str, object]) -> Edit:
        return editing.change_steps(draft, indexes, **values)

    def _after_chosen(self) -> int | None:
        return self._editor.chosen[-1] + 1 if self._editor.chosen else None

    def _do(
        self,
        make: Callable[..., Edit],
        *arguments: object,
        refusing: str = "",
    ) -> None:
        draft: Draft | None = self._editor.draft
        if draft is None:
            return
        try:
            edit = make(draft, *arguments)
        except ValueError as why:
            self.refused.emit(refusing, str(why))
        else:
            self._editor.do(replace(edit, name=self._in_words(edit, draft)))

    def _in_words(self, edit: Edit, before: Draft) -> str:
        """Return the name of an edit, with the ids of used routines replaced by their names."""
        name = edit.name
        for line in (*before.steps, *edit.draft.steps):
            if isinstance(line, Use) and line.id in name:
                routine = self._find(line.id)
                if routine is not None:
                    title = routine.steps[0].title if len(routine.steps) == 1 else routine.name
                    return name.replace(line.id, title, 1)
        return name
