"""Mixes scheduled sounds into blocks of samples, and estimates the clock of the stream."""

from __future__ import annotations

import threading
from array import array
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.devices.audio.samples import FRACTION_BITS, FULL_SCALE, MIX_RATE, ONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.audio.schedule import CueScheduler, ScheduledSound

FADE_SECONDS = 0.08
"""Length of the fade-out of a cancelled sound."""
_FADE_FRAMES = round(FADE_SECONDS * MIX_RATE)


@dataclass(frozen=True, slots=True)
class Levels:
    """Factors, 0 to 1, for the samples of tones and of lines."""

    tones: float = 1.0
    lines: float = 1.0

    def of(self, start: ScheduledSound) -> float:
        """Return the factor for the sound `start`."""
        return self.lines if start.is_line else self.tones


@dataclass(slots=True)
class _Sounding:
    """A sound that plays; `fade_left` counts down the frames of its fade-out, None before one."""

    start: ScheduledSound
    level: float
    position: int = 0
    fade_left: int | None = None

    @property
    def is_over(self) -> bool:
        return self.position >= len(self.start.pcm.samples) or self.fade_left == 0

    def fade(self) -> None:
        if self.fade_left is None:
            self.fade_left = _FADE_FRAMES

    def next_samples(self, frames: int, level: float) -> list[int]:
        """Return up to `frames` further samples, with a smooth change to `level`."""
        piece = self.start.pcm.samples[self.position : self.position + frames]
        before, after = self.level, level
        if self.fade_left is not None:
            piece = piece[: self.fade_left]
            before *= self.fade_left / _FADE_FRAMES
            self.fade_left -= len(piece)
            after *= self.fade_left / _FADE_FRAMES
        self.position += len(piece)
        self.level = level
        if before == after:
            factor = round(after * ONE)
            return [one * factor >> FRACTION_BITS for one in piece]
        step = (after - before) / max(1, len(piece))
        return [int(one * (before + step * number)) for number, one in enumerate(piece)]


class Mixer:
    """Renders scheduled sounds; called by the device's thread and by ours.

    Args:
        scheduler: The scheduled sounds.
        levels: Returns the current levels; called for every block.
    """

    def __init__(self, scheduler: CueScheduler, levels: Callable[[], Levels]) -> None:
        self._scheduler = scheduler
        self._levels = levels
        self._lock = threading.Lock()
        self._sounding: list[_Sounding] = []

    @property
    def is_sounding(self) -> bool:
        """Whether a sound that began has not ended."""
        with self._lock:
            return bool(self._sounding)

    def fade(self) -> None:
        """Fade out the sounds that play."""
        with self._lock:
            for one in self._sounding:
                one.fade()

    def render(self, frames: int, heard_at: float) -> array[int]:
        """Return the next `frames` samples; the first is heard at `heard_at` (monotonic seconds)."""
        levels = self._levels()
        block_end = heard_at + frames / MIX_RATE
        with self._lock:
            self._make_room(block_end)
            pieces = [(0, one.next_samples(frames, levels.of(one.start))) for one in self._sounding]
            for start in self._scheduler.begin_before(block_end, heard_at):
                frame = min(max(round((start.at - heard_at) * MIX_RATE), 0), frames)
                one = _Sounding(start, levels.of(start))
                pieces.append((frame, one.next_samples(frames - frame, one.level)))
                self._sounding.append(one)
            self._sounding = [one for one in self._sounding if not one.is_over]
        return _mixed(pieces, frames)

    def _make_room(self, block_end: float) -> None:
        """Fade out a line that plays, so that it has ended when the next tone begins."""
        tone_at = self._scheduler.next_tone()
        if tone_at is not None and tone_at - FADE_SECONDS < block_end:
            for one in self._sounding:
                if one.start.is_line:
                    one.fade()


def _mixed(pieces: list[tuple[int, list[int]]], frames: int) -> array[int]:
    """Return a block of `frames` that mixes `pieces`, each from its frame on."""
    block = near_silence(frames)
    for number, (frame, samples) in enumerate(pieces):
        place = slice(frame, frame + len(samples))
        if number:
            samples = [  # noqa: PLW2901 - the same piece, mixed with the others
                max(-FULL_SCALE, min(FULL_SCALE, low + one))
                for low, one in zip(block[place], samples, strict=True)
            ]
        block[place] = array("h", samples)
    return block


def near_silence(frames: int) -> array[int]:
    """Return inaudible samples that keep wireless headphones from falling asleep."""
    return array("h", [1, 0, -1, 0]) * (frames // 4) + array("h", [0]) * (frames % 4)


WINDOW = 8
"""Number of requests to look at; after a drop-out the estimate is right again within so many."""
LEAD_SECONDS = 0.07
"""How far ahead of the ear a device asks for frames: measured with PulseAudio and requests of
100 ms. One constant for all devices, so that cues keep their distances from each other."""


class StreamClock:
    """Estimates the clock of the device: maps frames to monotonic time by when they are asked for.

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
        """Return the monotonic time at which the first of the `frames` asked for at `now` is heard."""
        before = self._written / self._rate
        self._written += frames
        self._offsets.append(now - before)
        lowest = sorted(self._offsets)
        edge = lowest[1] if len(lowest) > 2 else lowest[0]  # noqa: PLR2004 - one, two, many
        return edge + before + LEAD_SECONDS
