"""Limits that a process sets itself, before it does what may harm: memory, time, files.

Windows has none of them; there a child is only ended when it takes too long.
"""

from __future__ import annotations

import contextlib
import math
import sys
import time
from pathlib import Path

NO_FILES_LARGER = 0
MOST_OPEN_FILES = 64


def limit_harm(more_bytes: int) -> None:
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
