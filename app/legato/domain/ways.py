"""Other ways to do a step: which are offered, and which are not fit for the middle of the night."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.routine import Night

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from legato.domain.routine import Step

LATE_FROM, LATE_UNTIL = 23, 5
"""Hours of the clock on the wall between which nobody is asked to stand."""

NIGHT_ROUTINES = frozenset({"back-to-sleep", "cramp-now"})
"""Routines that are for the middle of the night at any hour."""


class WayName(StrEnum):
    """What another way is like; AS_WRITTEN is the step that the routine names."""

    EASIER = "easier"
    SEATED = "seated"
    STANDING = "standing"
    AS_WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to do a step.

    Attributes:
        name: What it is like.
        move: The id of the move that does it.
        title: What that move is called.
    """

    name: WayName
    move: str
    title: str


def is_late(routine_id: str, hour: int) -> bool:
    """Return whether a routine that runs at that hour (0 to 23) runs in the middle of the night."""
    return routine_id in NIGHT_ROUTINES or hour >= LATE_FROM or hour < LATE_UNTIL


def fits_the_night(step: Step) -> bool:
    """Return whether a step may be offered late at night."""
    return step.night is not Night.NO


def other_ways(
    step: Step, written: Step, step_of: Callable[[str], Step | None], *, late: bool
) -> tuple[Way, ...]:
    """Return the ways to do `step` that can be offered now.

    Args:
        step: What runs.
        written: What the routine names, which `step` may stand in for.
        step_of: Gives the step that a move's id stands for, or None.
        late: Whether it is the middle of the night; then nothing is done standing.
    """
    ways: dict[str, Way] = {}
    for way in _named(step, written, step_of):
        stands = way.name is WayName.STANDING
        found = step_of(way.move)
        if found is None or way.move == step.move or (late and stands):
            continue
        if not late or fits_the_night(found):
            ways.setdefault(way.move, way)
    return tuple(ways.values())


def _named(step: Step, written: Step, step_of: Callable[[str], Step | None]) -> Iterator[Way]:
    if written.move and written.move != step.move:
        yield Way(WayName.AS_WRITTEN, written.move, written.title)
    named = (
        (WayName.EASIER, step.variants.easier),
        (WayName.SEATED, step.variants.seated),
        (WayName.STANDING, step.variants.standing),
    )
    for name, move in named:
        found = step_of(move) if move else None
        if found is not None:
            yield Way(name, move, found.title)
