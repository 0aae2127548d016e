"""A session as a value: every transition of it lives here.

A session is always in one segment of its timeline. While it runs, the time spent there is the
difference of two readings of a monotonic clock: `now` and `began`, the moment at which the segment
began. A pause keeps the time spent and drops `began`. No counter is ever increased.

    RUNNING --pause--> PAUSED --resume--> RUNNING        the user's pause
    RUNNING --interrupt--> INTERRUPTED --resume--> ...   the machine slept or froze
    RUNNING --last segment ends--> FINISHED              and nothing changes any more
    any but FINISHED --stop--> STOPPED

Moves that change the place (next, back, again, other side, hurts, go on) are valid while it runs
and while it is paused, and leave it running or paused as it was. A move that is not possible in
the current state raises IllegalMove and changes nothing: the session is a frozen value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from legato.domain import events as happened
from legato.domain.cues import Cue
from legato.domain.problems import IllegalMove
from legato.domain.routine import LONGEST_SECONDS, Sides
from legato.domain.timeline import Phase, Timeline, lasting, other_side_first, other_side_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.domain.timeline import Mark, Segment

STEP_SECONDS = 15.0
"""The seconds by which MORE and LESS change a hold."""

BACK_TO_START_SECONDS = 3.0
"""BACK restarts a unit after more seconds than these, and goes to the previous one before."""

WAITING_PHASES = frozenset({Phase.READY, Phase.SWITCH})
"""The phases that wait for the user if `Session.waits`."""

LEAST_LEFT_SECONDS = 1.0
"""The seconds that LESS leaves of a segment, so that its end is still heard."""

Events = tuple[happened.Event, ...]


class Status(Enum):
    """Whether time passes; INTERRUPTED is a pause by the machine, PAUSED by the user."""

    RUNNING = auto()
    PAUSED = auto()
    INTERRUPTED = auto()
    FINISHED = auto()
    STOPPED = auto()


class Move(Enum):
    """What a user can do in a session."""

    PAUSE = auto()
    RESUME = auto()
    GO_ON = auto()
    NEXT = auto()
    BACK = auto()
    MORE = auto()
    LESS = auto()
    AGAIN = auto()
    OTHER_SIDE = auto()
    HURTS = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The position in a timeline, and whether time passes.

    Attributes:
        timeline: The timeline; MORE and LESS change the length of its holds.
        status: Whether time passes.
        index: The current segment, from 0.
        spent: Seconds spent in that segment at the last tick.
        began: Monotonic seconds at which the segment began; None unless running.
        seen: Monotonic seconds of the last tick; an earlier `now` counts as this.
        fired: Marks of this segment that have happened, by their cue and number of that cue.
        waits: Whether ready and switch wait for GO_ON instead of running out.
        before_turn: The step whose sides the last OTHER_SIDE swapped, and the timeline before
            it: OTHER_SIDE once more in that step restores that timeline.
    """

    timeline: Timeline
    status: Status
    index: int
    spent: float
    began: float | None
    seen: float
    fired: frozenset[tuple[Cue, int]] = frozenset()
    waits: bool = False
    before_turn: tuple[int, Timeline] | None = None

    @property
    def segment(self) -> Segment:
        """The current segment; the last one when the session is over."""
        return self.timeline.segments[self.index]

    @property
    def is_over(self) -> bool:
        """Whether the session is finished or stopped, so that nothing can happen any more."""
        return self.status in {Status.FINISHED, Status.STOPPED}

    @property
    def is_paused(self) -> bool:
        """Whether the session is paused or interrupted, so that it can be resumed."""
        return self.status in {Status.PAUSED, Status.INTERRUPTED}

    @property
    def is_waiting(self) -> bool:
        """Whether the time to get ready is over and the session waits for GO_ON."""
        return self._waits_here and self.remaining == 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds left in the segment, or None in an open hold."""
        if self.segment.seconds is None:
            return None
        return max(0.0, self.segment.seconds - self.spent)

    @property
    def remaining_in_all(self) -> float:
        """Seconds left in the session; open holds that are still to come count 0."""
        if self.is_over:
            return 0.0
        after = self.timeline.seconds - self.timeline.starts[self.index + 1]
        return after + (self.remaining or 0.0)

    @property
    def following(self) -> Segment | None:
        """The next segment of another step or side, or None on the last."""
        index = _next_unit(self)
        return None if index is None else self.timeline.segments[index]

    @property
    def _waits_here(self) -> bool:
        return self.waits and self.segment.phase in WAITING_PHASES


def begin(
    timeline: Timeline, now: float, *, index: int = 0, spent: float = 0.0, waits: bool = False
) -> tuple[Session, Events]:
    """Start a session, at the beginning or where it was left.

    Args:
        timeline: The timeline to run.
        now: Monotonic seconds.
        index: The segment to begin in.
        spent: Seconds already spent in it; marks before that do not happen again.
        waits: Whether ready and switch wait for the user.

    Raises:
        IllegalMove: There is no such segment, or the time is not inside it.
    """
    if not 0 <= index < len(timeline.segments):
        raise IllegalMove(f"there is no segment {index}")
    segment = timeline.segments[index]
    if spent < 0 or (segment.seconds is not None and spent > segment.seconds):
        raise IllegalMove(f"{spent} s is not inside segment {index}")
    session = Session(
        timeline=timeline,
        status=Status.RUNNING,
        index=index,
        spent=spent,
        began=now - spent,
        seen=now,
        waits=waits,
        fired=frozenset(key for key, mark in segment.numbered_marks if mark.at < spent),
    )
    session, passed = tick(session, now)
    return session, (_started(segment, timeline.starts[index] + spent), *passed)


def tick(session: Session, now: float) -> tuple[Session, Events]:
    """Let time pass until `now` and return what happened; do nothing unless running."""
    if session.status is not Status.RUNNING or session.began is None:
        return session, ()
    now = max(now, session.seen)
    events: list[happened.Event] = []
    while True:
        session, passed = _pass_marks(session, now)
        events += passed
        end = _end(session)
        if end is None or now < end:
            return session, tuple(events)
        session, entered = _leave(session, end)
        events += entered
        if session.is_over:
            return session, tuple(events)


def interrupt(session: Session, gap_seconds: float) -> tuple[Session, Events]:
    """Pause at the last tick because the machine slept or froze for `gap_seconds`.

    Raises:
        IllegalMove: The session is not running.
    """
    if session.status is not Status.RUNNING:
        raise IllegalMove("only a running session can be interrupted")
    paused = replace(session, status=Status.INTERRUPTED, began=None)
    return paused, (happened.Interrupted(position(session), gap_seconds),)


def move(session: Session, what: Move, now: float) -> tuple[Session, Events]:
    """Carry out a move of the user, after letting time pass until `now`.

    Raises:
        IllegalMove: The move is not possible in this state; nothing is changed.
    """
    session, passed = tick(session, now)
    if refusal := _refusal(session, what):
        raise IllegalMove(refusal)
    moved, events = _MOVES[what](session, max(now, session.seen))
    return moved, passed + events


def can(session: Session, what: Move) -> bool:
    """Return whether `what` is possible in this state; cheap enough for each repaint."""
    return not _refusal(session, what)


def _refusal(session: Session, what: Move) -> str:  # noqa: PLR0911 - one answer a move
    """Return why `what` is not possible in this state, or an empty string if it is."""
    if session.is_over:
        return f"the session is over: {what.name.lower()} is not possible"
    segment = session.segment
    if what is Move.PAUSE:
        return "it is paused already" if session.is_paused else ""
    if what is Move.RESUME:
        return "" if session.is_paused else "it is running already"
    if what is Move.GO_ON:
        ends_itself = segment.phase is Phase.HOLD and segment.seconds is not None
        return "a hold runs to its end; next skips it" if ends_itself else ""
    if what is Move.OTHER_SIDE:
        works_both = segment.step.sides is Sides.BOTH
        return "both legs work at once: there is no other side" if works_both else ""
    if what in _CHANGES:
        if segment.seconds is None:
            return "an open hold has no length to change"
        change = (_changed_seconds(session, what) - segment.seconds) * _CHANGES[what]
        return "" if change > 0 else "it cannot be changed any further"
    return ""


def position(session: Session) -> float:
    """Return the seconds of the session's own time that have passed; open holds count 0."""
    start = session.timeline.starts[session.index]
    return min(start + session.spent, session.timeline.starts[session.index + 1])


def _pass_marks(session: Session, now: float) -> tuple[Session, Events]:
    segment = session.segment
    spent = now - (session.began or 0.0)
    if segment.seconds is not None:
        spent = min(spent, segment.seconds)
    start = session.timeline.starts[session.index]
    events: list[happened.Event] = []
    fired = session.fired
    for key, mark in segment.numbered_marks:
        if mark.at > spent:
            break
        if key not in fired:
            fired |= {key}
            events += _mark_events(segment, mark, start + mark.at)
    return replace(session, spent=spent, seen=now, fired=fired), tuple(events)


def _mark_events(segment: Segment, mark: Mark, at: float) -> Iterator[happened.Event]:
    if mark.cue is not Cue.LINE:
        yield happened.CueRang(at, segment, mark.cue)
    if mark.text and mark.cue is not Cue.COUNT:  # the ring shows the number
        yield happened.LineDue(at, mark.text)


def _end(session: Session) -> float | None:
    """Return when the segment ends by itself, or None if the user ends it."""
    seconds = session.segment.seconds
    if seconds is None or session.began is None:
        return None
    if session.waits and session.segment.phase in WAITING_PHASES:
        return None
    return session.began + seconds


def _leave(session: Session, moment: float) -> tuple[Session, Events]:
    """Go from the end of a segment to the start of the next, or finish."""
    ended: Events = ()
    if session.segment.phase is Phase.HOLD:
        ended = (happened.HoldEnded(position(session), session.segment),)
    if session.index + 1 == len(session.timeline.segments):
        over = replace(session, status=Status.FINISHED, began=None)
        return over, (*ended, happened.SessionFinished(session.timeline.seconds))
    session, entered = _enter(session, session.index + 1, moment)
    return session, ended + entered


def _enter(session: Session, index: int, moment: float) -> tuple[Session, Events]:
    """Enter a segment at `moment`, running or paused as before."""
    running = session.status is Status.RUNNING
    entered = replace(
        session,
        index=index,
        spent=0.0,
        began=moment if running else None,
        fired=frozenset(),
    )
    return entered, (_started(entered.segment, entered.timeline.starts[index]),)


def _started(segment: Segment, at: float) -> happened.Event:
    return _STARTED[segment.phase](at, segment)


_STARTED = {
    Phase.READY: happened.ReadyStarted,
    Phase.HOLD: happened.HoldStarted,
    Phase.RELEASE: happened.ReleaseStarted,
    Phase.SWITCH: happened.SidesSwitched,
}


def _jump(session: Session, index: int, now: float) -> tuple[Session, Events]:
    """Enter a segment on a command of the user, and pass the marks that are due at once."""
    session, entered = _enter(session, index, now)
    session, passed = tick(session, now)
    return session, entered + passed


def _unit_start(session: Session) -> int:
    index = session.index
    unit = session.segment.unit
    while index > 0 and session.timeline.segments[index - 1].unit == unit:
        index -= 1
    return index


def _next_unit(session: Session) -> int | None:
    unit = session.segment.unit
    segments = session.timeline.segments
    return next((i for i in range(session.index, len(segments)) if segments[i].unit != unit), None)


def _pause(session: Session, now: float) -> tuple[Session, Events]:
    del now
    paused = replace(session, status=Status.PAUSED, began=None)
    return paused, (happened.Paused(position(session)),)


def _resume(session: Session, now: float) -> tuple[Session, Events]:
    running = replace(session, status=Status.RUNNING, began=now - session.spent, seen=now)
    running, passed = tick(running, now)
    return running, (happened.Resumed(position(session)), *passed)


def _go_on(session: Session, now: float) -> tuple[Session, Events]:
    session, events = _leave(session, now)
    session, passed = tick(session, now)
    return session, events + passed


def _next(session: Session, now: float, *, hurt: bool = False) -> tuple[Session, Events]:
    skipped = happened.Skipped(position(session), session.segment, hurt)
    index = _next_unit(session)
    if index is None:
        over = replace(
            session, status=Status.FINISHED, began=None, index=len(session.timeline.segments) - 1
        )
        return over, (skipped, happened.SessionFinished(session.timeline.seconds))
    session, events = _jump(session, index, now)
    return session, (skipped, *events)


def _hurts(session: Session, now: float) -> tuple[Session, Events]:
    return _next(session, now, hurt=True)


def _back(session: Session, now: float) -> tuple[Session, Events]:
    start = _unit_start(session)
    into = position(session) - session.timeline.starts[start]
    into += session.spent if session.segment.seconds is None else 0.0
    if into <= BACK_TO_START_SECONDS and start > 0:
        start = _unit_start(replace(session, index=start - 1))
    return _jump(session, start, now)


def _more(session: Session, now: float) -> tuple[Session, Events]:
    return _stretched(session, now, _changed_seconds(session, Move.MORE))


def _less(session: Session, now: float) -> tuple[Session, Events]:
    return _stretched(session, now, _changed_seconds(session, Move.LESS))


def _changed_seconds(session: Session, what: Move) -> float:
    """Return the seconds of the segment, which is not open, after one MORE or one LESS.

    A set of repetitions gets one more, or loses one that has not begun.
    """
    segment = session.segment
    if segment.count:
        begun = segment.repetition(session.spent)
        count = max(begun, segment.count + (1 if what is Move.MORE else -1))
        seconds = count * segment.step.every_seconds
        return seconds if seconds <= LONGEST_SECONDS else segment.counted_seconds
    seconds = min(segment.counted_seconds + _CHANGES[what], LONGEST_SECONDS)
    return max(seconds, session.spent + LEAST_LEFT_SECONDS) if what is Move.LESS else seconds


def _stretched(session: Session, now: float, seconds: float) -> tuple[Session, Events]:
    longer = lasting(session.segment, seconds, session.timeline.routine.end)
    timeline = session.timeline.with_segment(session.index, longer)
    return tick(replace(session, timeline=timeline), now)


def _again(session: Session, now: float) -> tuple[Session, Events]:
    index = session.index
    if session.segment.phase in {Phase.RELEASE, Phase.SWITCH}:
        index -= 1
    return _jump(session, index, now)


def _other_side(session: Session, now: float) -> tuple[Session, Events]:
    """Switch this and the following steps to the other side; see `other_side_from`.

    On the second side of a step, repeat the first one and leave the following steps alone.
    """
    step, index = session.segment.step, session.segment.step_index
    start, before = _unit_start(session), session.timeline
    if session.before_turn and session.before_turn[0] == index:
        timeline, turn = session.before_turn[1], None
    else:
        is_first = session.segment.side is step.worked_sides[0]
        turned = other_side_from if is_first else other_side_first
        timeline, turn = turned(before, index), (index, before)
    return _jump(replace(session, timeline=timeline, before_turn=turn), start, now)


def _stop(session: Session, now: float) -> tuple[Session, Events]:
    del now
    stopped = replace(session, status=Status.STOPPED, began=None)
    return stopped, (happened.SessionStopped(position(session)),)


_CHANGES = {Move.MORE: STEP_SECONDS, Move.LESS: -STEP_SECONDS}
"""The seconds by which a move changes the length of a segment."""

_MOVES = {
    Move.PAUSE: _pause,
    Move.RESUME: _resume,
    Move.GO_ON: _go_on,
    Move.NEXT: _next,
    Move.BACK: _back,
    Move.MORE: _more,
    Move.LESS: _less,
    Move.AGAIN: _again,
    Move.OTHER_SIDE: _other_side,
    Move.HURTS: _hurts,
    Move.STOP: _stop,
}
