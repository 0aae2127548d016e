"""Tests of ALSA being silent on the terminal."""

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
    """Open a card that is not there; return ALSA's answer and what it wrote to the terminal."""
    words = [sys.executable, "-c", TRY.format(silenced=silenced)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if "libasound" in done.stderr and done.returncode:
        pytest.skip("there is no libasound here")
    return int(done.stdout), done.stderr


def test_nothing_is_written_to_the_terminal() -> None:
    """The caller gets the error, the person's terminal nothing."""
    answer, written = opened(silenced=True)

    assert (answer < 0, written) == (True, "")


def test_without_it_something_would_be_written() -> None:
    """The test above can fail."""
    assert "ALSA lib" in opened(silenced=False)[1]


def test_without_alsa_nothing_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library is missing there is nothing to silence."""
    monkeypatch.setattr(miniaudio_backend, "LIBRARY", "libnothing.so.2")
    miniaudio_backend.silence_alsa_errors()
