"""What one case may cost; who goes beyond the time is ended by the system, with a traceback."""

from __future__ import annotations

import faulthandler
import resource
import signal
import time
from pathlib import Path

MOST_SECONDS = 2.0
"""Processor time of one case: others who work on the machine do not count."""
LONGEST_WAIT_SECONDS = 20.0
"""From beginning to end of a case that waits for something."""
MOST_MEMORY_MB = 500
_FENCE_BYTES = 6_000_000_000
_FORGET = Path("/proc/self/clear_refs")
"""A 5 written to it sets the peak to what is used now (proc(5))."""
_SCHEDULED = Path("/proc/thread-self/schedstat")
_SIGNALS = (signal.SIGPROF, signal.SIGALRM)


class TooMuchMemoryError(AssertionError):
    """The process exceeded its memory limit."""


def watch() -> None:
    """End the process at a hang, an abort or a crash, and print the stack to stderr."""
    faulthandler.enable()
    for one in _SIGNALS:
        faulthandler.register(one, chain=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The address space of a process with Qt is far larger than what it uses; this only keeps a
    # runaway from taking the machine along.
    resource.setrlimit(resource.RLIMIT_AS, (_FENCE_BYTES, _FENCE_BYTES))


def allow(seconds: float = MOST_SECONDS) -> None:
    """Set the time limit of the next case in seconds; 0 stops the watch."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_WAIT_SECONDS if seconds else 0.0)


def waited_seconds() -> float:
    """Return for how long this thread has waited for anything but a processor.

    From some fixed moment on, as Linux tells it (proc(5), schedstat); 0 where nothing tells it.
    """
    if not _SCHEDULED.exists():
        return 0.0
    ran, queued, _ = map(int, _SCHEDULED.read_text().split())
    return time.monotonic() - (ran + queued) / 1e9


def forget_memory() -> None:
    """Reset the largest size: making an input may have needed more than the program."""
    if _FORGET.exists():
        _FORGET.write_text("5")


def check_memory() -> None:
    """Raise TooMuchMemoryError if the process ever exceeded the limit."""
    grown = peak_memory_mb()
    if grown > MOST_MEMORY_MB:
        raise TooMuchMemoryError(f"{grown:.0f} MB; {MOST_MEMORY_MB} MB are allowed")


def peak_memory_mb() -> float:
    """Return the largest resident size so far, from Linux (proc(5), VmHWM)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
