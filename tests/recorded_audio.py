"""What would be heard of a session: its sounds as they begin, without a device and in no time."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fakes import FakeClock
from legato.controllers.session_driver import SessionDriver
from legato.devices.audio.samples import CueSounds
from legato.devices.audio.schedule import CueScheduler, Spoken
from legato.domain.cues import Cue
from legato.domain.session import Status
from legato.domain.sound import Pcm
from legato.resources import find_bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from legato.domain.cues import ScheduledCue
    from legato.domain.ports import Clock
    from legato.domain.routine import VoiceLevel
    from legato.domain.timeline import Timeline

STEP_SECONDS = 0.5
"""How much time passes between two looks of the driver."""
PAUSE_SECONDS = 0.5
AFTER_SECONDS = 12.0
"""How long it is listened after the end."""
BANK = CueSounds(find_bundled().assets / "sounds", {})
_RATE = 1000
"""Samples a second of lines that nobody hears: only their length counts."""


def spoken_seconds(text: str) -> float:
    """Return roughly how long the voice takes for a line, measured over all that ship.

    Of 227 lines the longest were 0.9 s longer and the shortest 0.9 s shorter.
    """
    return 0.06 * len(text) + 0.6 * len(re.findall("[,.:;]", text)) + 0.2


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound: seconds from the start of the session at which it begins, and its length.

    Attributes:
        at: Seconds from the start.
        seconds: Of a tone its body: the tail may sound below a line.
        cue: LINE is a spoken line.
        text: The spoken line, or empty.
    """

    at: float
    seconds: float
    cue: Cue
    text: str = ""

    @property
    def end(self) -> float:
        """Seconds at which it ends."""
        return self.at + self.seconds

    def cut_at(self, moment: float) -> Heard:
        """Return the same sound, ended at `moment` at the latest."""
        return replace(self, seconds=min(self.seconds, max(0.0, moment - self.at)))


class Lines:
    """Spoken lines that are ready at once, with the given lengths."""

    def __init__(self, seconds_of: Callable[[str], float]) -> None:
        self._seconds_of = seconds_of
        self._said: dict[str, Spoken] = {}
        self.text_of: dict[int, str] = {}

    def spoken(self, text: str) -> Spoken | None:
        """Return silence of that length."""
        if text not in self._said:
            pcm = Pcm(array("h", bytes(2 * round(self._seconds_of(text) * _RATE))), _RATE)
            self._said[text] = Spoken(pcm)
            self.text_of[id(pcm)] = text
        return self._said[text]


class Listener:
    """A sound port that records which sounds begin when."""

    def __init__(self, clock: Clock, seconds_of: Callable[[str], float] = spoken_seconds) -> None:
        self._clock = clock
        self._lines = Lines(seconds_of)
        self.program = CueScheduler(BANK.tone, self._lines, PAUSE_SECONDS)
        self._tones = {id(tone.pcm): (cue, tone) for cue in Cue if (tone := BANK.tone(cue))}
        self.heard: list[Heard] = []

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Record the cues."""
        for one in due:
            self.program.add(one)

    def cancel(self) -> None:
        """Drop the cues that have not begun, and end those that sound."""
        self.program.clear()
        now = self._clock()
        self.heard = [one.cut_at(now) for one in self.heard]

    def problem(self) -> str:
        """Return nothing."""
        return ""

    def listen(self, since: float, until: float) -> None:
        """Record the sounds that begin between two moments."""
        for start in self.program.begin_before(until, since):
            if start.is_line:
                text = self._lines.text_of[id(start.pcm)]
                self.heard.append(Heard(start.at, start.pcm.seconds, Cue.LINE, text))
            else:
                cue, tone = self._tones[id(start.pcm)]
                self.heard.append(Heard(start.at, tone.body_seconds, cue))


class Evening:
    """A session with a real driver and a listener, as fast as it can run.

    Args:
        timeline: What runs.
        level: How much is said.
        seconds_of: How long the voice takes for a line.
    """

    def __init__(
        self,
        timeline: Timeline,
        level: VoiceLevel,
        seconds_of: Callable[[str], float] = spoken_seconds,
    ) -> None:
        self.clock = FakeClock(0.0)
        self.listener = Listener(self.clock, seconds_of)
        self.driver = SessionDriver(self.clock, self.clock, self.listener)
        self.driver.start(timeline, level=level)

    @property
    def heard(self) -> tuple[Heard, ...]:
        """The sounds so far, in order."""
        return tuple(sorted(self.listener.heard, key=lambda one: one.at))

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass in small steps."""
        for now in _steps(self.clock.now, self.clock.now + seconds):
            self.listener.listen(self.clock.now, now)
            self.clock.now = now
            self.driver.tick()

    def finish(self) -> tuple[Heard, ...]:
        """Run to the end and some time beyond, and return all sounds."""
        session = self.driver.session
        while session is not None and session.status is Status.RUNNING:
            self.pass_seconds(STEP_SECONDS)
            session = self.driver.session
        self.pass_seconds(AFTER_SECONDS)
        self.driver.close()
        return self.heard


def _steps(since: float, until: float) -> Iterator[float]:
    while since < until:
        since = min(since + STEP_SECONDS, until)
        yield since
