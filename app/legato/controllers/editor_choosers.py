"""The text of an edited routine: the file, earlier versions, and changes by other programs."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from legato.domain.documents import Opened
from legato.domain.problems import Problem
from legato.domain.routine import FIGURE_PREFIX, Step
from legato.ui import text
from legato.ui.editor.picker import Picker, PickerItem
from legato.ui.editor.source_view import ConflictPanel, SourceView
from legato.ui.editor.step_model import StepCard
from legato.ui.pictures.thumbnails import pictured_step
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from legato.controllers.shared import Shared
    from legato.domain.documents import Conflict, Deleted, LeftDraft, Version
    from legato.domain.ports import Figures, Listed
    from legato.domain.routine import Routine
    from legato.storage.routine_store import RoutineStore
    from legato.ui.editor.document import EditorDocument
    from legato.ui.editor.page import EditorPage
    from legato.ui.theme import ThemeSource

_NS = 1_000_000_000
_KIB = 1024


def routine_items(listed: Iterable[Listed], *, moves_first: bool = False) -> tuple[PickerItem, ...]:
    """Return all routines without errors, whole ones first or single moves first."""
    found = [(one, one.routine) for one in listed if one.routine is not None]
    found.sort(key=lambda pair: (pair[0].is_move is not moves_first, pair[0].name.casefold()))
    return tuple(
        PickerItem(key=one.id, card=_routine_card(routine), words=_words(routine))
        for one, routine in found
    )


def figure_items(figures: Figures) -> tuple[PickerItem, ...]:
    """Return all drawn figures."""
    found = ((name, figures.figure(name)) for name in figures.names())
    return tuple(
        PickerItem(
            key=name,
            card=StepCard(
                title=text.sentence(figure.shows),
                time=name,
                pictured=Step(title=name, picture=f"{FIGURE_PREFIX}{name}"),
            ),
        )
        for name, figure in found
        if figure is not None
    )


def version_items(versions: Sequence[Version]) -> tuple[PickerItem, ...]:
    """Return the earlier texts of a routine, each with its date and size."""
    return tuple(
        PickerItem(
            key=one.key,
            card=StepCard(title=_date(one.at_ns), time=f"{max(1, round(one.size / _KIB))} kB"),
        )
        for one in versions
    )


def trash_items(left: Sequence[LeftDraft], deleted: Sequence[Deleted]) -> tuple[PickerItem, ...]:
    """Return drafts that were never saved, then deleted routines."""
    unsaved = (
        PickerItem(
            key=one.draft.id,
            card=StepCard(title=one.draft.name, time="never saved", note=_date(one.at_ns)),
        )
        for one in left
    )
    gone = (
        PickerItem(
            key=one.key, card=StepCard(title=one.name, time="deleted", note=_date(one.at_ns))
        )
        for one in deleted
    )
    return (*unsaved, *gone)


def _routine_card(routine: Routine) -> StepCard:
    steps = len(routine.steps)
    note = f"{steps} steps" if steps > 1 else ""
    parts = [text.routine_time(routine), note]
    return StepCard(
        title=routine.name,
        time=", ".join(part for part in parts if part),
        note=text.eases(routine.eases),
        pictured=pictured_step(routine),
    )


def _words(routine: Routine) -> str:
    places = " ".join(text.search_words(place) for place in routine.eases)
    return f"{routine.id} {routine.about} {places} {' '.join(routine.needs)}"


def _date(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns / _NS).astimezone().strftime("%d %b %Y, %H:%M")


class PickerOverlay(QObject):
    """Shows choices over the editor's page.

    Args:
        page: The page.
        theme: The theme, observable.
    """

    closed = Signal()
    """Nothing was chosen."""

    def __init__(self, page: EditorPage, theme: ThemeSource) -> None:
        super().__init__(page)
        self._page = page
        self._take: Callable[[str], None] = lambda _key: None
        self._picker = Picker(page.card_pictures, theme)
        self._picker.taken.connect(self._taken)
        self._picker.closed.connect(self.closed)

    def offer(
        self,
        title: str,
        items: Sequence[PickerItem],
        take: Callable[[str], None],
        *,
        of_routine: bool = True,
    ) -> None:
        """Offer choices over the page.

        Args:
            title: What they are.
            items: The things.
            take: Gets the key of the one that is chosen.
            of_routine: Whether they are for the routine that is open.
        """
        self._take = take
        self._page.show_over(self._picker, of_routine=of_routine)
        self._picker.offer(title, items)

    def _taken(self, key: str) -> None:
        self._page.close_over()
        self._take(key)


class TextController(QObject):
    """Shows texts over the fields and writes the one that is chosen.

    Args:
        shared: What every controller is given.
        page: The editor's page.
        document: What is edited.
        overlay: Offers earlier texts.
        store: The texts.
    """

    left = Signal()
    """The user wants to return from the text to the fields."""
    restored = Signal(object)
    """An earlier version was restored: the Opened."""

    def __init__(
        self,
        shared: Shared,
        page: EditorPage,
        document: EditorDocument,
        overlay: PickerOverlay,
        store: RoutineStore,
    ) -> None:
        super().__init__(document)
        self._shared = shared
        self._page, self._editor, self._store = page, document, store
        self._overlay = overlay
        theme = shared.look.theme
        self._source = SourceView(theme)
        self._conflict = ConflictPanel(theme)
        self._source.save_wanted.connect(self._editor.save_text)
        self._source.closed.connect(self.left)
        self._conflict.mine_wanted.connect(self._keep_mine)
        self._conflict.theirs_wanted.connect(self._take_theirs)
        self._conflict.closed.connect(self._page.close_over)
        self._editor.conflicted.connect(self.show_conflict)
        self._editor.reopened.connect(self._follow_reopened)

    @property
    def is_reading(self) -> bool:
        """Whether the text is shown without changes by the user."""
        return self._source.isVisible() and not self._source.is_typed

    def show_source(self) -> None:
        """Show the file as it would be saved, or as it is if it cannot be read."""
        opened, draft = self._editor.opened, self._editor.draft
        if opened is None or self._editor.meets_unread():
            return
        preview = self._store.preview(opened, draft) if draft else None
        if preview is None or isinstance(preview, Problem):
            self._source.show_source(opened.text, opened.problems)
        else:
            self._source.show_source(preview.text, preview.problems)
        self._page.show_over(self._source)

    def offer_typed_text(self) -> None:
        """Offer the unsaved changes of the text after it is left."""
        opened = self._editor.opened
        if opened is None or not self._source.isVisible() or not self._source.is_typed:
            return
        back = partial(self._take_up, opened.id, self._source.text)
        self._shared.window.toast.say("The text was not saved.", Action("Back to the text", back))

    def open_outside(self) -> None:
        """Open the saved file in the system's text editor; its changes are reloaded."""
        opened = self._editor.opened
        if self._editor.is_changed or opened is None or not opened.own:
            self._editor.save()
        opened = self._editor.opened
        if opened is not None and not self._editor.is_changed and opened.path.exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(opened.path)))

    def offer_versions(self) -> None:
        """Offer the earlier texts."""
        if self._editor.meets_unread():
            return
        opened = self._editor.opened
        offers = version_items(self._store.versions(opened.id)) if opened else ()
        if offers:
            self._overlay.offer("Bring back an earlier version", offers, self._bring_version)
        else:
            self._shared.window.toast.say("There is no earlier version yet.")

    def show_conflict(self, conflict: Conflict) -> None:
        """Show both texts, to choose one."""
        self._conflict.show_conflict(conflict)
        self._page.show_over(self._conflict)

    def _take_up(self, routine_id: str, text: str) -> None:
        if self._editor.opened is None or self._editor.opened.id != routine_id:
            self._shared.navigation.edit_requested.emit(routine_id)
        self.show_source()
        self._source.take_up(text)

    def _follow_reopened(self) -> None:
        if self._editor.opened is not None and self._editor.draft is None:
            self.show_source()

    def _bring_version(self, key: str) -> None:
        if self._editor.opened is None:
            return
        found = self._store.restore_version(self._editor.opened, key)
        if isinstance(found, Opened):
            self._editor.take_file(found)
            self.restored.emit(found)
        elif isinstance(found, Problem):
            self._shared.report(found)
        else:
            self.show_conflict(found)

    def _keep_mine(self, conflict: Conflict) -> None:
        self._page.close_over()
        self._editor.save_over(conflict)

    def _take_theirs(self, conflict: Conflict) -> None:
        self._page.close_over()
        self._editor.take_file(conflict.theirs)
