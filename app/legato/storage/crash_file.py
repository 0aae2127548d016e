"""What the last run could not tell any more: the next start finds it here, and tells it."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from legato.domain.problems import BadData
from legato.storage.atomic import PRIVATE_FILE, make_folder, write_atomic
from legato.storage.regular_file import read_regular

if TYPE_CHECKING:
    from pathlib import Path

NAME = "crash.txt"
MOST_BYTES = 64 * 1024

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


class CrashFile:
    """A file that is empty while the program runs, and gone when it ended as it should.

    Args:
        folder: That of the log.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._open: int | None = None

    def left(self) -> str:
        """Return what the last run left, or an empty string."""
        try:
            return read_regular(self._path, most_bytes=MOST_BYTES).decode(errors="replace")
        except BadData:
            return ""

    def begin(self) -> int | None:
        """Return a new, empty file to write to at the very end, or None where there is none."""
        with contextlib.suppress(OSError):
            make_folder(self._path.parent)
            self._path.unlink(missing_ok=True)
            self._open = os.open(self._path, _ANEW, PRIVATE_FILE)
        return self._open

    def end(self, untold: str = "") -> None:
        """Close the file; keep it only with what was not told, for the next start."""
        if self._open is not None:
            os.close(self._open)
            self._open = None
        with contextlib.suppress(OSError, BadData):
            if untold:
                write_atomic(self._path, untold.encode()[:MOST_BYTES], lasting=False)
            else:
                self._path.unlink(missing_ok=True)
