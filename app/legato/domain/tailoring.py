"""Fits a routine to whoever runs it: their variants, times and side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.routine import Kind, Sides
from legato.domain.sides import on_side, starting_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.routine import Routine, Side, Step
    from legato.domain.settings import Settings


def tailored(
    routine: Routine,
    settings: Settings,
    side: Side | None,
    step_of: Callable[[str], Step | None],
) -> Routine:
    """Return `routine` as this user runs it.

    Args:
        routine: As it is written.
        settings: Chosen variants, times and the side that comes first.
        side: The side asked for, or None for as written.
        step_of: Gives the step that a routine's id stands for, or None.
    """
    steps = tuple(_timed(_varied(step, settings, step_of), settings) for step in routine.steps)
    chosen = on_side(replace(routine, steps=steps), side)
    return starting_with(chosen, settings.first_side)


def varied(step: Step, variant: Step) -> Step:
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


def _varied(step: Step, settings: Settings, step_of: Callable[[str], Step | None]) -> Step:
    chosen = settings.variants.get(step.move)
    variant = step_of(chosen) if chosen else None
    return step if variant is None else varied(step, variant)


def _timed(step: Step, settings: Settings) -> Step:
    """Put the user's own times in; only stretches are held longer or shorter."""
    hold = settings.hold if step.kind is Kind.STRETCH and step.hold is not None else None
    return replace(
        step,
        hold=step.hold if hold is None else hold,
        ready=step.ready if settings.ready is None else settings.ready,
        switch=step.switch if settings.switch is None else settings.switch,
    )
