"""Tries one target in a process of its own: what hangs, aborts or grows takes only that along.

python -m fuzz.child TARGET SEED FIRST CASES SECONDS NOTES
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from fuzz.limits import allow, check_memory, forget_memory, watch
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from fuzz.target import Trial

STEP = "step"
FINDING = ".input"
TOLD = ".txt"
TOO_MUCH_MEMORY = 77
"""The exit code of a process that has grown too large; its successor begins small again."""
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - for speed alone; the folders in it are private


def main(words: list[str]) -> int:
    """Try the cases that the arguments name; store findings among the notes."""
    name, seed, first, cases, seconds, notes = words
    home = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=home, prefix="legato-fuzz-") as scratch:
        move_home(Path(scratch))
        watch()
        warnings.simplefilter("error")
        until = time.monotonic() + float(seconds)
        return try_cases(
            name, int(seed), range(int(first), int(first) + int(cases)), until, Path(notes)
        )


def move_home(folder: Path) -> None:
    """Leave this process only a folder: no screen, no bus, no sound, no other files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent"
    os.environ["PULSE_SERVER"] = "unix:/nonexistent"
    os.environ["HOME"] = str(folder)
    os.environ["LEGATO_DATA_DIR"] = str(folder / "legato")
    for kind in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        place = folder / kind.casefold()
        place.mkdir(mode=0o700)
        os.environ[f"XDG_{kind}"] = str(place)
    os.chdir(folder)


def try_cases(name: str, seed: int, numbers: range, until: float, notes: Path) -> int:
    """Try one case after another until the time is over; return the exit code."""
    target = TARGETS[name]
    draw = target.maker()
    folder = Path.cwd() / "trial"
    folder.mkdir()
    trial = target.open(folder)
    with (notes / STEP).open("w", encoding="ascii") as step:
        for number in numbers:
            data = draw(case_chance(name, seed, number))
            _note(step.fileno(), number)
            if told := traceback_of(trial, data, target.seconds):
                keep(notes, f"{name}-{seed}-{number}", data, told)
                if "TooMuchMemoryError" in told:
                    return TOO_MUCH_MEMORY
            if time.monotonic() > until:
                break
    return 0


def case_chance(name: str, seed: int, number: int) -> Random:
    """Return the generator of one case."""
    return Random(f"{name} {seed} {number}")


def traceback_of(trial: Trial, data: bytes, seconds: float) -> str:
    """Return the traceback of an error of `trial`, or nothing; a hang ends the process."""
    forget_memory()
    allow(seconds)
    try:
        trial(data)
        check_memory()
    except Exception:  # noqa: BLE001 - whatever it is, it is a finding
        return traceback.format_exc()
    finally:
        allow(0.0)
    return ""


def keep(notes: Path, stem: str, data: bytes, told: str) -> None:
    """Store an input, and its traceback."""
    (notes / (stem + FINDING)).write_bytes(data)
    (notes / (stem + TOLD)).write_text(told, encoding="utf-8", errors="backslashreplace")


def input_of(name: str, seed: int, number: int) -> bytes:
    """Return the input of a case, for another process."""
    return TARGETS[name].maker()(case_chance(name, seed, number))


def _note(file: int, number: int) -> None:
    """Note the current case, so that it is known even if this process crashes."""
    os.pwrite(file, f"{number:12d}".encode(), 0)


if __name__ == "__main__":
    # Not by way of Python's end, which would take a window down in any order.
    os._exit(main(sys.argv[1:]))
