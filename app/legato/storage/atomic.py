"""Writes files atomically, and locks folders against other writers."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import time
from typing import TYPE_CHECKING

from legato.domain.problems import Problem
from legato.storage.safe_read import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PRIVATE_FILE = 0o600
SHARED_FILE = 0o666
"""Readable by others as far as the umask allows, as usual for saved files."""
PRIVATE_FOLDER = 0o700
_TEMPORARY = ".tmp"
_OWN_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.tmp", re.DOTALL)
"""Programs that synchronise folders have temporary files of other names beside these."""
_LONGEST_STEM = 200
"""Bytes of a file's name that its temporary neighbour is called by."""
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room and try again"),
    errno.EDQUOT: ("your share of the disk is used up", "make room and try again"),
    errno.EROFS: ("nothing can be written there", "choose another folder with --data-dir"),
    errno.EACCES: ("the folder may not be written to", "choose another with --data-dir"),
    errno.EPERM: ("the folder may not be written to", "choose another with --data-dir"),
    errno.ENOTDIR: ("a file is where the folder should be", "move it away"),
    errno.EEXIST: ("a file is where the folder should be", "move it away"),
    errno.EISDIR: ("a folder is where the file should be", "move it away"),
}
"""Text and hint for errors that the user can do something about, by errno."""


def write_atomic(path: Path, data: bytes, *, lasting: bool = True, shared: bool = False) -> None:
    """Replace the content of `path`, or create the file and its folders, private to the user.

    The new content is written to a temporary file beside it, read back and compared, and then
    renamed over the old file. A symbolic link is followed.

    Args:
        path: The file.
        data: Its new content.
        lasting: Whether to wait for the disk (fsync). Otherwise the file is whole after a crash of
            the program, but may be the old one after a power cut.
        shared: Whether others may read the file, because it is to be given away.

    Raises:
        BadData: It cannot be written; the old file is unchanged.
    """
    try:
        mode = SHARED_FILE if shared else PRIVATE_FILE
        _replace(path.resolve(), data, lasting=lasting, mode=mode)
    except OSError as error:
        raise refusal(path, *why_not_written(error)) from error


def why_not_written(error: OSError) -> tuple[str, str]:
    """Return why a file could not be written, as the text and the hint of a `Problem`."""
    unknown = str(error.strerror or error), "the old file is as it was"
    reason, hint = _REASONS.get(error.errno or 0, unknown)
    return f"the file cannot be written: {reason}", hint


def make_folder(folder: Path) -> None:
    """Create `folder` and its parents, private to the user; raise OSError on failure."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def ready_folder(folder: Path) -> Problem | None:
    """Create `folder` if it is missing; return why that failed, or None."""
    try:
        make_folder(folder)
    except OSError as error:
        text, hint = why_not_written(error)
        return Problem(where=str(folder), text=text.replace("file", "folder", 1), hint=hint)
    return None


def remove_leftovers(folder: Path, *, before: float) -> int:
    """Delete temporary files of killed writes in `folder`; return how many.

    Args:
        folder: The folder; it need not exist.
        before: Wall time in seconds; younger files may belong to a running write.
    """
    count = 0
    with contextlib.suppress(OSError):
        # A glob would compare each of ten thousand names with a pattern, for a twentieth of a second.
        with os.scandir(folder) as entries:
            left = [one for one in entries if one.name.endswith(_TEMPORARY)]
        for one in left:
            if (
                _OWN_TEMPORARY.fullmatch(one.name)
                and one.stat(follow_symlinks=False).st_mtime < before
            ):
                (folder / one.name).unlink()
                count += 1
    return count


def _replace(path: Path, data: bytes, *, lasting: bool, mode: int) -> None:
    make_folder(path.parent)
    # Beside a name that is as long as names can be there is room for a shorter one only.
    stem = os.fsdecode(os.fsencode(path.name)[:_LONGEST_STEM])
    beside = path.with_name(f".{stem}.{os.urandom(4).hex()}{_TEMPORARY}")
    descriptor = os.open(beside, _NEW, mode)
    try:
        try:
            _write(descriptor, data, lasting=lasting)
        finally:
            os.close(descriptor)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    if lasting:
        _sync_folder(path.parent)


def _write(descriptor: int, data: bytes, *, lasting: bool) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if lasting:
        _sync(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    back = b""
    while part := os.read(descriptor, len(data) + 1):
        back += part
    if back != data:
        raise OSError(errno.EIO, "what was written does not read back the same")


def _sync(descriptor: int) -> None:
    """Wait for the disk; some network and FUSE file systems know no such call."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


_NO_SYNC = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def _sync_folder(folder: Path) -> None:
    """Write the new name to disk, on systems that can sync a folder."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):
            _sync(descriptor)
    finally:
        os.close(descriptor)


PATIENCE_SECONDS = 1.0
"""Timeout for the lock; a program that holds it longer hangs, and the others go on without it."""
BETWEEN_TRIES_SECONDS = 0.01


@contextlib.contextmanager
def locked(
    folder: Path,
    *,
    now: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Lock `folder` while the block runs; the system releases the lock of a process that ends.

    The lock is advisory: the block also runs if the folder is missing or cannot be locked, or after
    the timeout. The folder itself is locked (flock(2)), so that no lock file is left in it. On
    Windows folders cannot be locked.

    Args:
        folder: The folder to write into.
        now: Monotonic seconds.
        pause: Sleeps for some seconds between two tries.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield
        return
    try:
        deadline = now() + PATIENCE_SECONDS
        while not _is_ours(descriptor) and now() < deadline:
            pause(BETWEEN_TRIES_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _is_ours(descriptor: int) -> bool:
    """Take the lock; return False if another process holds it, True if locks do not work here."""
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
