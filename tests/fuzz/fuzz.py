"""Feeds Legato with random input, and reports the failures.

./run fuzz MINUTES [--seed N] [--target NAME ...]    all targets, or some
./run fuzz --target NAME --input FILE                one input once more
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.child import FINDING, STEP, TOLD, TOO_MUCH_MEMORY, input_of, keep, move_home, traceback_of
from fuzz.limits import watch
from fuzz.targets import TARGETS

MANY = 1_000_000_000
SLICE_SECONDS = 30.0
"""How long one target is tried before the next has its turn."""
SLACK_SECONDS = 60.0
_HANGS = {
    signal.SIGPROF: "a hang: more than its processor time",
    signal.SIGALRM: "a hang: it waits",
}


@dataclass
class Tally:
    """The result of fuzzing one target.

    Attributes:
        cases: How many inputs.
        seconds: How long.
        found: The inputs at which something went wrong, one for each fault.
    """

    cases: int = 0
    seconds: float = 0.0
    found: dict[str, Path] = field(default_factory=dict)


def explore(  # noqa: PLR0917 - as a person says it
    name: str, seed: int, first: int, cases: int, seconds: float, notes: Path
) -> Tally:
    """Try `cases` of a target from number `first` on, for at most `seconds`.

    A process that ended before its time has found something; another one goes on after it.
    """
    tally = Tally()
    begun = time.monotonic()
    next_case, last = first, first + cases
    while next_case < last and (left := seconds - (time.monotonic() - begun)) > 0:
        batch = min(last - next_case, TARGETS[name].batch)
        ended = run_child(name, seed, next_case, batch, left, notes)
        reached = int((notes / STEP).read_text() or next_case)
        if ended.returncode not in {0, TOO_MUCH_MEMORY}:
            data = input_of(name, seed, reached)
            told = f"{_ending(ended.returncode)}\n{ended.stderr}"
            keep(notes, f"{name}-{seed}-{reached}", data, told)
        is_early = ended.returncode == 0 and reached + 1 < next_case + batch
        next_case = reached + 1
        if is_early:  # the time is over
            break
    tally.cases = next_case - first
    tally.seconds = time.monotonic() - begun
    for path in sorted(notes.glob(f"{name}-{seed}-*{TOLD}")):
        tally.found.setdefault(gist(path.read_text(encoding="utf-8")), path.with_suffix(FINDING))
    return tally


def run_child(  # noqa: PLR0917 - as above
    name: str, seed: int, first: int, cases: int, seconds: float, notes: Path
) -> subprocess.CompletedProcess[str]:
    """Run a process that tries a target; its stderr says where it was when it was killed."""
    (notes / STEP).write_text("")
    words = [name, str(seed), str(first), str(cases), str(seconds), str(notes)]
    return subprocess.run(
        [sys.executable, "-P", "-m", "fuzz.child", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        timeout=seconds + SLACK_SECONDS,
        check=False,
    )


def gist(told: str) -> str:
    """Return what two tracebacks of one error have in common: its place and its type."""
    places = re.findall(r'File "[^"]*/(legato|fuzz)/([^"]+)", line (\d+)', told)
    own = [place for package, *place in places if package == "legato"] or [["", ""]]
    at = own[0] if "most recent call first" in told else own[-1]
    kind = next(
        (line for line in reversed(told.splitlines()) if re.match(r"[A-Za-z_.]+(:|$)", line)), ""
    )
    kind = told.splitlines()[0] if "most recent call first" in told else kind
    kind = re.sub(r"'[^']*'|\"[^\"]*\"", "...", re.sub("[0-9]+", "N", kind))
    return f"{':'.join(at)} {kind[:120]}"


def _ending(code: int) -> str:
    if code >= 0:
        return f"it ended with {code}"
    return _HANGS.get(signal.Signals(-code), f"a crash: {signal.Signals(-code).name}")


def explore_all(names: list[str], seed: int, seconds: float, notes: Path) -> dict[str, Tally]:
    """Try all targets in turns until the time is over."""
    tallies = {name: Tally() for name in names}
    until = time.monotonic() + seconds
    slice_seconds = min(SLICE_SECONDS, seconds / len(names))
    while (left := until - time.monotonic()) > 0:
        name = min(tallies, key=lambda one: tallies[one].seconds)
        before = tallies[name]
        tried = explore(name, seed, before.cases, MANY, min(left, slice_seconds), notes)
        for new in tried.found.keys() - before.found.keys():
            print_finding(new, tried.found[new], name)
        before.cases += tried.cases
        before.seconds += tried.seconds
        before.found |= tried.found
    return tallies


def print_finding(what: str, path: Path, name: str) -> None:
    """Print a finding, and the command that repeats it."""
    print(f"\n{path.with_suffix(TOLD).read_text(encoding='utf-8').strip()[-2500:]}")
    print(f"\n{what}\n    ./run fuzz --target {name} --input {path}\n", flush=True)


def repeat(name: str, paths: list[Path]) -> int:
    """Try stored inputs in this process; return 1 if one of them still fails."""
    inputs = [path.read_bytes() for path in paths]
    with tempfile.TemporaryDirectory(prefix="legato-fuzz-") as scratch:
        move_home(Path(scratch))
        watch()
        place = Path(scratch, "trial")
        place.mkdir()
        trial = TARGETS[name].open(place)
        faults = [traceback_of(trial, data, TARGETS[name].seconds) for data in inputs]
    for path, told in zip(paths, faults, strict=True):
        print(f"{path}: {told or 'nothing is wrong with it'}")
    return 1 if any(faults) else 0


def main() -> int:
    """Fuzz and print a table; return 1 if there is a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=1.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="repeats a run")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="only this")
    parser.add_argument("--input", type=Path, nargs="+", help="try these files of one target alone")
    asked = parser.parse_args()
    names = asked.target or list(TARGETS)
    if asked.input:
        return repeat(names[0], asked.input)
    notes = Path(tempfile.mkdtemp(prefix="legato-fuzz-notes-"))
    print(f"seed {asked.seed}", flush=True)
    tallies = explore_all(names, asked.seed, asked.minutes * 60, notes)
    for name, tally in tallies.items():
        print(f"{name:14} {tally.cases:9,} cases {tally.seconds:7.0f} s  {len(tally.found)} found")
    if any(tally.found for tally in tallies.values()):
        return 1
    shutil.rmtree(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
