"""Lets programs that write into one folder take turns, so that none writes over what it has not seen."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_SECONDS = 1.0
"""A program that holds its turn longer is frozen; then the others go on without."""
BETWEEN_TRIES_SECONDS = 0.01


@contextlib.contextmanager
def in_turn(
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
