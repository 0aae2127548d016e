"""Lays a routine out in time before anything runs: segments and the marks inside them.

A step becomes: ready, then for each side its holds with a release between them, and a switch
between the sides. Each segment carries its own marks, as offsets from its start, so that a longer
or shorter hold changes nothing outside of it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain import spoken_lines
from legato.domain.cues import SPECS, Cue
from legato.domain.routine import OPEN_COUNT, Ending, Side, Sides, Step, VoiceLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.domain.routine import Routine

HALFWAY_FROM_SECONDS = 20.0
TEN_SECONDS_FROM_SECONDS = 30.0
TEN_SECONDS = 10.0
LINE_GAP_SECONDS = 4.0
"""Between two lines of one mark, so that the first can be read and spoken."""
COUNTED_ALOUD_FROM_SECONDS = 2.0
"""A shorter repetition leaves no time to speak its number; it has a tick alone."""
QUIET_COUNTS = 5
"""At the quiet level only each number that this divides is spoken, and the last of a set."""
LONGEST_OPEN_COUNT_SECONDS = 3600.0
"""How long a count without an end is marked."""


_ROUNDING = 1e-6
"""The share of a repetition by which a reading of the clock may miss its beginning."""


class Phase(StrEnum):
    """The purpose of a segment."""

    READY = "ready"
    HOLD = "hold"
    RELEASE = "release"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue `at` seconds into its segment, with its caption; LINE cues are captions alone.

    Attributes:
        at: Seconds from the beginning of the segment.
        cue: The cue.
        text: Its caption.
        spoken_at: The voice levels at which the caption is spoken; None means those of the cue.
    """

    at: float
    cue: Cue
    text: str = ""
    spoken_at: frozenset[VoiceLevel] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of time with one purpose.

    Attributes:
        phase: The purpose of the segment.
        step: The step it belongs to.
        step_index: That step's index in the routine, from 0.
        side: Which leg works, or will work after a switch.
        seconds: The length, or None if the user ends it.
        round: Which hold of this side it is or leads to, from 1.
        marks: Its cues in order of time.
        numbered_marks: The same, each with a key that survives a change of the segment's length.
        is_last: Whether the routine ends with it.
    """

    phase: Phase
    step: Step
    step_index: int
    side: Side
    seconds: float | None
    round: int = 1
    marks: tuple[Mark, ...] = ()
    is_last: bool = False
    numbered_marks: tuple[tuple[tuple[Cue, int], Mark], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        counts: dict[Cue, int] = {}
        numbered = []
        for mark in self.marks:
            number = counts[mark.cue] = counts.get(mark.cue, 0) + 1
            numbered.append(((mark.cue, number), mark))
        object.__setattr__(self, "numbered_marks", tuple(numbered))

    @property
    def counted_seconds(self) -> float:
        """The length for totals, in seconds; an open segment counts 0."""
        return self.seconds or 0.0

    @property
    def count(self) -> int | None:
        """The repetitions of a counted hold, OPEN_COUNT without an end, or None elsewhere."""
        if self.phase is not Phase.HOLD or self.step.count is None:
            return None
        if self.seconds is None:
            return OPEN_COUNT
        return max(1, round(self.seconds / self.step.every_seconds))

    def repetition(self, spent: float) -> int:
        """Return the number, from 1, of the repetition that runs `spent` seconds into the hold."""
        number = int(spent / self.step.every_seconds + _ROUNDING) + 1
        return min(number, self.count) if self.count else number

    @property
    def unit(self) -> tuple[int, Side]:
        """The unit of NEXT and BACK: one step on one side."""
        return (self.step_index, self.side)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A routine laid out in time.

    Attributes:
        routine: The routine that is laid out.
        segments: In order, without gaps.
        starts: The start of each segment and, last, the end of all; open holds count 0.
    """

    routine: Routine
    segments: tuple[Segment, ...]
    starts: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        lengths = (segment.counted_seconds for segment in self.segments)
        object.__setattr__(self, "starts", tuple(itertools.accumulate(lengths, initial=0.0)))

    @property
    def seconds(self) -> float:
        """Time in all; open holds count 0."""
        return self.starts[-1]

    def with_segment(self, index: int, segment: Segment) -> Timeline:
        """Return the same with one segment replaced."""
        segments = (*self.segments[:index], segment, *self.segments[index + 1 :])
        return Timeline(self.routine, segments)

    def cues(self) -> Iterator[Mark]:
        """Yield all marks in order, `at` counted from the start of the routine."""
        for start, segment in zip(self.starts, self.segments, strict=False):
            for mark in segment.marks:
                yield replace(mark, at=start + mark.at)


def lay_out(routine: Routine) -> Timeline:
    """Return the timeline of `routine`."""
    segments = [
        segment for index, step in enumerate(routine.steps) for segment in _of_step(index, step)
    ]
    segments[-1] = replace(segments[-1], is_last=True)
    segments[-1] = replace(segments[-1], marks=hold_marks(segments[-1], routine.end))
    return Timeline(routine, tuple(segments))


def lasting(segment: Segment, seconds: float, ending: Ending) -> Segment:
    """Return `segment` with another length and, for a hold, its marks moved to fit."""
    longer = replace(segment, seconds=seconds)
    if segment.phase is Phase.HOLD:
        return replace(longer, marks=hold_marks(longer, ending))
    return longer


def other_side_first(timeline: Timeline, *step_indices: int) -> Timeline:
    """Return the timeline with the sides of some steps swapped, lengths as written.

    Raises:
        ValueError: One of the steps works both legs at once.
    """
    turned = set(step_indices)
    steps = enumerate(timeline.routine.steps)
    sided = tuple(_turned(step) if index in turned else step for index, step in steps)
    return lay_out(replace(timeline.routine, steps=sided))


def other_side_from(timeline: Timeline, step_index: int) -> Timeline:
    """Return the timeline with the other side from one step on, lengths as written.

    The side that this step now begins with is also the first one of all later steps that work
    each side. Where this step works one side only, all later steps of one side work that side too;
    where it works each side, only the order was meant, and they stay as they are.

    Raises:
        ValueError: The step works both legs at once.
    """
    steps = timeline.routine.steps
    side = _turned(steps[step_index]).worked_sides[0]
    is_each = steps[step_index].sides is Sides.EACH
    follows = {Sides.EACH} if is_each else {Sides.EACH, Sides.LEFT, Sides.RIGHT}
    later = (
        index
        for index, step in enumerate(steps[step_index + 1 :], step_index + 1)
        if step.sides in follows and step.worked_sides[0] is not side
    )
    return other_side_first(timeline, step_index, *later)


def _turned(step: Step) -> Step:
    """Return `step` on its other side, or beginning with it; raises ValueError for both at once."""
    if step.sides is Sides.BOTH:
        raise ValueError("both legs work at once: there is no other side")
    if step.sides is Sides.EACH:
        return replace(step, first=step.first.other)
    return replace(step, sides=Sides(Side(step.sides.value).other.value))


def _of_step(index: int, step: Step) -> Iterator[Segment]:
    place, sides, hold = (index, step), step.worked_sides, step.hold_seconds
    yield _segment(Phase.READY, place, sides[0], step.ready)
    if step.alternate:
        for number, side in itertools.product(range(1, step.repeat + 1), sides):
            if (number, side) != (1, sides[0]):
                yield _segment(Phase.SWITCH, place, side, step.switch, number)
            yield _segment(Phase.HOLD, place, side, hold, number)
        return
    for side in sides:
        if side is not sides[0]:
            yield _segment(Phase.SWITCH, place, side, step.switch)
        for number in range(1, step.repeat + 1):
            if number > 1:
                yield _segment(Phase.RELEASE, place, side, step.release, number)
            yield _segment(Phase.HOLD, place, side, hold, number)


def _segment(
    phase: Phase, place: tuple[int, Step], side: Side, seconds: float | None, number: int = 1
) -> Segment:
    index, step = place
    plain = Segment(
        phase=phase, step=step, step_index=index, side=side, seconds=seconds, round=number
    )
    return replace(plain, marks=_marks(plain))


def _marks(segment: Segment) -> tuple[Mark, ...]:
    if segment.phase is Phase.READY:
        return _ready_marks(segment.step, segment.side)
    if segment.phase is Phase.SWITCH:
        return _switch_marks(segment)
    if segment.phase is Phase.RELEASE:
        return (Mark(0.0, Cue.LINE, spoken_lines.release(segment.step)),)
    return hold_marks(segment, Ending.BELL)


def _ready_marks(step: Step, side: Side) -> tuple[Mark, ...]:
    """Spread the announcement and the setup lines evenly over the time to get ready."""
    lines = [spoken_lines.announcement(step, side), *spoken_lines.repetitions(step)]
    if step.ready:
        lines += [spoken_lines.format_line(line, side) for line in step.setup]
    gap = step.ready / len(lines)
    return tuple(Mark(number * gap, Cue.LINE, text) for number, text in enumerate(lines))


def _switch_marks(segment: Segment) -> tuple[Mark, ...]:
    first, *rest = spoken_lines.switch(segment.side)
    length = segment.counted_seconds
    return (Mark(0.0, Cue.SWITCH, first), *_following(rest, 0.0, length))


def _following(lines: list[str], at: float, length: float) -> tuple[Mark, ...]:
    moments = (at + LINE_GAP_SECONDS * number for number in itertools.count(1))
    marks = (Mark(moment, Cue.LINE, text) for moment, text in zip(moments, lines, strict=False))
    return tuple(mark for mark in marks if mark.at < length)


def hold_marks(segment: Segment, ending: Ending) -> tuple[Mark, ...]:
    """Return the marks of a hold: an open one has only its begin, and its repetitions."""
    step, seconds = segment.step, segment.seconds
    if step.count is not None:
        return _counted_marks(segment, ending)
    first, *rest = spoken_lines.begin(step)
    begin = Mark(0.0, Cue.BEGIN, first)
    if seconds is None:
        return (begin,)
    marks = [begin, *_following(rest, 0.0, seconds)]
    marks += [
        Mark(line.at, Cue.LINE, spoken_lines.format_line(line.text, segment.side))
        for line in step.say
        if line.at < seconds
    ]
    if seconds >= HALFWAY_FROM_SECONDS:
        marks.append(Mark(seconds / 2, Cue.HALFWAY, spoken_lines.halfway(seconds)))
    if seconds >= TEN_SECONDS_FROM_SECONDS:
        caption = SPECS[Cue.TEN_SECONDS].caption
        marks.append(Mark(seconds - TEN_SECONDS, Cue.TEN_SECONDS, caption))
    marks += _closing_marks(segment, seconds, ending)
    return tuple(sorted(marks, key=lambda mark: mark.at))


def _counted_marks(segment: Segment, ending: Ending) -> tuple[Mark, ...]:
    """Return the marks of a set: its begin, each repetition, and lines of the routine.

    The first number is spoken in the moment of the begin, which therefore says nothing.
    """
    step, seconds = segment.step, segment.seconds
    every = step.every_seconds
    count = segment.count or int(LONGEST_OPEN_COUNT_SECONDS / every)
    marks = [Mark(0.0, Cue.BEGIN, spoken_lines.begin(step)[0], frozenset())]
    for number in range(1, count + 1):
        spoken = _number_levels(number, every, is_last=number == segment.count)
        marks.append(Mark((number - 1) * every, Cue.COUNT, str(number), spoken))
    if seconds is not None:
        marks += [
            Mark(line.at, Cue.LINE, spoken_lines.format_line(line.text, segment.side))
            for line in step.say
            if line.at < seconds
        ]
        marks += _closing_marks(segment, seconds, ending)
    return tuple(sorted(marks, key=lambda mark: mark.at))


def _number_levels(number: int, every: float, *, is_last: bool) -> frozenset[VoiceLevel]:
    """Return the voice levels at which a number is spoken."""
    if every < COUNTED_ALOUD_FROM_SECONDS:
        return frozenset()
    if is_last or number % QUIET_COUNTS == 0:
        return frozenset({VoiceLevel.FULL, VoiceLevel.QUIET})
    return frozenset({VoiceLevel.FULL})


def _closing_marks(segment: Segment, seconds: float, ending: Ending) -> tuple[Mark, ...]:
    step = segment.step
    if segment.is_last:
        if ending is Ending.SILENT:
            return ()
        farewell = " ".join(spoken_lines.FAREWELL)
        end = Mark(seconds, Cue.END, spoken_lines.end(step)[0])
        return (end, Mark(seconds, Cue.GOOD_NIGHT, farewell))
    if _turns_after(segment):
        return ()
    return (Mark(seconds, Cue.END, spoken_lines.end(step)[0]),)


def _turns_after(segment: Segment) -> bool:
    """Return whether the other side follows this hold; its switch cue then replaces the end cue."""
    step, sides = segment.step, segment.step.worked_sides
    is_last_side = segment.side is sides[-1]
    if step.alternate:
        return not (is_last_side and segment.round == step.repeat)
    return segment.round == step.repeat and not is_last_side
