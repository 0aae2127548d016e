"""The questions before a session, for all routines that ship and for steps of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import routine, step
from legato.domain import doors
from legato.domain.doors import Strain, leg_as_written, strain
from legato.domain.routine import Kind, Place, Routine, Side, Sides, Step, on_side
from legato.resources import find_bundled
from legato.storage.library import Library

BUNDLED = find_bundled()
LIBRARY = Library(BUNDLED.routines, Path("nowhere"), BUNDLED.assets)
SHIPPED: dict[str, Routine] = {
    entry.id: entry.routine for entry in LIBRARY.entries() if entry.routine is not None
}
SPARES_THE_CALF = {
    *("glutes-it-band", "outer-hip", "quads", "glute-fig4", "glute-seat", "itb-cross"),
    *("itb-stand", "quad-prone", "quad-side", "quad-stand", "water"),
}
"""What ships and neither works a calf nor rubs a leg, nor is for a place near the calf."""
HELPS_AT_ONCE = {"cramp-now", "cramp-bed", "cramp-stand", "foot-board", "toes-by-hand"}
WRITTEN_FOR_ONE = {"just-this-leg"} | HELPS_AT_ONCE
TOGETHER = {
    *("footbath", "calf1-strap-both", "calf2-edge-both", "foot-bath-evening", "ham-wall", "pumps")
}
"""Routines that work both legs at once on any side."""


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("routine_id", SHIPPED)
def test_all_that_ships_is_asked_about_on_one_leg(routine_id: str, side: Side) -> None:
    """Every shipped routine on one leg is asked about, unless it leaves the calf alone."""
    started = on_side(SHIPPED[routine_id], side)
    wanted = Strain.EACH_LEG if routine_id in TOGETHER else Strain.ONE_LEG

    assert strain(started) is (Strain.NONE if routine_id in SPARES_THE_CALF else wanted)


@pytest.mark.parametrize("routine_id", SHIPPED)
def test_all_that_ships_as_written_is_for_each_leg_but_a_few(routine_id: str) -> None:
    """Only routines for a sore or cramping leg work one leg alone."""
    as_one = routine_id in WRITTEN_FOR_ONE
    wanted = Strain.ONE_LEG if as_one else Strain.EACH_LEG

    assert strain(SHIPPED[routine_id]) is (Strain.NONE if routine_id in SPARES_THE_CALF else wanted)


@pytest.mark.parametrize(
    "move", [one.id for one in LIBRARY.entries() if one.is_move], ids=lambda one: one
)
def test_of_every_move_that_ships_it_is_known_what_it_works_on(move: str) -> None:
    """Every shipped exercise is in exactly one of the two lists."""
    assert (move in doors.CALF_MOVES) != (move in doors.OTHER_MOVES)


@pytest.mark.parametrize("routine_id", SHIPPED)
def test_of_all_that_ships_one_asks_which_leg(routine_id: str) -> None:
    """Only one shipped routine asks for the leg; help with a cramp never does."""
    asked = leg_as_written(SHIPPED[routine_id])

    assert asked is (Side.RIGHT if routine_id == "just-this-leg" else None)


@pytest.mark.parametrize("routine_id", SHIPPED)
def test_what_helps_with_a_cramp_is_never_delayed(routine_id: str) -> None:
    """Help with a cramp begins without a question."""
    assert doors.helps_at_once(SHIPPED[routine_id]) is (routine_id in HELPS_AT_ONCE)


def test_after_a_cramp_the_rub_is_asked_about() -> None:
    """After a cramp the question comes before the second step, the massage."""
    assert doors.step_after_cramp(SHIPPED["cramp-now"]) == 1
    assert doors.step_after_cramp(SHIPPED["cramp-bed"]) is None


def left(title: str = "Doorway", **values: object) -> Step:
    """Return a step of the user's own for the left leg."""
    return step(title, sides=Sides.LEFT, move="mine", **values)


@pytest.mark.parametrize(
    ("own", "eases", "asked"),
    [
        (left(), (), Strain.ONE_LEG),
        (left(), (Place.CALF, Place.BUTTOCK), Strain.ONE_LEG),
        (left(), (Place.FRONT_OF_THIGH,), Strain.NONE),
        (left("Calf at the step"), (Place.FRONT_OF_THIGH,), Strain.ONE_LEG),
        (left("Both calves"), (Place.FRONT_OF_THIGH,), Strain.ONE_LEG),
        (left(kind=Kind.MASSAGE), (Place.FRONT_OF_THIGH,), Strain.ONE_LEG),
        (left(kind=Kind.SOAK), (), Strain.ONE_LEG),
        (left(kind=Kind.MOVE), (), Strain.ONE_LEG),
        (left(kind=Kind.REST), (), Strain.NONE),
        (left(kind=Kind.DRINK), (), Strain.NONE),
        (left(picture="figure:calf1-wall"), (Place.FRONT_OF_THIGH,), Strain.ONE_LEG),
        (left(picture="figure:quad-side"), (), Strain.NONE),
        (left(picture="figure:quad-side"), (Place.WHOLE_LEG,), Strain.ONE_LEG),
        (left(picture="quad-side.png"), (), Strain.ONE_LEG),
    ],
)
def test_what_people_write_is_asked_about_where_it_may_be_the_calf(
    own: Step, eases: tuple[Place, ...], asked: Strain
) -> None:
    """A user's step is recognised by title, kind and figure; an unknown one is asked about."""
    assert strain(routine(own, eases=eases)) is asked


def test_one_step_for_one_leg_is_enough() -> None:
    """One step for one leg is enough for the question."""
    assert strain(routine(step("Calf"), left("Calf"), step("Calf"))) is Strain.ONE_LEG


@pytest.mark.parametrize(
    ("sides", "leg"),
    [
        ((Sides.LEFT, Sides.LEFT), Side.LEFT),
        ((Sides.BOTH, Sides.RIGHT), Side.RIGHT),
        ((Sides.LEFT, Sides.RIGHT), None),
        ((Sides.EACH, Sides.LEFT), None),
        ((Sides.EACH,), None),
        ((Sides.BOTH,), None),
    ],
)
def test_a_leg_is_chosen_where_all_is_written_for_one(
    sides: tuple[Sides, ...], leg: Side | None
) -> None:
    """The leg is asked for if all steps are for one leg; steps for both do not count."""
    assert leg_as_written(routine(*(step(sides=one) for one in sides))) is leg


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("2026-01-31T22:00", "2026-01-31T23:59", True),
        ("2026-01-31T22:00", "2026-02-01T05:59", True),
        ("2026-01-31T22:00", "2026-02-01T06:00", False),
        ("2026-01-31T22:00", "2026-02-01T22:00", False),
        ("2026-01-31T08:00", "2026-01-31T22:00", False),
        ("2026-01-31T22:00", "2027-01-31T22:00", False),
        (None, "2026-01-31T22:00", False),
        ("2026-13-39T22:00", "2026-01-31T22:00", False),
        ("0001-01-01T00:00", "2026-01-31T22:00", False),
    ],
)
def test_an_evening_lasts_until_the_morning(before: str | None, now: str, same: bool) -> None:
    """The next evening asks again, and so does an invalid date."""
    assert doors.is_same_evening(before, now) is same
