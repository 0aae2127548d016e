"""A stopped session can be resumed only while its routine is unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builders import routine, step
from legato.domain.resume import Resume, fingerprint
from legato.domain.routine import Side, Sides


def left_at(print_of: str) -> Resume:
    """Return the saved state of a session that was stopped in a hold."""
    return Resume(
        routine="r",
        fingerprint=print_of,
        position=100.0,
        segment=1,
        spent=72.0,
        label="Calf",
        leg=Side.LEFT,
        remaining=48.0,
        saved_at=0.0,
    )


def test_the_same_routine_fits() -> None:
    """An unchanged routine can be resumed."""
    assert left_at(fingerprint(routine())).fits(routine())


@pytest.mark.parametrize(
    "change",
    [
        {"hold": 60.0},
        {"hold": None},
        {"repeat": 2},
        {"release": 6.0},
        {"sides": Sides.LEFT},
        {"first": Side.LEFT},
        {"ready": 5.0},
        {"switch": 5.0},
        {"title": "Shin"},
    ],
)
def test_another_time_or_side_does_not_fit(change: dict[str, Any]) -> None:
    """A position in a routine with other times or sides has no meaning."""
    assert not left_at(fingerprint(routine())).fits(routine(replace(step(), **change)))


def test_another_number_of_steps_does_not_fit() -> None:
    """An added or removed step moves all later ones."""
    assert not left_at(fingerprint(routine())).fits(routine(step(), step()))


def test_another_wording_still_fits() -> None:
    """A changed line of text does not move the position."""
    assert left_at(fingerprint(routine())).fits(routine(step(feel="The upper calf.")))
