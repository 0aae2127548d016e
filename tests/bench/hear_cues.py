"""Tells by a recording how exactly cues keep their moments.

    PYTHONPATH=tests python -m bench.hear_cues                      30 cues, idle and then busy
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
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ear import CannotHear, Ear, Recording
from legato.devices.sound import open_sound
from legato.devices.sound_files import read_wav
from legato.domain.hearing import SoundSettings
from legato.domain.ports import Cue, Due
from legato.domain.timeline import lay_out
from legato.resources import find_bundled

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

SOUNDS = find_bundled().assets / "sounds"
TONES = tuple(cue for cue in Cue if cue is not Cue.LINE)
SPACING_SECONDS = 10.37
"""Longer than the longest cue, so that the device is opened and closed each time; no round number,
so that cues fall anywhere between the server's blocks."""
HORIZON_SECONDS = 2.0
GOOD_LIKENESS = 0.9


Plan = list[tuple[float, Cue]]
"""Tones, each with its seconds from the start."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one cue: seconds after its moment, and how much like itself it was."""

    due: Due
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


def play(due: Iterable[Due]) -> float:
    """Hand each cue over two seconds ahead; return the processor time it took."""
    sound = open_sound(SOUNDS, SoundSettings())
    used = time.process_time()
    for one in due:
        time.sleep(max(0.0, one.at - HORIZON_SECONDS - time.monotonic()))
        sound.schedule([one])
    time.sleep(HORIZON_SECONDS + 0.5)
    sound.close(ring_out_seconds=10.0)
    return time.process_time() - used


def play_apart(due: list[Due], env: dict[str, str]) -> float:
    """Play in a process of its own; return the processor time it took."""
    orders = json.dumps([(one.at, one.cue) for one in due])
    command = [sys.executable, "-m", "bench.hear_cues", "--play", orders]
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        command, env=env | {"PYTHONPATH": tests}, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


def hear(due: list[Due], recording: Recording) -> list[Heard]:
    """Find each cue in the recording."""
    shapes: dict[Cue, array[int]] = {cue: read_wav(SOUNDS / f"{cue}.wav").samples for cue in TONES}
    found = [(one, recording.find(shapes[one.cue], one.at)) for one in due]
    return [Heard(one, match.moment - one.at, match.likeness) for one, match in found]


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


def measure(name: str, plan: Plan, busy: int) -> float:
    """Play and hear a plan beside `busy` loops; print its row."""
    with ExitStack() as stack:
        ear = stack.enter_context(Ear())
        for _ in range(busy):
            loop = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(loop.wait)
            stack.callback(loop.kill)
        start = time.monotonic() + HORIZON_SECONDS + 1.0
        due = [Due(start + at, cue) for at, cue in plan]
        used = play_apart(due, ear.env)
        recording = ear.recording()
    return report(name, hear(due, recording), used, recording)


def main() -> int:
    """Measure idle and busy; exit 1 if the 99th percentile is beyond 10 ms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cues", type=int, default=30)
    parser.add_argument("--routine", help="a routine that ships, in real time")
    parser.add_argument("--only", choices=("idle", "busy"))
    parser.add_argument("--play", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.play:
        print(play(Due(at, Cue(cue)) for at, cue in json.loads(options.play)))
        return 0
    tones = itertools.cycle(TONES)
    plan: Plan = [(number * SPACING_SECONDS, next(tones)) for number in range(options.cues)]
    if options.routine:
        plan = plan_of(options.routine)
    print(
        f"{'machine':12} {'cues':>5} {'lost':>5} {'delay ms':>9} {'p50 ms':>8} {'p99 ms':>8} "
        f"{'max ms':>8} {'cpu ms':>9} {'clock ms':>8}"
    )
    runs = {"idle": 0, "busy": os.cpu_count() or 1}
    try:
        worst = max(
            measure(name, plan, loops)
            for name, loops in runs.items()
            if options.only in {None, name}
        )
    except CannotHear as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if worst <= 10.0 else 1


if __name__ == "__main__":
    sys.exit(main())
