"""Routines that are run on one side, or with another side first."""

from __future__ import annotations

import pytest

from builders import routine, step
from legato.domain.routine import Side, Sides, on_side, starting_with


@pytest.mark.parametrize(
    ("written", "asked", "becomes"),
    [
        (Sides.EACH, Side.LEFT, Sides.LEFT),
        (Sides.RIGHT, Side.LEFT, Sides.LEFT),
        (Sides.BOTH, Side.LEFT, Sides.BOTH),
        (Sides.LEFT, Side.BOTH, Sides.EACH),
        (Sides.EACH, Side.BOTH, Sides.EACH),
        (Sides.BOTH, Side.BOTH, Sides.BOTH),
        (Sides.LEFT, None, Sides.LEFT),
    ],
)
def test_a_side_changes_all_but_both_legs_at_once(
    written: Sides, asked: Side | None, becomes: Sides
) -> None:
    """One side runs alone, BOTH runs each, and steps for both legs at once are unchanged."""
    assert on_side(routine(step(sides=written)), asked).steps[0].sides is becomes


def test_the_side_that_comes_first_can_be_chosen() -> None:
    """The left leg can be first."""
    turned = starting_with(routine(step()), Side.LEFT)

    assert turned.steps[0].worked_sides == (Side.LEFT, Side.RIGHT)
