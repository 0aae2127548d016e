"""Two clocks of this machine: one stops while it sleeps, the other runs on.

Their difference grows by the time slept, whatever happens to the wall clock.

| system | awake | boot |
|---|---|---|
| Linux | `time.monotonic` | `CLOCK_BOOTTIME` (clock_gettime(2)) |
| macOS | `time.monotonic` (`mach_absolute_time`) | `CLOCK_MONOTONIC`, which runs on asleep |
| Windows | `QueryUnbiasedInterruptTime` | `time.monotonic`, which runs on asleep |

PEP 418 lists the clock behind `time.monotonic` of each system. On other systems both clocks are
`time.monotonic`, and no sleep is detected.
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
"""How far the clocks may drift apart between two calls; on Windows one of them counts in steps."""


class TimeModule(Protocol):
    """The functions of the `time` module that are used here."""

    def monotonic(self) -> float:
        """Return the seconds of the clock that never goes back."""

    def clock_gettime(self, clk_id: int, /) -> float:
        """Return the seconds of clock `clk_id`.

        Raises:
            OSError: The kernel does not know it.
        """


@dataclass(frozen=True, slots=True)
class Clocks:
    """A pair of clocks that run at the same rate while the machine is awake; both in seconds.

    Attributes:
        awake: Stops while the machine sleeps.
        boot: Runs on while it sleeps.
    """

    awake: Clock
    boot: Clock


class SleepDetector:
    """Detects that the machine slept, by comparing two clocks.

    Args:
        clocks: Both advance alike while a program is merely late, not while the machine sleeps.
    """

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._asleep = self._seconds_asleep()

    def has_slept(self) -> bool:
        """Return whether the machine slept for `SHORTEST_SLEEP_SECONDS` or more since the last call."""
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
        kernel32: Provides `QueryUnbiasedInterruptTime`; None uses that of Windows.
    """
    monotonic = time_module.monotonic
    if platform == "win32":
        return Clocks(_unbiased(kernel32) or monotonic, monotonic)
    name = "CLOCK_MONOTONIC" if platform == "darwin" else "CLOCK_BOOTTIME"
    return Clocks(monotonic, _posix(time_module, name) or monotonic)


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
