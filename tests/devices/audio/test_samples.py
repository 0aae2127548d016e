"""Tests of reading sound files, valid and invalid."""

from __future__ import annotations

import hashlib
import math
import sys
import wave
from array import array
from typing import TYPE_CHECKING

import pytest

from legato.devices.audio import samples
from legato.devices.audio.samples import UnreadableSound, at_mix_rate, read_sound, read_wav
from legato.domain.sound import Pcm

if TYPE_CHECKING:
    from pathlib import Path

NOISE = hashlib.shake_128(b"no sound").digest(2_000)


def wav(path: Path, samples: array[int], rate: int = 48_000, channels: int = 1) -> Path:
    """Write a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def tone(seconds: float, rate: int = 48_000) -> array[int]:
    """Return a sine of 200 Hz."""
    step = 2 * math.pi * 200 / rate
    return array("h", (round(9_000 * math.sin(step * n)) for n in range(round(seconds * rate))))


def test_wav_is_read_as_it_is(tmp_path: Path) -> None:
    """The samples are unchanged."""
    samples = tone(0.1)

    assert read_wav(wav(tmp_path / "a.wav", samples)) == Pcm(samples, 48_000)


def test_stereo_becomes_mono(tmp_path: Path) -> None:
    """Both channels are averaged."""
    stereo = array("h", [100, 300] * 480)

    assert set(read_wav(wav(tmp_path / "a.wav", stereo, channels=2)).samples) == {200}


def test_own_sound_comes_at_the_rate_of_all(tmp_path: Path) -> None:
    """A file of 44.1 kHz keeps its length."""
    pcm = read_sound(wav(tmp_path / "a.wav", tone(0.5, 44_100), 44_100))

    assert pcm.rate == 48_000
    assert pcm.seconds == pytest.approx(0.5, abs=0.01)


def test_own_wav_is_read_without_miniaudio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without miniaudio WAV files can be read."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)

    assert read_sound(wav(tmp_path / "a.wav", tone(0.1))).samples == tone(0.1)


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.flac", "a.ogg", "a.txt", "a"])
@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", NOISE], ids=len)
def test_broken_file_is_reported(tmp_path: Path, name: str, data: bytes) -> None:
    """A file that is no sound is refused with a reason."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UnreadableSound, match="it "):
        read_sound(path)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", bytes(2_000)])
def test_broken_wav_is_reported_without_miniaudio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """The plain WAV reader refuses with a reason, too."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    (tmp_path / "a.wav").write_bytes(data)

    with pytest.raises(UnreadableSound, match="16-bit WAV"):
        read_sound(tmp_path / "a.wav")


def test_missing_file_is_reported(tmp_path: Path) -> None:
    """The reason is that of the system."""
    with pytest.raises(UnreadableSound, match="No such file"):
        read_sound(tmp_path / "none.wav")


def test_folder_is_reported(tmp_path: Path) -> None:
    """A folder is refused."""
    with pytest.raises(UnreadableSound, match="not a file"):
        read_sound(tmp_path)


def test_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a file is limited."""
    monkeypatch.setattr(samples, "LARGEST_BYTES", 1_000)

    with pytest.raises(UnreadableSound, match="larger than"):
        read_sound(wav(tmp_path / "a.wav", tone(0.1)))


@pytest.mark.parametrize("module", ["with", "without"])
def test_long_sound_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """The length of a sound is limited."""
    if module == "without":
        monkeypatch.setitem(sys.modules, "miniaudio", None)

    with pytest.raises(UnreadableSound, match="longer than 30 seconds"):
        read_sound(wav(tmp_path / "a.wav", array("h", bytes(2 * 8_000 * 31)), 8_000))


def test_sound_without_samples_is_reported(tmp_path: Path) -> None:
    """An empty recording is refused."""
    with pytest.raises(UnreadableSound, match="no sound"):
        read_sound(wav(tmp_path / "a.wav", array("h")))


def test_line_is_brought_to_the_rate_of_all() -> None:
    """Speech of 16 kHz keeps its length at 48 kHz."""
    pcm = at_mix_rate(Pcm(tone(0.5, 16_000), 16_000))

    assert pcm.rate == 48_000
    assert pcm.seconds == pytest.approx(0.5, abs=0.001)


def test_line_keeps_its_rate_without_miniaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fallback players accept any rate."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)

    assert at_mix_rate(Pcm(tone(0.5, 16_000), 16_000)).rate == 16_000
