"""Where a session stood, so that it can be taken up again after a close, a crash or a power cut."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from legato.domain.routine import Routine, Side

Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Ids of moves, each with the id of what stands in for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A session that was not finished.

    Attributes:
        routine: The routine's id, or the path it was started from.
        side: The side that was asked for, or None for as written.
        first: The side that was to come first, or None for as written.
        fingerprint: Of what ran, sides applied; where that differs now, there is no way back in.
        position: Seconds from the start of the session.
        segment: Index of the segment it stood in, from 0.
        spent: Seconds already spent in that segment.
        label: The title of the step.
        leg: Which leg was at work.
        remaining: Seconds left of that segment, or None where it is open.
        saved_at: Wall time in seconds, as whoever saved it told.
        turned: Steps, by index, whose sides the user turned round while it ran.
        variants: What stood in for which moves: pairs of ids, the move's own first. What is
            learnt in a session is for the next one, so they may be others than the settings say.
            None where that was not kept.
    """

    routine: str
    fingerprint: str
    position: float
    segment: int
    spent: float
    label: str
    leg: Side
    remaining: float | None
    saved_at: float
    side: Side | None = None
    first: Side | None = None
    turned: tuple[int, ...] = ()
    variants: Pairs | None = None

    def fits(self, routine: Routine) -> bool:
        """Say whether `routine` still runs as the one that was left."""
        return self.fingerprint == fingerprint(routine)


def fingerprint(routine: Routine) -> str:
    """Return a word that is another one as soon as a time, a side or a title of `routine` is."""
    digest = hashlib.sha256()
    for step in routine.steps:
        times = (step.hold, step.repeat, step.release, step.ready, step.switch)
        digest.update(repr((step.title, step.sides.value, step.first.value, times)).encode())
    return digest.hexdigest()[:32]
