"""What is asked before a session: whether a leg might hold a clot, and which leg it is for.

Both answers are looked for in the routine as it will run, whatever page or command it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.cramp import CrampVariant
from legato.domain.routine import FIGURE_PREFIX, Kind, Place, Side, Sides

if TYPE_CHECKING:
    from legato.domain.routine import Routine, Step

CALF_MOVES = frozenset(
    {
        *("calf1-strap", "calf1-strap-both", "calf1-wall", "calf2-edge", "calf2-edge-both"),
        *("calf2-strap", "calf2-wall", "calf-rub", "m-calf", "cramp-bed", "cramp-stand"),
        *("foot-board", "footbath", "ham-strap"),
    }
)
"""Moves and figures that stretch, rub or soak a calf, or pull on it by the foot."""

OTHER_MOVES = frozenset(
    {
        *("glute-fig4", "glute-knee", "glute-seat", "ham-edge", "ham-wall", "itb-cross"),
        *("itb-stand", "m-glute", "m-ham", "m-ham-chair", "m-quad", "pumps", "quad-prone"),
        *("quad-side", "quad-stand", "sole-ball", "toes-by-hand", "water"),
    }
)
"""Moves and figures that leave the calf alone; those that rub a leg are known by their kind."""

CALF_PLACES = frozenset(
    {
        *(Place.CALF, Place.SHIN, Place.ANKLE),
        *(Place.BACK_OF_KNEE, Place.BACK_OF_LEG, Place.WHOLE_LEG),
    }
)
"""Places whose pain may be that of a clot, or that are eased by way of the calf."""

CALF_WORDS = ("calf", "calves")

MORNING = timedelta(hours=6)
"""The time of day at which a night ends; the next evening begins twelve hours later."""
NOON = 12


class Strain(StrEnum):
    """How much of a routine would be harmful to a leg with a clot in it."""

    NONE = "none"
    ONE_LEG = "one leg"
    EACH_LEG = "each leg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked before a session.

    Attributes:
        name: What the session is called.
        side: The leg that it is for, or None where that is asked or no one leg is meant.
        which_leg: Whether the leg is asked for; otherwise it is the question about a clot.
        after_cramp: Whether a cramp has just let go.
    """

    name: str
    side: Side | None = None
    which_leg: bool = False
    after_cramp: bool = False


def strain(routine: Routine) -> Strain:
    """Return whether `routine` works a calf or rubs a leg; ONE_LEG where any such step is for one.

    Args:
        routine: As it will run: on the leg and with the variants that were chosen.
    """
    sides = {step.sides for step in routine.steps if strains(step, routine.eases)}
    if not sides:
        return Strain.NONE
    return Strain.ONE_LEG if sides & {Sides.LEFT, Sides.RIGHT} else Strain.EACH_LEG


def strains(step: Step, eases: tuple[Place, ...] = ()) -> bool:
    """Return whether `step` works a calf, rubs a leg, or is for a leg that hurts near the calf.

    Of a step of somebody's own it is not known what it works on: it counts unless its routine is
    for other places only.

    Args:
        step: The step as it will run.
        eases: The places that its routine is for.
    """
    names = {step.move, _figure(step)}
    title = step.title.casefold()
    if step.kind is Kind.MASSAGE or names & CALF_MOVES or any(one in title for one in CALF_WORDS):
        return True
    if step.kind in {Kind.DRINK, Kind.REST}:
        return False
    if CALF_PLACES.intersection(eases):
        return True
    return not eases and not names & OTHER_MOVES


def _figure(step: Step) -> str:
    return (
        step.picture.removeprefix(FIGURE_PREFIX) if step.picture.startswith(FIGURE_PREFIX) else ""
    )


def leg_as_written(routine: Routine) -> Side | None:
    """Return the leg that all of `routine` is written for, or None where no leg has to be chosen.

    Steps for both legs at once do not count. What helps with a cramp is not asked about.
    """
    sides = {step.sides for step in routine.steps} - {Sides.BOTH}
    if len(sides) != 1 or Sides.EACH in sides or helps_at_once(routine):
        return None
    return Side(sides.pop().value)


def helps_at_once(routine: Routine) -> bool:
    """Return whether `routine` begins with help for a cramp, which nothing may delay."""
    first = routine.steps[0]
    ways = {way.value for way in CrampVariant}
    return first.hold is None and not ways.isdisjoint({first.move, _figure(first)})


def step_after_cramp(routine: Routine) -> int | None:
    """Return the first step, by its index, that is asked about once a cramp has let go, or None."""
    later = list(enumerate(routine.steps))[1:]
    return next((index for index, step in later if strains(step, routine.eases)), None)


def is_same_evening(before: str | None, now: str) -> bool:
    """Return whether two moments lie in one evening and its night, or in one day.

    Args:
        before: Wall time as `2026-01-31T23:10`, or None for never.
        now: Likewise.
    """
    try:
        return before is not None and _half_day(before) == _half_day(now)
    except (ValueError, OverflowError):  # a day that no calendar has, out of a file
        return False


def _half_day(moment: str) -> tuple[date, bool]:
    since_morning = datetime.fromisoformat(moment) - MORNING
    return since_morning.date(), since_morning.hour < NOON
