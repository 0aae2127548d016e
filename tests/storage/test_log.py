"""The log: small, private, and never in the way."""

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
    """Return a log in a folder that is not there yet."""
    return LogFile(tmp_path / "data" / "log", lambda: NIGHT)


@pytest.fixture
def _open_to_all() -> Iterator[None]:
    """Let everything that is made be open to all, unless it says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_nothing_is_made_before_the_first_line(journal: LogFile) -> None:
    """A command that only reads leaves no folder behind."""
    assert not journal.path.parent.exists()
    assert journal.last_lines(5) == ()


def test_a_line_has_its_time(journal: LogFile) -> None:
    """Lines that belong together are written together; an indented one stays so."""
    journal.note("an error", "  legato.ui:1 in paint")

    assert journal.path.read_text() == (
        "2026-01-31 23:10:05 an error\n2026-01-31 23:10:05   legato.ui:1 in paint\n"
    )


def test_paths_stay_out_of_it(journal: LogFile) -> None:
    """Whoever writes to it."""
    journal.note("cannot read /home/anna/knee.yaml: denied")

    assert journal.last_lines(1) == ("2026-01-31 23:10:05 cannot read …: denied",)


@pytest.mark.usefixtures("_open_to_all")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_it_is_for_the_user_alone(journal: LogFile) -> None:
    """Also where the system would let others read it."""
    journal.note("one")

    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_it_stays_small(journal: LogFile) -> None:
    """The last lines are kept, the oldest file is let go."""
    lines = ["x" * 400] * (MOST_BYTES // 1000)
    for number in range(12):
        journal.note(str(number), *lines)
    files = sorted(journal.path.parent.iterdir())

    assert len(files) == 1 + OLDER_FILES
    assert all(file.stat().st_size <= MOST_BYTES for file in files)
    assert journal.last_lines(len(lines) + 1)[0].endswith(" 11")


def test_a_folder_that_is_deleted_meanwhile_is_made_again(journal: LogFile) -> None:
    """The next line is in a new file."""
    journal.note("one")
    journal.path.unlink()
    journal.path.parent.rmdir()
    journal.note("two")

    assert journal.path.read_text().endswith("two\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_file_is_let_be(journal: LogFile, tmp_path: Path, kind: str) -> None:
    """Neither waits it for a pipe, nor does it write through a link."""
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
    """A file is where the folder should be."""
    (tmp_path / "log").write_text("")
    journal = LogFile(tmp_path / "log")
    journal.note("one")

    assert journal.last_lines(1) == ()
