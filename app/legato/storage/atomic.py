"""Writes a file so that at every moment the old or the new one is there, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
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
"""For others as far as the user's umask lets them, as any file that a program saves."""
PRIVATE_FOLDER = 0o700
_TEMPORARY = ".tmp"
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
"""What a person can do something about, in words, and what to do; by the system's number."""


def write_atomic(path: Path, data: bytes, *, lasting: bool = True, shared: bool = False) -> None:
    """Replace the content of `path`, or make the file and its folders, for the user alone.

    The new content goes into a file beside it, is read back and compared, and only then takes the
    place of the old. Through a symbolic link the file that it leads to is replaced.

    Args:
        path: The file.
        data: Its new content.
        lasting: Whether to wait until the disk has it. Without, the file is whole after a crash
            of the program; after a power cut it may be the old one.
        shared: Whether the file is to be given away, and so is not for the user alone.

    Raises:
        BadData: It cannot be written; the old file is as it was.
    """
    try:
        mode = SHARED_FILE if shared else PRIVATE_FILE
        _replace(path.resolve(), data, lasting=lasting, mode=mode)
    except OSError as error:
        raise refusal(path, *why_not_written(error)) from error


def why_not_written(error: OSError) -> tuple[str, str]:
    """Say why a file could not be written, as the text and the hint of a `Problem`."""
    unknown = str(error.strerror or error), "the old file is as it was"
    reason, hint = _REASONS.get(error.errno or 0, unknown)
    return f"the file cannot be written: {reason}", hint


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, for the user alone; raises OSError."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def ready_folder(folder: Path) -> Problem | None:
    """Make `folder` where it is missing; return why it cannot be."""
    try:
        make_folder(folder)
    except OSError as error:
        text, hint = why_not_written(error)
        return Problem(where=str(folder), text=text.replace("file", "folder", 1), hint=hint)
    return None


def remove_leftovers(folder: Path, *, before: float) -> int:
    """Take away what writes that were killed left in `folder`; return how many files that were.

    Args:
        folder: The folder; it need not exist.
        before: Wall time in seconds; what is younger may belong to a write under way.
    """
    count = 0
    with contextlib.suppress(OSError):
        for left in folder.glob(f".*{_TEMPORARY}"):
            if left.lstat().st_mtime < before:
                left.unlink()
                count += 1
    return count


def _replace(path: Path, data: bytes, *, lasting: bool, mode: int) -> None:
    make_folder(path.parent)
    # Beside a name that is as long as names can be there is room for a shorter one only.
    stem = os.fsdecode(os.fsencode(path.name)[:_LONGEST_STEM])
    beside = path.with_name(f".{stem}.{secrets.token_hex(4)}{_TEMPORARY}")
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
        _settle(path.parent)


def _write(descriptor: int, data: bytes, *, lasting: bool) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if lasting:
        os.fsync(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    back = b""
    while part := os.read(descriptor, len(data) + 1):
        back += part
    if back != data:
        raise OSError(errno.EIO, "what was written does not read back the same")


def _settle(folder: Path) -> None:
    """Make the disk take note of the new name; a system that cannot do this for a folder need not."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


PATIENCE_SECONDS = 1.0
"""A program that holds its turn longer is frozen; then the others go on without."""
BETWEEN_TRIES_SECONDS = 0.01


@contextlib.contextmanager
def locked(
    folder: Path,
    *,
    now: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the turn of `folder` while the block runs; the system takes it back from the dead.

    It is a courtesy: where the folder is missing or cannot be locked, and where nobody gives the
    turn away, the block runs all the same. The lock is on the folder itself, so that nothing lies
    about in it (flock(2)); Windows locks no folders.

    Args:
        folder: Where is written.
        now: Monotonic seconds.
        pause: Waits for some seconds between two tries.
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
    """Take the turn if it is free; tell whether it was, or cannot be had at all."""
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
