"""A short, fixed part of the fuzzing, and the fuzzer's own detection of failures."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from fuzz.fuzz import explore, gist
from fuzz.limits import waited_seconds
from fuzz.targets import TARGETS

SEED = 1
SHARE = 10
"""One in so many of a target's cases is tried here; `./run fuzz` and the nightly run try the rest."""

MOST_SECONDS = 20.0
"""Each target has a number of cases, so that a run is as good as the last; this is for slow days."""
TESTS = Path(__file__).parents[1]
FOUND = Path(__file__).parent / "found"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its watch is made for Linux")


def run_python(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the fuzzer's modules on its path."""
    return subprocess.run(
        [sys.executable, *words], cwd=TESTS, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_odd_input_does_no_harm(name: str, tmp_path: Path) -> None:
    """Random input causes no traceback, hang, crash or excessive memory."""
    tally = explore(name, SEED, 0, max(1, TARGETS[name].cases // SHARE), MOST_SECONDS, tmp_path)

    assert tally.cases
    told = [path.with_suffix(".txt").read_text() for path in tally.found.values()]
    assert not told, "\n".join(told)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in FOUND.iterdir()))
def test_earlier_findings_do_no_harm(name: str) -> None:
    """Each of these inputs once caused a traceback."""
    files = [str(path) for path in sorted((FOUND / name).iterdir())]

    ended = run_python("-m", "fuzz.fuzz", "--target", name, "--input", *files)

    assert ended.returncode == 0, ended.stdout + ended.stderr


WATCHED = """
import time
from fuzz import limits
limits.watch()
"""


@pytest.mark.parametrize(
    ("harm", "ending"),
    [
        ("limits.allow(0.2)\nwhile True: pass", signal.SIGPROF),
        ("limits.LONGEST_WAIT_SECONDS = 0.2\nlimits.allow()\ntime.sleep(60)", signal.SIGALRM),
    ],
)
def test_a_hang_is_seen(harm: str, ending: int) -> None:
    """Busy or waiting, the process is ended, and prints where it was."""
    ended = run_python("-c", WATCHED + harm)

    assert ended.returncode == -ending
    assert "most recent call first" in ended.stderr


def test_too_much_memory_is_seen() -> None:
    """The largest size of the process counts, even if it is small again."""
    grow = "from fuzz import limits; bytearray(b'a') * 600_000_000; limits.check_memory()"

    assert "TooMuchMemoryError" in run_python("-c", grow).stderr


def test_waiting_is_distinguished_from_working() -> None:
    """A window that is late on a busy machine is not a failure."""
    begun = waited_seconds()
    sum(range(1_000_000))
    worked = waited_seconds()
    Event().wait(0.2)

    assert worked - begun < 0.1
    assert waited_seconds() - worked > 0.15


def test_one_error_is_reported_once() -> None:
    """Tracebacks that differ only in numbers and values are of one error."""
    told = 'Traceback (most recent call last):\n  File "/x/legato/a.py", line 7, in b\nValueError: {}\n'

    assert gist(told.format("'x' at 17")) == gist(told.format("'yy' at 3"))
    assert gist(told.format("x")) != gist(told.format("y"))
