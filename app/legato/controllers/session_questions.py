"""The questions before a session, and before it works another leg or rubs after a cramp."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from legato.domain import doors, session
from legato.domain.guard import report_errors
from legato.domain.routine import Sides
from legato.domain.session import Move, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.controllers.session_driver import SessionDriver
    from legato.controllers.settings_model import HistoryModel
    from legato.domain.resume import PreparedRoutine
    from legato.domain.routine import Routine, Side
    from legato.domain.session import Session
    from legato.ui.main_window import MainWindow

BACK_TO = frozenset({"home", "library", "plan"})
"""Pages to which a question that is not answered leads back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What begins once its questions are answered.

    Attributes:
        name: The name of the session.
        run_on: Returns the routine as it would run on a leg; None stands for as written.
        begin: Begins it on that leg.
        side: The leg, or None for as written.
        after_cramp: Whether a cramp has just ended.
    """

    name: str
    run_on: Callable[[Side | None], PreparedRoutine]
    begin: Callable[[Side | None], None]
    side: Side | None = None
    after_cramp: bool = False


class SessionQuestions(QObject):
    """Asks which leg to work and whether one might have a clot, and begins what waits for it.

    Args:
        window: The window with its pages.
        history: Stores the answers.
        driver: Moves the session.
        wall_words: Returns the wall time as `2026-01-31T23:10`.

    Signals:
        asked(Question): The question to show.
        refused(): One leg might have a clot: nothing begins, and a session under way must end.
    """

    asked = Signal(object)
    refused = Signal()

    def __init__(
        self,
        window: MainWindow,
        history: HistoryModel,
        driver: SessionDriver,
        wall_words: Callable[[], str],
    ) -> None:
        super().__init__()
        self._window = window
        self._history = history
        self._driver = driver
        self._wall_words = wall_words
        self._waiting: Waiting | None = None
        self._back_to = "home"
        self._name = ""
        self._run: PreparedRoutine | None = None
        self._rub_index: int | None = None
        driver.changed.connect(self._stop_at_rub)

    @property
    def is_asking(self) -> bool:
        """Whether a question is shown, or the help that it leads to."""
        return self._waiting is not None and self._window.page_name in {"question", "help"}

    def begin(self, name: str, run: PreparedRoutine) -> None:
        """Note that a session begins.

        Args:
            name: Its name in later questions.
            run: What runs.
        """
        self._waiting = None
        self._name, self._run = name, run
        later = doors.helps_at_once(run.routine) and self._is_at_risk(run.routine)
        self._rub_index = doors.step_after_cramp(run.routine) if later else None

    def leg_of_tonight(self, word: str) -> Side | None:
        """Return the leg for which the routine `word` was last started this evening, or None."""
        history = self._history.current
        tonight = doors.is_same_evening(history.last_used.get(word), self._wall_words())
        return history.sides.get(word) if tonight else None

    def ask_leg(self, waiting: Waiting) -> None:
        """Ask which leg to work, then whatever else is due."""
        self._ask(waiting, which_leg=True)

    def admit(self, waiting: Waiting) -> None:
        """Begin what waits, after the question about a clot if it is due."""
        routine = waiting.run_on(waiting.side).routine
        if self._is_at_risk(routine) and not doors.helps_at_once(routine):
            self._ask(waiting)
        else:
            waiting.begin(waiting.side)

    def is_due_for_other_leg(self) -> bool:
        """Return whether to ask about a clot before the running session works the other leg.

        A step for each leg in turn only changes their order. Help with a cramp asks later.
        """
        now = self._driver.session
        if now is None or self._rub_index is not None or not session.can(now, Move.OTHER_SIDE):
            return False
        other_leg = now.segment.step.sides is not Sides.EACH
        return other_leg and self._is_at_risk(now.timeline.routine)

    def ask_for_other_leg(self) -> None:
        """Ask about a clot, then continue the session on the other leg."""
        now, run = self._driver.session, self._run
        if now is None or run is None:
            return
        runs = now.status is Status.RUNNING

        def turn(_side: Side | None) -> None:
            self._return_to_session(resume=runs)
            self._driver.move(Move.OTHER_SIDE)

        side = now.segment.side.other
        self._ask(Waiting(name=self._name, run_on=lambda _: run, begin=turn, side=side))

    def answer_leg(self, side: Side) -> None:
        """Begin what waits on that leg, after the question about a clot if it is due."""
        if self._waiting is not None:
            waiting = self._waiting = replace(self._waiting, side=side)
            self.admit(waiting)

    def answer_alike(self) -> None:
        """Begin what waits and store until morning that neither leg is swollen or warm."""
        waiting = self._waiting
        if waiting is None:
            return
        with report_errors():
            self._history.change(self._history.current.with_legs_alike(self._wall_words()))
        waiting.begin(waiting.side)

    def answer_unlike(self) -> None:
        """Begin nothing and end a session under way: one leg is swollen, warm or discoloured."""
        self._waiting = None
        self.refused.emit()

    def turn_back(self) -> None:
        """Begin nothing and show the page of before; a session under way stays paused."""
        self._waiting = None
        now = self._driver.session
        under_way = now is not None and not now.is_over
        self._window.show_page("session" if under_way else self._back_to)

    def _is_at_risk(self, routine: Routine) -> bool:
        """Return whether `routine` strains one leg and nobody ruled out a clot this evening."""
        alike = self._history.current.legs_alike
        at_risk = doors.strain(routine) is doors.Strain.ONE_LEG
        return at_risk and not doors.is_same_evening(alike, self._wall_words())

    def _ask(self, waiting: Waiting, *, which_leg: bool = False) -> None:
        """Show a question; a running session pauses meanwhile."""
        self._driver.move(Move.PAUSE)
        if self._window.page_name != "question":
            page = self._window.page_name
            self._back_to = page if page in BACK_TO else "home"
        self._waiting = waiting
        self.asked.emit(
            doors.Question(
                name=waiting.name,
                side=waiting.side,
                which_leg=which_leg,
                after_cramp=waiting.after_cramp,
            )
        )

    def _stop_at_rub(self, now: Session) -> None:
        """Ask when a cramp has ended and its leg is to be rubbed next."""
        if self._is_rub_due(now):
            # Other listeners must be notified of this change before the pause.
            QTimer.singleShot(0, self, self._ask_before_rub)

    def _is_rub_due(self, now: Session | None) -> bool:
        if now is None or self._rub_index is None or now.status is not Status.RUNNING:
            return False
        return now.segment.step_index >= self._rub_index

    def _ask_before_rub(self) -> None:
        run = self._run
        if run is not None and self._is_rub_due(self._driver.session):
            self._ask(
                Waiting(
                    name=self._name,
                    run_on=lambda _: run,
                    begin=self._rub,
                    side=run.side,
                    after_cramp=True,
                )
            )

    def _rub(self, _side: Side | None) -> None:
        self._rub_index = None
        self._return_to_session(resume=True)

    def _return_to_session(self, *, resume: bool) -> None:
        self._waiting = None
        self._window.show_page("session")
        if resume:
            self._driver.move(Move.RESUME)
