"""A short, fixed part of the long trials."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from soak.footprint import MOST_GROWTH_KB, Footprint
from soak.soak import ALONE, TRIALS, main

TESTS = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="Linux tells what is held"
)

HELD = Footprint(
    memory_kb=60_000,
    objects=400,
    timers=13,
    running=2,
    top_levels=1,
    threads=6,
    handles=10,
    sounds=1,
)


def trial(name: str, folder: Path, times: int) -> str:
    """Run a trial a few times and return its output; fail if it fails."""
    module = TRIALS[name][0]
    done = subprocess.run(
        [sys.executable, "-m", module, folder / "data", str(times)],
        cwd=TESTS,
        env={**os.environ, **ALONE},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_thirty_kills_lose_nothing(tmp_path: Path) -> None:
    """Saves of routines, drafts, settings and positions, deletions and restores are interrupted."""
    assert trial("kills", tmp_path, 30).startswith("30 kills ")


@pytest.mark.slow
def test_a_killed_session_misses_a_second_at_most(tmp_path: Path) -> None:
    """The whole program is killed, and the session resumed."""
    assert trial("killed-sessions", tmp_path, 2).startswith("2 kills ")


@pytest.mark.slow
def test_twenty_sessions_leave_nothing_behind(tmp_path: Path) -> None:
    """The sessions have pauses, cramps and stops."""
    assert "20 sessions: memory" in trial("sessions", tmp_path, 20)


@pytest.mark.slow
def test_ten_openings_of_every_page_leave_nothing_behind(tmp_path: Path) -> None:
    """Each page is opened with the list of keys, and each file dialog."""
    assert "10 openings of every page: memory" in trial("openings", tmp_path, 10)


def test_nothing_grown_is_no_leak() -> None:
    """A little memory is not a leak, since caches fill late."""
    assert not HELD.leaks(HELD)
    assert not replace(HELD, memory_kb=HELD.memory_kb + MOST_GROWTH_KB).leaks(HELD)


@pytest.mark.parametrize(
    "more", [{"objects": 401}, {"timers": 14}, {"running": 3}, {"top_levels": 2}, {"threads": 7},
             {"handles": 11}, {"sounds": 2}, {"memory_kb": HELD.memory_kb + MOST_GROWTH_KB + 1}]
)  # fmt: skip
def test_whatever_else_has_grown_is_a_leak(more: dict[str, int]) -> None:
    """Growth by one in any other figure is a leak."""
    assert replace(HELD, **more).leaks(HELD).keys() == more.keys()


def test_an_unknown_trial_is_refused() -> None:
    """The message lists the known trials."""
    with pytest.raises(SystemExit, match="kills"):
        main(["naps"])
