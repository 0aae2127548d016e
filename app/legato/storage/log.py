"""Writes the log and the crash dump, in files that stay small and private.

The log file is opened for each line: lines are few, the file may be moved or its folder deleted
meanwhile, and importing `logging.handlers` would cost the start 13 ms and a socket module.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from legato.domain.error_report import redact
from legato.domain.problems import BadData
from legato.storage.atomic import PRIVATE_FILE, make_folder, write_atomic
from legato.storage.safe_read import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 256 * 1024
OLDER_FILES = 2
NAME = "legato.log"

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_NO_LINK_NO_WAIT = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _now() -> datetime:
    return datetime.now().astimezone()


class LogFile:
    """Writes lines with their time, from any thread; lines that cannot be written are dropped.

    A full file is renamed to `legato.log.1`, that one to `legato.log.2`; older ones are deleted.

    Args:
        folder: The folder of the files; created when the first line is written.
        now: The local time.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = _now) -> None:
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """The file that is written to."""
        return self._folder / NAME

    def note(self, *lines: str) -> None:
        """Write lines together, with paths and unprintable characters removed."""
        at = f"{self._now():%Y-%m-%d %H:%M:%S}"
        text = "".join(f"{at} {_indented(line)}\n" for line in lines)
        with self._lock, contextlib.suppress(OSError):
            self._write(text.encode())

    def last_lines(self, count: int) -> tuple[str, ...]:
        """Return the last lines, or none if the file cannot be read."""
        try:
            data = read_regular(self.path, most_bytes=2 * MOST_BYTES)
        except BadData:
            return ()
        return tuple(data.decode(errors="replace").splitlines()[-count:])

    def _write(self, data: bytes) -> None:
        make_folder(self._folder)
        with contextlib.suppress(FileNotFoundError):
            if self.path.lstat().st_size + len(data) > MOST_BYTES:
                self._rotate()
        # Follow no link, which could lead anywhere, and block on no FIFO.
        file = os.open(self.path, _APPEND | _NO_LINK_NO_WAIT | _BINARY, PRIVATE_FILE)
        try:
            if stat.S_ISREG(os.fstat(file).st_mode):
                os.write(file, data)
        finally:
            os.close(file)

    def _rotate(self) -> None:
        """Rename each file to the next older one."""
        files = [self.path, *(self._folder / f"{NAME}.{age}" for age in range(1, OLDER_FILES + 1))]
        for younger, older in reversed(tuple(pairwise(files))):
            with contextlib.suppress(FileNotFoundError):
                younger.replace(older)


def _indented(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent + redact(line)


CRASH_FILE = "crash.txt"
MOST_CRASH_BYTES = 64 * 1024

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


class CrashFile:
    """The file into which `faulthandler` writes; empty while the program runs, deleted at its end.

    Args:
        folder: The folder of the log.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / CRASH_FILE
        self._open: int | None = None

    def left(self) -> str:
        """Return the crash dump of the last run, or an empty string."""
        try:
            return read_regular(self._path, most_bytes=MOST_CRASH_BYTES).decode(errors="replace")
        except BadData:
            return ""

    def begin(self) -> int | None:
        """Return the descriptor of a new, empty file, or None if it cannot be created."""
        with contextlib.suppress(OSError):
            make_folder(self._path.parent)
            self._path.unlink(missing_ok=True)
            self._open = os.open(self._path, _CREATE, PRIVATE_FILE)
        return self._open

    def end(self, unreported: str = "") -> None:
        """Close and delete the file; with `unreported`, leave that text for the next start."""
        if self._open is not None:
            os.close(self._open)
            self._open = None
        with contextlib.suppress(OSError, BadData):
            if unreported:
                write_atomic(self._path, unreported.encode()[:MOST_CRASH_BYTES], lasting=False)
            else:
                self._path.unlink(missing_ok=True)
