"""The first page, joined to what it opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.domain.plan import PLAN_ID
from legato.ui.home.page import KEYS, HomePage

if TYPE_CHECKING:
    from legato.bootstrap.app import App
    from legato.domain.home_snapshot import HomeSnapshot
    from legato.domain.plan import PainfulPlace
    from legato.domain.routine import Routine
    from legato.domain.settings import Settings

NEWCOMERS_TONIGHT = "bedtime"
CRAMP_ID = "cramp-now"
"""A routine that has its own place on the page is not tonight's as well."""


class HomeController(QObject):
    """Feeds the first page and does what it asks for.

    Args:
        app: The window and what it was built from.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._tonight = NEWCOMERS_TONIGHT
        self.page = HomePage(app.figures, app.pictures, app.theme)
        app.window.add_page("home", self.page, keys=KEYS)
        self._connect()
        self._glance = self._glance_of_last_time()
        if self._glance:
            self._tonight = self._glance.tonight
            self.page.show_glance(self._glance)
            self._show_pick(app.choices.settings)
        else:
            self.read()

    def read(self) -> None:
        """Show what the routines' files say now, and keep it for the next start."""
        cramp = self._routine(CRAMP_ID)
        if cramp is not None:
            self.page.show_cramp(cramp.steps[0])
        self.follow(self._app.choices.settings)

    def _glance_of_last_time(self) -> HomeSnapshot | None:
        glance = self._app.glance_file.load()
        ids = self._wanted_tonight(self._app.choices.settings)
        return glance if glance and glance.tonight == ids[0] else None

    def _connect(self) -> None:
        app, page = self._app, self.page
        page.cramp_wanted.connect(app.cramp_now)
        page.help_wanted.connect(app.show_help)
        page.tonight_wanted.connect(self._start)
        page.place_picked.connect(self._show_plan)
        page.plan_wanted.connect(self._show_last_plan)
        page.settings_wanted.connect(app.show_settings)
        page.library_wanted.connect(app.show_library)
        page.continue_wanted.connect(app.continue_session)
        page.forget_continue_wanted.connect(app.forget_session)

    def add_map(self) -> None:
        """Put the leg map in, which the first frame does without."""
        self.page.show_map(self._app.plans.make_map())

    def follow(self, settings: Settings) -> None:
        """Show what is tonight's by now, and what was picked last."""
        for routine_id in self._wanted_tonight(settings):
            routine = self._routine(routine_id)
            if routine is not None:
                self._tonight = routine_id
                self._keep(self.page.show_tonight(routine))
                break
        self._show_pick(settings)

    def _wanted_tonight(self, settings: Settings) -> tuple[str, ...]:
        used = [one for one in settings.by_last_use() if one != CRAMP_ID]
        return (*used, NEWCOMERS_TONIGHT)

    def _keep(self, glance: HomeSnapshot) -> None:
        glance = replace(glance, tonight=self._tonight)
        if glance != self._glance:
            self._glance = glance
            self._app.glance_file.save(glance)

    def _show_pick(self, settings: Settings) -> None:
        self.page.show_pick(settings.pick if settings.pick and settings.pick.sore else None)

    def _routine(self, routine_id: str) -> Routine | None:
        if routine_id == PLAN_ID:
            return self._app.plans.last_routine()
        entry = self._app.entry(routine_id)
        return entry.routine if entry else None

    def _show_plan(self, spots: tuple[PainfulPlace, ...]) -> None:
        self._app.plans.show_for(spots)

    def _show_last_plan(self) -> None:
        self._app.plans.show_last()

    def _start(self) -> None:
        if self._tonight == PLAN_ID:
            self._app.plans.start_last()
        else:
            self._app.parts.conductor.start_by_id(self._tonight)
