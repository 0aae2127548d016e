"""Samples: reads, measures and scales them, and holds the sound of each cue."""

from __future__ import annotations

import math
import stat
import struct
import sys
import wave
from array import array
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

from legato.devices.audio.lazy_miniaudio import import_miniaudio
from legato.domain.cues import SPECS, Cue
from legato.domain.sound import Pcm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MIX_RATE = 48_000
"""Samples a second of mixed sound."""
LARGEST_BYTES = 20_000_000
LONGEST_SECONDS = 30.0
SAMPLE_BYTES = 2


class UnreadableSound(Exception):  # noqa: N818 - named for what it is
    """A file cannot be used as a sound; the message is a reason to show to the user."""


def read_sound(path: Path) -> Pcm:
    """Return a WAV, MP3, FLAC or Ogg file as samples of `MIX_RATE`.

    Where miniaudio is missing, only 16-bit WAV files can be read, and keep their rate.

    Raises:
        UnreadableSound: It is missing, no regular file, too large, too long or of another kind.
    """
    _check_file(path)
    try:
        pcm = _decode(path)
    except ImportError:
        pcm = read_wav(path)
    if not pcm.samples:
        raise UnreadableSound("it holds no sound")
    return pcm


def read_wav(path: Path) -> Pcm:
    """Return a 16-bit WAV file as samples, its channels mixed into one.

    Raises:
        UnreadableSound: It is missing, not a 16-bit WAV file, or too long.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, frames = file.getparams()[:4]
            if width != SAMPLE_BYTES:
                raise UnreadableSound("it is not a 16-bit WAV file")
            _check_length(frames / rate)
            data = file.readframes(frames)
    except (OSError, EOFError, wave.Error, struct.error, ZeroDivisionError) as error:
        raise UnreadableSound("it is not a 16-bit WAV file") from error
    samples = array("h", data[: len(data) // SAMPLE_BYTES * SAMPLE_BYTES])
    if sys.byteorder == "big":
        samples.byteswap()
    if channels > 1:
        parts = [samples[number::channels] for number in range(channels)]
        samples = array("h", (sum(frame) // channels for frame in zip(*parts, strict=False)))
    return Pcm(samples, rate)


def at_mix_rate(pcm: Pcm) -> Pcm:
    """Return `pcm` at `MIX_RATE`, or unchanged without miniaudio: then nothing is mixed."""
    if pcm.rate == MIX_RATE or not pcm.samples:
        return pcm
    try:
        miniaudio = import_miniaudio()
    except ImportError:
        return pcm
    kind = miniaudio.SampleFormat.SIGNED16
    data = miniaudio.convert_frames(kind, 1, pcm.rate, pcm.samples.tobytes(), kind, 1, MIX_RATE)
    return Pcm(array("h", bytes(data)), MIX_RATE)


def _check_file(path: Path) -> None:
    try:
        found = path.stat()
    except OSError as error:
        raise UnreadableSound(error.strerror or "it cannot be opened") from error
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableSound("it is not a file")
    if found.st_size > LARGEST_BYTES:
        raise UnreadableSound(f"it is larger than {LARGEST_BYTES // 1_000_000} MB")


def _check_length(seconds: float) -> None:
    if seconds > LONGEST_SECONDS:
        raise UnreadableSound(f"it lasts longer than {LONGEST_SECONDS:.0f} seconds")


def _decode(path: Path) -> Pcm:
    miniaudio = import_miniaudio()
    try:
        _check_length(miniaudio.get_file_info(str(path)).duration)
        kind = miniaudio.SampleFormat.SIGNED16
        decoded = miniaudio.decode_file(str(path), kind, 1, MIX_RATE)
    except miniaudio.MiniaudioError as error:
        raise UnreadableSound("it is not a WAV, MP3, FLAC or Ogg file") from error
    return Pcm(decoded.samples, MIX_RATE)


FULL_SCALE = 32767
FRACTION_BITS = 15
ONE = 1 << FRACTION_BITS
"""The factor 1.0 in fixed point, which is twice as fast as floating point here."""
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
    """Return the seconds after which `pcm` stays below its loudest level by more than `under_db`.

    The rest is its tail: another sound may begin there without either disturbing the other.
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
    whole = round(factor * ONE)
    samples = [sample * whole >> FRACTION_BITS for sample in pcm.samples]
    if samples and (max(samples) > FULL_SCALE or min(samples) < -FULL_SCALE):
        samples = [max(-FULL_SCALE, min(FULL_SCALE, one)) for one in samples]
    return Pcm(array("h", samples), pcm.rate)


def trimmed(pcm: Pcm, under_db: float = -40.0) -> Pcm:
    """Return `pcm` without the silence around it, with faded edges; empty if all is silent."""
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


OWN_LOUDEST = 0.14
"""Root mean square, 0 to 1, of the loudest part of the shipped cues; a louder file of the user's
own is scaled down to it."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The sound of a cue; after `body_seconds` only its tail is left."""

    pcm: Pcm
    body_seconds: float


class CueSounds:
    """Reads the sound of each cue when it is first needed, and caches it.

    Args:
        folder: The folder of the shipped cues.
        files: For a cue the user's own file, or None where the cue is off.
    """

    def __init__(self, folder: Path, files: Mapping[Cue, Path | None]) -> None:
        self._folder = folder
        self._files = files
        self._tones: dict[Cue, Tone | None] = {Cue.LINE: None}
        self._notes: dict[Cue, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """The files that could not be read so far, one sentence for each."""
        return tuple(self._notes.values())

    def check(self) -> None:
        """Add to `notes` what can be known before a cue is due; read the user's own files.

        The shipped cues take 2 MB together and a few milliseconds each: they are read when due.
        """
        for cue in Cue:
            own = self._files.get(cue)
            if own is not None or not (self._folder / SPECS[cue].file_name).is_file():
                self.tone(cue)

    def tone(self, cue: Cue) -> Tone | None:
        """Return the sound of `cue`, or None if it has none."""
        if cue not in self._tones:
            pcm = self._pcm(cue)
            self._tones[cue] = Tone(pcm, body_seconds(pcm)) if pcm else None
        return self._tones[cue]

    def _pcm(self, cue: Cue) -> Pcm | None:
        own = self._files.get(cue)
        if own is not None:
            try:
                return _softened(read_sound(own))
            except UnreadableSound as error:
                self._notes[cue] = (
                    f"Your sound for “{cue.replace('-', ' ')}” is not used, the usual one is: "
                    f"{own.name}: {error}."
                )
        elif cue in self._files:
            return None
        return self._shipped(cue)

    def _shipped(self, cue: Cue) -> Pcm | None:
        path = self._folder / SPECS[cue].file_name
        try:
            return read_wav(path)
        except UnreadableSound as error:
            self._notes[cue] = f"The sound {path.name} is missing from this installation: {error}."
            return None


def _softened(pcm: Pcm) -> Pcm:
    level = loudest(pcm)
    return scaled(pcm, OWN_LOUDEST / level) if level > OWN_LOUDEST else pcm
