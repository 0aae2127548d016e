"""Runs programs under test and reads what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_TICKS = os.sysconf("SC_CLK_TCK")
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


def spawn(module: str, *words: str) -> subprocess.Popen[str]:
    """Start a module of this folder as a person's start would: with compiled modules."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", f"bench.{module}", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment | {"PYTHONPATH": str(HERE.parent)},
    )


def told(process: subprocess.Popen[str], word: str) -> float:
    """Return the number behind `word` on the next line of a process that begins with it."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(word):
            return float(line.split()[1])
    raise RuntimeError(f"the program ended before it said {word}")


def seconds_to_paint(module: str, *words: str) -> float:
    """Return the seconds from the start of a program to its first painted window."""
    began = time.monotonic()
    process = spawn(module, *words)
    try:
        return told(process, "painted") - began
    finally:
        stop(process)


def cost(process: subprocess.Popen[str]) -> Cost:
    """Return what `process` has cost up to now."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    pss = next(
        int(line.split()[1])
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    return Cost((int(fields[11]) + int(fields[12])) / _TICKS, pss / KILO)


def stop(process: subprocess.Popen[str]) -> None:
    """End a process and wait for it."""
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()
