"""Routines turned to the leg that hurts: choices of side as functions Routine -> Routine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.routine import Side, Sides

if TYPE_CHECKING:
    from legato.domain.routine import Routine, Step


def on_side(routine: Routine, side: Side | None) -> Routine:
    """Return `routine` for one side; None leaves it as written.

    LEFT or RIGHT runs every step that does not work both legs at once on that side only; BOTH runs
    a step written for one side on each.
    """
    if side is None:
        return routine
    return replace(routine, steps=tuple(_on_side(step, side) for step in routine.steps))


def starting_with(routine: Routine, side: Side | None) -> Routine:
    """Return `routine` with `side` first wherever each side has its turn; None changes nothing."""
    if side is None or side is Side.BOTH:
        return routine
    return replace(routine, steps=tuple(replace(step, first=side) for step in routine.steps))


def _on_side(step: Step, side: Side) -> Step:
    if step.sides is Sides.BOTH:
        return step
    if side is Side.BOTH:
        return replace(step, sides=Sides.EACH)
    return replace(step, sides=Sides(side.value))
