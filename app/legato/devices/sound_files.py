"""Sound files -> samples: the cues that ship and the user's own; bad ones become sentences."""

from __future__ import annotations

import stat
import struct
import sys
import wave
from array import array
from typing import TYPE_CHECKING

from legato.domain.hearing import Pcm

if TYPE_CHECKING:
    from pathlib import Path

MIX_RATE = 48_000
"""Samples a second of all that is mixed."""
LARGEST_BYTES = 20_000_000
LONGEST_SECONDS = 30.0
SAMPLE_BYTES = 2
WAV_SUFFIX = ".wav"


class UnreadableSound(Exception):  # noqa: N818 - named for what it is
    """A file cannot be used as a sound; its text says why, for a person."""


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
    """Return a 16-bit WAV file as samples, several channels made one.

    Raises:
        UnreadableSound: It is no such file.
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
    """Return `pcm` at `MIX_RATE`, or as it is where miniaudio is missing: then nothing is mixed."""
    if pcm.rate == MIX_RATE or not pcm.samples:
        return pcm
    try:
        import miniaudio  # noqa: PLC0415 - nothing needs it before the first sound
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
    import miniaudio  # noqa: PLC0415 - nothing needs it before the first sound

    try:
        _check_length(miniaudio.get_file_info(str(path)).duration)
        kind = miniaudio.SampleFormat.SIGNED16
        decoded = miniaudio.decode_file(str(path), kind, 1, MIX_RATE)
    except miniaudio.MiniaudioError as error:
        raise UnreadableSound("it is not a WAV, MP3, FLAC or Ogg file") from error
    return Pcm(decoded.samples, MIX_RATE)
