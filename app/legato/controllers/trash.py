"""Deletes and restores routines, without a question and with undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from legato.controllers.editor_choosers import trash_items
from legato.domain.documents import LeftDraft, Opened
from legato.domain.problems import Problem
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.controllers.editor_choosers import PickerOverlay
    from legato.controllers.shared import Shared
    from legato.storage.history import TrashFolder
    from legato.storage.routine_store import RoutineStore
    from legato.ui.editor.document import EditorDocument


class TrashController(QObject):
    """Deletes routines and offers to undo it.

    Args:
        shared: What every controller is given.
        document: The edited routine.
        overlay: Offers routines to restore.
        store: Routines and unsaved drafts.
        trash: The deleted routines.
    """

    resumed = Signal(object)
    """An unsaved draft was restored: the Opened."""

    def __init__(
        self,
        shared: Shared,
        document: EditorDocument,
        overlay: PickerOverlay,
        *,
        store: RoutineStore,
        trash: TrashFolder,
    ) -> None:
        super().__init__(document)
        self._shared = shared
        self._editor = document
        self._overlay = overlay
        self._store = store
        self._trash = trash

    def delete(self, routine_id: str) -> None:
        """Move a routine to the trash, or reset one that ships, and offer to undo it."""
        editor, toast = self._editor, self._shared.window.toast
        entry = self._shared.routines.library.entry(routine_id)
        if entry is not None and not entry.own:
            toast.say(f"{entry.name} ships with Legato and is as it ships.")
            return
        if editor.opened is not None and editor.opened.id == routine_id:
            editor.keep()
        left = next((one for one in self._store.left_drafts() if one.draft.id == routine_id), None)
        deleted = self._trash.delete(routine_id)
        if isinstance(deleted, Problem):
            self._shared.report(deleted)
            return
        if editor.opened is not None and editor.opened.id == routine_id:
            editor.drop()
        self._shared.navigation.reload_requested.emit()
        resets = self._shared.routines.library.entry(routine_id) is not None
        words = "is as it ships again" if resets else "is deleted"
        undo = partial(self._restore, deleted.key, left)
        toast.say(f"{deleted.name} {words}.", Action("Undo", undo))

    def delete_edited(self) -> None:
        """Delete the edited routine, saved or not, and leave the editor."""
        opened, draft = self._editor.opened, self._editor.draft
        if opened is None:
            return
        if not self._editor.is_new:
            self.delete(opened.id)
        elif draft is not None:
            left = LeftDraft(draft=draft, at_ns=0, unread=self._editor.unread, begun=opened.text)
            self._editor.drop()
            back = partial(self._resume, left)
            self._shared.window.toast.say(f"{draft.name} is deleted.", Action("Undo", back))
        if self._editor.opened is None:
            self._shared.navigation.library_requested.emit()

    def bring_back(self) -> None:
        """Offer deleted routines and drafts that were never saved."""
        left = [
            one
            for one in self._store.left_drafts()
            if not self._shared.routines.library.entry(one.draft.id)
        ]
        offers = trash_items(left, self._trash.deleted())
        if not offers:
            self._shared.window.toast.say("There is nothing to bring back.")
            return
        self._shared.window.show_page("editor")
        self._overlay.offer("Bring back", offers, partial(self._bring_back, left), of_routine=False)

    def _bring_back(self, left: Sequence[LeftDraft], key: str) -> None:
        found = next((one for one in left if one.draft.id == key), None)
        if found is not None:
            self._resume(found)
        else:
            self._restore(key)
            self._shared.navigation.library_requested.emit()

    def _resume(self, left: LeftDraft) -> None:
        # The button that leads here may outlast the start of a session.
        self._shared.interruptions.show(
            left.draft.name, lambda: self.resumed.emit(self._store.resume(left))
        )

    def _restore(self, key: str, left: LeftDraft | None = None) -> None:
        """Restore a routine from the trash, with its unsaved draft."""
        restored = self._trash.restore(key)
        if isinstance(restored, Problem):
            self._shared.report(restored)
            return
        opened = self._store.open(restored) if left else None
        if left is not None and isinstance(opened, Opened):
            self._store.keep_draft(opened, left.draft, left.unread)
        self._shared.navigation.reload_requested.emit()
        entry = self._shared.routines.library.entry(restored)
        if entry is not None:
            self._shared.window.toast.say(f"{entry.name} is back.")
