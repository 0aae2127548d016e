"""How far a session's picture and its lights have come, from the session's own seconds alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain.routine import Tempo

if TYPE_CHECKING:
    from legato.domain.routine import Step

REACH_SECONDS = 5.0
"""From the start of a pose into its hold."""
REST_SECONDS = 3.0
"""In the hold, before going back to show the way once more."""
RETURN_SECONDS = 4.0
PAUSE_SECONDS = 2.0
_ROUND_SECONDS = REACH_SECONDS + REST_SECONDS + RETURN_SECONDS + PAUSE_SECONDS

TURN_SECONDS = 4.0
FLASH_ATTACK_SECONDS = 0.4
FLASH_SECONDS = 2.0


def ready_progress(remaining: float) -> float:
    """Return how far the figure is in its pose, so that it is there when the hold begins.

    Counted back from the end: it reaches the pose a moment before; before that it has shown the
    way in and back, at leisure, as often as there is time.
    """
    back = (remaining - 1.0) % _ROUND_SECONDS if remaining > 1.0 else 0.0
    if back < REACH_SECONDS:
        return 1.0 - back / REACH_SECONDS
    back -= REACH_SECONDS + PAUSE_SECONDS
    if back < 0:
        return 0.0
    return min(back / RETURN_SECONDS, 1.0)


def release_progress(spent: float, seconds: float) -> float:
    """Return how far in the pose the figure is while it lets go between two holds."""
    share = spent / seconds if seconds else 1.0
    return abs(1.0 - 2.0 * min(share, 1.0))


def repetition_progress(spent: float, step: Step) -> float:
    """Return how far in the pose the figure is, `spent` seconds into a set: in and out again."""
    every = step.every_seconds
    tempo = step.every if isinstance(step.every, Tempo) else Tempo(every / 2, 0.0, every / 2)
    into = spent % every
    if into < tempo.up:
        share = into / tempo.up
    elif into <= tempo.up + tempo.stay:
        return 1.0
    else:
        share = (every - into) / tempo.down if tempo.down else 0.0
    return (1.0 - math.cos(math.pi * share)) / 2.0


def turn_share(spent: float, seconds: float) -> float:
    """Return how far the figure has turned to its other side: slow at both ends."""
    lasts = min(TURN_SECONDS, seconds)
    share = min(spent / lasts, 1.0) if lasts else 1.0
    return (1.0 - math.cos(math.pi * share)) / 2.0


def flash(age: float, *, moves: bool) -> float:
    """Return the strength, 0 to 1, of the light of a cue that rang `age` seconds ago.

    It swells and sinks like the tone; without motion it is there for a moment and then is not.
    """
    if not 0.0 <= age < FLASH_SECONDS:
        return 0.0
    if not moves:
        return 1.0 if age < FLASH_SECONDS / 2 else 0.0
    if age < FLASH_ATTACK_SECONDS:
        return age / FLASH_ATTACK_SECONDS
    return 1.0 - (age - FLASH_ATTACK_SECONDS) / (FLASH_SECONDS - FLASH_ATTACK_SECONDS)
