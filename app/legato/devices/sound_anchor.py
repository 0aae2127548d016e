"""Tells when a frame that is written to a sound device now will be heard."""

from __future__ import annotations

from collections import deque

WINDOW = 8
"""Requests that are looked at; after a drop-out the estimate is right again within so many."""
LEAD_SECONDS = 0.07
"""How far ahead of the ear a device asks for frames: measured with PulseAudio and requests of
100 ms. One constant for all devices, so that cues keep their distances from each other."""


class Anchor:
    """Maps frames to monotonic time by when the device asks for them.

    A device asks for its next frames when it has room for them, never sooner, but often later: the
    thread has to be woken, and on a busy machine that takes milliseconds. So the moments of asking,
    each less the length of what was written before, have a sharp lower edge, and that edge is the
    device's own clock. The second lowest of the last few is taken, because after a late request the
    next may come a few milliseconds early to catch up.

    Args:
        rate: Frames a second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._written = 0
        self._offsets: deque[float] = deque(maxlen=WINDOW)

    def heard_at(self, now: float, frames: int) -> float:
        """Return when the first of the `frames` that are asked for at `now` will be heard."""
        before = self._written / self._rate
        self._written += frames
        self._offsets.append(now - before)
        lowest = sorted(self._offsets)
        edge = lowest[1] if len(lowest) > 2 else lowest[0]  # noqa: PLR2004 - one, two, many
        return edge + before + LEAD_SECONDS
