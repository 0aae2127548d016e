"""Applies a user's variants, times and side to a routine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.routine import Kind, Night, Sides, on_side, starting_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from legato.domain.routine import Routine, Side, Step
    from legato.domain.settings import Settings


def personalize(
    routine: Routine,
    settings: Settings,
    variants: Mapping[str, str],
    side: Side | None,
    step_of: Callable[[str], Step | None],
) -> Routine:
    """Return `routine` as this user runs it.

    Args:
        routine: As it is written.
        settings: Times and the side that comes first.
        variants: The variant chosen instead of an exercise, by the exercise's id.
        side: The side asked for, or None for as written.
        step_of: Returns the step of an exercise by its id, or None.
    """
    steps = tuple(_timed(_varied(step, variants, step_of), settings) for step in routine.steps)
    chosen = on_side(replace(routine, steps=steps), side)
    return starting_with(chosen, settings.first_side)


def apply_variant(step: Step, variant: Step) -> Step:
    """Return `variant` with the length, the repeats and the sides of `step`, which it replaces."""
    together = variant.sides is Sides.BOTH
    return replace(
        variant,
        hold=step.hold,
        count=step.count,
        every=step.every,
        alternate=step.alternate,
        note=step.note,
        repeat=step.repeat,
        release=step.release,
        sides=variant.sides if together else step.sides,
        first=step.first,
        ready=max(step.ready, variant.ready),
        switch=step.switch,
    )


def _varied(step: Step, variants: Mapping[str, str], step_of: Callable[[str], Step | None]) -> Step:
    chosen = variants.get(step.move)
    variant = step_of(chosen) if chosen else None
    return step if variant is None else apply_variant(step, variant)


def _timed(step: Step, settings: Settings) -> Step:
    """Apply the user's own times; only stretches are held longer or shorter."""
    hold = settings.hold if step.kind is Kind.STRETCH and step.hold_seconds is not None else None
    return replace(
        step,
        hold=step.hold if hold is None else hold,
        ready=step.ready if settings.ready is None else settings.ready,
        switch=step.switch if settings.switch is None else settings.switch,
    )


LATE_FROM, LATE_UNTIL = 23, 5
"""Hours of wall time between which no standing variant is offered."""

NIGHT_ROUTINES = frozenset({"back-to-sleep", "cramp-now"})
"""Routines that are for the middle of the night at any hour."""


class VariantName(StrEnum):
    """How a variant differs; AS_WRITTEN is the step that the routine names."""

    EASIER = "easier"
    SEATED = "seated"
    STANDING = "standing"
    AS_WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class VariantOption:
    """A variant of a step.

    Attributes:
        name: How it differs.
        move: The id of the exercise.
        title: The title of the exercise.
    """

    name: VariantName
    move: str
    title: str


def is_late(routine_id: str, hour: int) -> bool:
    """Return whether a routine at `hour` (0 to 23) runs late; night routines always do."""
    return routine_id in NIGHT_ROUTINES or hour >= LATE_FROM or hour < LATE_UNTIL


def fits_the_night(step: Step) -> bool:
    """Return whether a step may be offered late at night."""
    return step.night is not Night.NO


def other_variants(
    step: Step, written: Step, step_of: Callable[[str], Step | None], *, late: bool
) -> tuple[VariantOption, ...]:
    """Return the variants of `step` that can be offered now, each once.

    Args:
        step: The step that runs.
        written: The step that the routine names; `step` may be a variant of it.
        step_of: Returns the step of an exercise by its id, or None.
        late: Whether it is the middle of the night, when no standing variant is offered.
    """
    variants: dict[str, VariantOption] = {}
    for variant in _named(step, written, step_of):
        stands = variant.name is VariantName.STANDING
        found = step_of(variant.move)
        if found is None or variant.move == step.move or (late and stands):
            continue
        if not late or fits_the_night(found):
            variants.setdefault(variant.move, variant)
    return tuple(variants.values())


def _named(
    step: Step, written: Step, step_of: Callable[[str], Step | None]
) -> Iterator[VariantOption]:
    if written.move and written.move != step.move:
        yield VariantOption(VariantName.AS_WRITTEN, written.move, written.title)
    named = (
        (VariantName.EASIER, step.variants.easier),
        (VariantName.SEATED, step.variants.seated),
        (VariantName.STANDING, step.variants.standing),
    )
    for name, move in named:
        found = step_of(move) if move else None
        if found is not None:
            yield VariantOption(name, move, found.title)
