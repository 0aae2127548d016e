"""A routine while it is edited: its history, what is chosen, its preview, its draft, its saving."""

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
"""How long somebody must have paused in typing before it is looked at, and kept."""

BRING_BACK = "bring back what was not saved"


class EditorDocument(QObject):
    """Holds one routine at a time; all that changes it goes through `do`.

    Args:
        desk: Opens, tries and saves routines.
        drafts: Keeps what is typed.
        parent: The parent object.
    """

    changed = Signal()
    """The draft, what is chosen or what is saved is another."""
    previewed = Signal(object)
    """What saving would make of it: the Preview."""
    reopened = Signal()
    """Another routine, or another text of the same, is edited now."""
    saved = Signal(object)
    """It was saved: the Opened."""
    conflicted = Signal(object)
    """The file was changed by something else: the Conflict. Nothing was written."""
    troubled = Signal(object)
    """Something could not be done: the Problem."""
    unread_met = Signal(object)
    """Something cannot be done before a text is put right: the Unread."""
    save_refused = Signal(object)
    """The file cannot hold a value: the Problem, whose field tells which. Nothing was written."""

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
        """The routine's file as it was read; None before the first."""
        return self._opened

    @property
    def draft(self) -> Draft | None:
        """The routine as it is now; None where nothing of it can be read."""
        return self._history.draft if self._history else None

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen steps by their index, in order."""
        return self._chosen

    @property
    def undo_name(self) -> str:
        """What undo would take back, or empty."""
        return self._history.undo_name if self._history else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again, or empty."""
        return self._history.redo_name if self._history else ""

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The texts of fields that stand for no value, the last one typed last."""
        return self._history.unread if self._history else ()

    @property
    def is_changed(self) -> bool:
        """Whether there is something that is not in its file."""
        history = self._history
        return history is not None and (history.draft != self._saved or bool(history.unread))

    @property
    def is_new(self) -> bool:
        """Whether it has no file yet."""
        opened = self._opened
        return opened is not None and opened.signature == NO_FILE and not opened.ships

    def open(self, opened: Opened) -> None:
        """Edit `opened` from now on, with what was left unsaved as an edit that can be undone."""
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
        """Choose these steps."""
        chosen = tuple(sorted(set(indexes)))
        if chosen != self._chosen:
            self._chosen = chosen
            if self._history:
                self._history = self._history.end_typing()
            self.changed.emit()

    def do(self, edit: Edit) -> None:
        """Do `edit`."""
        if self._history is None:
            return
        self._history = self._history.do(edit)
        if not edit.field.startswith("steps[") and edit.steps:
            self._chosen = edit.steps
        self._tell()

    def refuse(self, refused: Unread) -> None:
        """Keep a text that is not understood; the value is as before the field was entered."""
        if self._history:
            self._history = self._history.refuse(refused)
            self._tell()

    def settle(self) -> None:
        """Let the next typing be an edit of its own: another field was entered."""
        if self._history:
            self._history = self._history.end_typing()

    def undo(self) -> None:
        """Take the last edit back."""
        if self._history:
            self._history = self._history.undo()
            self._tell()
            if not self.is_changed:
                # A draft may have been of an older text of the file.
                self.look_again()

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        if self._history:
            self._history = self._history.redo()
            self._tell()

    def save(self) -> None:
        """Write it into its file."""
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
        """Tell of a text that is not understood and must not be lost; return whether there is one."""
        if self.unread:
            self.unread_met.emit(self.unread[-1])
        return bool(self.unread)

    def save_over(self, conflict: Conflict) -> None:
        """Change the file that something else has changed, as the draft says."""
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
        """Go on with a file as it is, and forget what was edited before."""
        self.drop()
        self.open(replace(opened, left=None))

    def look_again(self) -> None:
        """Show the file anew where something else has changed it and nothing is unsaved here."""
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
        """Keep what is not saved, now."""
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
        """Edit nothing any more, and keep nothing of it: the routine is gone."""
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
