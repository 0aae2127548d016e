"""The session's controller: starts, resumes and ends sessions, and shows their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from legato.controllers.session_questions import SessionQuestions, Waiting
from legato.controllers.variants import VariantSelector
from legato.domain import doors
from legato.domain import events as happened
from legato.domain.guard import report_errors
from legato.domain.resume import (
    PreparedRoutine,
    at_step,
    in_place,
    prepare,
    restore,
    snapshot,
    with_time_to_get_ready,
)
from legato.domain.routine import PLAN_ID, Sides
from legato.domain.session import Move, Status
from legato.domain.settings import Advance
from legato.domain.timeline import Phase
from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.controllers.session_driver import SessionDriver
    from legato.controllers.settings_model import HistoryModel, SettingsModel
    from legato.controllers.variants import LearnedVariant
    from legato.domain.ports import Clock, KeepAwake, MediaKeys, ResumeKeeper, RoutineLookup
    from legato.domain.resume import Resume, ResumePoint
    from legato.domain.routine import Routine, Side, Step, VoiceLevel
    from legato.domain.session import Session
    from legato.domain.settings import Settings
    from legato.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemServices:
    """The services of the machine that a session uses.

    Attributes:
        keep_awake: Held while a session runs.
        media_keys: Show the running session.
        wall_seconds: Wall time in seconds, only for saved positions.
        wall_words: Wall time as `2026-01-31T23:10`.
    """

    keep_awake: KeepAwake
    media_keys: MediaKeys
    wall_seconds: Clock
    wall_words: Callable[[], str]


@dataclass(frozen=True, slots=True)
class _CurrentRun:
    """The running session's routine, and what it was prepared from.

    Attributes:
        run: The routine as it runs.
        written: The routine as it is written.
        level: The voice level of the command line, or None.
        counts: Whether its use and its position are stored.
        continued: Where it was continued, or None.
    """

    run: PreparedRoutine
    written: Routine
    level: VoiceLevel | None = None
    counts: bool = True
    continued: ResumePoint | None = None


class SessionController(QObject):
    """Starts sessions, saves their position, and shows their pages.

    Args:
        window: The window with its pages.
        routines: All routines.
        settings: The settings, observable.
        history: What was used and chosen last, observable.
        resume: Stores the position of an unfinished session.
        driver: Moves the session.
        machine: The services of the machine.
    """

    session_begun = Signal(object)
    """A session has begun: its Timeline."""
    session_over = Signal(object)
    """A session has ended or was stopped: the Session."""
    continue_offered = Signal(object)
    """A session can be resumed: the line that offers it; None if there is none."""
    variants_changed = Signal(object)
    """Another step runs: the tuple of VariantOption for it."""
    learned = Signal(object)
    """An easier variant is used next time, because the step hurt: the LearnedVariant."""
    forgotten = Signal(object)
    """The user has forgotten a saved session: its Resume."""
    failed = Signal(str)
    """A request failed: the message."""

    def __init__(
        self,
        window: MainWindow,
        routines: RoutineLookup,
        settings: SettingsModel,
        history: HistoryModel,
        *,
        resume: ResumeKeeper,
        driver: SessionDriver,
        machine: SystemServices,
    ) -> None:
        super().__init__()
        self._window = window
        self._routines = routines
        self._settings = settings
        self._history = history
        self._resume = resume
        self._driver = driver
        self._machine = machine
        self._variants = VariantSelector(routines, history, machine.wall_words)
        self._current: _CurrentRun | None = None
        self.questions = SessionQuestions(window, history, driver, machine.wall_words)
        self._applied = settings.current
        self._phase_kept: tuple[int, Status] | None = None
        self._runs: bool | None = None
        self._step_shown: Step | None = None
        driver.changed.connect(self._update_machine)
        driver.changed.connect(self._offer_variants)
        self.questions.refused.connect(self._end_for_help)
        driver.happened.connect(self._learn)
        driver.position_changed.connect(self._keep_place)
        driver.finished.connect(self._end)

    @property
    def routine(self) -> Routine | None:
        """The routine that runs or ran last, as it is written."""
        return self._current.written if self._current else None

    @property
    def run(self) -> PreparedRoutine | None:
        """The current run, or the last one."""
        return self._current.run if self._current else None

    def start_by_id(self, routine_id: str, side: Side | None = None) -> None:
        """Run a routine of the library, on `side` or on the side that was chosen last."""
        entry = self._routines.entry(routine_id)
        if entry is None or entry.routine is None:
            self.failed.emit(text.cannot_run(entry.name if entry else routine_id))
            return
        if side is None and doors.leg_as_written(entry.routine) is None:
            side = self._history.current.sides.get(routine_id)
        self.start(routine_id, entry.routine, side)

    def start(
        self,
        word: str,
        routine: Routine,
        side: Side | None = None,
        level: VoiceLevel | None = None,
    ) -> None:
        """Run `routine` from its beginning, after the questions that are due.

        A routine for one leg asks for it once an evening, unless `side` is given or it is a plan,
        whose leg is already chosen.

        Args:
            word: The routine's id, or the path it was started from.
            routine: The routine as it is written.
            side: The side to work, or None for as written.
            level: The voice level, or None for the routine's or the user's.
        """
        needs_leg = side is None and word != PLAN_ID and doors.leg_as_written(routine) is not None
        if needs_leg:
            side = self.questions.leg_of_tonight(word)
        waiting = Waiting(
            name=routine.name,
            run_on=partial(self._prepare, word, routine),
            begin=partial(self._start_now, word, routine, level),
            side=side,
        )
        if needs_leg and side is None:
            self.questions.ask_leg(waiting)
        else:
            self.questions.admit(waiting)

    def _start_now(
        self, word: str, routine: Routine, level: VoiceLevel | None, side: Side | None
    ) -> None:
        history = self._history.current
        run = self._prepare(word, routine, side)
        if side is not None:
            history = history.with_side(word, side)
        with report_errors():
            self._history.change(history.with_use(word, self._machine.wall_words()))
        self._begin(_CurrentRun(run, routine, level), None)

    def start_in_between(self, routine: Routine) -> None:
        """Run a short routine without storing its use; a saved position of another one stays."""
        run = self._prepare(routine.id, routine, None)
        self.questions.admit(
            Waiting(
                name=routine.name,
                run_on=lambda _: run,
                begin=lambda _: self._begin(_CurrentRun(run, routine, counts=False), None),
                after_cramp=True,
            )
        )

    def start_again(self, side: Side | None = None) -> None:
        """Run the last routine again, on `side` or on the one on which the session ended."""
        if self._current:
            side = side or self._last_side(self._current.run)
            self.start(self._current.run.word, self._current.written, side)

    def _last_side(self, run: PreparedRoutine) -> Side | None:
        """Return the side on which one leg's session ended, or as which `run` was started."""
        session, leg = self._driver.session, doors.leg_as_written(run.routine)
        if session is None or leg is None:
            return run.side
        steps = session.timeline.routine.steps[session.segment.step_index :: -1]
        last = next((step for step in steps if step.sides is not Sides.BOTH), None)
        return run.side if last is None or last.worked_sides == (leg,) else last.worked_sides[0]

    def offer_to_continue(self) -> None:
        """Offer to resume the saved session, or withdraw the offer if there is none."""
        resume = self._resume.load()
        found = self._left() if resume else None
        words = None
        if resume and found:
            _, written, place = found
            holds = place.timeline.segments[place.index].phase is Phase.HOLD
            left = resume.remaining if holds else None  # else it is time to get ready
            words = text.continue_line(written.name, resume.label, resume.leg, left)
        self.continue_offered.emit(words)

    def continue_session(self) -> None:
        """Resume the saved session."""
        found = self._left()
        if found is None:
            self._resume.clear()
            self.continue_offered.emit(None)
            return
        run, written, place = found
        place = with_time_to_get_ready(place)
        current = _CurrentRun(run, written, continued=place)
        self.questions.admit(
            Waiting(
                name=written.name,
                run_on=lambda _: run,
                begin=lambda _: self._begin(current, place),
                side=run.side,
            )
        )

    def forget(self) -> None:
        """Delete the saved session and withdraw the offer to resume it."""
        kept = self._resume.load()
        self._resume.clear()
        self.continue_offered.emit(None)
        if kept is not None:
            self.forgotten.emit(kept)

    def remember(self, kept: Resume) -> None:
        """Offer a session again that was forgotten."""
        self._resume.save(kept, lasting=True)
        self.offer_to_continue()

    def use_variant(self, move: str) -> None:
        """Restart the step with the variant `move`, and use it from now on."""
        session, begun = self._driver.session, self._current
        if session is None or session.is_over or begun is None:
            return
        self._variants.take(begun.written.steps[session.segment.step_index], move)
        before = begun.run
        run = self._prepare(before.word, begun.written, before.side)
        place = at_step(before, session, run)
        self.questions.admit(
            Waiting(
                name=begun.written.name,
                run_on=lambda _: run,
                begin=lambda _: self._begin(replace(begun, run=run), place),
                side=before.side,
            )
        )

    def _end_for_help(self) -> None:
        """End a session under way and store its place: one leg might have a clot."""
        session, begun = self._driver.session, self._current
        if session is None or session.is_over or begun is None:
            return
        with report_errors():
            if begun.counts:
                self._keep(session, lasting=True)
        self._driver.drop()
        with report_errors():
            self._machine.keep_awake.release()
        with report_errors():
            self._machine.media_keys.show(None)
        self.offer_to_continue()

    def unlearn(self, learned: LearnedVariant) -> None:
        """Undo a learned variant: use what was used before the step hurt."""
        self._variants.unlearn(learned)

    def _learn(self, events: Sequence[happened.Event]) -> None:
        """Store the easier variant of a step that hurt."""
        for event in events:
            if isinstance(event, happened.Skipped) and event.hurt and self._current:
                written = self._current.written.steps[event.segment.step_index]
                learned = self._variants.learn(event.segment.step, written)
                if learned is not None:
                    self.learned.emit(learned)

    def _offer_variants(self, session: Session) -> None:
        step = session.segment.step
        if step is self._step_shown or self._current is None:
            return
        self._step_shown = step
        written = self._current.written.steps[session.segment.step_index]
        self.variants_changed.emit(self._variants.offered(self._current.run.word, step, written))

    def _prepare(
        self, word: str, routine: Routine, side: Side | None, settings: Settings | None = None
    ) -> PreparedRoutine:
        """Return `routine` prepared with `settings`, or with the current ones."""
        chosen = self._history.current.variants
        step_of = self._variants.variants_for(word)
        return prepare(
            word, routine, settings or self._settings.current, chosen, side=side, step_of=step_of
        )

    def _prepare_again(
        self, word: str, written: Routine, before: PreparedRoutine | Resume, settings: Settings
    ) -> PreparedRoutine:
        """Return `written` prepared as `before`, except for the times in `settings`."""
        settings = replace(settings, first_side=before.first)
        if before.variants is None:
            return self._prepare(word, written, before.side, settings)
        # Variants learned since, and the limits of the hour, apply to the next session.
        chosen = dict(before.variants)
        step_of = self._variants.step_of
        return prepare(word, written, settings, chosen, side=before.side, step_of=step_of)

    def do(self, what: Move) -> None:
        """Carry out a move in the session, after the question about a clot if it is due."""
        if what is Move.OTHER_SIDE and self.questions.is_due_for_other_leg():
            self.questions.ask_for_other_leg()
        else:
            self._driver.move(what)

    @property
    def is_under_way(self) -> bool:
        """Whether a session runs or is paused."""
        session = self._driver.session
        return session is not None and not session.is_over

    def pause(self) -> bool:
        """Pause a running session; return whether one ran."""
        session = self._driver.session
        runs = session is not None and session.status is Status.RUNNING
        return runs and self._driver.move(Move.PAUSE)

    def resume(self) -> None:
        """Resume a paused session."""
        self._driver.move(Move.RESUME)

    def follow(self, settings: Settings) -> None:
        """Apply changed settings to a session under way.

        They override what its routine or its start asked for. The side that comes first applies to
        the next session, because this one would lose its place.
        """
        before, session, begun = self._applied, self._driver.session, self._current
        if session is None or session.is_over or begun is None:
            return
        self._applied = settings
        if settings.voice is not before.voice:
            self._driver.set_level(settings.voice)
        if _times(settings) == _times(before):
            return
        run = self._prepare_again(begun.run.word, begun.written, begun.run, settings)
        timeline = in_place(begun.run, session, run)
        if len(timeline.segments) == len(session.timeline.segments):
            self._current = replace(begun, run=run, continued=None)
            self._driver.relay(timeline, waits=settings.advance is Advance.WAIT)

    def leave(self) -> None:
        """Save the position and release the machine, before the window closes."""
        session = self._driver.session
        with report_errors():
            if (
                session is not None
                and not session.is_over
                and self._current
                and self._current.counts
            ):
                self._keep(session, lasting=True)
        with report_errors():
            self._machine.keep_awake.release()
        with report_errors():
            self._machine.media_keys.close()

    def _begin(self, begun: _CurrentRun, place: ResumePoint | None) -> None:
        settings = self._settings.current
        # Otherwise a listener could read the previous session as this one.
        self._driver.drop()
        self._current = begun
        self.questions.begin(begun.written.name, begun.run)
        self._applied = settings
        self._phase_kept = None
        self._runs = None
        self._step_shown = None
        timeline = place.timeline if place else begun.run.timeline
        self.session_begun.emit(timeline)
        with report_errors():
            self._window.show_page("session")
        self._driver.start(
            timeline,
            index=place.index if place else 0,
            spent=place.spent if place else 0.0,
            waits=settings.advance is Advance.WAIT,
            level=begun.level or settings.voice,
        )

    def _left(self) -> tuple[PreparedRoutine, Routine, ResumePoint] | None:
        resume = self._resume.load()
        entry = self._routines.entry(resume.routine) if resume else None
        if resume is None or entry is None or entry.routine is None:
            return None
        written, settings = entry.routine, self._settings.current
        run = self._prepare_again(resume.routine, written, resume, settings)
        place = restore(resume, run)
        return (run, written, place) if place else None

    def _update_machine(self, session: Session) -> None:
        with report_errors():
            self._machine.media_keys.show(None if session.is_over else session)
        # A user may fall asleep before saying that they are ready; the machine may sleep then, too.
        runs = session.status is Status.RUNNING and not session.is_waiting
        if runs is self._runs:
            return
        self._runs = runs
        if runs:
            self._machine.keep_awake.hold()
        else:
            self._machine.keep_awake.release()

    def _keep_place(self, session: Session) -> None:
        place = (session.index, session.status)
        lasting = place != self._phase_kept
        self._phase_kept = place
        if self._current is None or not self._current.counts:
            return
        if session.status is Status.FINISHED:
            self._resume.clear()
        else:
            self._keep(session, lasting=lasting)

    def _keep(self, session: Session, *, lasting: bool) -> None:
        if self._current is None:
            return
        current = self._current
        left = snapshot(current.run, session, self._machine.wall_seconds(), current.continued)
        problem = self._resume.save(left, lasting=lasting)
        if problem is not None:
            self.failed.emit(text.place_not_kept(problem))

    def _end(self, session: Session) -> None:
        self.session_over.emit(session)
        self._window.show_page("end")


def _times(settings: Settings) -> tuple[object, ...]:
    """Return the settings that change a routine's timeline, or what ends its phases."""
    return settings.hold, settings.ready, settings.switch, settings.advance
