"""The plan page's controller: from painful places to a routine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.domain.plan import PlanRequest
from legato.domain.routine import PLAN_ID
from legato.storage.routine_files import RoutineFolder

if TYPE_CHECKING:
    from legato.controllers.shared import Shared
    from legato.domain.draft import Draft
    from legato.domain.plan import PainfulPlace, Plan
    from legato.ui.plan.page import PlanPage


class PlanController(QObject):
    """Shows, starts and saves plans.

    Args:
        shared: What every controller is given.
    """

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared

    @cached_property
    def _page(self) -> PlanPage:
        """The page, built when it is first shown."""
        from legato.ui.plan.page import KEYS, PlanPage  # noqa: PLC0415 - not for the first frame

        shared, navigation = self._shared, self._shared.navigation
        page = PlanPage(shared.make_map(), shared.loader, body=shared.routines.body)
        page.start_wanted.connect(self._start)
        page.routine_wanted.connect(navigation.start_requested)
        page.keep_wanted.connect(self._keep)
        page.help_wanted.connect(navigation.help_requested)
        page.why_wanted.connect(navigation.why_requested)
        page.left.connect(self._leave)
        shared.window.add_page("plan", page, back_to="home", keys=KEYS)
        return page

    def show_for(self, spots: tuple[PainfulPlace, ...]) -> None:
        """Show the plan for touched places, with the last feeling and time."""
        last = self._last()
        self._show(PlanRequest(sore=spots, feeling=last.feeling, minutes=last.minutes))

    def show_last(self) -> None:
        """Show the plan that was picked last, ready to start, or the empty map."""
        self._show(self._last())

    def start_last(self) -> None:
        """Start the plan that was picked last."""
        routine = self._shared.routines.last_plan()
        if routine is not None:
            self._shared.navigation.run_requested.emit(PLAN_ID, routine)

    def reload(self) -> None:
        """Update the plan after changes of the moves."""
        if "_page" in self.__dict__:
            self._page.use(self._shared.routines.body)

    def _last(self) -> PlanRequest:
        return self._shared.history.current.pick or PlanRequest()

    def _show(self, wish: PlanRequest) -> None:
        page = self._page
        page.set_routines(self._shared.routines.scan())
        page.show_wish(wish)
        self._shared.window.show_page("plan")
        page.begin()

    def _leave(self) -> None:
        self._shared.window.show_page("home")

    def _remember(self, wish: PlanRequest) -> None:
        history = self._shared.history
        history.change(history.current.with_pick(wish))

    def _start(self, plan: Plan, wish: PlanRequest) -> None:
        self._remember(wish)
        self._shared.navigation.run_requested.emit(PLAN_ID, plan.routine)

    def _keep(self, draft: Draft, wish: PlanRequest) -> None:
        """Save a plan as a routine of the user, and notify under which name."""
        self._remember(wish)
        paths, known_ids = self._shared.paths, self._shared.routines.library.known_ids
        kept = RoutineFolder(paths.routines, known_ids, paths.schema).keep(draft)
        self._page.show_kept(kept)
