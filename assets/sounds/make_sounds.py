"""Makes the cues of this folder: run it here, and the same files come out again, to the byte.

One family: a soft struck tone, low and warm, on the notes of one chord, so that any two of them
sound well together. All share one attack curve, so that a cue is heard at its first sample plus
the same few milliseconds, whichever it is; the tick of a repetition alone begins faster.

    python make_sounds.py            write the WAV files beside this script
    python make_sounds.py --check    print level and loudness of those that are there
"""

from __future__ import annotations

import argparse
import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 48_000
ATTACK_SECONDS = 0.32
"""From nothing to full; slow enough that nobody starts up from it."""
RELEASE_SECONDS = 0.6
"""The last of the tail, taken down to nothing."""
SILENCE_SECONDS = 0.2
"""After the tail: some players cut off the end of a file."""
FULL_SCALE = 32767
LOUDNESS = -21.0
"""LUFS of the loudest 400 ms of a cue."""
GOOD_NIGHT_LOUDNESS = -25.0
TICK_LOUDNESS = -33.0
"""A tick comes with every repetition, often beneath the voice."""
TICK_ATTACK_SECONDS = 0.03
"""Short enough to keep time by, and too long to be a click."""
PEAK_LIMIT = 0.9

# Frequency as a multiple of the fundamental, amplitude, and how fast it fades against it.
PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.30, 0.62), (3.0, 0.12, 0.45), (4.0, 0.035, 0.32))
DETUNE = 0.0011
"""Each partial is a pair this far apart: slow beating makes it warm instead of electric."""

A2, D3, A3, D4, F_SHARP4 = 110.00, 146.83, 220.00, 293.66, 369.99


@dataclass(frozen=True, slots=True)
class Note:
    """One struck tone.

    Attributes:
        hertz: Its pitch.
        at: Seconds from the beginning of the cue.
        fade: Seconds in which it sinks to 37 %.
        amplitude: Its strength against the others.
        attack: Seconds from nothing to full.
    """

    hertz: float
    at: float = 0.0
    fade: float = 0.55
    amplitude: float = 1.0
    attack: float = ATTACK_SECONDS


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a cue is made of; `seconds` is its length without the silence at the end."""

    notes: tuple[Note, ...]
    seconds: float
    loudness: float = LOUDNESS


RECIPES = {
    "begin": Recipe((Note(D3), Note(A3, amplitude=0.7)), 3.4),
    "halfway": Recipe((Note(A3, fade=0.5),), 3.0),
    "ten-seconds": Recipe((Note(D4, fade=0.42), Note(F_SHARP4, fade=0.36, amplitude=0.5)), 2.6),
    "switch": Recipe((Note(A3, fade=0.45), Note(D4, at=0.6, fade=0.5)), 3.6),
    "end": Recipe((Note(D4, fade=0.45), Note(A3, at=0.6, fade=0.6)), 4.0),
    "count": Recipe(
        (Note(A3, fade=0.09, attack=TICK_ATTACK_SECONDS),), 0.8, loudness=TICK_LOUDNESS
    ),
    "good-night": Recipe(
        (
            # Below the end's own notes: both are struck in one moment, and each is heard.
            Note(D3, fade=0.6, amplitude=0.8),
            Note(A2, at=0.7, fade=0.7),
        ),
        5.0,
        GOOD_NIGHT_LOUDNESS,
    ),
}
"""By the name of the cue, which is also the name of its file."""


def attack(seconds: float, lasts: float = ATTACK_SECONDS) -> float:
    """Return the level, 0 to 1, of a note `seconds` after it was struck."""
    if seconds >= lasts:
        return 1.0
    return math.sin(math.pi / 2 * seconds / lasts)


def add_note(samples: list[float], note: Note) -> None:
    """Add `note` to `samples`, from its moment to the end of them."""
    begin = round(note.at * RATE)
    for multiple, amplitude, lasting in PARTIALS:
        fade = note.fade * lasting
        for shift in (-DETUNE / 2, DETUNE / 2):
            step = 2 * math.pi * note.hertz * multiple * (1 + shift) / RATE
            level = amplitude * note.amplitude / 2
            for index in range(begin, len(samples)):
                since = (index - begin) / RATE
                swell = attack(since, note.attack) * math.exp(-max(0.0, since - note.attack) / fade)
                samples[index] += level * swell * math.sin(step * (index - begin))


def render(recipe: Recipe) -> array[int]:
    """Return the cue as 16-bit samples, as loud as its recipe says.

    Raises:
        ValueError: It would be louder than `PEAK_LIMIT` in places.
    """
    samples = [0.0] * round(recipe.seconds * RATE)
    for note in recipe.notes:
        add_note(samples, note)
    release = round(RELEASE_SECONDS * RATE)
    for left in range(release):
        samples[-1 - left] *= math.sin(math.pi / 2 * left / release) ** 2
    gain = 10 ** ((recipe.loudness - loudness(samples)) / 20)
    if max(map(abs, samples)) * gain > PEAK_LIMIT:
        raise ValueError("too loud in places: lower LOUDNESS or soften the attack")
    silence = [0] * round(SILENCE_SECONDS * RATE)
    return array("h", [round(sample * gain * FULL_SCALE) for sample in samples] + silence)


def biquad(samples: list[float], b: tuple[float, ...], a: tuple[float, ...]) -> list[float]:
    """Return `samples` through one second-order filter."""
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in samples:
        y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2
        x1, x2, y1, y2 = x, x1, y, y1
        out.append(y)
    return out


def loudness(samples: list[float]) -> float:
    """Return the loudness in LUFS of the loudest 400 ms, as ITU-R BS.1770 weights it at 48 kHz.

    The standard counts a mono signal once; -70 is returned for silence.
    """
    shelf = (1.53512485958697, -2.69169618940638, 1.19839281085285)
    weighted = biquad(samples, shelf, (-1.69065929318241, 0.73248077421585))
    weighted = biquad(weighted, (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
    block, hop = round(0.4 * RATE), round(0.1 * RATE)
    powers = [
        sum(x * x for x in weighted[start : start + block]) / block
        for start in range(0, max(1, len(weighted) - block), hop)
    ]
    return -0.691 + 10 * math.log10(max(*powers, 0.0, 1e-7))


def read(path: Path) -> array[int]:
    """Return the samples of one of the files."""
    with wave.open(str(path), "rb") as file:
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def write(path: Path, samples: array[int]) -> None:
    """Write `samples` as a mono WAV file."""
    data = array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data.tobytes())


def check(folder: Path) -> None:
    """Print what the files in `folder` measure."""
    print(f"{'cue':12} {'seconds':>8} {'peak':>6} {'LUFS':>7}")
    for name in RECIPES:
        scaled = [sample / FULL_SCALE for sample in read(folder / f"{name}.wav")]
        seconds, peak = len(scaled) / RATE, max(map(abs, scaled))
        print(f"{name:12} {seconds:8.2f} {peak:6.3f} {loudness(scaled):7.2f}")


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description="Make the cues of this folder.")
    parser.add_argument("--check", action="store_true", help="print level and loudness instead")
    folder = Path(__file__).parent
    if parser.parse_args().check:
        check(folder)
        return 0
    for name, recipe in RECIPES.items():
        write(folder / f"{name}.wav", render(recipe))
    return 0


if __name__ == "__main__":
    sys.exit(main())
