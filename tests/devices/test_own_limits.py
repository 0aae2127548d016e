"""Limits that a process sets itself, tried in processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tried where all of them hold")

LIMITED = "from legato.devices.own_limits import limit_harm, limit_work\nlimit_harm(50_000_000)\n"


def outcome(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program that has limited itself."""
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
    """Memory, files that are written, files that are open."""
    assert words in outcome(program, tmp_path).stderr


def test_what_is_little_goes_on(tmp_path: Path) -> None:
    """Twenty megabytes, ten files and no work to speak of."""
    program = "a = bytearray(20_000_000); b = [open('/dev/null') for _ in range(10)]; limit_work(3)"

    assert outcome(program, tmp_path).returncode == 0


@pytest.mark.slow
def test_work_without_end_is_ended(tmp_path: Path) -> None:
    """By the system, whoever has been forgotten to do it."""
    found = outcome("limit_work(0.1)\nwhile True: pass", tmp_path)

    assert found.returncode == -signal.SIGXCPU


def test_the_limit_on_work_is_set_anew_for_each_picture(tmp_path: Path) -> None:
    """What came before does not count."""
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
