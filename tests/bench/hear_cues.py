"""Tells by a recording how exactly cues keep their moments.

    PYTHONPATH=tests python -m bench.hear_cues                      30 cues, idle and busy
    PYTHONPATH=tests python -m bench.hear_cues --routine bedtime    a session in real time

Each cue is looked for in the recording by its own samples. The constant delay of the server is the
median over all cues; the errors are what remains. They are played by a process of its own, whose
processor time is told for each cue, reading and opening counted in.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from array import array
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ear import CannotHear, Ear, Recording
from legato.devices.audio.output import open_sound
from legato.devices.audio.samples import read_wav
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.sound import SoundSettings
from legato.domain.timeline import lay_out
from legato.resources import find_bundled

if TYPE_CHECKING:
    from collections.abc import Iterable

SOUNDS = find_bundled().assets / "sounds"
TONES = tuple(cue for cue in Cue if cue is not Cue.LINE)
SPACING_SECONDS = 10.37
"""Longer than the longest cue, so that the device is opened and closed each time; no round number,
so that cues fall anywhere between the server's blocks."""
HORIZON_SECONDS = 2.0
GOOD_LIKENESS = 0.9
RUNS = ("idle", "busy", "window")
"""Nothing else runs; every core is busy; the player's own main thread is."""


Plan = list[tuple[float, Cue]]
"""Tones, each with its seconds from the start."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one cue: seconds after its moment, and how much like itself it was."""

    due: ScheduledCue
    late: float
    likeness: float


def plan_of(routine: str) -> Plan:
    """Return the tones of a routine that ships, each with its seconds from the start."""
    from legato.storage.library import Library  # noqa: PLC0415 - only for whole sessions

    folder = find_bundled().routines
    entry = Library(folder, folder / "none").entry(routine)
    if entry is None or entry.routine is None:
        raise SystemExit(f"no routine {routine}")
    return [(mark.at, mark.cue) for mark in lay_out(entry.routine).cues() if mark.cue in TONES]


def wait(until: float, *, spinning: bool) -> None:
    """Wait as a window does: asleep, or drawing without end in Python for 30 of each 33 ms."""
    while (left := until - time.monotonic()) > 0:
        if not spinning:
            time.sleep(left)
            continue
        end = time.monotonic() + 0.03
        while time.monotonic() < end:
            pass
        time.sleep(0.003)


def play(due: Iterable[ScheduledCue], *, spinning: bool) -> float:
    """Hand each cue over two seconds ahead; return the processor time it took."""
    sound = open_sound(SOUNDS, SoundSettings())
    used, last = time.process_time(), 0.0
    for one in due:
        wait(one.at - HORIZON_SECONDS, spinning=spinning)
        sound.schedule([one])
        last = one.at
    wait(last + 0.5, spinning=spinning)
    sound.close(ring_out_seconds=10.0)
    return time.process_time() - used


def play_apart(due: list[ScheduledCue], env: dict[str, str], *, spinning: bool) -> float:
    """Play in a process of its own; return the processor time it took."""
    orders = json.dumps([(one.at, one.cue) for one in due])
    command = [sys.executable, "-m", "bench.hear_cues", "--play", orders]
    command += ["--spinning"] if spinning else []
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        command, env=env | {"PYTHONPATH": tests}, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


def hear(due: list[ScheduledCue], recording: Recording) -> list[Heard]:
    """Find each cue in the recording; those of one moment are looked for together."""
    shapes: dict[Cue, array[int]] = {cue: read_wav(SOUNDS / f"{cue}.wav").samples for cue in TONES}
    heard = []
    for at, together in itertools.groupby(due, key=lambda one: one.at):
        group = list(together)
        columns = itertools.zip_longest(*(shapes[one.cue] for one in group), fillvalue=0)
        match = recording.find(array("h", map(sum, columns)), at)
        heard += [Heard(one, match.moment - at, match.likeness) for one in group]
    return heard


def report(name: str, heard: list[Heard], used: float, recording: Recording) -> float:
    """Print a row and what stood out; return the 99th percentile of the error in ms."""
    delay = statistics.median(one.late for one in heard)
    errors = sorted(abs(one.late - delay) * 1000 for one in heard)
    p50, p99 = errors[len(errors) // 2], errors[min(len(errors) - 1, int(len(errors) * 0.99))]
    lost = sum(one.likeness < GOOD_LIKENESS for one in heard)
    print(
        f"{name:12} {len(heard):5} {lost:5} {delay * 1000:9.1f} {p50:8.2f} {p99:8.2f} "
        f"{errors[-1]:8.2f} {used / len(heard) * 1000:9.1f} {recording.clock_spread * 1000:8.2f}"
    )
    for one in heard:
        if abs(one.late - delay) > 0.01 or one.likeness < GOOD_LIKENESS:
            off = (one.late - delay) * 1000
            print(f"    {one.due.cue} was {off:+.1f} ms off, likeness {one.likeness:.3f}")
    return p99


def measure(name: str, plan: Plan) -> float:
    """Play and hear a plan on a machine that is idle, busy, or busy with its window."""
    loops = (os.cpu_count() or 1) if name == "busy" else 0
    with ExitStack() as stack:
        ear = stack.enter_context(Ear())
        for _ in range(loops):
            loop = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(loop.wait)
            stack.callback(loop.kill)
        start = time.monotonic() + HORIZON_SECONDS + 1.0
        due = [ScheduledCue(start + at, cue) for at, cue in plan]
        used = play_apart(due, ear.env, spinning=name == "window")
        recording = ear.recording()
    return report(name, hear(due, recording), used, recording)


def main() -> int:
    """Measure idle and busy; exit 1 if the 99th percentile is beyond 10 ms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cues", type=int, default=30)
    parser.add_argument("--routine", help="a routine that ships, in real time")
    parser.add_argument("--only", choices=RUNS)
    parser.add_argument("--play", help=argparse.SUPPRESS)
    parser.add_argument("--spinning", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.play:
        due = [ScheduledCue(at, Cue(cue)) for at, cue in json.loads(options.play)]
        print(play(due, spinning=options.spinning))
        return 0
    tones = itertools.cycle(TONES)
    plan: Plan = [(number * SPACING_SECONDS, next(tones)) for number in range(options.cues)]
    if options.routine:
        plan = plan_of(options.routine)
    print(
        f"{'machine':12} {'cues':>5} {'lost':>5} {'delay ms':>9} {'p50 ms':>8} {'p99 ms':>8} "
        f"{'max ms':>8} {'cpu ms':>9} {'clock ms':>8}"
    )
    try:
        worst = max(measure(name, plan) for name in RUNS if options.only in {None, name})
    except CannotHear as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if worst <= 10.0 else 1


if __name__ == "__main__":
    sys.exit(main())
