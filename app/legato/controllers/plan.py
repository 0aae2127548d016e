"""From a place on the leg to a routine: the map, its page, and the plan that was picked last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.bootstrap.stores import open_body_map
from legato.domain.plan import PLAN_ID, PlanRequest, make_plan
from legato.storage.body_map import read_leg_chart
from legato.storage.routine_files import RoutineFolder
from legato.ui.leg_map.layout import SORE
from legato.ui.leg_map.map import LegMap

if TYPE_CHECKING:
    from pathlib import Path

    from legato.bootstrap.app import App
    from legato.domain.draft import Draft
    from legato.domain.plan import BodyMap, PainfulPlace, Plan
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine, Side
    from legato.ui.leg_map.layout import MapQuestion
    from legato.ui.plan.page import PlanPage
    from legato.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """The plan that was picked last, as the library would show it; it has no file."""

    path: Path
    routine: Routine
    id: str = PLAN_ID
    own: bool = True
    is_move: bool = False
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The plan's name."""
        return self.routine.name


class PlanController(QObject):
    """What the leg map needs, read when it is first asked for.

    Args:
        app: The window and what it was built from.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._chart = read_leg_chart(app.assets / "body" / "legs.svg")

    @cached_property
    def body(self) -> BodyMap:
        """From places on the leg to moves."""
        return open_body_map(self._app.library)

    @cached_property
    def _page(self) -> PlanPage:
        """The page, built when it is first shown."""
        from legato.ui.plan.page import KEYS, PlanPage  # noqa: PLC0415 - not for the first frame

        app = self._app
        page = PlanPage(
            self.make_map(),
            app.figures,
            app.pictures,
            app.theme,
            body=self.body,
        )
        page.start_wanted.connect(self._start)
        page.routine_wanted.connect(self._start_routine)
        page.keep_wanted.connect(self._keep)
        page.help_wanted.connect(app.care.show_help)
        page.why_wanted.connect(app.care.show_why)
        page.left.connect(self._leave)
        app.window.add_page("plan", page, back_to="home", keys=KEYS)
        return page

    def make_map(self, question: MapQuestion = SORE) -> LegMap:
        """Return a leg map; each page has one of its own."""
        return LegMap(self._chart, self._app.theme, question)

    def show_for(self, spots: tuple[PainfulPlace, ...]) -> None:
        """Show the plan for places that were touched; feeling and time are as they were last."""
        last = self._last()
        self._show(PlanRequest(sore=spots, feeling=last.feeling, minutes=last.minutes))

    def show_last(self) -> None:
        """Show the plan that was picked last, ready to start, or the empty map."""
        self._show(self._last())

    def start_last(self) -> None:
        """Start the plan that was picked last."""
        routine = self.last_routine()
        if routine is not None:
            self._app.parts.conductor.start(PLAN_ID, routine)

    def last_routine(self) -> Routine | None:
        """Return the plan that was picked last as it would run, or None."""
        wish = self._app.choices.settings.pick
        plan = make_plan(self.body, wish) if wish and wish.sore else None
        return plan.routine if plan else None

    def last_entry(self) -> PlanEntry | None:
        """Return the plan that was picked last as an entry of the library, or None."""
        routine = self.last_routine()
        return PlanEntry(path=self._app.paths.routines, routine=routine) if routine else None

    def look_again(self) -> None:
        """Read the moves anew: another program has changed a file."""
        self.__dict__.pop("body", None)
        if "_page" in self.__dict__:
            self._page.use(self.body)

    def show_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        if "_page" in self.__dict__:
            self._page.show_theme(theme)

    def _last(self) -> PlanRequest:
        return self._app.choices.settings.pick or PlanRequest()

    def _show(self, wish: PlanRequest) -> None:
        page = self._page
        page.set_routines(self._app.library.scan())
        page.show_wish(wish)
        self._app.window.show_page("plan")
        page.begin()

    def _leave(self) -> None:
        self._app.window.show_page("home")

    def _remember(self, wish: PlanRequest) -> None:
        self._app.choices.change(self._app.choices.settings.with_pick(wish))

    def _start(self, plan: Plan, wish: PlanRequest) -> None:
        self._remember(wish)
        self._app.parts.conductor.start(PLAN_ID, plan.routine)

    def _start_routine(self, routine_id: str, side: Side | None) -> None:
        self._app.parts.conductor.start_by_id(routine_id, side)

    def _keep(self, draft: Draft, wish: PlanRequest) -> None:
        """Write a plan among the user's routines, and say under which name."""
        self._remember(wish)
        paths, known_ids = self._app.paths, self._app.library.known_ids
        kept = RoutineFolder(paths.routines, known_ids, paths.schema).keep(draft)
        self._page.show_kept(kept)
