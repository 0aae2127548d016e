"""Measures and mends sound that is held in memory as samples."""

from __future__ import annotations

import math
from array import array
from operator import mul

from legato.domain.hearing import Pcm

FULL_SCALE = 32767
_BITS = 15
_ONE = 1 << _BITS  # a factor in whole numbers: twice as fast as in floating point
FRAME_SECONDS = 0.02
"""Levels are measured over pieces of this length."""
STRIDE = 3
"""Every third sample is enough to measure a level, and takes a third of the time."""
EDGE_SECONDS = 0.01
LOUD_SECONDS = 0.4
"""How long a sound must last to be heard in its full loudness."""


def levels(pcm: Pcm) -> list[float]:
    """Return the root mean square, 0 to 1, of each `FRAME_SECONDS` of `pcm`."""
    size = max(1, round(FRAME_SECONDS * pcm.rate))
    found = []
    for start in range(0, len(pcm.samples), size):
        piece = pcm.samples[start : start + size : STRIDE]
        found.append(math.sqrt(sum(map(mul, piece, piece)) / len(piece)) / FULL_SCALE)
    return found


def body_seconds(pcm: Pcm, under_db: float = -26.0) -> float:
    """Return after how many seconds `pcm` stays more than `under_db` below its loudest.

    What follows is its tail: another sound may begin there without either disturbing the other.
    """
    found = levels(pcm)
    floor = max(found, default=0.0) * 10 ** (under_db / 20)
    loud = [index for index, level in enumerate(found) if level > floor]
    return min(pcm.seconds, (loud[-1] + 1) * FRAME_SECONDS) if loud else 0.0


def loudest(pcm: Pcm) -> float:
    """Return the root mean square, 0 to 1, of the loudest `LOUD_SECONDS`."""
    count = round(LOUD_SECONDS / FRAME_SECONDS)
    powers = [level * level for level in levels(pcm)]
    windows = (powers[start : start + count] for start in range(max(1, len(powers) - count + 1)))
    return max((math.sqrt(sum(window) / count) for window in windows), default=0.0)


def scaled(pcm: Pcm, factor: float) -> Pcm:
    """Return `pcm` louder or softer, cut off at full scale."""
    whole = round(factor * _ONE)
    samples = [sample * whole >> _BITS for sample in pcm.samples]
    if samples and (max(samples) > FULL_SCALE or min(samples) < -FULL_SCALE):
        samples = [max(-FULL_SCALE, min(FULL_SCALE, one)) for one in samples]
    return Pcm(array("h", samples), pcm.rate)


def trimmed(pcm: Pcm, under_db: float = -40.0) -> Pcm:
    """Return `pcm` without the silence around it, its edges faded; empty if all is silent."""
    found = levels(pcm)
    floor = max(found, default=0.0) * 10 ** (under_db / 20)
    loud = [index for index, level in enumerate(found) if level > floor]
    if not loud:
        return Pcm(array("h"), pcm.rate)
    size = max(1, round(FRAME_SECONDS * pcm.rate))
    first, last = max(0, loud[0] - 1), loud[-1] + 2
    samples = pcm.samples[first * size : last * size]
    edge = min(len(samples) // 2, round(EDGE_SECONDS * pcm.rate))
    for index in range(edge):
        samples[index] = samples[index] * index // edge
        samples[-1 - index] = samples[-1 - index] * index // edge
    return Pcm(samples, pcm.rate)
