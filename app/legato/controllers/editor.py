"""The editor, joined to the files, the library and the session that tries what is edited."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato import resources
from legato.controllers.editor_choosers import TextController, routine_items
from legato.controllers.editor_pictures import OwnFigures, PictureController
from legato.controllers.trash import TrashController
from legato.domain.draft import Draft
from legato.domain.plan import PlanRequest, as_draft, make_plan
from legato.domain.problems import Problem
from legato.storage.editor_files import open_editor_files
from legato.ui.editor.document import EditorDocument
from legato.ui.editor.page import KEYS, EditorPage
from legato.ui.leg_map.layout import EASED
from legato.ui.widgets.dialogs import Picker
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.bootstrap.app import App
    from legato.controllers.preview_session import PreviewController
    from legato.controllers.sharing import SharingController
    from legato.domain.documents import Opened
    from legato.domain.plan import PainfulPlace
    from legato.domain.routine import Routine, Step
    from legato.ui.editor.new_page import NewRoutinePage
    from legato.ui.widgets.dialogs import PickerItem

UNTITLED = "My routine"


class EditorController(QObject):
    """Opens, begins, deletes and brings back routines, built when one is first edited.

    Args:
        app: The window and what it was built from.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        paths, shipped = app.paths, resources.find_bundled().routines
        files = open_editor_files(paths, shipped, app.library, app.pictures.child)
        self.files = files
        self.store = files.store
        self.editor = EditorDocument(self.store, self.store, self)
        self._figures = OwnFigures(app.figures, self.editor, paths.routines)
        self.page = EditorPage(
            self.editor,
            files.clipboard,
            self._figures,
            app.pictures,
            app.plans.make_map(EASED),
            theme=app.theme,
            find=self._find,
        )
        self._take: Callable[[str], None] = self._leave_it
        self._chooser = Picker(self.page.card_pictures, app.theme)
        app.window.add_page("editor", self.page, keys=KEYS)
        self._pictures = PictureController(self, self._figures, files.pictures, app)
        self._texts = TextController(self, app.theme)
        self._trash = TrashController(app, self, files.trash)
        self._add_more()
        self._connect()

    def edit(self, routine_id: str) -> None:
        """Open a routine; what cannot be read in it is shown as text."""
        opened = self.store.open(routine_id)
        if isinstance(opened, Problem):
            self.say(opened)
        else:
            self.show(opened)

    def new(self) -> None:
        """Ask how a new routine is to begin."""
        self._new_page.begin(routine_items(self._app.library.scan()))
        self._app.window.show_page("new-routine")

    def delete(self, routine_id: str) -> None:
        """Put a routine into the trash, or reset one that ships; asks nothing, offers to undo."""
        self._trash.delete(routine_id)

    def bring_back(self) -> None:
        """Offer what was deleted and what was never saved."""
        self._trash.bring_back()

    def look_again(self) -> None:
        """Follow files that something else has changed; what lies over the fields is not disturbed."""
        if not self.page.is_covered or self._texts.is_reading:
            self.editor.look_again()

    def keep(self) -> None:
        """Keep what is not saved."""
        self.editor.keep()

    def show_theme(self) -> None:
        """Show everything in the colours of now."""
        theme = self._app.theme
        for part in (self.page, self._chooser, self._pictures, self._texts):
            part.show_theme(theme)
        if "_new_page" in self.__dict__:
            self._new_page.show_theme(theme)

    @cached_property
    def _new_page(self) -> NewRoutinePage:
        from legato.ui.editor.new_page import (  # noqa: PLC0415 - seldom wanted
            KEYS as NEW_KEYS,
        )
        from legato.ui.editor.new_page import NewRoutinePage  # noqa: PLC0415 - likewise

        app = self._app
        page = NewRoutinePage(app.plans.make_map(), self.page.card_pictures, app.theme)
        page.empty_wanted.connect(lambda: self._begin(Draft(id="", name=UNTITLED)))
        page.places_wanted.connect(self._begin_for)
        page.copy_wanted.connect(self._begin_copy)
        page.import_wanted.connect(self._import)
        page.left.connect(app.show_library)
        app.window.add_page("new-routine", page, back_to="library", keys=NEW_KEYS)
        return page

    @cached_property
    def sharing(self) -> SharingController:
        """Routines as files for somebody else."""
        from legato.controllers.sharing import SharingController  # noqa: PLC0415 - seldom used

        return SharingController(self._app, self, self.files.sharing)

    @cached_property
    def _trial(self) -> PreviewController:
        from legato.controllers.preview_session import PreviewController  # noqa: PLC0415 - when first tried

        return PreviewController(self._app, self._figures)

    def _connect(self) -> None:
        page, editor, window = self.page, self.editor, self._app.window
        page.left.connect(self._leave)
        page.move_wanted.connect(self._offer_moves)
        page.try_wanted.connect(self._try_step)
        page.over_left.connect(self.close_over)
        page.steps.said.connect(window.toast.say)
        page.steps.deleted.connect(self._offer_undo)
        page.picture.refused.connect(window.toast.say)
        editor.troubled.connect(self.say)
        editor.saved.connect(self.tell_saved)
        self._chooser.taken.connect(self._taken)
        self._chooser.closed.connect(self.close_over)
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
        """Edit `opened` from now on; what cannot be read in it is shown as text."""
        self.editor.open(opened)
        self._app.window.show_page("editor")
        if self.editor.draft is not None:
            self.page.begin()

    def _begin(self, draft: Draft) -> None:
        self.show(self.store.begin(draft))

    def _begin_copy(self, routine_id: str) -> None:
        copied = self.store.copy(routine_id)
        if isinstance(copied, Problem):
            self.say(copied)
        else:
            self.show(copied)

    def _begin_for(self, places: tuple[PainfulPlace, ...]) -> None:
        body = self._app.plans.body
        plan = make_plan(body, PlanRequest(sore=places)) if places else None
        if plan is None:
            self._app.window.toast.say("There is no move for that; begin with an empty routine.")
        else:
            self._begin(as_draft(plan, body))

    def _find(self, routine_id: str) -> Routine | None:
        entry = self._app.library.entry(routine_id)
        return entry.routine if entry else None

    def offer(
        self,
        title: str,
        offers: Sequence[PickerItem],
        take: Callable[[str], None],
        *,
        of_routine: bool = True,
    ) -> None:
        """Offer things over the page.

        Args:
            title: What they are.
            offers: The things.
            take: Gets the key of the one that is chosen.
            of_routine: Whether they are for the routine that is open.
        """
        self._take = take
        self.page.show_over(self._chooser, of_routine=of_routine)
        self._chooser.offer(title, offers)

    def tell(self, line: str, action: Action | None = None) -> None:
        """Tell something, with what can be done about it."""
        self._app.window.toast.say(line, action)

    def _taken(self, key: str) -> None:
        self.page.close_over()
        self._take(key)

    def _leave_it(self, key: str) -> None:
        del key

    def close_over(self) -> None:
        """Go back to the fields, or to the library where there are none."""
        self._texts.tell_of_typed()
        self.page.close_over()
        if self.editor.draft is None:
            self._leave()
        else:
            self.editor.look_again()

    def _offer_undo(self) -> None:
        """Tell what was taken out, and offer to put it back as long as that was the last edit."""
        done, name = self.editor.draft, self.editor.undo_name

        def undo() -> None:
            if self.editor.draft is done:
                self.editor.undo()
            else:
                self.tell("Something else was changed since. Ctrl+Z takes it back one by one.")

        self.tell(f"Done: {name}.", Action("Undo", undo))

    def _offer_moves(self) -> None:
        offers = routine_items(self._app.library.scan(), moves_first=True)
        self.offer("Add a move", offers, self.page.steps.add_use)

    def _show_source(self) -> None:
        self._texts.show_source()

    def _export(self) -> None:
        self.sharing.export()

    def _import(self) -> None:
        self.sharing.choose_file()

    def _try_step(self, step: Step) -> None:
        self._trial.try_step(step)

    def _rehearse(self) -> None:
        opened, draft = self.editor.opened, self.editor.draft
        preview = self.store.preview(opened, draft) if opened and draft else None
        if preview is None or isinstance(preview, Problem) or preview.routine is None:
            self._app.window.toast.say("There is nothing to rehearse yet: add a step.")
        else:
            self._trial.rehearse(preview.routine)

    def tell_saved(self, opened: Opened) -> None:
        """Say that it was saved, and show it in the library."""
        self._app.look_again()
        self.page.tell_saved(with_problems=bool(opened.problems))

    def _end(self) -> None:
        self.editor.keep()
        self._pictures.take_unused_away()

    def _follow_page(self, name: str) -> None:
        if name != "editor" and self.editor.is_changed:
            self.editor.keep()

    def _leave(self) -> None:
        if self.editor.is_changed:
            self._app.window.toast.say("What is not saved yet is kept as a draft.")
        self._app.show_library()

    def say(self, problem: Problem) -> None:
        """Tell why something could not be done."""
        hint = f" ({problem.hint})" if problem.hint else ""
        self._app.window.toast.say(f"{problem.text[:1].upper()}{problem.text[1:]}{hint}.")
