"""The texts of the session page: phase, side, what comes next, and what to take care of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain import spoken_lines
from legato.domain.routine import Kind, Side
from legato.domain.session import Status
from legato.domain.timeline import Phase
from legato.ui import text

if TYPE_CHECKING:
    from legato.domain.routine import Step
    from legato.domain.session import Session
    from legato.domain.timeline import Segment, Timeline

SLEPT = "Paused while the computer slept"
WAITING = "Ready?"
RESUME_HINT = "Space goes on from here."
GO_ON_HINT = "Enter goes on when you are ready."
COUNTING = "Counting"
OPEN_HINT = "This one counts up. Enter ends it when you have had enough."

_PHASES = {
    Phase.READY: "Get ready",
    Phase.HOLD: "Hold",
    Phase.RELEASE: "Let go",
    Phase.SWITCH: "Change sides",
}
_HOLDS = {
    Kind.MASSAGE: "Massage",
    Kind.SOAK: "Soak",
    Kind.DRINK: "Drink",
    Kind.MOVE: "Move",
    Kind.REST: "Rest",
}
_WITHOUT_SIDES = frozenset({Kind.SOAK, Kind.DRINK, Kind.REST})
_MINUTE = 60


def phase(session: Session) -> str:
    """Return the one word or two for what is to be done now."""
    if session.status is Status.INTERRUPTED:
        return SLEPT
    if session.status is Status.PAUSED:
        return "Paused"
    if session.is_waiting:
        return WAITING
    segment = session.segment
    if segment.count is not None:
        return text.sentence(text.times(segment.count)) if segment.count else COUNTING
    if segment.phase is Phase.HOLD:
        return _HOLDS.get(segment.step.kind, _PHASES[Phase.HOLD])
    return _PHASES[segment.phase]


def shown_side(segment: Segment) -> Side | None:
    """Return the side to show; None where a step has none, such as a drink."""
    if segment.side is Side.BOTH and segment.step.kind in _WITHOUT_SIDES:
        return None
    return segment.side


def side(segment: Segment) -> str:
    """Return `Right leg`, `Left leg`, `Both legs`, or nothing where a step has no side."""
    which = shown_side(segment)
    return "" if which is None else text.sentence(spoken_lines.leg(which))


def longest_time(timeline: Timeline) -> str:
    """Return the widest time that this timeline will show; open holds stay below an hour."""
    widest = [
        text.time_left(3599.0) if s.seconds is None else text.time_left(s.seconds)
        for s in timeline.segments
    ]
    return max(widest, key=len)


def following(session: Session) -> str:
    """Return which step this is, and what comes: the other side, the next step, or nothing more."""
    number, steps = session.segment.step_index + 1, len(session.timeline.routine.steps)
    after = _after(session)
    if steps == 1:
        return after or "This is the last one"
    place = f"Step {number} of {steps}"
    return f"{place}. {after}" if after else f"{place}, the last one"


def _after(session: Session) -> str:
    after = session.following
    if after is None:
        return ""
    if after.step_index == session.segment.step_index:
        return f"Next: the {spoken_lines.leg(after.side)}"
    leg = "" if shown_side(after) in {None, Side.BOTH} else f", {spoken_lines.leg(after.side)}"
    return f"Next: {after.step.title}{leg}"


def left_in_all(session: Session, *, muted: bool = False) -> str:
    """Return `22 min left in all`, rounded up so that it changes once a minute.

    With an open hold among what is left, nobody knows more than the least of it.
    """
    seconds = session.remaining_in_all
    is_open = any(s.seconds is None for s in session.timeline.segments[session.index :])
    words = "Less than a minute left" if seconds and not is_open else ""
    if seconds >= _MINUTE:
        minutes = text.duration(math.ceil(seconds / _MINUTE) * _MINUTE)
        words = f"{'At least ' if is_open else ''}{minutes} left in all"
    return " · ".join(filter(None, ("Muted" if muted else "", words)))


def notes(session: Session) -> tuple[str, ...]:
    """Return what to take care of: all of it while getting ready, in a hold what helps there."""
    segment = session.segment
    step, which = segment.step, segment.side
    lines = [_hint(session), _noted("Feel it", step.feel), _noted("Easier", step.easier)]
    if segment.phase is not Phase.HOLD:
        lines.append(_noted("Leave it out", step.skip_if))
        if _is_work(step):
            lines.append(spoken_lines.STOP_ON)
    return tuple(spoken_lines.format_line(line, which) for line in lines if line)


def lasting_note(session: Session) -> str:
    """Return what is shown all the time: which set it is, and in a hold the step's own note."""
    segment = session.segment
    step, parts = segment.step, []
    if step.count is not None and step.repeat > 1 and segment.phase is not Phase.READY:
        parts.append(f"Set {segment.round} of {step.repeat}.")
    if segment.phase is Phase.HOLD:
        parts.append(spoken_lines.format_line(step.note, segment.side))
    return " ".join(filter(None, parts))


def spoken(session: Session) -> str:
    """Return what a screen reader says when the phase changes."""
    segment = session.segment
    parts = [phase(session), segment.step.title, side(segment)]
    if segment.count and not session.is_paused:
        parts.append(text.times(segment.count))
    elif segment.seconds is not None and not session.is_paused:
        parts.append(text.spoken_duration(segment.seconds))
    return ", ".join(part for part in parts if part)


def _hint(session: Session) -> str:
    if session.is_paused:
        return RESUME_HINT
    if session.is_waiting:
        return GO_ON_HINT
    return OPEN_HINT if session.segment.seconds is None else ""


def _noted(name: str, words: str) -> str:
    return f"{name}: {words}" if words else ""


def _is_work(step: Step) -> bool:
    return step.kind in {Kind.STRETCH, Kind.MASSAGE, Kind.MOVE}
