"""Where a session stood, so that it can be taken up again after a close, a crash or a power cut."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.personalize import personalize
from legato.domain.routine import Sides
from legato.domain.session import LEAST_LEFT_SECONDS, Status, position, tick
from legato.domain.timeline import Timeline, lay_out, other_side_first

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
        fingerprint: Of what ran, sides applied; where that differs now, there is no way back in.
        position: Seconds from the start of the session.
        segment: Index of the segment it stood in, from 0.
        spent: Seconds already spent in that segment.
        label: The title of the step.
        leg: Which leg was at work.
        remaining: Seconds left of that segment, or None where it is open.
        saved_at: Wall time in seconds, as whoever saved it told.
        turned: Steps, by index, whose sides the user turned round while it ran.
        variants: What stood in for which moves: pairs of ids, the move's own first. What is
            learnt in a session is for the next one, so they may be others than the settings say.
            None where that was not kept.
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
        """Say whether `routine` still runs as the one that was left."""
        return self.fingerprint == fingerprint(routine)


def fingerprint(routine: Routine) -> str:
    """Return a word that is another one as soon as a time, a side or a title of `routine` is."""
    digest = hashlib.sha256()
    for step in routine.steps:
        times = (step.hold, step.repeat, step.release, step.ready, step.switch)
        digest.update(repr((step.title, step.sides.value, step.first.value, times)).encode())
    return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRoutine:
    """A routine made ready for this user.

    Attributes:
        word: The routine's id, or the path it was started from.
        routine: Tailored to the settings and the side.
        fingerprint: Of that routine, worked out once: it is kept every second.
        side: The side that was asked for, or None for as written.
        first: The side that was to come first, or None for as written.
        variants: What stands in for which of its moves: pairs of ids, the move's own first.
    """

    word: str
    routine: Routine
    fingerprint: str
    side: Side | None = None
    first: Side | None = None
    variants: Pairs = ()

    @property
    def timeline(self) -> Timeline:
        """It laid out in time."""
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
    """Return `routine` made ready to run.

    Args:
        word: Its id or path.
        routine: As it is written.
        settings: The user's.
        variants: The variant chosen instead of an exercise, by the exercise's id.
        side: The side asked for, or None for as written.
        step_of: Gives the step that a routine's id stands for, or None.
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


def snapshot(run: PreparedRoutine, session: Session, saved_at: float) -> Resume:
    """Return the saved form of a session's position; `saved_at` is wall time in seconds."""
    segment = session.segment
    return Resume(
        routine=run.word,
        fingerprint=run.fingerprint,
        position=position(session),
        segment=session.index,
        spent=session.spent,
        label=segment.step.title,
        leg=segment.side,
        remaining=session.remaining,
        saved_at=saved_at,
        side=run.side,
        first=run.first,
        turned=_turned(run.routine, session.timeline.routine),
        variants=run.variants,
    )


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """A place to go on from.

    Attributes:
        timeline: What runs.
        index: The segment to go on in.
        spent: Seconds spent in it.
    """

    timeline: Timeline
    index: int
    spent: float


def restore(resume: Resume, run: PreparedRoutine) -> ResumePoint | None:
    """Return where to go on, or None where the routine is another one by now."""
    if not resume.fits(run.routine):
        return None
    timeline = run.timeline
    if not set(resume.turned) <= set(range(len(run.routine.steps))):
        return None
    timeline = _with_turned(timeline, resume.turned)
    if not 0 <= resume.segment < len(timeline.segments):
        return None
    seconds = timeline.segments[resume.segment].seconds
    # A hold that was made longer than written is gone on with at its written end.
    spent = resume.spent if seconds is None else min(resume.spent, seconds)
    return ResumePoint(timeline, resume.segment, spent)


def at_step(run: PreparedRoutine, session: Session, again: PreparedRoutine) -> ResumePoint:
    """Return the beginning of the step where `session` of `run` stands, in the same run made anew.

    Sides that the user has turned round stay so.
    """
    timeline = in_place(run, session, again)
    step_index = session.segment.step_index
    index = next(i for i, one in enumerate(timeline.segments) if one.step_index == step_index)
    return ResumePoint(timeline, index, 0.0)


def in_place(run: PreparedRoutine, session: Session, again: PreparedRoutine) -> Timeline:
    """Return a new timeline of `run`, keeping the sides that the user has turned round."""
    return _with_turned(again.timeline, _turned(run.routine, session.timeline.routine))


def with_timeline(session: Session, timeline: Timeline, now: float, *, waits: bool) -> Session:
    """Return the session at the same place of its routine laid out with other times.

    A segment that is shorter now ends a moment after `now`, so that its end is still heard.

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
    """Return the timeline with these steps' sides turned round, save those of both legs at once.

    A way that works both legs may by now stand in for a step that had sides.
    """
    steps = timeline.routine.steps
    sided = [index for index in turned if steps[index].sides is not Sides.BOTH]
    return other_side_first(timeline, *sided) if sided else timeline


def _turned(before: Routine, now: Routine) -> tuple[int, ...]:
    """Return the steps whose sides were turned round by the user."""
    steps = enumerate(zip(before.steps, now.steps, strict=True))
    return tuple(index for index, (one, other) in steps if one.worked_sides != other.worked_sides)
