"""What the leg map says: what it asks for, and the names of its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.routine import Place, Side
from legato.ui import text

if TYPE_CHECKING:
    from legato.domain.leg_map import Region

_NAMES = {
    Place.FRONT_OF_THIGH: "front of {side} thigh",
    Place.BACK_OF_THIGH: "back of {side} thigh",
    Place.OUTER_THIGH: "{side} outer thigh",
    Place.INNER_THIGH: "{side} inner thigh",
    Place.BUTTOCK: "{side} buttock",
    Place.FRONT_OF_KNEE: "front of {side} knee",
    Place.BACK_OF_KNEE: "back of {side} knee",
    Place.INNER_KNEE: "{side} inner knee",
    Place.OUTER_KNEE: "{side} outer knee",
    Place.CALF: "{side} calf",
    Place.SHIN: "{side} shin",
    Place.ANKLE: "{side} ankle, heel and foot",
    Place.BACK_OF_LEG: "down the back of {side} leg",
    Place.WHOLE_LEG: "whole {side} leg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a leg map is used for.

    Attributes:
        title: Its name for a screen reader.
        hint: Shown while nothing is pointed at.
        both_legs: Whether a place means both legs at once, none of them sorer than another.
    """

    title: str
    hint: str
    both_legs: bool = False

    def place_name(self, region: Region) -> str:
        """Return the place as a person says it: `Left calf`, or `Calf` for both legs."""
        if self.both_legs:
            return text.sentence(text.place(region.place))
        return place_name(region.place, region.side)

    def region_name(self, region: Region) -> str:
        """Return the place and where it is seen from: `Left calf, back`."""
        seen = f"{region.side.value} leg, {region.view.value}" if self.both_legs else region.view
        return f"{self.place_name(region)}, {seen}"


SORE = Asking(title="Where it hurts", hint="Touch where it hurts, the sorest place first.")
EASED = Asking(title="What it eases", hint="Touch what it eases.", both_legs=True)


def place_name(place: Place, side: Side) -> str:
    """Return the place as a person says it: `Left calf`, `Front of left thigh`."""
    return text.sentence(_NAMES[place].format(side=side.value))
