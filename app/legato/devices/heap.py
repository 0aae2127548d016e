"""Keeps the memory that the C library holds for the program small; does nothing without glibc."""

from __future__ import annotations

import contextlib
import sys

M_ARENA_MAX = -8
"""See malloc.h and mallopt(3)."""


def share_one_heap() -> None:
    """Let threads that start later use the heap of the main thread.

    By default glibc gives each thread a heap of its own, which stays after what it was needed for:
    2 MB for the threads of sound and voice, which wait for each other anyway.
    """
    _call("mallopt", M_ARENA_MAX, 1)


def return_free_memory() -> None:
    """Return to the system what is free in the heap; takes a few milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - slow to import

    with contextlib.suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), name)(*arguments)
