"""The home page's controller: fills it and carries out its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.domain.routine import PLAN_ID
from legato.storage.home_snapshot import HomePicturesFile, HomeSnapshotFile
from legato.ui.home.page import KEYS, HomePage

if TYPE_CHECKING:
    from legato.controllers.shared import Shared
    from legato.domain.history import History
    from legato.domain.home_snapshot import HomeSnapshot
    from legato.domain.routine import Routine

NEWCOMERS_TONIGHT = "bedtime"
CRAMP_ID = "cramp-now"
"""Routines with a button of their own, which are never offered for tonight as well."""


class HomeController(QObject):
    """Fills the home page and carries out its requests.

    Args:
        shared: What every controller is given.
    """

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared
        self._snapshots = HomeSnapshotFile(shared.paths.glance)
        self._tonight = NEWCOMERS_TONIGHT
        self._is_stale = False
        self.page = HomePage(shared.loader)
        shared.window.add_page("home", self.page, keys=KEYS)
        self._connect()
        self._glance = self._snapshots.load()
        self._painted = HomePicturesFile(shared.paths.glance_pictures)
        if self._glance:
            self._tonight = self._glance.tonight
            self.page.restore_pictures(self._painted.load())
            self.page.show_glance(self._glance)
        else:
            self.read()

    def read(self) -> None:
        """Show the routines as their files are now, and store that for the next start."""
        cramp = self._routine(CRAMP_ID)
        if cramp is not None:
            self.page.show_cramp(cramp.steps[0])
        self._show_history()

    def _connect(self) -> None:
        navigation, page = self._shared.navigation, self.page
        page.cramp_wanted.connect(navigation.cramp_requested)
        page.help_wanted.connect(lambda: navigation.help_requested.emit(""))
        page.tonight_wanted.connect(self._start)
        page.place_picked.connect(navigation.plan_requested)
        page.plan_wanted.connect(navigation.last_plan_requested)
        page.settings_wanted.connect(navigation.settings_requested)
        page.library_wanted.connect(navigation.library_requested)
        page.continue_wanted.connect(navigation.continue_requested)
        page.forget_continue_wanted.connect(navigation.forget_requested)
        self._shared.history.changed.connect(self._on_history_changed)
        self._shared.window.page_shown.connect(self._on_page_shown)

    def _on_history_changed(self) -> None:
        # The start of a session changes the history; this page is updated when it is shown.
        self._is_stale = True
        self._on_page_shown(self._shared.window.page_name)

    def _on_page_shown(self, name: str) -> None:
        if name == "home":
            self.refresh()

    def add_map(self) -> None:
        """Add the leg map, which the first frame does without."""
        self.page.show_map(self._shared.make_map())

    def close(self) -> None:
        """Keep what the page shows for the first frame of the next start."""
        self.refresh()
        pictures = self.page.painted_pictures()
        if pictures:  # a window that was closed early has painted none: those of before stay
            self._painted.save(pictures)

    def refresh(self) -> None:
        """Show what was used and picked last, if it has changed."""
        if self._is_stale:
            self._show_history()

    def _show_history(self) -> None:
        self._is_stale = False
        history = self._shared.history.current
        wish = history.pick if history.pick and history.pick.sore else None
        for routine_id in self._wanted_tonight(history):
            routine = self._routine(routine_id)
            if routine is not None:
                self._tonight = routine_id
                self._keep(self.page.show_tonight(routine, wish))
                break

    def _wanted_tonight(self, history: History) -> tuple[str, ...]:
        used = [one for one in history.by_last_use() if one != CRAMP_ID]
        return (*used, NEWCOMERS_TONIGHT)

    def _keep(self, glance: HomeSnapshot) -> None:
        glance = glance._replace(tonight=self._tonight)
        if glance != self._glance:
            self._glance = glance
            self._snapshots.save(glance)

    def _routine(self, routine_id: str) -> Routine | None:
        entry = self._shared.routines.entry(routine_id)
        return entry.routine if entry else None

    def _start(self) -> None:
        if self._tonight == PLAN_ID:
            self._shared.navigation.last_plan_start_requested.emit()
        else:
            self._shared.navigation.start_requested.emit(self._tonight, None)
