"""Tests of the clocks that run or stop while the machine sleeps."""

from __future__ import annotations

import ctypes
import sys
import time
from types import SimpleNamespace

import pytest

from fakes import FakeClock
from legato.devices.clocks import Clocks, SleepDetector, find_clocks

BOOTTIME, MONOTONIC, UNKNOWN = 7, 1, 9


class FakeTime:
    """A machine that was awake for 100 s and slept for 20 s more."""

    CLOCK_MONOTONIC = MONOTONIC

    def __init__(self, boottime: int = BOOTTIME) -> None:
        self.CLOCK_BOOTTIME = boottime

    def monotonic(self) -> float:
        """Return the time awake."""
        return 100.0

    def clock_gettime(self, clk_id: int, /) -> float:
        """Return the time since the start."""
        if clk_id == UNKNOWN:
            raise OSError("no such clock")
        return 120.0


class OneClock:
    """A machine with a single clock at 120 s."""

    def monotonic(self) -> float:
        """Return the time since the start."""
        return 120.0

    def clock_gettime(self, clk_id: int, /) -> float:
        """Know no clock."""
        raise OSError(clk_id)


class FakeKernel32:
    """Windows, awake for 100 s."""

    @staticmethod
    def QueryUnbiasedInterruptTime(pointer: object) -> int:
        """Write the time awake in units of 100 ns."""
        pieces = ctypes.c_ulonglong(1_000_000_000)
        ctypes.memmove(pointer, ctypes.byref(pieces), ctypes.sizeof(pieces))  # type: ignore[arg-type]
        return 1


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_boot_time_counts_sleep_and_awake_time_does_not(platform: str) -> None:
    """On Linux and macOS the pair differs by the time slept."""
    clocks = find_clocks(platform, FakeTime())
    assert (clocks.awake(), clocks.boot()) == (100.0, 120.0)


def test_windows_leaves_sleep_out_of_the_unbiased_time() -> None:
    """On Windows the monotonic clock runs on and the unbiased one stops."""
    clocks = find_clocks("win32", OneClock(), FakeKernel32)
    assert (clocks.awake(), clocks.boot()) == (100.0, 120.0)


def test_windows_without_the_call_has_one_clock() -> None:
    """Windows without the unbiased time uses the monotonic clock twice."""
    clocks = find_clocks("win32", FakeTime(), SimpleNamespace())
    assert clocks.awake() == clocks.boot() == 100.0


def test_a_kernel_that_refuses_the_clock_has_one_clock() -> None:
    """A clock that cannot be read is not used."""
    clocks = find_clocks("linux", FakeTime(boottime=UNKNOWN))
    assert clocks.boot() == 100.0


def test_an_unknown_system_has_one_clock() -> None:
    """Without a boot clock the monotonic one is used for both."""
    clocks = find_clocks("other", OneClock())
    assert clocks.awake() == clocks.boot() == 120.0


def test_this_machine_is_not_asleep() -> None:
    """Both clocks of this machine run at the same rate."""
    clocks = find_clocks()
    before = clocks.boot() - clocks.awake()
    assert clocks.boot() - clocks.awake() == pytest.approx(before, abs=0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="CLOCK_BOOTTIME is Linux's")
def test_linux_reads_the_kernels_boot_time() -> None:
    """The clock is CLOCK_BOOTTIME of the kernel."""
    assert find_clocks().boot() == pytest.approx(time.clock_gettime(BOOTTIME), abs=0.5)


class Night:
    """Clocks set by hand, and a detector that compares them."""

    def __init__(self) -> None:
        self.awake, self.boot = FakeClock(100.0), FakeClock(5000.0)
        self.detector = SleepDetector(Clocks(self.awake, self.boot))

    def pass_seconds(self, awake: float, asleep: float = 0.0) -> None:
        """Advance the clocks, partly asleep."""
        self.awake.pass_seconds(awake)
        self.boot.pass_seconds(awake + asleep)


def test_a_night_is_reported_once() -> None:
    """A second call does not report it again."""
    night = Night()
    night.pass_seconds(1.0, asleep=8 * 3600.0)

    assert [night.detector.has_slept(), night.detector.has_slept()] == [True, False]


@pytest.mark.parametrize("awake", [0.1, 60.0, 8 * 3600.0])
def test_time_that_passes_awake_is_no_sleep(awake: float) -> None:
    """A late call alone is no sleep."""
    night = Night()
    night.pass_seconds(awake)

    assert not night.detector.has_slept()


def test_clocks_that_differ_a_little_are_no_sleep() -> None:
    """A clock may count in coarse steps."""
    night = Night()
    night.pass_seconds(10.0, asleep=0.5)

    assert not night.detector.has_slept()
