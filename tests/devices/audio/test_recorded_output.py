"""Tests of cues and lines as recorded from a real sound server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bench.ear import CannotHear, Ear, Match, Recording
from legato.devices.audio.output import open_sound
from legato.devices.audio.samples import read_wav
from legato.devices.audio.schedule import HURRIED_SHARE
from legato.devices.voice_pico import find_engine
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.sound import SoundSettings, VoiceSettings
from legato.resources import find_bundled

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator

SOUNDS = find_bundled().assets / "sounds"
LEFT, RIGHT = "Now the left leg.", "Now the right leg."
FIRST, SECOND = Cue.TEN_SECONDS, Cue.HALFWAY
SECOND_AFTER = 4.2
SETTINGS = SoundSettings(pause_seconds=0.2, voice=VoiceSettings(pace=150))
BETWEEN_SECONDS = SETTINGS.pause_seconds * HURRIED_SHARE
"""Both lines are due with the first cue: the second is late, and comes after a shorter pause."""
BODY_SECONDS = 1.14
"""Of the first cue: after it, and a pause, there is room for a line."""
needs_voice = pytest.mark.skipif(find_engine() is None, reason="py-nanotts is not installed")


@dataclass(frozen=True, slots=True)
class Evening:
    """A cue, a line for each leg and another cue, as they were heard.

    Attributes:
        began: Monotonic seconds of the first cue.
        recording: What was heard.
        lines: What the engine had spoken, by text.
        backend: The name of the backend that played.
    """

    began: float
    recording: Recording
    lines: dict[str, array[int]]
    backend: str

    def cue(self, cue: Cue, after: float) -> Match:
        """Return the moment at which a cue was heard; its tail need not have ended."""
        shape = read_wav(SOUNDS / f"{cue}.wav").samples[:48_000]
        return self.recording.find(shape, self.began + after)

    def line(self, text: str) -> Match:
        """Return the moment at which a line was heard, near its due moment."""
        after = BODY_SECONDS + SETTINGS.pause_seconds
        if text == RIGHT:
            after += self.seconds(LEFT) + BETWEEN_SECONDS
        return self.recording.find(self.lines[text], self.began + after, within=0.1)

    def seconds(self, text: str) -> float:
        """Return the length of a line."""
        return len(self.lines[text]) / 48_000


@pytest.fixture(scope="module")
def evening() -> Iterator[Evening]:
    """Play and record, or skip with the reason."""
    pytest.importorskip("miniaudio", reason="miniaudio has no wheel for this machine")
    with pytest.MonkeyPatch.context() as patch:
        try:
            with Ear() as ear:
                for name, value in ear.env.items():
                    patch.setenv(name, value)
                yield play(ear)
        except CannotHear as reason:
            pytest.skip(f"no sound server: {reason}")


def play(ear: Ear) -> Evening:
    """Play a cue, two lines, a cue."""
    sound = open_sound(SOUNDS, SETTINGS)
    began = time.monotonic() + 0.9
    sound.schedule(
        [
            ScheduledCue(began, FIRST),
            ScheduledCue(began, Cue.LINE, LEFT, until=began + SECOND_AFTER),
            ScheduledCue(began, Cue.LINE, RIGHT, until=began + SECOND_AFTER),
            ScheduledCue(began + SECOND_AFTER, SECOND),
        ]
    )
    time.sleep(SECOND_AFTER + 2.0)
    answers = {text: sound._voice.spoken(text) for text in (LEFT, RIGHT)}
    backend = sound.backend()
    sound.close(ring_out_seconds=0.1)
    lines = {text: one.pcm.samples for text, one in answers.items() if one and one.pcm}
    return Evening(began, ear.recording(), lines, backend)


def test_first_cue_is_heard(evening: Evening) -> None:
    """The recording contains the shipped cue."""
    assert evening.cue(FIRST, 0.0).likeness > 0.95


def test_cues_keep_their_distance(evening: Evening) -> None:
    """Two cues are heard as far apart as they were due, whatever delay the server has.

    Other tests run beside this one, and the recorder hears in blocks of 10 ms; `bench.hear_cues`
    tells it to a tenth of a millisecond.
    """
    apart = evening.cue(SECOND, SECOND_AFTER).moment - evening.cue(FIRST, 0.0).moment

    assert apart == pytest.approx(SECOND_AFTER, abs=0.03)


def test_cue_comes_without_much_delay(evening: Evening) -> None:
    """The buffer of the device is compensated."""
    assert evening.cue(FIRST, 0.0).moment == pytest.approx(evening.began, abs=0.1)


def test_backend_is_the_first(evening: Evening) -> None:
    """The device was opened by miniaudio."""
    assert evening.backend == "PulseAudio, through miniaudio"


@needs_voice
@pytest.mark.parametrize("text", [LEFT, RIGHT])
def test_line_is_heard(evening: Evening, text: str) -> None:
    """The recording contains the rendered line."""
    assert evening.line(text).likeness > 0.95


@needs_voice
def test_left_does_not_sound_like_right(evening: Evening) -> None:
    """The line of the left leg is not mistaken for that of the right."""
    heard = evening.line(LEFT)
    other = evening.recording.find(evening.lines[RIGHT], heard.moment, within=0.1)

    assert other.likeness < 0.7


@needs_voice
def test_lines_keep_out_of_each_others_way(evening: Evening) -> None:
    """Lines follow the cue and each other, and end before the next cue."""
    left, right = evening.line(LEFT).moment, evening.line(RIGHT).moment

    assert left > evening.began + BODY_SECONDS
    assert right == pytest.approx(left + evening.seconds(LEFT) + BETWEEN_SECONDS, abs=0.05)
    assert right + evening.seconds(RIGHT) < evening.began + SECOND_AFTER
