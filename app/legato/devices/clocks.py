"""Two clocks of this machine: one stops while it sleeps, the other goes on.

Their difference jumps by the time slept, whatever happens to the wall clock.

| system | awake | boot |
|---|---|---|
| Linux | `time.monotonic` | `CLOCK_BOOTTIME` (clock_gettime(2)) |
| macOS | `time.monotonic` (`mach_absolute_time`) | `CLOCK_MONOTONIC`, which goes on asleep |
| Windows | `QueryUnbiasedInterruptTime` | `time.monotonic`, which goes on asleep |

PEP 418 tells which clock stands behind `time.monotonic`. Where none of this is known both clocks
are `time.monotonic`: then a sleep can be seen only if that clock goes on through it.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Clock

TICKS_A_SECOND = 10_000_000
"""Windows counts its interrupt time in pieces of 100 ns."""
SHORTEST_SLEEP_SECONDS = 2.0
"""What the clocks may grow apart by between two looks; on Windows one of them counts in steps."""


class TimeModule(Protocol):
    """What is used of the standard library's `time`, beside the ids of its clocks."""

    def monotonic(self) -> float:
        """Read the clock that never goes back."""

    def clock_gettime(self, clk_id: int, /) -> float:
        """Read the clock of that id; raises OSError where the kernel does not know it."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """A pair of clocks that run alike while the machine is awake; both in seconds.

    Attributes:
        awake: Stops while the machine sleeps.
        boot: Goes on while it sleeps.
    """

    awake: Clock
    boot: Clock


class SleepDetector:
    """Tells whether the machine slept since it was last asked; wakes nobody, asks nobody.

    Args:
        clocks: Compared with each other: a program that was merely late reads the same of both.
    """

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._asleep = self._seconds_asleep()

    def has_slept(self) -> bool:
        """Return whether it slept for `SHORTEST_SLEEP_SECONDS` or more since the last call."""
        before, self._asleep = self._asleep, self._seconds_asleep()
        return self._asleep - before >= SHORTEST_SLEEP_SECONDS

    def _seconds_asleep(self) -> float:
        return self._clocks.boot() - self._clocks.awake()


def find_clocks(
    platform: str = sys.platform, time_module: TimeModule = time, kernel32: object = None
) -> Clocks:
    """Return the clocks of `platform`.

    Args:
        platform: As in `sys.platform`.
        time_module: The clocks to read.
        kernel32: Has `QueryUnbiasedInterruptTime`; None opens the system's own on Windows.
    """
    monotonic = time_module.monotonic
    if platform == "win32":
        return Clocks(_unbiased(kernel32) or monotonic, monotonic)
    name = "CLOCK_MONOTONIC" if platform == "darwin" else "CLOCK_BOOTTIME"
    return Clocks(monotonic, _posix(time_module, name) or monotonic)


def boot_seconds() -> float:
    """Return the seconds since some fixed moment, the time asleep included."""
    return find_clocks().boot()


def _posix(time_module: TimeModule, name: str) -> Clock | None:
    clock_id = getattr(time_module, name, None)
    if clock_id is None:
        return None

    def seconds() -> float:
        return time_module.clock_gettime(clock_id)

    try:
        seconds()
    except OSError:  # a kernel that does not know the clock
        return None
    return seconds


def _unbiased(kernel32: object) -> Clock | None:
    import ctypes  # noqa: PLC0415 - 30 ms that only Windows needs

    if kernel32 is None:
        kernel32 = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    query: Callable[[object], int] | None = getattr(kernel32, "QueryUnbiasedInterruptTime", None)
    if query is None:
        return None

    def seconds() -> float:
        ticks = ctypes.c_ulonglong()
        query(ctypes.byref(ticks))
        return ticks.value / TICKS_A_SECOND

    return seconds
