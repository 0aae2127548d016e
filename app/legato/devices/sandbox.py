"""Limits that a child process sets on itself before it decodes a file: memory, time, files.

On Windows only `limit_wait` has an effect.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import math
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_FILES_LARGER = 0
MOST_OPEN_FILES = 64


_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have Linux kill this process when the thread that started it ends.

    A process that blocks in `open` or `read` of a FIFO never notices that its pipes are closed.
    On other systems, `limit_wait` ends it.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


@contextlib.contextmanager
def limit_wait(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer than `seconds`, on any system.

    The watchdog is no Python thread: it does not need the GIL, which the block may hold.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def limit_resources(more_bytes: int) -> None:
    """Forbid written files and core dumps, and allow `more_bytes` of memory on top of the present."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, NO_FILES_LARGER)
    _limit(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    # Only Linux reports the address space in use, and enforces a limit on it.
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + more_bytes)


def limit_work(seconds: float) -> None:
    """Have the system kill this process after `seconds` more of CPU time, rounded up."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds), lasting=False)


if sys.platform != "win32":

    def _limit(kind: int, value: int, *, lasting: bool = True) -> None:
        """Set a limit if the system allows it; keep a lower one that is set already."""
        import resource  # noqa: PLC0415 - not on every system

        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value if lasting else hard))
