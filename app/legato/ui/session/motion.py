"""How far a session's picture and its lights have come, from the session's own seconds alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from legato.domain.routine import Tempo

if TYPE_CHECKING:
    from legato.domain.routine import Step
    from legato.domain.timeline import Segment

REACH_SECONDS = 5.0
"""From the start of a pose into its hold, where no lines tell when."""
SETTLED_SECONDS = 1.0
"""How long before the hold the figure is in its pose at the latest."""
_TOLD_FROM = 3
"""With so many lines, the announcement among them, the last but one tells the movement."""

TURN_SECONDS = 4.0
FLASH_ATTACK_SECONDS = 0.4
FLASH_SECONDS = 2.0


def ready_progress(spent: float, segment: Segment) -> float:
    """Return how far the figure is in its pose while somebody gets ready.

    It agrees with what is said: the start with the first lines, the movement with the last but
    one, and the pose with the last. Where there are fewer lines it moves before the hold.

    Args:
        spent: Seconds spent in the segment.
        segment: The time to get ready.
    """
    lines = [mark.at for mark in segment.marks]
    if len(lines) >= _TOLD_FROM:
        begins, ends = lines[-2], lines[-1]
    else:
        ends = max(segment.counted_seconds - SETTLED_SECONDS, 0.0)
        begins = max(ends - REACH_SECONDS, 0.0)
    if spent >= ends:
        return 1.0
    share = max(0.0, spent - begins) / (ends - begins)
    return (1.0 - math.cos(math.pi * share)) / 2.0


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
