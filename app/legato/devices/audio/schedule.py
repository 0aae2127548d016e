"""Decides when each sound begins: tones at their moment, spoken lines where there is room.

Knows no device and no clock; all audio backends ask it. A tone begins at its moment or is dropped,
and with the tick of a repetition its number, as far as it is rendered.
A line has a moment before which it is not spoken, and a moment by which it must have ended; it
waits for the body of a tone and for other lines, and is dropped if it no longer fits: its caption
is on the screen in any case.
"""

from __future__ import annotations

import threading
from bisect import insort
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from legato.domain.cues import Cue

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.audio.samples import Tone
    from legato.domain.cues import ScheduledCue
    from legato.domain.sound import Pcm

LATEST_SECONDS = 0.5
"""A tone that cannot begin within this after its moment would only confuse."""
LINE_LATEST_SECONDS = 5.0
"""The same for a line that need not have ended by a certain moment."""
LINE_LATEST_IN_TIME_SECONDS = 10.0
"""The same for one that must: `Begin` is not spoken half a minute into a long hold."""
RENDER_LATEST_SECONDS = 1.5
"""How long a line that is not yet rendered delays those behind it."""
MARGIN_SECONDS = 0.15
"""Between the end of a line and the tone after it."""
HURRIED_SHARE = 0.4
"""Share of the pause between two lines that is kept if the second is late: it is better to hurry
than to drop an instruction."""
_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The engine's answer for a line: its sound, or None if it cannot be spoken."""

    pcm: Pcm | None


class Lines(Protocol):
    """The source of rendered lines."""

    def spoken(self, text: str) -> Spoken | None:
        """Return the answer for `text`, or None while it is being rendered."""


@dataclass(frozen=True, slots=True)
class ScheduledSound:
    """A sound that begins `at` monotonic seconds; `is_line` is true for speech, false for a tone."""

    at: float
    pcm: Pcm
    is_line: bool


@dataclass(frozen=True, slots=True)
class _WaitingTone:
    """A tone, and the number that is spoken in its moment, or an empty text."""

    at: float
    tone: Tone
    number: str = ""


class CueScheduler:
    """Holds the cues that have not begun, and decides when each begins. Safe in any thread.

    Args:
        tone: Returns the sound of a cue, or None if it has none.
        lines: The source of rendered lines.
        pause_seconds: Silence between two lines, and between a tone's body and a line.
    """

    def __init__(
        self, tone: Callable[[Cue], Tone | None], lines: Lines, pause_seconds: float
    ) -> None:
        self.tone = tone
        self.pause_seconds = pause_seconds
        self._lines_from = lines
        self._lock = threading.RLock()
        self._tones: list[_WaitingTone] = []
        self._lines: list[ScheduledCue] = []
        self._free_at = self._voice_until = float("-inf")
        self._follows_line = False

    def add(self, due: ScheduledCue) -> None:
        """Add a cue; one that has no sound is left out."""
        with self._lock:
            if due.cue is Cue.LINE:
                insort(self._lines, due, key=_at)
            elif tone := self.tone(due.cue):
                number = due.text if due.cue is Cue.COUNT else ""
                insort(self._tones, _WaitingTone(due.at, tone, number), key=_at)

    def clear(self) -> None:
        """Drop all sounds that have not begun."""
        with self._lock:
            self._tones.clear()
            self._lines.clear()
            self._free_at = self._voice_until = float("-inf")

    def drop_late(self, now: float) -> None:
        """Drop the sounds that can no longer begin in time."""
        with self._lock:
            self._tones = [one for one in self._tones if now - one.at <= LATEST_SECONDS]
            self._lines = [one for one in self._lines if now <= self._last_moment(one)]

    def drop_before(self, moment: float) -> None:
        """Drop the sounds due before `moment`, which nothing could play."""
        with self._lock:
            self._tones = [one for one in self._tones if one.at >= moment]
            self._lines = [one for one in self._lines if one.at >= moment]

    def next_moment(self, now: float) -> float | None:
        """Return the moment of the next sound that is certain to begin, or None."""
        with self._lock:
            moments = [self._tones[0].at] if self._tones else []
            if (start := self._first_line_start(now)) is not None:
                moments.append(start)
            return min(moments, default=None)

    def next_tone(self) -> float | None:
        """Return the moment of the next tone, or None."""
        with self._lock:
            return self._tones[0].at if self._tones else None

    def begin_before(self, moment: float, now: float) -> list[ScheduledSound]:
        """Return the sounds that begin before `moment`, in order, and remove them.

        Args:
            moment: Monotonic seconds.
            now: The earliest moment at which a sound can still begin.
        """
        with self._lock:
            self.drop_late(now)
            starts = []
            while self._tones and self._tones[0].at < moment:
                starts += self._begin_tone(self._tones.pop(0), now)
            while (start := self._first_line_start(now)) is not None and start < moment:
                starts.append(self._begin_line(self._lines.pop(0), start))
            return sorted(starts, key=_at)

    def _begin_tone(self, waiting: _WaitingTone, now: float) -> list[ScheduledSound]:
        at = max(waiting.at, now)
        sounds = [ScheduledSound(at, waiting.tone.pcm, is_line=False)]
        busy = waiting.tone.body_seconds
        answer = self._lines_from.spoken(waiting.number) if waiting.number else None
        # A slow voice leaves numbers out rather than speaking two at once.
        if answer and answer.pcm and at >= self._voice_until:
            self._voice_until = at + answer.pcm.seconds
            sounds.append(ScheduledSound(at, answer.pcm, is_line=True))
            busy = max(busy, answer.pcm.seconds)
        self._free_at = max(self._free_at, at + busy + self.pause_seconds)
        self._follows_line = False
        return sounds

    def _begin_line(self, line: ScheduledCue, at: float) -> ScheduledSound:
        answer = self._lines_from.spoken(line.text)
        if answer is None or answer.pcm is None:
            raise RuntimeError("a line began before it was rendered")
        self._voice_until = at + answer.pcm.seconds
        self._free_at = self._voice_until + self.pause_seconds
        self._follows_line = True
        return ScheduledSound(at, answer.pcm, is_line=True)

    def _first_line_start(self, now: float) -> float | None:
        """Return the moment at which the first line may begin; drop lines that cannot be spoken."""
        while self._lines:
            line = self._lines[0]
            answer = self._lines_from.spoken(line.text)
            if answer is None:
                return None
            if answer.pcm:
                start = self._room_for(line, now, answer.pcm.seconds)
                if start <= self._last_moment(line):
                    return start
            self._lines.pop(0)
        return None

    def _room_for(self, line: ScheduledCue, now: float, seconds: float) -> float:
        """Return the first moment from `now` on at which `line` overlaps no tone and no line."""
        free = self._free_at
        if self._follows_line and line.at < free - self.pause_seconds:
            free -= self.pause_seconds * (1.0 - HURRIED_SHARE)
        start = max(line.at, now, free)
        for tone_at, over_at in sorted(
            [*self._waiting_tones(), *((at, at) for at in line.tones_at)]
        ):
            if start + seconds + MARGIN_SECONDS > tone_at:
                start = max(start, over_at)
        return start

    def _waiting_tones(self) -> list[tuple[float, float]]:
        """Return the begin and end of the time that each waiting tone needs without lines."""
        pause = self.pause_seconds
        return [(one.at, one.at + one.tone.body_seconds + pause) for one in self._tones]

    def _last_moment(self, line: ScheduledCue) -> float:
        """Return the last moment at which `line` may begin."""
        answer = self._lines_from.spoken(line.text)
        if answer is None:
            return line.at + RENDER_LATEST_SECONDS
        if line.until is None:
            return line.at + LINE_LATEST_SECONDS
        in_time = line.until - (answer.pcm.seconds if answer.pcm else 0.0)
        return min(in_time, line.at + LINE_LATEST_IN_TIME_SECONDS)
