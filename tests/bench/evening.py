"""A real session in a real window, on a machine of its own, and what became of it."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from bench.ear import RATE, Ear, Recording
from bench.screen import SIZE, Screen
from legato.devices.audio.samples import read_wav
from legato.domain.cues import Cue
from legato.domain.timeline import lay_out
from legato.resources import find_bundled
from legato.storage.library import Library
from private_bus import private_bus

if TYPE_CHECKING:
    from types import TracebackType

    from private_bus import PrivateBus

SOUNDS = find_bundled().assets / "sounds"
TESTS = Path(__file__).parents[1]
ROUTINE = """\
name: Trial
ready: 3 s
switch: 5 s
steps:
  - title: Calf
    hold: 20 s
    setup: [Sit with one leg straight.]
"""
"""Cues at 3, 13, 23, 28, 38 and 48 s."""
SHORT = ROUTINE.replace("    hold: 20 s\n", "    hold: 20 s\n    sides: right\n")
"""Cues at 3, 13 and 23 s."""
GOOD_LIKENESS = 0.9
COMPARED = 48_000
"""Samples of a tone that are looked for: a line may be spoken over its tail."""
FORM = (f"rate={RATE}", "channels=2", "format=s16le")
Line = dict[str, Any]
Environ = dict[str, str | None]
"""What is different in an environment; None is left out of it."""

READER: Environ = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "XDG_CURRENT_DESKTOP": "GNOME"}
NOWHERE = "unix:path=/nonexistent"
BUSES_GONE: Environ = {"DBUS_SESSION_BUS_ADDRESS": NOWHERE, "DBUS_SYSTEM_BUS_ADDRESS": NOWHERE}
KEY = "d"
KEY_EVERY_SECONDS = 0.9
PATIENCE_SECONDS = 20.0


@dataclass
class Told:
    """What a window told, line by line, as it comes."""

    lines: list[Line] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def read(self, process: subprocess.Popen[str]) -> None:
        """Read until the program ends."""
        for text in process.stdout or ():
            with self.news, suppress(json.JSONDecodeError):
                self.lines.append(json.loads(text))
                self.news.notify_all()

    def all(self, what: str, **values: object) -> list[Line]:
        """Return the lines of a kind that have these values."""
        wanted = {"what": what, **values}
        with self.news:
            return [line for line in self.lines if wanted.items() <= line.items()]

    def wait(self, what: str, seconds: float = PATIENCE_SECONDS, **values: object) -> Line:
        """Return the first such line, once it is there.

        Raises:
            TimeoutError: It did not come.
        """
        with self.news:
            if not self.news.wait_for(lambda: self.all(what, **values), seconds):
                raise TimeoutError(f"no {what} {values} within {seconds:.0f} s")
            return self.all(what, **values)[0]


class Evening:
    """A screen, a sound server, a bus, and a Legato among them; what it said is kept.

    Args:
        words: Legato's arguments.
        environ: What is different around it.
        routine: The text of the routine `trial`.
        size: Of the screen, as Xvfb takes it.
    """

    def __init__(
        self,
        *words: str,
        environ: Environ | None = None,
        routine: str = ROUTINE,
        size: str = SIZE,
    ) -> None:
        self._words = words or ("start", "trial")
        self.environ: Environ = dict(environ or {})
        self._routine = routine
        self._stack = ExitStack()
        self._hand: threading.Thread | None = None
        self._rests = threading.Event()
        self._size = size
        self.ear = Ear()
        self.told = Told()
        self.recordings: list[Recording] = []
        self.bus: PrivateBus
        self.screen: Screen
        self.legato: subprocess.Popen[str]
        self.folder = Path()

    def __enter__(self) -> Self:
        enter = self._stack.enter_context
        self.folder = Path(enter(tempfile.TemporaryDirectory(prefix="legato-around-")))
        self.screen = enter(Screen(self._size))
        enter(self.ear)
        self.bus = enter(private_bus())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rests.set()
        if hasattr(self, "legato") and self.legato.poll() is None:
            self.legato.kill()
        self._stack.close()

    def open(self) -> float:
        """Start Legato and return the moment before."""
        routines = self.folder / "data" / "routines"
        routines.mkdir(parents=True)
        (routines / "trial.yaml").write_text(self._routine)
        environ: Environ = {
            **self.ear.env,
            "DISPLAY": self.screen.name,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(TESTS),
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "DBUS_SYSTEM_BUS_ADDRESS": self.bus.address,
        }
        environ |= self.environ
        began = time.monotonic()
        place = ["--data-dir", str(self.folder / "data")]
        self.legato = subprocess.Popen(
            [sys.executable, "-P", "-m", "bench.watched", *place, *self._words],
            env={key: value for key, value in environ.items() if value is not None},
            stdout=subprocess.PIPE,
            stderr=(self.folder / "errors.txt").open("w"),
            text=True,
        )
        threading.Thread(target=self.told.read, args=(self.legato,), daemon=True).start()
        self._hand = threading.Thread(target=self._press, daemon=True)
        self._hand.start()
        return began

    def began(self) -> float:
        """Return the moment at which the session began: no event is told before its moment."""
        self.told.wait("event")
        began: float = min(line["now"] - line["at"] for line in self.told.all("event"))
        return began

    def until(self, at: float) -> None:
        """Wait until the session is `at` seconds old."""
        time.sleep(max(0.0, self.began() + at - time.monotonic()))

    def finish(self) -> None:
        """Wait for the end of the session and of its last sound, and close the window."""
        seconds = lay_out(self._timeline_routine()).seconds + PATIENCE_SECONDS
        self.told.wait("event", seconds, event="SessionFinished")
        time.sleep(12.0)  # good night has rung out, and its words are said
        self._rests.set()
        self.recordings.append(self.ear.recording())
        self.legato.terminate()
        self.legato.wait()

    def errors(self) -> list[str]:
        """Return what Legato wrote to the terminal."""
        return (self.folder / "errors.txt").read_text().splitlines()

    def marks(self) -> list[tuple[float, list[Cue]]]:
        """Return the moments of the session at which tones are due, with these tones."""
        cues = lay_out(self._timeline_routine()).cues()
        tones = [mark for mark in cues if mark.cue is not Cue.LINE]
        moments = sorted({mark.at for mark in tones})
        return [(at, [mark.cue for mark in tones if mark.at == at]) for at in moments]

    def heard(self) -> list[float | None]:
        """Return for each of `marks` how late it was, or None where it was not heard."""
        began = self.began()
        return [self._late(began + at, cues) for at, cues in self.marks()]

    def longest_turn(self) -> float:
        """Return the longest time that the window was busy since the first hold began."""
        first: float = self.told.wait("event", event="HoldStarted")["now"]
        turns = [line["seconds"] for line in self.told.all("turn") if line["now"] > first]
        longest: float = max(turns, default=0.0)
        return longest

    def keys(self) -> list[float]:
        """Return how long each key took until the window had painted."""
        return [line["seconds"] for line in self.told.all("answered")]

    def drift(self) -> float:
        """Return by how much an event came after its moment at most."""
        last: float = max(line["now"] - line["at"] for line in self.told.all("event"))
        return last - self.began()

    def notes(self) -> list[tuple[float, str]]:
        """Return what was said on the page and under it, with its moment in the session."""
        said = self.told.all("note") + self.told.all("toast")
        began = self.began()
        return [(line["now"] - began, line["text"]) for line in sorted(said, key=_now)]

    def _timeline_routine(self) -> Any:  # noqa: ANN401
        folder = self.folder / "data" / "routines"
        entry = Library(find_bundled().routines, folder).entry(self._words[-1])
        assert entry is not None
        assert entry.routine is not None
        return entry.routine

    def _late(self, moment: float, cues: list[Cue]) -> float | None:
        shapes = [read_wav(SOUNDS / f"{cue}.wav").samples[:COMPARED] for cue in cues]
        shape = array("h", map(sum, zip(*shapes, strict=True)))
        found = [one.find(shape, moment) for one in self.recordings if one.covers(moment)]
        good = [one for one in found if one.likeness > GOOD_LIKENESS]
        return good[0].moment - moment if good else None

    def _press(self) -> None:
        """Press a key every now and then from the first hold on."""
        with suppress(TimeoutError):
            self.told.wait("event", 60.0, event="HoldStarted")
            while not self._rests.wait(KEY_EVERY_SECONDS):
                count = len(self.told.all("painted"))
                pressed = self.screen.press(KEY)
                self._note_answer(pressed, count)

    def _note_answer(self, pressed: float, count: int) -> None:
        end = pressed + PATIENCE_SECONDS
        while time.monotonic() < end and not self._rests.is_set():
            with self.told.news:
                self.told.news.wait(0.5)
            painted = self.told.all("painted")
            if len(painted) > count:
                seconds = painted[-1]["now"] - pressed
                line = {"what": "answered", "now": pressed, "seconds": seconds}
                self.told.lines.append(line)
                return


def _now(line: Line) -> float:
    moment: float = line["now"]
    return moment


def report(name: str, evening: Evening) -> Evening:
    """Print what was seen."""
    heard = evening.heard()
    lates = [late for late in heard if late is not None]
    middle = statistics.median(lates) if lates else 0.0
    marks = " ".join("-" if one is None else f"{(one - middle) * 1000:+.1f}" for one in heard)
    keys = sorted(evening.keys())
    print(f"{name}: cues {marks} ms", end="")
    print(f"; longest turn {evening.longest_turn() * 1000:.0f} ms", end="")
    if keys:
        print(f"; {len(keys)} keys, median {statistics.median(keys) * 1000:.0f} ms, ", end="")
        print(f"longest {keys[-1] * 1000:.0f} ms", end="")
    print(f"; moments told {evening.drift() * 1000:.0f} ms late at most")
    for moment, text in evening.notes():
        print(f"    {moment:6.1f} s  {text or '(nothing)'}")
    for line in evening.errors():
        print(f"    stderr: {line}")
    sys.stdout.flush()
    return evening
