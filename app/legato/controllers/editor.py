"""The editor's controller: connects its page with files, library and preview."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato import resources
from legato.controllers.editor_choosers import PickerOverlay, TextController, routine_items
from legato.controllers.editor_pictures import OwnFigures, PictureController
from legato.controllers.trash import TrashController
from legato.domain.draft import Draft
from legato.domain.plan import PlanRequest, as_draft, make_plan
from legato.domain.problems import Problem
from legato.storage.editor_files import open_editor_files
from legato.ui.editor.document import EditorDocument
from legato.ui.editor.page import KEYS, EditorPage
from legato.ui.leg_map.layout import EASED
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from legato.controllers.shared import Shared
    from legato.domain.documents import Opened
    from legato.domain.plan import PainfulPlace
    from legato.domain.routine import Routine
    from legato.ui.editor.new_page import NewRoutinePage

UNTITLED = "My routine"


class EditorController(QObject):
    """Opens, begins, deletes and brings back routines, built when one is first edited.

    Args:
        shared: What every controller is given.
    """

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared
        paths, shipped = shared.paths, resources.find_bundled().routines
        library = shared.routines.library
        files = open_editor_files(paths, shipped, library, shared.pictures.child)
        self.files = files
        self.store = files.store
        self.document = EditorDocument(self.store, self.store, self)
        self.figures = OwnFigures(shared.figures, self.document, paths.routines)
        self.loader = shared.loader._replace(figures=self.figures)
        self.page = EditorPage(
            self.document,
            files.clipboard,
            self.loader,
            shared.make_map(EASED),
            find=self._find,
        )
        self._overlay = PickerOverlay(self.page, shared.look.theme)
        shared.window.add_page("editor", self.page, keys=KEYS)
        common = shared, self.page, self.document, self._overlay
        self._pictures = PictureController(
            *common, figures=self.figures, files=files.pictures, store=files.store
        )
        self._texts = TextController(*common, files.store)
        self._trash = TrashController(
            shared, self.document, self._overlay, store=files.store, trash=files.trash
        )
        self._add_more()
        self._connect()

    def edit(self, routine_id: str) -> None:
        """Open a routine; show it as text if it cannot be read."""
        opened = self.store.open(routine_id)
        if isinstance(opened, Problem):
            self._shared.report(opened)
        else:
            self.show(opened)

    def new(self) -> None:
        """Ask what a new routine begins with."""
        self._new_page.begin(routine_items(self._shared.routines.scan()))
        self._shared.window.show_page("new-routine")

    def delete(self, routine_id: str) -> None:
        """Move a routine to the trash, or reset one that ships, and offer to undo it."""
        self._trash.delete(routine_id)

    def bring_back(self) -> None:
        """Offer deleted routines and drafts that were never saved."""
        self._trash.bring_back()

    def reload(self) -> None:
        """Reload files that another program changed, unless a choice is open over the fields."""
        if not self.page.is_covered or self._texts.is_reading:
            self.document.reload()

    def keep(self) -> None:
        """Store the unsaved draft."""
        self.document.keep()

    @cached_property
    def _new_page(self) -> NewRoutinePage:
        from legato.ui.editor.new_page import (  # noqa: PLC0415 - seldom wanted
            KEYS as NEW_KEYS,
        )
        from legato.ui.editor.new_page import NewRoutinePage  # noqa: PLC0415 - likewise

        shared, navigation = self._shared, self._shared.navigation
        theme = shared.look.theme
        page = NewRoutinePage(shared.make_map(), self.page.card_pictures, theme)
        page.empty_wanted.connect(lambda: self._begin(Draft(id="", name=UNTITLED)))
        page.places_wanted.connect(self._begin_for)
        page.copy_wanted.connect(self.copy)
        page.import_wanted.connect(navigation.import_choice_requested)
        page.left.connect(navigation.library_requested)
        shared.window.add_page("new-routine", page, back_to="library", keys=NEW_KEYS)
        return page

    def _connect(self) -> None:
        page, editor, window = self.page, self.document, self._shared.window
        page.left.connect(self._leave)
        page.move_wanted.connect(self._offer_moves)
        page.try_wanted.connect(self._shared.navigation.step_preview_requested)
        page.over_left.connect(self.close_over)
        page.steps.said.connect(window.toast.say)
        page.steps.deleted.connect(self._offer_undo)
        page.picture.refused.connect(window.toast.say)
        editor.troubled.connect(self._shared.report)
        editor.saved.connect(self.show_saved)
        self._texts.left.connect(self.close_over)
        self._texts.restored.connect(self.show_saved)
        self._trash.resumed.connect(self.show)
        self._overlay.closed.connect(self.close_over)
        window.page_shown.connect(self._follow_page)
        window.closing.connect(self._end)

    def _add_more(self) -> None:
        for words, do in (
            ("Rehearse at high speed", self._rehearse),
            ("Earlier versions", self._texts.offer_versions),
            ("The file as text", self._show_source),
            ("Open in my text editor", self._texts.open_outside),
            ("Give it away as a file", self._export),
            ("Delete, or reset to how it ships", self._trash.delete_edited),
        ):
            self.page.more.addAction(words, do)

    def show(self, opened: Opened) -> None:
        """Edit `opened`; show it as text if it cannot be read."""
        self.document.open(opened)
        self._shared.window.show_page("editor")
        if self.document.draft is not None:
            self.page.begin()

    def _begin(self, draft: Draft) -> None:
        self.show(self.store.begin(draft))

    def copy(self, routine_id: str) -> None:
        """Begin a copy of a routine; nothing is written yet."""
        copied = self.store.copy(routine_id)
        if isinstance(copied, Problem):
            self._shared.report(copied)
        else:
            self.show(copied)

    def _begin_for(self, places: tuple[PainfulPlace, ...]) -> None:
        body = self._shared.routines.body
        plan = make_plan(body, PlanRequest(sore=places)) if places else None
        if plan is None:
            self._say("There is no move for that; begin with an empty routine.")
        else:
            self._begin(as_draft(plan, body))

    def _find(self, routine_id: str) -> Routine | None:
        entry = self._shared.routines.library.entry(routine_id)
        return entry.routine if entry else None

    def close_over(self) -> None:
        """Return to the fields, or to the library if the routine has none."""
        self._texts.offer_typed_text()
        self.page.close_over()
        if self.document.draft is None:
            self._leave()
        else:
            self.document.reload()

    def _offer_undo(self) -> None:
        """Notify what was removed, and offer to undo it while it is the last edit."""
        done, name = self.document.draft, self.document.undo_name

        def undo() -> None:
            if self.document.draft is done:
                self.document.undo()
            else:
                self._say("Something else was changed since. Ctrl+Z takes it back one by one.")

        self._say(f"Done: {name}.", Action("Undo", undo))

    def _offer_moves(self) -> None:
        offers = routine_items(self._shared.routines.scan(), moves_first=True)
        self._overlay.offer("Add a move", offers, self.page.steps.add_use)

    def _show_source(self) -> None:
        self._texts.show_source()

    def _export(self) -> None:
        opened = self.document.opened
        if opened is None or self.document.is_changed:
            self._say("Save it first: what is given away is what is saved.")
        else:
            self._shared.navigation.export_requested.emit(opened.id)

    def _say(self, line: str, action: Action | None = None) -> None:
        self._shared.window.toast.say(line, action)

    def _rehearse(self) -> None:
        opened, draft = self.document.opened, self.document.draft
        preview = self.store.preview(opened, draft) if opened and draft else None
        if preview is None or isinstance(preview, Problem) or preview.routine is None:
            self._say("There is nothing to rehearse yet: add a step.")
        else:
            self._shared.navigation.rehearsal_requested.emit(preview.routine)

    def show_saved(self, opened: Opened) -> None:
        """Show that the routine was saved, and update the library."""
        self._shared.navigation.routine_saved.emit(opened.id)
        self.page.show_saved(with_problems=bool(opened.problems))

    def _end(self) -> None:
        self.document.keep()
        self._pictures.take_unused_away()

    def _follow_page(self, name: str) -> None:
        if name != "editor" and self.document.is_changed:
            self.document.keep()

    def _leave(self) -> None:
        if self.document.is_changed:
            self._say("What is not saved yet is kept as a draft.")
        self._shared.navigation.library_requested.emit()
