"""Tests of the crash dump, which the next run finds."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from legato.storage.log import CrashFile

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    """A normal end leaves no file."""
    crash = CrashFile(tmp_path / "log")
    crash.begin()
    crash.end()

    assert crash.left() == ""
    assert list((tmp_path / "log").iterdir()) == []


def test_what_is_written_at_the_very_end_is_found(tmp_path: Path) -> None:
    """Text written through the open descriptor is found by the next run."""
    file = CrashFile(tmp_path).begin()
    assert file is not None
    os.write(file, b"Fatal Python error")

    assert CrashFile(tmp_path).left() == "Fatal Python error"
    os.close(file)


def test_a_new_run_begins_with_an_empty_file(tmp_path: Path) -> None:
    """The dump of the last run is returned only once."""
    first = CrashFile(tmp_path)
    first.end("KeyError")
    second = CrashFile(tmp_path)
    left = second.left()
    second.begin()

    assert left == "KeyError"
    assert second.left() == ""
    second.end()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_it_is_for_the_user_alone(tmp_path: Path) -> None:
    """The file is private, because it names folders."""
    crash = CrashFile(tmp_path / "log")
    crash.begin()

    assert stat.S_IMODE((tmp_path / "log" / "crash.txt").stat().st_mode) == 0o600
    crash.end()


def test_a_disk_that_takes_nothing_is_no_reason_to_fail(tmp_path: Path) -> None:
    """A file in place of the folder raises nothing."""
    (tmp_path / "log").write_text("")
    crash = CrashFile(tmp_path / "log")

    assert crash.begin() is None
    crash.end("KeyError")
    assert crash.left() == ""
