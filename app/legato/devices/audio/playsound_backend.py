"""The fallback audio backend: a player of the machine, found by playsound3, plays WAV files."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from legato.devices.audio import samples
from legato.devices.audio.player import AudioUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.audio.player import SoundSource
    from legato.devices.audio.schedule import ScheduledSound
    from legato.domain.ports import Clock
    from legato.domain.sound import Pcm

CHECK_SECONDS = 0.25
ARM_SECONDS = 0.3
"""How long before its moment the file of a sound is written."""
PREFERRED = "alsa"
"""The player to prefer: it starts soonest, and its exit code can be trusted."""


class Playing(Protocol):
    """A player that plays a file, as playsound3 returns it."""

    def is_alive(self) -> bool:
        """Return whether it still plays."""

    def stop(self) -> None:
        """End the player."""


class Players(Protocol):
    """The players of the machine."""

    @property
    def name(self) -> str:
        """The name of the player in use."""

    def play(self, path: Path) -> Playing:
        """Begin to play a file.

        Raises:
            AudioUnavailable: It cannot.
        """


class PlaysoundBackend:
    """Starts a player for each sound at its moment, and ends the one before.

    Sounds are not exact to the frame: players begin 20 to 120 ms late, each by its own amount.

    Args:
        find_players: Looks for a player; raises `AudioUnavailable` if there is none.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        find_players: Callable[[], Players] | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._find_players = find_players or Playsound
        self._clock = clock
        self._players: Players | None = None
        self._source: SoundSource | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._armed: list[tuple[ScheduledSound, Path]] = []
        self._playing: Playing | None = None
        self._written = 0

    @property
    def name(self) -> str:
        """The player that was found, and `playsound3`."""
        return f"{self._players.name}, through playsound3" if self._players else "playsound3"

    def open(self, source: SoundSource) -> None:
        """Find a player and make a folder for the files.

        Raises:
            AudioUnavailable: There is no player, or no folder could be made.
        """
        self._players = self._players or self._find_players()
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="legato-", ignore_cleanup_errors=True)
        except OSError as error:
            raise AudioUnavailable("there is no room for temporary files") from error
        self._source = source

    def tick(self, now: float) -> float:
        """Write the files of sounds that begin soon, and start those that are due.

        Raises:
            AudioUnavailable: A player failed, or a file could not be written.
        """
        self._check_player()
        if self._source is None:
            return CHECK_SECONDS
        for start in self._source.scheduler.begin_before(now + ARM_SECONDS, now):
            self._armed.append((start, self._write(start)))
        while self._armed and self._armed[0][0].at <= now:
            _, path = self._armed.pop(0)
            self._stop()
            if self._players:
                self._playing = self._players.play(path)
        if self._armed:
            return max(0.0, min(CHECK_SECONDS, self._armed[0][0].at - self._clock()))
        return CHECK_SECONDS

    def is_sounding(self) -> bool:
        """Return whether a player runs or is about to be started."""
        return bool(self._armed) or (self._playing is not None and self._playing.is_alive())

    def fade(self) -> None:
        """End the player at once: it cannot fade out."""
        self._armed.clear()
        self._stop()

    def close(self) -> None:
        """End the player and remove the files."""
        self.fade()
        self._source = None
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _stop(self) -> None:
        playing, self._playing = self._playing, None
        if playing and playing.is_alive():
            playing.stop()

    def _check_player(self) -> None:
        if self._playing is None or self._playing.is_alive():
            return
        process = getattr(self._playing, "subprocess", None)
        self._playing = None
        if process is not None and process.poll() not in {0, None}:
            raise AudioUnavailable("the sound player failed")

    def _write(self, start: ScheduledSound) -> Path:
        if self._folder is None or self._source is None:
            raise RuntimeError("a file is written while the backend is closed")
        self._written += 1
        path = Path(self._folder.name) / f"{self._written}.wav"
        factor = self._source.levels().of(start)
        try:
            write_wav(path, samples.scaled(start.pcm, factor))
        except OSError as error:
            raise AudioUnavailable("there is no room for temporary files") from error
        return path


class Playsound:
    """The players that playsound3 knows.

    Raises:
        AudioUnavailable: playsound3 or a player is missing.
    """

    def __init__(self) -> None:
        logging.getLogger("playsound3").setLevel(logging.ERROR)  # it warns of what is raised below
        try:
            import playsound3  # noqa: PLC0415 - it runs each player once, which takes 0.1 s
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            raise AudioUnavailable("playsound3 is not installed") from error
        found = playsound3.AVAILABLE_BACKENDS
        self.name: str = PREFERRED if PREFERRED in found else playsound3.DEFAULT_BACKEND or ""
        if not self.name:
            raise AudioUnavailable("no sound player was found")
        self._playsound3: Any = playsound3

    def play(self, path: Path) -> Playing:
        """Begin to play a file.

        Raises:
            AudioUnavailable: It cannot.
        """
        try:
            playing: Playing = self._playsound3.playsound(path, block=False, backend=self.name)
        except (OSError, subprocess.SubprocessError, self._playsound3.PlaysoundException) as error:
            raise AudioUnavailable("the sound player failed") from error
        return playing


def write_wav(path: Path, pcm: Pcm) -> None:
    """Write a mono 16-bit WAV file.

    Raises:
        OSError: It cannot be written.
    """
    data = array("h", pcm.samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(pcm.rate)
        file.writeframes(data.tobytes())
