"""What somebody picks: where it hurts, how it feels, how much time there is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from legato.domain.routine import Place, Side

PLAN_ID = "plan"
"""The id that a plan runs under."""

LONGEST_WISH_MINUTES = 24 * 60


class FeelingName(StrEnum):
    """How a leg feels; RESTLESS is the urge to move."""

    ACHING = "aching"
    BURNING = "burning"
    CRAMPING = "cramping"
    RESTLESS = "restless"


Sore: TypeAlias = tuple[Place, Side]
"""A place and the leg it is on; BOTH is each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody picked.

    Attributes:
        sore: Places with their side, the sorest first; a plan needs one at least.
        feeling: How it feels, or None.
        minutes: Time there is, above 0, or None for all that it takes.
        massage_first: Whether massage of the sorest place comes first.
        foot_bath: Whether a foot bath comes before all.
    """

    sore: tuple[Sore, ...] = ()
    feeling: FeelingName | None = None
    minutes: float | None = None
    massage_first: bool = False
    foot_bath: bool = False

    def __post_init__(self) -> None:
        if self.minutes is not None and not 0.0 < self.minutes <= LONGEST_WISH_MINUTES:
            raise ValueError(f"minutes must be above 0, not {self.minutes}")


def merged(places: tuple[Sore, ...]) -> tuple[Sore, ...]:
    """Return each place once, on both legs where it was named for each."""
    sides: dict[Place, Side] = {}
    for place, side in places:
        before = sides.setdefault(place, side)
        if before is not side:
            sides[place] = Side.BOTH
    return tuple(sides.items())
