"""Tests of silencing ALSA on the terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from legato.devices.audio import miniaudio_backend

TRY = """
import ctypes
from legato.devices.audio.miniaudio_backend import silence_alsa_errors
if {silenced}: silence_alsa_errors()
alsa = ctypes.CDLL("libasound.so.2")
print(alsa.snd_pcm_open(ctypes.byref(ctypes.c_void_p()), b"no-such-card", 0, 0))
"""


def opened(*, silenced: bool) -> tuple[int, str]:
    """Open a missing card; return ALSA's answer and its output on the terminal."""
    words = [sys.executable, "-c", TRY.format(silenced=silenced)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if "libasound" in done.stderr and done.returncode:
        pytest.skip("there is no libasound here")
    return int(done.stdout), done.stderr


def test_nothing_is_written_to_the_terminal() -> None:
    """The error is returned, and nothing is printed."""
    answer, written = opened(silenced=True)

    assert (answer < 0, written) == (True, "")


def test_without_it_something_would_be_written() -> None:
    """Without silencing, ALSA prints."""
    assert "ALSA lib" in opened(silenced=False)[1]


def test_without_alsa_nothing_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library nothing happens."""
    monkeypatch.setattr(miniaudio_backend, "LIBRARY", "libnothing.so.2")
    miniaudio_backend.silence_alsa_errors()
