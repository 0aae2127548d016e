"""How the page names what was picked where it hurts, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.routine import Side, Sides
from legato.domain.wish import FeelingName
from legato.ui import text

if TYPE_CHECKING:
    from legato.domain.body import Plan
    from legato.domain.routine import Step
    from legato.domain.wish import Sore, Wish

FEELINGS = {
    FeelingName.ACHING: "Aching",
    FeelingName.BURNING: "Burning",
    FeelingName.CRAMPING: "Cramping",
    FeelingName.RESTLESS: "Urge to move",
}
BUDGETS = (5.0, 10.0, 15.0, None)
"""Minutes that are offered; None is all that it takes."""

NOTHING_PICKED = "Touch where it hurts, the sorest place first."
NOTHING_FITS = "For these places and this feeling there is nothing that suits."


def sore(spot: Sore) -> str:
    """Return `left calf`, or `calf` for both legs."""
    place, side = spot
    name = text.place(place)
    return name if side is Side.BOTH else f"{text.side(side)} {name}"


def wish(what: Wish) -> str:
    """Return `Left calf and right shin, cramping`, or an empty string."""
    places = text.joined([sore(spot) for spot in what.sore])
    parts = [places, FEELINGS[what.feeling].lower() if what.feeling else ""]
    return text.sentence(", ".join(filter(None, parts))) if places else ""


def minutes(budget: float | None) -> str:
    """Return `10 min`, or `All of it`."""
    return "All of it" if budget is None else f"{budget:g} min"


def sides(step: Step) -> str:
    """Return `left leg`, `each leg` or `both legs` for a step of a plan."""
    return _SIDES[step.sides]


_SIDES = {
    Sides.EACH: "each leg",
    Sides.BOTH: "both legs",
    Sides.LEFT: "left leg",
    Sides.RIGHT: "right leg",
}


def length(step: Step) -> str:
    """Return `2 min a side` or `1 min`, with getting into place left out."""
    if step.hold is None:
        return text.OPEN_TIME
    held = text.duration(step.hold * step.repeat)
    return f"{held} a side" if step.sides is Sides.EACH else held


def total(plan: Plan) -> str:
    """Return `3 moves, 7 min in all`."""
    count = len(plan.routine.steps)
    moves = "1 move" if count == 1 else f"{count} moves"
    return f"{moves}, {text.routine_time(plan.routine)} in all"
