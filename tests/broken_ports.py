"""What befalls a data folder while somebody uses it, each ended again; real also for root."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from legato.storage import atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SMALL = "1m"
LEAVES_ALL = frozenset({"full", "no room", "read-only", "a file in its place"})
"""The failures after which all files are there again."""

_CAPABILITIES_3 = 0x20080522
_DAC_OVERRIDE = 1 << 1
"""What lets root write where nobody may: capabilities(7)."""


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Make `folder` a disk of its own of 1 MB; skip the test if it cannot be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=700", "legato-test", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk may be mounted here: this needs root outside of a container")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Fill the disk of `folder`, which is small, to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - any other is another trouble
                break
    yield
    ballast.unlink()


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Let every write report a full disk, where none can be mounted."""
    del folder
    said = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with mock.patch.object(atomic, "_write", side_effect=said):
        yield


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make `folder` and its content read-only, even for root."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for one in folders:
        one.chmod(0o500)
    override = _root_may_write(may=False)
    try:
        yield
    finally:
        if override:
            _root_may_write(may=True)
        for one in folders:
            one.chmod(0o700)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """Delete `folder` with its content."""
    shutil.rmtree(folder)
    yield


@contextmanager
def a_file_in_its_place(folder: Path) -> Iterator[None]:
    """Replace `folder` by a file."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.write_text("a file")
    yield
    folder.unlink()
    aside.rename(folder)


TROUBLES: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "full": full,
    "no room": no_room,
    "read-only": read_only,
    "gone": gone,
    "a file in its place": a_file_in_its_place,
}


def _root_may_write(*, may: bool) -> bool:
    """Take from this thread, or give back, what lets root write anywhere; return if it had it."""
    if sys.platform != "linux" or os.geteuid():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 bits
    assert libc.capget(header, sets) == 0
    had = bool(sets[0] & _DAC_OVERRIDE)
    sets[0] = sets[0] | _DAC_OVERRIDE if may else sets[0] & ~_DAC_OVERRIDE
    assert libc.capset(header, sets) == 0
    return had
