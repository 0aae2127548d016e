"""Limits that a process sets itself, before it does what may harm: memory, time, files, its end.

Windows has none but the one on how long an answer takes.
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
    """Have Linux kill this process when the thread that started it ends, whatever it waits for.

    A process that is held up in `open` or `read` by a FIFO never sees that its pipes are closed.
    Elsewhere, see `limit_wait`.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


@contextlib.contextmanager
def limit_wait(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer than `seconds`, on any system.

    The watch is no Python thread: it needs no lock that the block may hold.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def limit_resources(more_bytes: int) -> None:
    """Write no file and no memory dump, and take at most `more_bytes` of memory from now on."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, NO_FILES_LARGER)
    _limit(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    # Only Linux tells how much address space is taken already, and holds to a limit on it.
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + more_bytes)


def limit_work(seconds: float) -> None:
    """Be ended by the system after `seconds` more of the processor's time, in whole ones."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds), lasting=False)


if sys.platform != "win32":

    def _limit(kind: int, value: int, *, lasting: bool = True) -> None:
        """Set a limit where that is possible; a lower one that stands already stays."""
        import resource  # noqa: PLC0415 - not on every system

        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value if lasting else hard))
