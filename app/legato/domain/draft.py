"""A routine as it is written, with its `use` lines, and its unfolding into one that runs.

The times are inherited: a routine that writes its own `ready` or `switch` gives it to all its
steps, used ones too; otherwise a used step keeps the time of the routine it comes from. A step's
own times win over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from legato.domain.problems import did_you_mean
from legato.domain.routine import (
    DEFAULT_READY_SECONDS,
    DEFAULT_SWITCH_SECONDS,
    LONGEST_SECONDS,
    MOST_STEPS,
    Ending,
    Kind,
    Place,
    Routine,
    Sides,
    Step,
    VoiceLevel,
    is_written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

DEEPEST_USE = 50
MOST_HOLDS = 5_000
MOST_MARKS = 20_000
"""Of a whole routine: ten times of what anybody runs in a night. Each limit of a step holds by
itself, and their product would take a session minutes to lay out."""


class Inherit(Enum):
    """Marks a value of a `use` line that is taken from the used routine."""

    INHERIT = "inherit"


INHERIT: Final = Inherit.INHERIT
InheritType: TypeAlias = Literal[Inherit.INHERIT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """All steps of another routine, some of their values overridden.

    Attributes:
        id: The id of that routine.
        hold: Seconds of each hold, None for open, or INHERIT; a time replaces a count.
        sides: How the sides are used, or INHERIT.
        repeat: Holds on one side, or INHERIT.
    """

    id: str
    hold: float | InheritType | None = INHERIT
    sides: Sides | InheritType = INHERIT
    repeat: int | InheritType = INHERIT

    def applied_to(self, step: Step) -> Step:
        """Return `step` with the values of this line.

        Raises:
            ValueError: A value is out of range.
        """
        if self.hold is INHERIT and self.sides is INHERIT and self.repeat is INHERIT:
            return step  # most lines override nothing
        return replace(
            step,
            hold=step.hold if self.hold is INHERIT else self.hold,
            count=step.count if self.hold is INHERIT else None,
            sides=step.sides if self.sides is INHERIT else self.sides,
            repeat=step.repeat if self.repeat is INHERIT else self.repeat,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A routine as written; `ready` and `switch` are None if the file has none.

    The `ready` and `switch` of its own steps have no meaning before `unfold`.
    """

    id: str
    name: str
    steps: tuple[Step | Use, ...] = ()
    about: str = ""
    eases: tuple[Place, ...] = ()
    ready: float | None = None
    switch: float | None = None
    voice: VoiceLevel | None = None
    end: Ending = Ending.BELL


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfoldError:
    """Why a line of `steps` cannot be unfolded; `step` is its index from 0."""

    step: int
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The flat routine, or None if no step is left, and the lines that cannot be unfolded."""

    routine: Routine | None
    errors: tuple[UnfoldError, ...] = ()


Find: TypeAlias = "Callable[[str], Draft | None]"


def unfold(draft: Draft, find: Find, known: Collection[str] = ()) -> Unfolded:
    """Replace every `use` of `draft` by the steps it names.

    Args:
        draft: The routine as written.
        find: Returns the draft of an id, or None.
        known: All ids, for "did you mean".
    """
    errors: list[UnfoldError] = []
    steps: list[Step] = []
    unusable: dict[str, UnfoldError] = {}
    for index, line in enumerate(draft.steps):
        used = line.id if isinstance(line, Use) else ""
        if used in unusable:  # a file may have a thousand lines that name the same unusable routine
            errors.append(replace(unusable[used], step=index))
            continue
        try:
            steps += _timed(draft, _unfolded_line(line, draft, (draft.id,), find, known))
        except _Unusable as error:
            unusable[used] = UnfoldError(step=index, text=error.text, hint=error.hint)
            errors.append(unusable[used])
        if excess := _excess(steps):
            return Unfolded(None, (replace(excess, step=index),))
    if not steps:
        return Unfolded(None, tuple(errors))
    return Unfolded(_routine(draft, tuple(steps)), tuple(errors))


def _excess(steps: list[Step]) -> UnfoldError | None:
    """Return what is too much in steps that a session would have to lay out, or None."""
    holds = marks = 0
    for step in steps:
        times = step.repeat * (2 if step.sides is Sides.EACH else 1)
        holds += times
        marks += times * len(step.say)
        if step.count is not None:
            marks += times * (step.count or int(LONGEST_SECONDS / step.every_seconds))
    for count, most, what in (
        (len(steps), MOST_STEPS, "steps"),
        (holds, MOST_HOLDS, "holds"),
        (marks, MOST_MARKS, "spoken lines and repetitions"),
    ):
        if count > most:
            text = f"more than {most:,} {what} once every use is unfolded"
            return UnfoldError(step=0, text=text, hint=f"use fewer {what}")
    return None


class _Unusable(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.text, self.hint = text, hint


def _unfolded_line(
    line: Step | Use, inside: Draft, path: tuple[str, ...], find: Find, known: Collection[str]
) -> list[Step]:
    if isinstance(line, Step):
        # A step without times of its own starts from the defaults; a routine's own replace them.
        ready = 0.0 if line.kind is Kind.REST else DEFAULT_READY_SECONDS
        ready = ready if line.own_ready is None else line.own_ready
        switch = DEFAULT_SWITCH_SECONDS if line.own_switch is None else line.own_switch
        return [replace(line, ready=ready, switch=switch, move=inside.id)]
    if line.id in path:
        circle = " -> ".join((*path[path.index(line.id) :], line.id))
        raise _Unusable(f"{line.id} uses itself: {circle}", "take one of these lines out")
    if len(path) > DEEPEST_USE:
        raise _Unusable(f"use is nested more than {DEEPEST_USE} deep", "use the routine directly")
    used = find(line.id)
    if used is None:
        raise _Unusable(f"there is no routine {line.id}", did_you_mean(line.id, known))
    steps: list[Step] = []
    for inner in used.steps:
        steps += _unfolded_line(inner, used, (*path, line.id), find, known)
        if len(steps) > MOST_STEPS:
            break
    return [_overridden(line, step) for step in _timed(used, steps)]


def _overridden(line: Use, step: Step) -> Step:
    try:
        return line.applied_to(step)
    except ValueError as error:
        raise _Unusable(str(error)) from error


def _timed(draft: Draft, steps: list[Step]) -> list[Step]:
    if draft.ready is None and draft.switch is None:
        return steps
    return [_timed_step(step, draft) for step in steps]


def _timed_step(step: Step, draft: Draft) -> Step:
    """Return `step` with the times of a routine, unless it has its own, or is a rest."""
    keeps_ready = step.own_ready is not None or step.kind is Kind.REST
    ready = step.ready if draft.ready is None or keeps_ready else draft.ready
    keeps_switch = step.own_switch is not None
    switch = step.switch if draft.switch is None or keeps_switch else draft.switch
    return replace(step, ready=ready, switch=switch)


def _routine(draft: Draft, steps: tuple[Step, ...]) -> Routine:
    return Routine(
        id=draft.id,
        name=draft.name if is_written(draft.name) else draft.id,
        steps=steps,
        about=draft.about,
        eases=draft.eases,
        voice=draft.voice,
        end=draft.end,
    )
