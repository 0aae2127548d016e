"""Tests of atomic writing: at every moment the file is the old one or the new one, complete."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from legato.domain.problems import BadData
from legato.storage.atomic import make_folder, remove_leftovers, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def mode(path: Path) -> int:
    """Return the permission bits of `path`."""
    return path.stat().st_mode & 0o777


def test_it_writes(tmp_path: Path) -> None:
    """The file has the given content, and no temporary file remains."""
    path = tmp_path / "a"
    write_atomic(path, b"old")
    write_atomic(path, b"new", lasting=False)

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_files_and_folders_are_the_user_s_alone(tmp_path: Path) -> None:
    """Missing folders are created, and only the user can read them."""
    path = tmp_path / "data" / "routines" / "a"
    write_atomic(path, b"x")

    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)


def test_through_a_link_the_file_itself_is_replaced(tmp_path: Path) -> None:
    """A symbolic link stays; the file that it leads to is replaced."""
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_bytes(b"old")
    link.symlink_to(there)
    write_atomic(link, b"new")

    assert link.is_symlink()
    assert there.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk"),
        (errno.EROFS, "--data-dir"),
        (errno.EIO, "the old file is as it was"),
    ],
)
def test_a_failure_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    """An error has a hint, and leaves the old file without a temporary one."""
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(_descriptor: int, _data: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(BadData) as raised:
        write_atomic(path, b"new")

    assert hint in str(raised.value)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_reads_back_different_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk returns other bytes than were written, the old file stays."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    write: Callable[[int, bytes], int] = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, b"?" * len(data)))

    with pytest.raises(BadData, match="does not read back"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """The problem names the file that is in the way."""
    (tmp_path / "data").touch()

    with pytest.raises(BadData, match="a file is where the folder should be"):
        write_atomic(tmp_path / "data" / "a", b"x")


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    """A folder at the path of the file is a problem, too."""
    (tmp_path / "a").mkdir()

    with pytest.raises(BadData, match="a folder is where the file should be"):
        write_atomic(tmp_path / "a", b"x")


def test_a_full_disk_for_real(tmp_path: Path) -> None:
    """A process whose file size is limited keeps the old file."""
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from legato.domain.problems import BadData\n"
        "from legato.storage.atomic import write_atomic\n"
        "path = Path(sys.argv[1]); write_atomic(path, b'old')\n"
        "try: write_atomic(path, b'x' * 5000)\n"
        "except BadData as error: print(error)\n"
    )
    path = tmp_path / "a"
    child = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )

    assert "the file cannot be written: File too large" in child.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


_KILLED = """
import os, signal, sys
from pathlib import Path
from legato.storage import atomic

path, old, new = Path(sys.argv[1]), b"a" * 60_000, b"b" * 60_000

def kill_at(moment):
    passed = 0
    def trace(frame, event, _):
        nonlocal passed
        passed += frame.f_code.co_filename == atomic.__file__
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)

def status_of(moment):
    child = os.fork()
    if child == 0:
        kill_at(moment)
        atomic.write_atomic(path, new)
        os._exit(0)
    return os.waitpid(child, 0)[1]

moment, seen = 1, []
atomic.write_atomic(path, old)
while status_of(moment):
    data = path.read_bytes()
    assert data in (old, new), len(data)
    seen.append(data == new)
    moment += 1
print(len(seen), seen == sorted(seen), path.read_bytes() == new)
"""


def test_killed_at_any_line_a_whole_file_is_there(tmp_path: Path) -> None:
    """Whichever line of a write a process is killed at, the file is old or new."""
    child = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        check=True,
    )
    kills, in_order, finished = child.stdout.split()

    assert int(kills) > 30
    assert (in_order, finished) == ("True", "True")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_what_is_given_away_is_as_open_as_other_files(tmp_path: Path, umask: int) -> None:
    """Shared files follow the umask; all others are private."""
    before = os.umask(umask)
    try:
        write_atomic(tmp_path / "data" / "own", b"x")
        write_atomic(tmp_path / "given", b"x", shared=True)
    finally:
        os.umask(before)

    assert mode(tmp_path / "data" / "own") == 0o600
    assert mode(tmp_path / "data") == 0o700
    assert mode(tmp_path / "given") == 0o666 & ~umask


def test_leftovers_are_swept_when_they_are_old(tmp_path: Path) -> None:
    """Old temporary files are deleted; recent ones stay, and those of sync programs."""
    old, young, other = (
        tmp_path / name for name in (".a.0123abcd.tmp", ".a.0123abce.tmp", ".a.tmp")
    )
    for path in (old, young, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (100, 100))

    assert remove_leftovers(tmp_path, before=1000) == 1
    assert sorted(tmp_path.iterdir()) == sorted([young, other])
    assert remove_leftovers(tmp_path / "missing", before=1000) == 0


def test_a_folder_that_is_there_is_let_be(tmp_path: Path) -> None:
    """The permissions of an existing folder are not changed."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path)

    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_a_disk_that_knows_no_fsync_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """To know no such call is not to have failed."""
    monkeypatch.setattr(os, "fsync", raising(number))
    write_atomic(tmp_path / "a", b"new")

    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """What did not reach the disk is not written."""
    monkeypatch.setattr(os, "fsync", raising(number))

    with pytest.raises(BadData):
        write_atomic(tmp_path / "a", b"new")


def raising(number: int) -> Callable[[int], None]:
    """Return a call that fails with an error of the system."""

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return fail
