"""The routine in the editor: its undo history, selection, preview, draft and saving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from legato.domain.documents import NO_FILE, Conflict, Opened, Preview
from legato.domain.editing import Edit, History
from legato.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread
    from legato.domain.ports import DraftKeeper, RoutineDesk

PREVIEW_AFTER_MS = 200
KEEP_AFTER_MS = 1000
"""The pause in typing after which preview and draft are updated."""

BRING_BACK = "bring back what was not saved"


class EditorDocument(QObject):
    """Holds one routine at a time; every change goes through `do`.

    Args:
        desk: Opens, tries and saves routines.
        drafts: Keeps what is typed.
        parent: The parent object.
    """

    changed = Signal()
    """The draft, the selection or the saved state has changed."""
    previewed = Signal(object)
    """The result that saving would have: the Preview."""
    reopened = Signal()
    """Another routine, or another text of the same one, was opened."""
    saved = Signal(object)
    """The routine was saved: the Opened."""
    conflicted = Signal(object)
    """Another program has changed the file, and nothing was written: the Conflict."""
    troubled = Signal(object)
    """An action failed: the Problem."""
    unread_met = Signal(object)
    """A refused text must be corrected first: the Unread."""
    save_refused = Signal(object)
    """The file cannot hold a value, and nothing was written: the Problem, which names the field."""

    def __init__(
        self, desk: RoutineDesk, drafts: DraftKeeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = drafts
        self._opened: Opened | None = None
        self._history: History | None = None
        self._saved: Draft | None = None
        self._chosen: tuple[int, ...] = ()
        self._previewing = self._later(PREVIEW_AFTER_MS, self._preview)
        self._keeping = self._later(KEEP_AFTER_MS, self.keep)

    @property
    def opened(self) -> Opened | None:
        """The routine's file as it was read; None before the first routine."""
        return self._opened

    @property
    def draft(self) -> Draft | None:
        """The edited routine; None if its file cannot be read."""
        return self._history.draft if self._history else None

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen steps by their index, in order."""
        return self._chosen

    @property
    def undo_name(self) -> str:
        """The name of the edit that undo would revert, or empty."""
        return self._history.undo_name if self._history else ""

    @property
    def redo_name(self) -> str:
        """The name of the edit that redo would repeat, or empty."""
        return self._history.redo_name if self._history else ""

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The refused texts of fields, in the order of typing."""
        return self._history.unread if self._history else ()

    @property
    def is_changed(self) -> bool:
        """Whether there are changes that are not in the file."""
        history = self._history
        return history is not None and (history.draft != self._saved or bool(history.unread))

    @property
    def is_new(self) -> bool:
        """Whether the routine has no file yet."""
        opened = self._opened
        return opened is not None and opened.signature == NO_FILE and not opened.ships

    def open(self, opened: Opened) -> None:
        """Open a routine; its unsaved draft, if any, becomes an edit that can be undone."""
        self.keep()
        self._opened = opened
        self._saved = None if self.is_new else opened.draft
        self._history = History(opened.draft) if opened.draft else None
        if opened.left is not None:
            left = opened.left
            edit = Edit(name=BRING_BACK, draft=left.draft, unread=left.unread)
            self._history = (self._history or History(left.draft)).do(edit)
        self._chosen = (0,) if self.draft and self.draft.steps else ()
        self.reopened.emit()
        self._tell()

    def choose(self, indexes: Iterable[int]) -> None:
        """Select steps by their indexes."""
        chosen = tuple(sorted(set(indexes)))
        if chosen != self._chosen:
            self._chosen = chosen
            if self._history:
                self._history = self._history.end_typing()
            self.changed.emit()

    def do(self, edit: Edit) -> None:
        """Apply `edit`."""
        if self._history is None:
            return
        self._history = self._history.do(edit)
        if not edit.field.startswith("steps[") and edit.steps:
            self._chosen = edit.steps
        self._tell()

    def refuse(self, refused: Unread) -> None:
        """Keep a refused text; its field has the value from before it was entered."""
        if self._history:
            self._history = self._history.refuse(refused)
            self._tell()

    def settle(self) -> None:
        """End the current typing edit, because another field was entered."""
        if self._history:
            self._history = self._history.end_typing()

    def undo(self) -> None:
        """Undo the last edit."""
        if self._history:
            self._history = self._history.undo()
            self._tell()
            if not self.is_changed:
                # A draft may have been of an older text of the file.
                self.reload()

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        if self._history:
            self._history = self._history.redo()
            self._tell()

    def save(self) -> None:
        """Write the routine to its file."""
        if self._opened is None or not self.draft or self.meets_unread():
            return
        begun = self._opened.draft
        if self.is_new and not self._opened.text and begun and begun.name != self.draft.name:
            # It was named after it was begun: its file is to be called by the name that it has now,
            # and saving brings its pictures along.
            self._forget(self._opened.id)
            self._opened = self._desk.begin(self.draft)
        self._take(self._desk.save(self._opened, self.draft))

    def meets_unread(self) -> bool:
        """Signal a refused text, which must not be lost, and return whether there is one."""
        if self.unread:
            self.unread_met.emit(self.unread[-1])
        return bool(self.unread)

    def save_over(self, conflict: Conflict) -> None:
        """Write the draft over the changes of another program."""
        if self.draft and not self.meets_unread():
            self._take(self._desk.save(conflict.theirs, self.draft))

    def save_text(self, text: str) -> None:
        """Write `text` as the file."""
        if self._opened is None:
            return
        saved = self._desk.save_text(self._opened, text)
        if isinstance(saved, Opened):
            self.take_file(saved)
            self.saved.emit(saved)
        else:
            self._take(saved)

    def take_file(self, opened: Opened) -> None:
        """Open the file as it is, and discard the edits."""
        self.drop()
        self.open(replace(opened, left=None))

    def reload(self) -> None:
        """Reload the file if another program has changed it and nothing is unsaved here."""
        if self._opened is None or self.is_new or self.is_changed:
            return
        self.keep()
        found = self._desk.open(self._opened.id)
        if isinstance(found, Opened) and found.signature != self._opened.signature:
            chosen = self._chosen
            self.open(found)
            count = len(self.draft.steps) if self.draft else 0
            self.choose([index for index in chosen if index < count] or self._chosen)

    def keep(self) -> None:
        """Store unsaved changes as a draft at once."""
        self._keeping.stop()
        if self._opened is None or not self.draft:
            return
        if not self.is_changed:
            self._drafts.forget_draft(self._opened.id)
            return
        problem = self._drafts.keep_draft(self._opened, self.draft, self.unread)
        if problem is not None:
            self.troubled.emit(problem)

    def drop(self) -> None:
        """Close the routine and delete its draft, because the routine is gone."""
        if self._opened is not None:
            self._forget(self._opened.id)
        self._opened = self._history = self._saved = None
        self._chosen = ()
        self._previewing.stop()
        self.changed.emit()

    def _take(self, result: Opened | Conflict | Problem) -> None:
        if isinstance(result, Conflict):
            self.conflicted.emit(result)
        elif isinstance(result, Problem):
            (self.save_refused if result.field else self.troubled).emit(result)
        else:
            self._opened = result
            self._saved = self.draft
            if self._history:
                self._history = self._history.end_typing()
            self._forget(result.id)
            self._tell()
            self.saved.emit(result)

    def _forget(self, routine_id: str) -> None:
        self._keeping.stop()
        self._drafts.forget_draft(routine_id)

    def _tell(self) -> None:
        count = len(self.draft.steps) if self.draft else 0
        self._chosen = tuple(index for index in self._chosen if index < count)
        if not self._chosen and count:
            self._chosen = (count - 1,)
        self._previewing.start()
        if self.is_changed:
            self._keeping.start()
        self.changed.emit()

    def _preview(self) -> None:
        if self._opened is None or not self.draft:
            return
        preview = self._desk.preview(self._opened, self.draft)
        if not isinstance(preview, Problem):
            self.previewed.emit(preview)
        elif preview.field:
            self.previewed.emit(Preview(text="", routine=None, problems=(preview,)))
        else:
            self.troubled.emit(preview)

    def _later(self, milliseconds: int, do: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer
