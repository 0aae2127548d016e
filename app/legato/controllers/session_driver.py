"""Drives a session: reads the clocks, ticks while it runs, and schedules its sounds ahead."""

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
"""How far ahead of their moment sounds are scheduled."""

LEAST_SCHEDULED_SECONDS = 0.5
"""Sounds are scheduled for at least this much time at once, not with every frame."""

LATEST_SECONDS = 2.0
"""A tick later than this means that the machine slept or froze."""

FRAMES_PER_SECOND = 10
HOLD_FRAMES_PER_SECOND = 3
"""While a stretch is held; a breath and the tip of the ring move only a few pixels a second."""

STILL_FRAMES_PER_SECOND = 1
_SHORTEST_WAIT_SECONDS = 0.005
_NEXT_TRY_MS = 1000
"""Until the next tick after one that an error has ended."""
_NOISE_SECONDS = 1e-6
"""Rounding error of the difference of two readings of a clock."""


@dataclass(frozen=True, slots=True)
class _Tick:
    """Both clocks at the last tick, and the seconds from there to the next tick."""

    now: float
    boot: float
    wait: float


class SessionDriver(QObject):
    """Owns the only timer of a session; it is stopped while the session is paused or waits.

    Args:
        clock: Monotonic seconds; sounds are scheduled by this clock.
        boot_clock: Seconds that go on while the machine sleeps; `clock` itself where there is none.
        sound: Plays the sounds.
        frames_per_second: Ticks a second while something moves on the screen.
        speed: Seconds of both clocks that pass in a real one.
        latest_seconds: A tick later than this means that the machine slept. Infinite for a
            preview, whose fast clock makes every short delay look like a sleep.
        parent: The parent object.

    Signals:
        changed(Session): Time has passed or something was done.
        happened(tuple of Event): Events of this change, after `changed`.
        position_changed(Session): Once a second and at each move, for saving the position.
        mute_changed(bool): Whether sounds are muted.
        finished(Session): The session has run out or was stopped.
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
        self._scheduled_until = -math.inf
        self._kept_second = (-1, -1)
        self._last_tick = _Tick(0.0, 0.0, math.inf)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)

    @property
    def session(self) -> Session | None:
        """The session as of the last tick, or None before the first one starts."""
        return self._session

    def start(
        self,
        timeline: Timeline,
        *,
        index: int = 0,
        spent: float = 0.0,
        waits: bool = False,
        level: VoiceLevel = VoiceLevel.FULL,
    ) -> None:
        """Run `timeline`, from the beginning or from a position.

        Args:
            timeline: The routine, laid out.
            index: The segment to begin in.
            spent: Seconds already spent in it.
            waits: Whether ready and switch wait for the user.
            level: How much is played and spoken, unless the routine sets its own level.

        Raises:
            IllegalMove: The timeline has no such position; nothing is changed.
        """
        now = self._clock()
        session, events = rules.begin(timeline, now, index=index, spent=spent, waits=waits)
        self._level = timeline.routine.voice or level
        self._cancel()
        self._schedule_from(session, now)
        self._set_session(session, events, keep=True)

    def move(self, what: Move) -> bool:
        """Carry out `what` and return True, or change nothing where it makes no sense.

        The time until now passes in the same step, so that listeners are notified once.
        """
        self._pause_after_gap()
        if self._session is None:
            return False
        now = self._clock()
        try:
            session, events = rules.move(self._session, what, now)
        except IllegalMove:
            return False
        self._cancel()
        self._schedule_from(
            session, now, () if self._muted else feedback_lines(events, self._level, now)
        )
        self._set_session(session, events, keep=True)
        return True

    def toggle_pause(self) -> None:
        """Pause what runs, resume what is paused."""
        # On a machine that has just slept the session is paused by that, and must stay so.
        if self._session is not None and not self._pause_after_gap():
            self.move(Move.RESUME if self._session.is_paused else Move.PAUSE)

    def stop(self) -> None:
        """Stop the session; the saved position allows to continue it later."""
        self.move(Move.STOP)

    def drop(self) -> None:
        """Forget the session without a signal, before another one starts."""
        self._timer.stop()
        self._cancel()
        self._session = None

    def close(self) -> None:
        """Stop ticking at the end of the program; the session stays as it is."""
        self._is_closed = True
        self._timer.stop()

    def interrupt(self, gap_seconds: float = 0.0) -> None:
        """Pause a running session at its last tick because the machine sleeps or has slept."""
        if self._session is None or self._session.status is not Status.RUNNING:
            return
        session, events = rules.interrupt(self._session, gap_seconds)
        self._cancel()
        self._set_session(session, events, keep=True)

    def set_muted(self, muted: bool) -> None:
        """Mute, stopping the current sound too, or unmute."""
        if muted == self._muted:
            return
        self._muted = muted
        self._reschedule()
        self.mute_changed.emit(muted)

    def toggle_mute(self) -> None:
        """Mute or unmute."""
        self.set_muted(not self._muted)

    def set_level(self, level: VoiceLevel) -> None:
        """Change how much is played and spoken from now on."""
        if level is not self._level:
            self._level = level
            self._reschedule()

    def relay(self, timeline: Timeline, *, waits: bool) -> None:
        """Continue at the same position with another timeline.

        Args:
            timeline: The same segments, with other lengths.
            waits: Whether ready and switch wait for the user.

        Raises:
            ValueError: The timeline has other segments; nothing is changed.
        """
        if self._session is None or self._session.is_over:
            return
        now = self._clock()
        session = with_timeline(self._session, timeline, now, waits=waits)
        self._sound.cancel()
        self._schedule_from(session, now)
        self._set_session(session, (), keep=True)

    def set_lively(self, lively: bool) -> None:
        """Tick often enough for animations, or once a second: hidden, dark, animations off."""
        if lively != self._lively:
            self._lively = lively
            self.tick()

    def tick(self) -> None:
        """Let time pass until now; pause the session instead if this tick is much too late."""
        session = self._session
        if session is None or session.status is not Status.RUNNING or self._is_closed:
            return
        self._timer.start(_NEXT_TRY_MS)
        if self._pause_after_gap():
            return
        now = self._clock()
        session, events = rules.tick(session, now)
        with report_errors():
            self._schedule_ahead(session, now)
        self._set_session(session, events)

    def _pause_after_gap(self) -> bool:
        """Pause a running session whose last tick is too long ago; return whether it was."""
        if self._session is None or self._session.status is not Status.RUNNING:
            return False
        # The clock that says more: not every one goes on while the machine sleeps.
        gap = max(self._clock() - self._last_tick.now, self._boot_clock() - self._last_tick.boot)
        if gap <= self._last_tick.wait + self._latest_seconds:
            return False
        self.interrupt(gap)
        return True

    def _set_session(
        self, session: Session, events: tuple[Event, ...], *, keep: bool = False
    ) -> None:
        self._session = session
        self._wait_for_next_tick(session)
        second = (session.index, math.floor(session.spent + _NOISE_SECONDS))
        self.changed.emit(session)
        if events:
            self.happened.emit(events)
        if keep or second != self._kept_second or session.is_over:
            self._kept_second = second
            self.position_changed.emit(session)
        if session.is_over:
            self.finished.emit(session)

    def _wait_for_next_tick(self, session: Session) -> None:
        runs = session.status is Status.RUNNING and not session.is_waiting
        wait = self._seconds_to_next_tick(session) if runs else math.inf
        self._last_tick = _Tick(self._clock(), self._boot_clock(), wait)
        if runs:
            self._timer.start(math.ceil(1000 * (wait - _NOISE_SECONDS) / self._speed))
        else:
            self._timer.stop()

    def _seconds_to_next_tick(self, session: Session) -> float:
        """Return the seconds to the next frame; frames fall on the full seconds that are shown."""
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
        is_held = segment.phase is Phase.HOLD and segment.count is None
        if is_held and segment.step.kind is Kind.STRETCH:
            return min(HOLD_FRAMES_PER_SECOND, self._frames_per_second)
        return self._frames_per_second

    def _schedule_ahead(self, session: Session, now: float) -> None:
        if self._muted or now + HORIZON_SECONDS - self._scheduled_until < LEAST_SCHEDULED_SECONDS:
            return
        coming = upcoming(session, now, HORIZON_SECONDS, since=self._scheduled_until)
        self._scheduled_until = now + HORIZON_SECONDS
        self._schedule(filter_cues(coming, self._level))

    def _schedule_from(
        self, session: Session, now: float, feedback: tuple[ScheduledCue, ...] = ()
    ) -> None:
        """Schedule everything due from `now` after a cancel, feedback lines first."""
        self._scheduled_until = now
        if self._muted:
            return
        coming = upcoming(session, now, HORIZON_SECONDS, since=now)
        self._scheduled_until = now + HORIZON_SECONDS
        self._schedule(queue_after(feedback, filter_cues(coming, self._level)))

    def _reschedule(self) -> None:
        self._cancel()
        if self._session is not None:
            self._schedule_from(self._session, self._clock())

    def _schedule(self, due: tuple[ScheduledCue, ...]) -> None:
        if due:
            with report_errors():
                self._sound.schedule(due)

    def _cancel(self) -> None:
        with report_errors():
            self._sound.cancel()
