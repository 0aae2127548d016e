"""A session at high speed: a clock that runs faster, and the sounds that go with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.ports import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.domain.ports import Clock, Due, Sound


class Haste:
    """Time that passes `factor` times as fast as that of a clock, from the moment it is made.

    It is a clock for a session, and the sound for it too: what is due in fast time is handed on
    for the moment at which it really comes. Spoken lines are left out; there is no time for them.

    Args:
        clock: Real monotonic seconds.
        sound: Where the cues go.
        factor: How many seconds pass in one.
    """

    def __init__(self, clock: Clock, sound: Sound, factor: float) -> None:
        self._clock = clock
        self._sound = sound
        self._factor = factor
        self._begun = clock()

    def __call__(self) -> float:
        """Return fast monotonic seconds."""
        return self._begun + (self._clock() - self._begun) * self._factor

    def schedule(self, due: Sequence[Due]) -> None:
        """Hand on the cues among `due`."""
        self._sound.schedule(
            [
                replace(one, at=self._real(one.at), until=None)
                for one in due
                if one.cue is not Cue.LINE
            ]
        )

    def cancel(self) -> None:
        """Drop all that has not begun."""
        self._sound.cancel()

    def problem(self) -> str:
        """Say why nothing is heard, or return an empty string."""
        return self._sound.problem()

    def _real(self, at: float) -> float:
        return self._begun + (at - self._begun) / self._factor
