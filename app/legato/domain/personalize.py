"""Fits a routine to whoever runs it: their variants, times and side."""

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
        step_of: Gives the step that a routine's id stands for, or None.
    """
    steps = tuple(_timed(_varied(step, variants, step_of), settings) for step in routine.steps)
    chosen = on_side(replace(routine, steps=steps), side)
    return starting_with(chosen, settings.first_side)


def apply_variant(step: Step, variant: Step) -> Step:
    """Return `variant` in the place of `step`: with its length, its repeats and its sides."""
    together = variant.sides is Sides.BOTH
    return replace(
        variant,
        hold=step.hold,
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
    """Put the user's own times in; only stretches are held longer or shorter."""
    hold = settings.hold if step.kind is Kind.STRETCH and step.hold is not None else None
    return replace(
        step,
        hold=step.hold if hold is None else hold,
        ready=step.ready if settings.ready is None else settings.ready,
        switch=step.switch if settings.switch is None else settings.switch,
    )


LATE_FROM, LATE_UNTIL = 23, 5
"""Hours of the clock on the wall between which nobody is asked to stand."""

NIGHT_ROUTINES = frozenset({"back-to-sleep", "cramp-now"})
"""Routines that are for the middle of the night at any hour."""


class VariantName(StrEnum):
    """What another way is like; AS_WRITTEN is the step that the routine names."""

    EASIER = "easier"
    SEATED = "seated"
    STANDING = "standing"
    AS_WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class VariantOption:
    """Another way to do a step.

    Attributes:
        name: What it is like.
        move: The id of the move that does it.
        title: What that move is called.
    """

    name: VariantName
    move: str
    title: str


def is_late(routine_id: str, hour: int) -> bool:
    """Return whether a routine that runs at that hour (0 to 23) runs in the middle of the night."""
    return routine_id in NIGHT_ROUTINES or hour >= LATE_FROM or hour < LATE_UNTIL


def fits_the_night(step: Step) -> bool:
    """Return whether a step may be offered late at night."""
    return step.night is not Night.NO


def other_variants(
    step: Step, written: Step, step_of: Callable[[str], Step | None], *, late: bool
) -> tuple[VariantOption, ...]:
    """Return the ways to do `step` that can be offered now.

    Args:
        step: What runs.
        written: What the routine names, which `step` may stand in for.
        step_of: Gives the step that a move's id stands for, or None.
        late: Whether it is the middle of the night; then nothing is done standing.
    """
    ways: dict[str, VariantOption] = {}
    for way in _named(step, written, step_of):
        stands = way.name is VariantName.STANDING
        found = step_of(way.move)
        if found is None or way.move == step.move or (late and stands):
            continue
        if not late or fits_the_night(found):
            ways.setdefault(way.move, way)
    return tuple(ways.values())


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
