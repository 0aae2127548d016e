"""Moves a session on: reads the clocks, ticks while it runs, and hands its sounds ahead."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from legato.domain import session as rules
from legato.domain.guard import report_errors
from legato.domain.problems import IllegalMove
from legato.domain.resume import with_timeline
from legato.domain.routine import Kind, VoiceLevel
from legato.domain.schedule import feedback_lines, filter_cues, queue_after, upcoming
from legato.domain.session import Move, Status
from legato.domain.timeline import Phase

if TYPE_CHECKING:
    from legato.domain.cues import ScheduledCue
    from legato.domain.events import Event
    from legato.domain.ports import Clock, Sound
    from legato.domain.session import Session
    from legato.domain.timeline import Timeline


HORIZON_SECONDS = 2.0
"""How far ahead of their moment sounds are handed over."""

LEAST_HANDED_SECONDS = 0.5
"""Sounds are handed over at least this much at a time, not with every frame."""

LATEST_SECONDS = 2.0
"""A tick later than this means that the machine slept or froze."""

FRAMES_PER_SECOND = 10
HOLD_FRAMES_PER_SECOND = 3
"""Of a stretch that is held: a breath and the tip of the ring move by a few pixels a second."""

STILL_FRAMES_PER_SECOND = 1
_SHORTEST_WAIT_SECONDS = 0.005
_NEXT_TRY_MS = 1000
"""After a look in which something went wrong there is another."""
_NOISE_SECONDS = 1e-6
"""What the difference of two readings of a clock may be off by."""


@dataclass(frozen=True, slots=True)
class _Look:
    """The clocks when time was last looked at, and how long until the next look."""

    now: float
    boot: float
    wait: float


class SessionDriver(QObject):
    """Owns the only timer that moves a session; idle, paused or waiting, nothing runs.

    Args:
        clock: Monotonic seconds; the moments of the sounds are on this clock.
        boot_clock: Seconds that go on while the machine sleeps; `clock` itself where there is none.
        sound: What sounds are handed to.
        frames_per_second: Looks a second of the session while things move on the screen.
        speed: Seconds of both clocks that pass in a real one.
        latest_seconds: A look later than this means that the machine slept; infinite where it
            never does, as in a rehearsal, whose fast clock makes every hiccup look like a sleep.
        parent: The parent object.

    Signals:
        changed(Session): Time has passed or something was done.
        happened(tuple of Event): What was told, after `changed`.
        position_changed(Session): Once a second and at each move: what is worth keeping.
        mute_changed(bool): Whether sounds are held back.
        finished(Session): It is over, by itself or stopped.
    """

    changed = Signal(object)
    happened = Signal(object)
    position_changed = Signal(object)
    mute_changed = Signal(bool)
    finished = Signal(object)

    def __init__(
        self,
        clock: Clock,
        boot_clock: Clock,
        sound: Sound,
        frames_per_second: int = FRAMES_PER_SECOND,
        *,
        speed: float = 1.0,
        latest_seconds: float = LATEST_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._boot_clock = boot_clock
        self._sound = sound
        self._frames_per_second = frames_per_second
        self._speed = speed
        self._latest_seconds = latest_seconds
        self._lively = True
        self._is_closed = False
        self._session: Session | None = None
        self._level = VoiceLevel.FULL
        self._muted = False
        self._handed_until = -math.inf
        self._kept_second = (-1, -1)
        self._look = _Look(0.0, 0.0, math.inf)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)

    @property
    def session(self) -> Session | None:
        """The session as it was last looked at; None before the first."""
        return self._session

    @property
    def is_muted(self) -> bool:
        """Whether sounds are held back."""
        return self._muted

    @property
    def is_ticking(self) -> bool:
        """Whether a look is to come; never while paused, waiting or over."""
        return self._timer.isActive()

    def start(
        self,
        timeline: Timeline,
        *,
        index: int = 0,
        spent: float = 0.0,
        waits: bool = False,
        level: VoiceLevel = VoiceLevel.FULL,
    ) -> None:
        """Run `timeline`, from the beginning or from where it was left.

        Args:
            timeline: What is to run.
            index: The segment to begin in.
            spent: Seconds already spent in it.
            waits: Whether ready and switch wait for the user.
            level: How much is rung and spoken, where the routine says nothing itself.

        Raises:
            IllegalMove: There is no such place in the timeline; nothing is changed.
        """
        now = self._clock()
        session, told = rules.begin(timeline, now, index=index, spent=spent, waits=waits)
        self._level = timeline.routine.voice or level
        self._cancel()
        self._hand_anew(session, now)
        self._become(session, told, keep=True)

    def move(self, what: Move) -> bool:
        """Carry out `what` and return True, or change nothing where it makes no sense.

        The time until now passes in the same step, so that listeners are notified once.
        """
        self._pause_after_gap()
        if self._session is None:
            return False
        now = self._clock()
        try:
            session, told = rules.move(self._session, what, now)
        except IllegalMove:
            return False
        self._cancel()
        self._hand_anew(session, now, () if self._muted else feedback_lines(told, self._level, now))
        self._become(session, told, keep=True)
        return True

    def toggle_pause(self) -> None:
        """Pause what runs, resume what is paused."""
        # On a machine that has just slept the session is paused by that, and must stay so.
        if self._session is not None and not self._pause_after_gap():
            self.move(Move.RESUME if self._session.is_paused else Move.PAUSE)

    def stop(self) -> None:
        """Stop for tonight; it can be taken up again."""
        self.move(Move.STOP)

    def drop(self) -> None:
        """Forget the session, because another is about to begin; nobody is told."""
        self._timer.stop()
        self._cancel()
        self._session = None

    def close(self) -> None:
        """Look no more, at the end of the program; the session stays as it is."""
        self._is_closed = True
        self._timer.stop()

    def interrupt(self, gap_seconds: float = 0.0) -> None:
        """Pause a running session at its last look because the machine sleeps or has slept."""
        if self._session is None or self._session.status is not Status.RUNNING:
            return
        session, told = rules.interrupt(self._session, gap_seconds)
        self._cancel()
        self._become(session, told, keep=True)

    def set_muted(self, muted: bool) -> None:
        """Hold sounds back, beginning with what sounds now, or let them be heard again."""
        if muted == self._muted:
            return
        self._muted = muted
        self._hand_afresh()
        self.mute_changed.emit(muted)

    def toggle_mute(self) -> None:
        """Mute, or let sounds be heard again."""
        self.set_muted(not self._muted)

    def set_level(self, level: VoiceLevel) -> None:
        """Ring and speak at another level from now on."""
        if level is not self._level:
            self._level = level
            self._hand_afresh()

    def relay(self, timeline: Timeline, *, waits: bool) -> None:
        """Go on at the same place of the routine, laid out with other times from now on.

        Args:
            timeline: The same segments with other lengths.
            waits: Whether ready and switch wait for the user.

        Raises:
            ValueError: It has other segments; nothing is changed.
        """
        if self._session is None or self._session.is_over:
            return
        now = self._clock()
        session = with_timeline(self._session, timeline, now, waits=waits)
        self._sound.cancel()
        self._hand_anew(session, now)
        self._become(session, (), keep=True)

    def set_lively(self, lively: bool) -> None:
        """Look often enough for things to move, or once a second: unseen, dark, motion off."""
        if lively != self._lively:
            self._lively = lively
            self.tick()

    def tick(self) -> None:
        """Let time pass; a look that comes much too late pauses the session instead."""
        session = self._session
        if session is None or session.status is not Status.RUNNING or self._is_closed:
            return
        self._timer.start(_NEXT_TRY_MS)
        if self._pause_after_gap():
            return
        now = self._clock()
        session, told = rules.tick(session, now)
        with report_errors():
            self._hand_ahead(session, now)
        self._become(session, told)

    def _pause_after_gap(self) -> bool:
        """Pause a running session that was not looked at for too long; return whether it was."""
        if self._session is None or self._session.status is not Status.RUNNING:
            return False
        # The clock that says more: not every one goes on while the machine sleeps.
        gap = max(self._clock() - self._look.now, self._boot_clock() - self._look.boot)
        if gap <= self._look.wait + self._latest_seconds:
            return False
        self.interrupt(gap)
        return True

    def _become(self, session: Session, told: tuple[Event, ...], *, keep: bool = False) -> None:
        self._session = session
        self._wait_for_next_look(session)
        second = (session.index, math.floor(session.spent + _NOISE_SECONDS))
        self.changed.emit(session)
        if told:
            self.happened.emit(told)
        if keep or second != self._kept_second or session.is_over:
            self._kept_second = second
            self.position_changed.emit(session)
        if session.is_over:
            self.finished.emit(session)

    def _wait_for_next_look(self, session: Session) -> None:
        runs = session.status is Status.RUNNING and not session.is_waiting
        wait = self._seconds_to_next_look(session) if runs else math.inf
        self._look = _Look(self._clock(), self._boot_clock(), wait)
        if runs:
            self._timer.start(math.ceil(1000 * (wait - _NOISE_SECONDS) / self._speed))
        else:
            self._timer.stop()

    def _seconds_to_next_look(self, session: Session) -> float:
        """Return when the next frame is due: frames fall on the full seconds that are shown."""
        rate = self._rate(session)
        remaining = session.remaining
        shown = -session.spent if remaining is None else remaining
        wait = (shown * rate % 1.0) / rate
        if wait < _SHORTEST_WAIT_SECONDS:
            wait += 1.0 / rate
        if self._lively:
            return wait
        coming = upcoming(session, session.seen, wait, since=session.seen)
        later = (c.moment - session.seen for c in coming if c.moment > session.seen)
        return next(later, wait)

    def _rate(self, session: Session) -> int:
        if not self._lively:
            return STILL_FRAMES_PER_SECOND
        segment = session.segment
        if segment.phase is Phase.HOLD and segment.step.kind is Kind.STRETCH:
            return min(HOLD_FRAMES_PER_SECOND, self._frames_per_second)
        return self._frames_per_second

    def _hand_ahead(self, session: Session, now: float) -> None:
        if self._muted or now + HORIZON_SECONDS - self._handed_until < LEAST_HANDED_SECONDS:
            return
        coming = upcoming(session, now, HORIZON_SECONDS, since=self._handed_until)
        self._handed_until = now + HORIZON_SECONDS
        self._schedule(filter_cues(coming, self._level))

    def _hand_anew(
        self, session: Session, now: float, answers: tuple[ScheduledCue, ...] = ()
    ) -> None:
        """Hand over what is due from `now` on, after a cancel; first of all the `answers`."""
        self._handed_until = now
        if self._muted:
            return
        coming = upcoming(session, now, HORIZON_SECONDS, since=now)
        self._handed_until = now + HORIZON_SECONDS
        self._schedule(queue_after(answers, filter_cues(coming, self._level)))

    def _hand_afresh(self) -> None:
        self._cancel()
        if self._session is not None:
            self._hand_anew(self._session, self._clock())

    def _schedule(self, due: tuple[ScheduledCue, ...]) -> None:
        if due:
            with report_errors():
                self._sound.schedule(due)

    def _cancel(self) -> None:
        with report_errors():
            self._sound.cancel()
