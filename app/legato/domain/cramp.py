"""Help during a cramp: which line is due, and when to ask whether the cramp is over.

Time counts up from the key that began it, and never ends by itself. Time is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain import spoken_lines
from legato.domain.routine import Ending, Routine, Side, Sides, TimedLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legato.domain.routine import Step

ASK_EVERY_SECONDS = 30.0
FIRST_LINE_SECONDS = 0.0
LINE_SECONDS = 6.0
"""Seconds from one line to the next: long enough to follow it."""


class CrampVariant(StrEnum):
    """A way to release a cramp; the value is the id of its exercise."""

    IN_BED = "cramp-bed"
    CANNOT_REACH = "foot-board"
    STANDING = "cramp-stand"
    THIGH_BACK = "ham-edge"
    THIGH_FRONT = "quad-side"
    ARCH_OR_TOES = "toes-by-hand"


CALF_VARIANTS = (CrampVariant.IN_BED, CrampVariant.CANNOT_REACH, CrampVariant.STANDING)
"""In bed first; standing only if that is not enough."""

OTHER_VARIANTS = (CrampVariant.THIGH_BACK, CrampVariant.THIGH_FRONT, CrampVariant.ARCH_OR_TOES)
CALF_RUB = "calf-rub"
AFTERWARDS = (CALF_RUB, "pumps", "water")
"""Exercises that follow after the cramp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cramp:
    """A cramp that lasts.

    Attributes:
        began: Monotonic seconds at which the cramp began.
        variant: The exercise against it.
        variant_since: Monotonic seconds at which that exercise began.
        side: Which leg; RIGHT until the other is chosen.
        asked_until: Questions up to this one, by number, are answered.
    """

    began: float
    variant: CrampVariant = CrampVariant.IN_BED
    variant_since: float
    side: Side = Side.RIGHT
    asked_until: int = 0


def begin(now: float, side: Side = Side.RIGHT) -> Cramp:
    """Return a cramp that begins at `now`."""
    return Cramp(began=now, variant_since=now, side=side)


def lasted(cramp: Cramp, now: float) -> float:
    """Return the seconds since the cramp began."""
    return max(0.0, now - cramp.began)


def choose(cramp: Cramp, variant: CrampVariant, now: float) -> Cramp:
    """Return the cramp with another variant; its lines start again."""
    return replace(cramp, variant=variant, variant_since=now)


def other_leg(cramp: Cramp, now: float) -> Cramp:
    """Return the cramp on the other leg; it counts on, its lines start again."""
    return replace(_answered(cramp, now), side=cramp.side.other, variant_since=now)


def still_holding(cramp: Cramp, now: float) -> Cramp:
    """Return the cramp with the open question answered; its lines start again."""
    return replace(_answered(cramp, now), variant_since=now)


def asks(cramp: Cramp, now: float) -> bool:
    """Return whether a question is open: one every half minute, until it is answered."""
    return int(lasted(cramp, now) // ASK_EVERY_SECONDS) > cramp.asked_until


def lines(step: Step, side: Side) -> tuple[TimedLine, ...]:
    """Return the lines of `step`, each at seconds from its beginning, the first at 0."""
    return tuple(
        TimedLine(FIRST_LINE_SECONDS + number * LINE_SECONDS, spoken_lines.format_line(line, side))
        for number, line in enumerate(step.setup)
    )


def line_at(step: Step, side: Side, seconds: float) -> str:
    """Return the line that is shown `seconds` after the step began."""
    due = [line.text for line in lines(step, side) if line.at <= max(0.0, seconds)]
    return due[-1] if due else step.title


def afterwards(
    moves: Mapping[str, Step],
    side: Side,
    variant: CrampVariant = CrampVariant.IN_BED,
    *,
    last_words: tuple[str, ...] = (),
) -> Routine | None:
    """Return the routine to follow the cramp, or None if none of its exercises can be read.

    Rubbing the calf is only in it after a cramp of the calf.

    Args:
        moves: The steps of exercises, by id.
        side: The leg that cramped.
        variant: The exercise that ended the cramp.
        last_words: Lines spoken and shown while getting ready for the last step.
    """
    wanted = [move for move in AFTERWARDS if move != CALF_RUB or variant in CALF_VARIANTS]
    steps = [_on(moves[move], side) for move in wanted if move in moves]
    if not steps:
        return None
    steps[-1] = replace(steps[-1], setup=(*steps[-1].setup, *last_words))
    return Routine(id="cramp-now", name="After a cramp", steps=tuple(steps), end=Ending.SILENT)


def _on(step: Step, side: Side) -> Step:
    return step if step.sides is Sides.BOTH else replace(step, sides=Sides(side.value))


def _answered(cramp: Cramp, now: float) -> Cramp:
    return replace(cramp, asked_until=int(lasted(cramp, now) // ASK_EVERY_SECONDS))
