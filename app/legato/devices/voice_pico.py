"""The Pico voice (py-nanotts), in a child process.

The engine holds the GIL while it renders, so in our process each line would stop window and sound
for about 15 ms; and a child that hangs or dies on an odd text is simply restarted.
"""

from __future__ import annotations

import importlib.util
import json
import struct
import subprocess
import sys
import threading
from array import array
from pathlib import Path
from typing import IO, TYPE_CHECKING

from legato.domain.sound import Pcm

if TYPE_CHECKING:
    from legato.domain.sound import VoiceSettings

RATE = 16_000
PACE_AT_SPEED_1 = 165.0
"""Words a minute at the engine's own speed, including pauses of half a second between lines;
measured over the lines of the bedtime routine."""
DEADLINE_SECONDS = 4.0
"""A line takes about 20 ms, the first one about 100 ms; after the deadline the child is killed."""
LONGEST_BYTES = 4_000_000
LANGUAGES = ("en-GB", "en-US", "de-DE", "es-ES", "fr-FR", "it-IT")
HEADER = struct.Struct(">I")
WORKER = Path(__file__).with_name("pico_worker.py")


def find_engine() -> Path | None:
    """Return the folder of the engine's package, or None if it is not installed."""
    found = importlib.util.find_spec("py_nanotts")
    return Path(found.origin).parents[1] if found and found.origin else None


class PicoSpeaker:
    """Renders lines in a child process that lives from the first line until `close`.

    Args:
        engine: The folder of the engine's package.
        worker: The script that the child runs.
        deadline_seconds: How long a line may take.
    """

    name = "Pico"

    def __init__(
        self, engine: Path, worker: Path = WORKER, deadline_seconds: float = DEADLINE_SECONDS
    ) -> None:
        self._engine = engine
        self._worker = worker
        self._deadline_seconds = deadline_seconds
        self._child: subprocess.Popen[bytes] | None = None

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:
        """Return `text` as sound; None if the engine failed or missed its deadline."""
        order = {
            "text": text,
            "voice": voice.language if voice.language in LANGUAGES else LANGUAGES[0],
            "speed": voice.pace / PACE_AT_SPEED_1,
            "pitch": voice.pitch,
        }
        try:
            child = self._started()
            data = self._exchange(child, json.dumps(order).encode() + b"\n")
        except OSError:
            data = b""
        if not data:
            self.close()
            return None
        samples = array("h", data)
        if sys.byteorder == "big":
            samples.byteswap()
        return Pcm(samples, RATE)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                _close(stream)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # noqa: S603 - our own script, by our own Python
                [sys.executable, "-I", "-S", str(self._worker), str(self._engine)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], order: bytes) -> bytes:
        """Send an order and return the answer, empty if none comes before the deadline."""
        if child.stdin is None or child.stdout is None:
            return b""
        watch = threading.Timer(self._deadline_seconds, child.kill)
        watch.daemon = True
        watch.start()
        try:
            child.stdin.write(order)
            child.stdin.flush()
            header = child.stdout.read(HEADER.size)
            length = HEADER.unpack(header)[0] if len(header) == HEADER.size else 0
            if length > LONGEST_BYTES or length % 2:
                return b""
            data = child.stdout.read(length)
            return data if len(data) == length else b""
        finally:
            watch.cancel()


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # data not yet written to the child is lost with it
