"""Tests of the log file: small, private, and without effect on failure."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from legato.storage.log import MOST_BYTES, OLDER_FILES, LogFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NIGHT = datetime(2026, 1, 31, 23, 10, 5, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> LogFile:
    """Return a log in a folder that does not exist yet."""
    return LogFile(tmp_path / "data" / "log", lambda: NIGHT)


@pytest.fixture
def _open_to_all() -> Iterator[None]:
    """Set a umask that leaves new files open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_nothing_is_made_before_the_first_line(journal: LogFile) -> None:
    """Without a line no folder is created."""
    assert not journal.path.parent.exists()
    assert journal.last_lines(5) == ()


def test_a_line_has_its_time(journal: LogFile) -> None:
    """Lines of one call get the same time and stay together."""
    journal.note("an error", "  legato.ui:1 in paint")

    assert journal.path.read_text() == (
        "2026-01-31 23:10:05 an error\n2026-01-31 23:10:05   legato.ui:1 in paint\n"
    )


def test_paths_stay_out_of_it(journal: LogFile) -> None:
    """Paths are removed from every line."""
    journal.note("cannot read /home/anna/knee.yaml: denied")

    assert journal.last_lines(1) == ("2026-01-31 23:10:05 cannot read …: denied",)


@pytest.mark.usefixtures("_open_to_all")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_it_is_for_the_user_alone(journal: LogFile) -> None:
    """The file is private whatever the umask."""
    journal.note("one")

    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_it_stays_small(journal: LogFile) -> None:
    """The latest lines are kept, the oldest file is deleted."""
    lines = ["x" * 400] * (MOST_BYTES // 1000)
    for number in range(12):
        journal.note(str(number), *lines)
    files = sorted(journal.path.parent.iterdir())

    assert len(files) == 1 + OLDER_FILES
    assert all(file.stat().st_size <= MOST_BYTES for file in files)
    assert journal.last_lines(len(lines) + 1)[0].endswith(" 11")


def test_a_folder_that_is_deleted_meanwhile_is_made_again(journal: LogFile) -> None:
    """The next line is written to a new file."""
    journal.note("one")
    journal.path.unlink()
    journal.path.parent.rmdir()
    journal.note("two")

    assert journal.path.read_text().endswith("two\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_file_is_let_be(journal: LogFile, tmp_path: Path, kind: str) -> None:
    """A FIFO is not waited for, and a link is not followed."""
    journal.path.parent.mkdir(parents=True)
    other = tmp_path / "other"
    other.write_text("mine")
    if kind == "pipe":
        os.mkfifo(journal.path)
    elif kind == "link":
        journal.path.symlink_to(other)
    else:
        journal.path.mkdir()
    journal.note("one")

    assert other.read_text() == "mine"


def test_a_disk_that_takes_nothing_is_no_reason_to_fail(tmp_path: Path) -> None:
    """A file in place of the folder raises nothing."""
    (tmp_path / "log").write_text("")
    journal = LogFile(tmp_path / "log")
    journal.note("one")

    assert journal.last_lines(1) == ()
