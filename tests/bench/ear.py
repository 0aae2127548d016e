"""Hears what a program plays: a PulseAudio of its own with a null sink, and a recorder on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from dataclasses import dataclass
from functools import partial
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

RATE = 48_000
SINK = "legato"
TOOLS = ("pulseaudio", "parec", "pactl")
START_SECONDS = 15.0
BLOCK_MS = 10
CLOCK_SECONDS = 4.0
"""The recorder's clock is told anew for each so many seconds of sound."""
PLACED_SECONDS = 1.5
"""So much of a sound is looked for; how alike it is is told by all of it."""
STEP = 12
COARSE, FINE = 24, 6
"""Only every so-manieth sample is compared at first, and then close to good places."""
NEARLY = 0.95


class CannotHear(RuntimeError):  # noqa: N818 - named for what it is
    """No sound server could be started; its text says why."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a sound was found: monotonic seconds of its first sample, and how alike, 0 to 1."""

    moment: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Sounding:
    """A stretch of sound with silence around it: monotonic seconds, and its peak, 0 to 1."""

    moment: float
    seconds: float
    peak: float


class Recording:
    """What was heard: samples, and when each arrived.

    The null sink is paced by the monotonic clock and hands on each block when it is due; the
    recorder may only get it late. So the sharp lower edge of the arrivals is the clock.

    Args:
        data: Mono 16-bit samples at `RATE`.
        arrivals: Monotonic seconds, and how many samples there were before.
    """

    def __init__(self, data: bytes, arrivals: list[tuple[float, int]]) -> None:
        self.samples = array("h", data[: len(data) // 2 * 2])
        late: dict[int, list[float]] = {}
        for moment, before in arrivals:
            window = int(before / RATE / CLOCK_SECONDS)
            late.setdefault(window, []).append(moment - before / RATE)
        self._offsets = {
            window: sorted(offsets)[len(offsets) // 20]
            for window, offsets in late.items()
            if len(offsets) > 20 or len(late) == 1
        }

    @property
    def clock_spread(self) -> float:
        """Seconds by which the clock moved against ours; what is measured is no better."""
        return max(self._offsets.values()) - min(self._offsets.values())

    def moment_of(self, sample: int) -> float:
        """Return when a sample was heard, in monotonic seconds."""
        window = int(sample / RATE / CLOCK_SECONDS)
        nearest = min(self._offsets, key=lambda one: abs(one - window))
        return self._offsets[nearest] + sample / RATE

    def sample_at(self, moment: float) -> int:
        """Return the sample heard at a moment, within the recording."""
        first = next(iter(self._offsets.values()))
        guess = round((moment - first) * RATE)
        guess += round((moment - self.moment_of(guess)) * RATE)
        return max(0, min(len(self.samples), guess))

    def covers(self, moment: float) -> bool:
        """Return whether it was recording at a moment, and for a while after."""
        first = next(iter(self._offsets.values()))
        return first <= moment <= first + len(self.samples) / RATE - 1.0

    def find(self, sound: array[int], near: float, within: float = 0.3) -> Match:
        """Return where `sound` lies best, no further than `within` seconds from `near`.

        A soft tone is much like itself one or more of its periods later. So the coarse steps are
        small against a period, and every place that is nearly as good as the best is looked at
        sample by sample.
        """
        start = sound[: round(PLACED_SECONDS * RATE)]
        earliest, latest = self.sample_at(near - within), self.sample_at(near + within)
        places = range(earliest, latest, STEP)
        scores = [_likeness(self.samples, start, place, COARSE) for place in places]
        good = NEARLY * max(scores, default=0)
        tops = [one for one in range(1, len(scores) - 1) if _is_top(scores, one)]
        closest = [self._top(start, places[one]) for one in tops if scores[one] >= good]
        place = max(closest, key=partial(_likeness, self.samples, start, stride=FINE), default=0)
        return Match(self.moment_of(place), _likeness(self.samples, sound, place, FINE))

    def _top(self, sound: array[int], place: int) -> int:
        """Return the best place, sample by sample, within a step of `place`."""
        places = range(max(0, place - STEP), place + STEP + 1)
        return max(places, key=partial(_likeness, self.samples, sound, stride=FINE))

    def soundings(self, threshold: float = 0.006, gap: float = 0.3) -> list[Sounding]:
        """Return the stretches louder than `threshold`, 0 to 1, parted by `gap` seconds or more."""
        block = RATE // 100
        floor = threshold * 32767
        runs: list[tuple[int, int]] = []
        for start in range(0, len(self.samples) - block, block):
            piece = self.samples[start : start + block]
            if max(piece) > floor or min(piece) < -floor:
                if runs and start - runs[-1][1] < gap * RATE:
                    runs[-1] = (runs[-1][0], start + block)
                else:
                    runs.append((start, start + block))
        return [
            Sounding(
                self.moment_of(first),
                (last - first) / RATE,
                max(map(abs, self.samples[first:last])) / 32767,
            )
            for first, last in runs
        ]


class Ear:
    """A sound server that nobody else uses, and what was heard from it.

    Programs that are started with `env` play to it; `stop` and `go_on` let it hang, `close` and
    `open` let it go and come.
    """

    def __init__(self) -> None:
        self._folder = ""
        self._server: subprocess.Popen[bytes] | None = None
        self._recorder: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._data = bytearray()
        self._arrivals: list[tuple[float, int]] = []
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
            raise CannotHear(f"{missing[0]} is not installed (apt: pulseaudio pulseaudio-utils)")
        self._folder = tempfile.mkdtemp(prefix="legato-ear-")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PULSE_")}
        places = ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH")
        self._server_env = kept | dict.fromkeys((*places, "PULSE_STATE_PATH"), self._folder)
        self._server_env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        socket = Path(self._folder, "native")
        self.env = kept | {
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_SINK": SINK,
            "PULSE_COOKIE": str(Path(self._folder, "cookie")),
        }
        try:
            self.open()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def server_id(self) -> int:
        """The server's process id, to stop it and let it go on."""
        return self._server.pid if self._server else 0

    def open(self) -> None:
        """Start the server and record anew.

        Raises:
            CannotHear: It did not start.
        """
        socket = Path(self._folder, "native")
        self._server = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--disable-shm=yes"),
                *("--exit-idle-time=10", "--high-priority=no", "--realtime=no"),
                *("-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
                *("-L", f"module-null-sink sink_name={SINK} rate={RATE} channels=2 format=s16le"),
            ],
            env=self._server_env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_SECONDS
        while not self._has_sink():
            if self._server.poll() is not None or time.monotonic() > end:
                raise CannotHear("pulseaudio did not start")
            time.sleep(0.05)
        self._record()

    def close(self) -> None:
        """End recorder and server; what was recorded stays."""
        self._end_recorder()
        if self._server and self._server.poll() is None:
            self._server.kill()
            self._server.wait()
        self._server = None
        if self._folder:
            Path(self._folder, "native").unlink(missing_ok=True)

    def tell(self, *words: str) -> str:
        """Tell the server something by `pactl` and return its answer."""
        command = ["pactl", *words]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=True)
        return done.stdout

    def record(self, sink: str = SINK) -> None:
        """Record anew, from another sink where one is named."""
        self._end_recorder()
        self._record(sink)

    def recording(self) -> Recording:
        """Return what was heard since the server was opened, or since `record`."""
        return Recording(bytes(self._data), list(self._arrivals))

    def _has_sink(self) -> bool:
        asked = subprocess.run(
            ["pactl", "list", "short", "sinks"],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return SINK in asked.stdout

    def _end_recorder(self) -> None:
        if self._recorder and self._recorder.poll() is None:
            self._recorder.kill()
            self._recorder.wait()
        if self._reader:
            self._reader.join()
        if self._recorder and self._recorder.stdout:
            self._recorder.stdout.close()
        self._recorder = self._reader = None

    def _record(self, sink: str = SINK) -> None:
        self._data, self._arrivals = bytearray(), []
        self._recorder = subprocess.Popen(
            [
                *("parec", "-d", f"{sink}.monitor", "--raw", "--format=s16le", f"--rate={RATE}"),
                *("--channels=1", f"--latency-msec={BLOCK_MS}", f"--process-time-msec={BLOCK_MS}"),
            ],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        first = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(first,), daemon=True)
        self._reader.start()
        if not first.wait(START_SECONDS):
            raise CannotHear("the recorder delivers nothing")

    def _read(self, first: threading.Event) -> None:
        stream = self._recorder.stdout if self._recorder else None
        while stream and (chunk := os.read(stream.fileno(), 1 << 16)):
            now = time.monotonic()
            self._arrivals.append((now, len(self._data) // 2))
            self._data += chunk
            if len(self._arrivals) > 3:
                first.set()


def _is_top(scores: list[float], index: int) -> bool:
    return scores[index - 1] <= scores[index] >= scores[index + 1]


def _likeness(heard: array[int], sound: array[int], place: int, stride: int) -> float:
    """Return the correlation of `sound` with `heard` at `place`, 1 for the same shape."""
    ours, thin = heard[place : place + len(sound) : stride], sound[::stride]
    power = sum(map(mul, ours, ours)) * sum(map(mul, thin, thin))
    return sum(map(mul, ours, thin)) / power**0.5 if power else 0.0


def main() -> int:
    """Run the command given as arguments and print when it sounded."""
    with Ear() as ear:
        began = time.monotonic()
        code = subprocess.run(sys.argv[1:], env=ear.env, check=False).returncode
        time.sleep(0.5)
        for one in ear.recording().soundings():
            print(f"{one.moment - began:8.3f} s  {one.seconds:6.2f} s  peak {one.peak:.3f}")
    return code


if __name__ == "__main__":
    sys.exit(main())
