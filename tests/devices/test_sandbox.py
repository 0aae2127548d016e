"""Tests of the limits of a child process, each in its own process."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tried where all of them hold")

LIMITED = (
    "from legato.devices.sandbox import limit_resources, limit_work\nlimit_resources(50_000_000)\n"
)


def outcome(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with limits."""
    return subprocess.run(
        [sys.executable, "-P", "-c", LIMITED + program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("bytearray(200_000_000)", "MemoryError"),
        ("open('a', 'wb', 0).write(b'a')", "File too large"),
        ("[open('/dev/null') for _ in range(100)]", "Too many open files"),
    ],
)
def test_what_is_too_much_is_refused(program: str, words: str, tmp_path: Path) -> None:
    """Memory, written files and open files are limited."""
    assert words in outcome(program, tmp_path).stderr


def test_what_is_little_goes_on(tmp_path: Path) -> None:
    """Twenty megabytes, ten files and little work are allowed."""
    program = "a = bytearray(20_000_000); b = [open('/dev/null') for _ in range(10)]; limit_work(3)"

    assert outcome(program, tmp_path).returncode == 0


@pytest.mark.slow
def test_work_without_end_is_ended(tmp_path: Path) -> None:
    """The system ends an endless loop."""
    found = outcome("limit_work(0.1)\nwhile True: pass", tmp_path)

    assert found.returncode == -signal.SIGXCPU


def test_the_limit_on_work_is_set_anew_for_each_picture(tmp_path: Path) -> None:
    """Earlier work does not count."""
    program = """
import resource, time
limit_work(1)
while time.process_time() < 0.2: pass
first = resource.getrlimit(resource.RLIMIT_CPU)[0]
limit_work(5)
print(first, resource.getrlimit(resource.RLIMIT_CPU)[0])
"""
    first, second = map(int, outcome(program, tmp_path).stdout.split())

    assert first < second


# One that opens pictures, and waits for ever in the file that it opens instead.
_CHILD = """
import os, sys
from legato.cli import picture_worker as picture_opening
def wait(picture):
    open({note!r}, "w").write(str(os.getpid()))
    open({pipe!r})
picture_opening._opened = wait
picture_opening.serve(sys.stdin.buffer, sys.stdout.buffer)
"""
_PARENT = """
import sys
from legato.devices.picture_process import ImageProcess
from legato.domain.ports import PictureData
ImageProcess((sys.executable, "-P", "-c", {child!r}), 600).open(PictureData(b"a", "png"))
"""


def test_a_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """A child that blocks in `open` of a FIFO ends within a second."""
    note, pipe = str(tmp_path / "note"), str(tmp_path / "pipe")
    os.mkfifo(note)
    os.mkfifo(pipe)
    program = _PARENT.format(child=_CHILD.format(note=note, pipe=pipe))
    parent = subprocess.Popen([sys.executable, "-P", "-c", program])
    child = os.pidfd_open(int((tmp_path / "note").read_text()))
    is_alive = not select.select([child], [], [], 0)[0]
    parent.kill()
    parent.wait()
    has_ended = bool(select.select([child], [], [], 1.0)[0])
    if not has_ended:
        signal.pidfd_send_signal(child, signal.SIGKILL)
    os.close(child)

    assert (is_alive, has_ended) == (True, True)


def test_a_wait_has_an_end_without_a_parent() -> None:
    """A watchdog ends the process, even while the GIL is held."""
    program = (
        "import ctypes\nfrom legato.devices.sandbox import limit_wait\n"
        "with limit_wait(0.1):\n    ctypes.PyDLL(None).pause()"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, timeout=60, check=False
    )

    assert (ended.returncode, ended.stderr) == (1, b"")


def test_a_wait_that_ends_by_itself_costs_nothing() -> None:
    """The watchdog is stopped."""
    program = (
        "import select\nfrom legato.devices.sandbox import limit_wait\n"
        "with limit_wait(0.1):\n    pass\nselect.select([], [], [], 0.3)"
    )

    assert subprocess.run([sys.executable, "-P", "-c", program], check=False).returncode == 0
