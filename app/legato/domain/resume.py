"""The position of a session, to resume it after a close, a crash or a power cut."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.personalize import personalize
from legato.domain.routine import Sides
from legato.domain.session import LEAST_LEFT_SECONDS, Status, position, tick
from legato.domain.timeline import Phase, Timeline, lasting, lay_out, other_side_first

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from legato.domain.routine import Routine, Side, Step
    from legato.domain.session import Session
    from legato.domain.settings import Settings

Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Ids of moves, each with the id of its replacement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A session that was not finished.

    Attributes:
        routine: The routine's id, or the path it was started from.
        side: The side that was asked for, or None for as written.
        first: The side that was to come first, or None for as written.
        fingerprint: Of the routine that ran, sides applied; if it differs now, the session
            cannot be resumed.
        position: Seconds from the start of the session.
        segment: Index of the current segment, from 0.
        spent: Seconds already spent in that segment.
        label: The title of the step.
        leg: The leg that worked.
        remaining: Seconds left of that segment, or None if it is open.
        saved_at: Wall time in seconds when it was saved.
        turned: Indexes of the steps whose sides the user swapped while it ran.
        variants: The variants that ran: pairs of ids, the exercise's own first. They may
            differ from the settings, since a variant learnt in a session applies to the next.
            None in files that do not have them.
    """

    routine: str
    fingerprint: str
    position: float
    segment: int
    spent: float
    label: str
    leg: Side
    remaining: float | None
    saved_at: float
    side: Side | None = None
    first: Side | None = None
    turned: tuple[int, ...] = ()
    variants: Pairs | None = None

    def fits(self, routine: Routine) -> bool:
        """Return whether `routine` is still the one whose session was stopped."""
        return self.fingerprint == fingerprint(routine)


def fingerprint(routine: Routine) -> str:
    """Return a hash of `routine` that changes with any time, side or title in it."""
    found = 0  # a checksum tells edits apart and guards nothing; hashlib loads OpenSSL, 2 MB
    for step in routine.steps:
        times = (step.hold_seconds, step.repeat, step.release, step.ready, step.switch)
        words = repr((step.title, step.sides.value, step.first.value, times))
        if step.count is not None or step.alternate:
            words += repr((step.count, step.every_seconds, step.alternate))
        found = zlib.crc32(words.encode(), found)
    return f"{found:08x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRoutine:
    """A routine with this user's settings applied.

    Attributes:
        word: The routine's id, or the path it was started from.
        routine: The routine, with the settings and the side applied.
        fingerprint: Of that routine, computed once, since it is saved every second.
        side: The side that was asked for, or None for as written.
        first: The side that was to come first, or None for as written.
        variants: The variants in use: pairs of ids, the exercise's own first.
    """

    word: str
    routine: Routine
    fingerprint: str
    side: Side | None = None
    first: Side | None = None
    variants: Pairs = ()

    @property
    def timeline(self) -> Timeline:
        """The routine laid out in time."""
        return lay_out(self.routine)


def prepare(
    word: str,
    routine: Routine,
    settings: Settings,
    variants: Mapping[str, str],
    *,
    side: Side | None,
    step_of: Callable[[str], Step | None],
) -> PreparedRoutine:
    """Return `routine` with the settings applied, ready to run.

    Args:
        word: Its id or path.
        routine: As it is written.
        settings: The user's.
        variants: The variant chosen instead of an exercise, by the exercise's id.
        side: The side asked for, or None for as written.
        step_of: Returns the step of an exercise by its id, or None.
    """
    ready = personalize(routine, settings, variants, side, step_of)
    chosen = {step.move: variants.get(step.move, "") for step in routine.steps}
    return PreparedRoutine(
        word=word,
        routine=ready,
        fingerprint=fingerprint(ready),
        side=side,
        first=settings.first_side,
        variants=tuple((move, one) for move, one in chosen.items() if one and step_of(one)),
    )


def snapshot(
    run: PreparedRoutine, session: Session, saved_at: float, continued: ResumePoint | None = None
) -> Resume:
    """Return the saved form of a session's position.

    Args:
        run: What runs.
        session: The session.
        saved_at: Wall time in seconds.
        continued: Where the session was continued, if it was.
    """
    index, spent, remaining = session.index, session.spent, session.remaining
    if continued is not None and continued.held:
        hold = continued.index + 1
        if index == continued.index:
            index, spent = hold, continued.held
            remaining = session.timeline.segments[hold].seconds
        elif index == hold:
            spent += continued.held
    segment = session.timeline.segments[index]
    return Resume(
        routine=run.word,
        fingerprint=run.fingerprint,
        position=position(session),
        segment=index,
        spent=spent,
        label=segment.step.title,
        leg=segment.side,
        remaining=remaining,
        saved_at=saved_at,
        side=run.side,
        first=run.first,
        turned=_turned(run.routine, session.timeline.routine),
        variants=run.variants,
    )


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """The position at which a session goes on.

    Attributes:
        timeline: The timeline that runs.
        index: The segment to go on in, from 0.
        spent: Seconds spent in it.
        held: Seconds of the hold behind that segment that were held before, and are left out of it.
    """

    timeline: Timeline
    index: int
    spent: float
    held: float = 0.0


def restore(resume: Resume, run: PreparedRoutine) -> ResumePoint | None:
    """Return the position to resume at, or None if the routine has changed since."""
    if not resume.fits(run.routine):
        return None
    timeline = run.timeline
    if not set(resume.turned) <= set(range(len(run.routine.steps))):
        return None
    timeline = _with_turned(timeline, resume.turned)
    if not 0 <= resume.segment < len(timeline.segments):
        return None
    seconds = timeline.segments[resume.segment].seconds
    # A hold that the user made longer than written resumes at its written end.
    spent = resume.spent if seconds is None else min(resume.spent, seconds)
    return ResumePoint(timeline, resume.segment, spent)


def with_time_to_get_ready(place: ResumePoint) -> ResumePoint:
    """Return `place` with what leads to its hold before it: nobody lies in bed at "Continue".

    The hold is as long as it still had to last; a set of repetitions begins anew.
    """
    timeline, index = place.timeline, place.index
    segment = timeline.segments[index]
    if segment.phase is not Phase.HOLD or index == 0:
        return place
    lead, ending = timeline.segments[index - 1], timeline.routine.end
    seconds = max(lead.counted_seconds, segment.step.ready)
    timeline = timeline.with_segment(index - 1, lasting(lead, seconds, ending))
    held = 0.0
    if segment.seconds is not None and segment.count is None:
        held = min(place.spent, segment.seconds - LEAST_LEFT_SECONDS)
        timeline = timeline.with_segment(index, lasting(segment, segment.seconds - held, ending))
    return ResumePoint(timeline, index - 1, 0.0, held)


def at_step(run: PreparedRoutine, session: Session, again: PreparedRoutine) -> ResumePoint:
    """Return the beginning of the current step of `session` in `again`, a new preparation of `run`.

    Sides that the user has swapped stay swapped.
    """
    timeline = in_place(run, session, again)
    step_index = session.segment.step_index
    index = next(i for i, one in enumerate(timeline.segments) if one.step_index == step_index)
    return ResumePoint(timeline, index, 0.0)


def in_place(run: PreparedRoutine, session: Session, again: PreparedRoutine) -> Timeline:
    """Return the timeline of `again`, keeping the sides that the user has swapped in `run`."""
    return _with_turned(again.timeline, _turned(run.routine, session.timeline.routine))


def with_timeline(session: Session, timeline: Timeline, now: float, *, waits: bool) -> Session:
    """Return the session at the same position in a timeline with other times.

    A segment that would be over with its new length ends a second after `now`, so that its end
    is still heard.

    Raises:
        ValueError: The timeline has other segments.
    """
    if len(timeline.segments) != len(session.timeline.segments):
        raise ValueError("the routine has other steps or sides")
    session, _ = tick(session, now)
    seconds = timeline.segments[session.index].seconds
    spent = session.spent
    if seconds is not None and seconds != session.segment.seconds:
        spent = min(spent, max(0.0, seconds - LEAST_LEFT_SECONDS))
    runs = session.status is Status.RUNNING
    return replace(
        session,
        timeline=timeline,
        before_turn=None,
        waits=waits,
        spent=spent,
        began=max(now, session.seen) - spent if runs else None,
    )


def _with_turned(timeline: Timeline, turned: tuple[int, ...]) -> Timeline:
    """Return the timeline with these steps' sides swapped, except steps for both legs at once.

    A step that had sides may by now be replaced by a variant that works both legs at once.
    """
    steps = timeline.routine.steps
    sided = [index for index in turned if steps[index].sides is not Sides.BOTH]
    return other_side_first(timeline, *sided) if sided else timeline


def _turned(before: Routine, now: Routine) -> tuple[int, ...]:
    """Return the indexes of the steps whose sides the user swapped."""
    if now is before:
        return ()
    steps = enumerate(zip(before.steps, now.steps, strict=True))
    return tuple(index for index, (one, other) in steps if one.worked_sides != other.worked_sides)
