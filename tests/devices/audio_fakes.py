"""Fakes for sound: tones of a few samples, lines, backends, engines."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING

from legato.devices.audio.mixer import Mixer
from legato.devices.audio.player import AudioUnavailable
from legato.devices.audio.samples import MIX_RATE, Tone
from legato.devices.audio.schedule import CueScheduler, Spoken
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.sound import Pcm, VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.audio.player import SoundSource

LOUD = 10_000


def flat(seconds: float, level: int = LOUD) -> Pcm:
    """Return a sound whose samples are all `level`, so that they can be recognised."""
    return Pcm(array("h", [level]) * round(seconds * MIX_RATE), MIX_RATE)


def tone_of(cue: Cue) -> Tone | None:
    """Return half a second with a body of 0.3 s for every cue except HALFWAY, which has none."""
    return None if cue is Cue.HALFWAY else Tone(flat(0.5), 0.3)


class FakeLines:
    """Answers that a test sets."""

    def __init__(self, **seconds: float) -> None:
        self.answers: dict[str, Spoken] = {
            text: Spoken(flat(length)) for text, length in seconds.items()
        }

    def spoken(self, text: str) -> Spoken | None:
        """Return the answer that was set."""
        return self.answers.get(text)


def scheduler_with(*due: ScheduledCue, pause: float = 0.5, **lines: float) -> CueScheduler:
    """Return a scheduler of `due`, with lines of so many seconds."""
    program = CueScheduler(tone_of, FakeLines(**lines), pause)
    for one in due:
        program.add(one)
    return program


class FakeBackend:
    """A backend that renders and fails on request."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.fails = ""
        self.is_lost = ""
        self.opened = 0
        self.closed = 0
        self.mixer: Mixer | None = None
        self.on_open: Callable[[], None] | None = None

    def open(self, source: SoundSource) -> None:
        """Fail if told to."""
        if self.on_open:
            self.on_open()
        if self.fails:
            raise AudioUnavailable(self.fails)
        self.opened += 1
        self.mixer = Mixer(source.scheduler, source.levels)

    def tick(self, now: float) -> float:  # noqa: ARG002 - the port's shape
        """Fail if told to."""
        if self.is_lost:
            raise AudioUnavailable(self.is_lost)
        return 0.25

    def is_sounding(self) -> bool:
        """Return whether the mixer sounds."""
        return self.mixer is not None and self.mixer.is_sounding

    def fade(self) -> None:
        """Fade the mixer."""
        if self.mixer:
            self.mixer.fade()

    def close(self) -> None:
        """Count."""
        self.closed += 1
        self.mixer = None

    def play(self, heard_at: float, seconds: float = 0.1) -> array[int]:
        """Render a block as a device does."""
        if self.mixer is None:
            raise RuntimeError("the way is closed")
        return self.mixer.render(round(seconds * MIX_RATE), heard_at)


class FakeSpeaker:
    """Renders each word as a tenth of a second, and records its requests."""

    name = "Fake"

    def __init__(self) -> None:
        self.asked: list[tuple[str, VoiceSettings]] = []
        self.closed = threading.Event()
        self.fails = False
        self.may_answer = threading.Event()
        self.may_answer.set()

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:
        """Return sound once that is allowed."""
        self.asked.append((text, voice))
        self.may_answer.wait(10)
        return None if self.fails else flat(0.1 * len(text.split()))

    def close(self) -> None:
        """Remember."""
        self.closed.set()
