"""Runs programs under test and reads what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHON_PATH = str(Path(__file__).parents[1])
KILO = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has cost.

    Attributes:
        processor_seconds: User and system time, of the process itself.
        memory_mb: Its proportional share of memory, in MiB.
    """

    processor_seconds: float
    memory_mb: float


def clean_environ() -> dict[str, str]:
    """Return the environment without what is meant for another Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def spawn(
    module: str,
    *words: str,
    environ: Mapping[str, str | None] | None = None,
    python: str | Path = sys.executable,
) -> subprocess.Popen[str]:
    """Start a module of this folder.

    Args:
        module: Its name.
        words: Its arguments.
        environ: What is different in its environment; None is left out of it.
        python: What runs it.
    """
    different = {"PYTHONPATH": PYTHON_PATH, **(environ or {})}
    whole = {**clean_environ(), **different}
    return subprocess.Popen(
        [python, "-P", "-m", f"bench.{module}", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={name: value for name, value in whole.items() if value is not None},
    )


def told(process: subprocess.Popen[str], word: str) -> float:
    """Return the number behind `word` on the next line of a process that begins with it."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(word):
            return float(line.split()[1])
    raise RuntimeError(f"the program ended before it said {word}")


def cost(process: subprocess.Popen[str]) -> Cost:
    """Return what `process` has cost up to now."""
    pss = next(
        int(line.split()[1])
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    return Cost(time.clock_gettime(_clock_of(process)), pss / KILO)


def _clock_of(process: subprocess.Popen[str]) -> int:
    """Return Linux's number for the clock that counts a process's own nanoseconds."""
    return ~process.pid << 3 | 2


def stop(process: subprocess.Popen[str]) -> None:
    """End a process and wait for it."""
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()
