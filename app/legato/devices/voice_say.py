"""The voice of macOS: the system's `say`, which writes a file."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from legato.devices.audio.samples import UnreadableSound, read_wav

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.sound import Pcm, VoiceSettings

PROGRAM = "/usr/bin/say"
RATE = 24_000
DEADLINE_SECONDS = 8.0
PACE_FACTOR = 1.22
"""`say` takes the pace of the words alone; the pauses between lines make the result slower by
this factor."""


class SaySpeaker:
    """Renders lines by `say`, in the voice chosen in the system, which sets the pitch.

    Args:
        run: Runs a command as `subprocess.run` does.
    """

    name = "the voice of this Mac"

    def __init__(self, run: Callable[..., object] = subprocess.run) -> None:
        self._run = run

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:
        """Return `text` as sound; None if the system failed or took too long."""
        with tempfile.TemporaryDirectory(prefix="legato-") as folder:
            file = Path(folder) / "line.wav"
            try:
                self._run(
                    [
                        PROGRAM,
                        *("-r", str(round(voice.pace * PACE_FACTOR))),
                        *("-o", str(file), "--file-format=WAVE", f"--data-format=LEI16@{RATE}"),
                        *("-f", "-"),
                    ],
                    input=text.encode(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=DEADLINE_SECONDS,
                    check=True,
                )
                return read_wav(file)
            except (OSError, subprocess.SubprocessError, UnreadableSound):
                return None

    def close(self) -> None:
        """Do nothing: nothing is held open between lines."""
