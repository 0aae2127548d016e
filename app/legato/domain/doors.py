"""The questions before a session: whether a leg might have a clot, and which leg to work.

Whether to ask depends on the routine as it will run, not on the page or command that started it.
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
"""Exercises and figures that stretch, rub or soak a calf, or pull on it by the foot."""

OTHER_MOVES = frozenset(
    {
        *("glute-fig4", "glute-knee", "glute-seat", "ham-edge", "ham-wall", "itb-cross"),
        *("itb-stand", "m-glute", "m-ham", "m-ham-chair", "m-quad", "pumps", "quad-prone"),
        *("quad-side", "quad-stand", "sole-ball", "toes-by-hand", "water"),
    }
)
"""Exercises and figures that leave the calf alone; massage is recognised by its kind."""

CALF_PLACES = frozenset(
    {
        *(Place.CALF, Place.SHIN, Place.ANKLE),
        *(Place.BACK_OF_KNEE, Place.BACK_OF_LEG, Place.WHOLE_LEG),
    }
)
"""Places whose pain may come from a clot, or whose exercises also work the calf."""

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
    """A question before a session.

    Attributes:
        name: The name of the session.
        side: The leg that the session is for, or None if that is asked or it is for both.
        which_leg: Whether the question is for the leg; otherwise it is the one about a clot.
        after_cramp: Whether a cramp has just ended.
    """

    name: str
    side: Side | None = None
    which_leg: bool = False
    after_cramp: bool = False


def strain(routine: Routine) -> Strain:
    """Return whether `routine` works a calf or rubs a leg; ONE_LEG if any such step is for one.

    Args:
        routine: The routine as it will run: with the chosen leg and variants.
    """
    sides = {step.sides for step in routine.steps if strains(step, routine.eases)}
    if not sides:
        return Strain.NONE
    return Strain.ONE_LEG if sides & {Sides.LEFT, Sides.RIGHT} else Strain.EACH_LEG


def strains(step: Step, eases: tuple[Place, ...] = ()) -> bool:
    """Return whether `step` works a calf, rubs a leg, or is for a leg that hurts near the calf.

    Nothing is known of a step that the user wrote: it counts unless its routine is for other
    places only.

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
    """Return the leg that all of `routine` is written for, or None if no leg has to be chosen.

    Steps for both legs at once do not count. None for help with a cramp, which must not wait.
    """
    sides = {step.sides for step in routine.steps} - {Sides.BOTH}
    if len(sides) != 1 or Sides.EACH in sides or helps_at_once(routine):
        return None
    return Side(sides.pop().value)


def helps_at_once(routine: Routine) -> bool:
    """Return whether `routine` begins with help for a cramp, which no question may delay."""
    first = routine.steps[0]
    variants = {variant.value for variant in CrampVariant}
    return first.hold is None and not variants.isdisjoint({first.move, _figure(first)})


def step_after_cramp(routine: Routine) -> int | None:
    """Return the index of the first step after a cramp that needs the clot question, or None."""
    later = list(enumerate(routine.steps))[1:]
    return next((index for index, step in later if strains(step, routine.eases)), None)


def is_same_evening(before: str | None, now: str) -> bool:
    """Return whether two moments lie in one evening and its night, or in one day.

    Args:
        before: Wall time as `2026-01-31T23:10`, or None for never.
        now: Wall time in the same form.
    """
    try:
        return before is not None and _half_day(before) == _half_day(now)
    except (ValueError, OverflowError):  # the file may hold a date that no calendar has
        return False


def _half_day(moment: str) -> tuple[date, bool]:
    since_morning = datetime.fromisoformat(moment) - MORNING
    return since_morning.date(), since_morning.hour < NOON
