"""What a process holds at a moment: memory, objects of Qt, timers, threads, handles, sounds."""

from __future__ import annotations

import ctypes
import gc
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6.Shiboken import getCppPointer, isValid

from legato.devices.audio.output import SoundOutput

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_GROWTH_KB = 3 * 1024
"""What memory may grow by after the first rounds, in KiB: caches of Qt still fill then."""

PROC = Path("/proc/self")


SOON_MS = 1000


@dataclass(frozen=True, slots=True)
class Footprint:
    """The resources of this process.

    Attributes:
        memory_kb: KiB of memory of its own, with nothing left to collect or to give back.
        objects: Objects of Qt, those that only C++ knows among them.
        timers: Timers, running or not.
        running: Timers that run; those that end within a second by themselves do not count.
        top_levels: Widgets without a parent.
        threads: Threads, those of Python and of libraries.
        handles: Open files, sockets and pipes.
        sounds: Sound outputs and open sound devices.
    """

    memory_kb: int
    objects: int
    timers: int
    running: int
    top_levels: int
    threads: int
    handles: int
    sounds: int

    def growth(self, before: Footprint) -> dict[str, int]:
        """Return by how much each figure is larger than in `before`."""
        names = [field.name for field in fields(self)]
        return {name: getattr(self, name) - getattr(before, name) for name in names}

    def leaks(self, before: Footprint) -> dict[str, int]:
        """Return the figures that grew since `before`, except a little memory."""
        allowed = {"memory_kb": MOST_GROWTH_KB}
        grown = self.growth(before).items()
        return {name: more for name, more in grown if more > allowed.get(name, 0)}

    def __str__(self) -> str:
        """Return the figures in one line."""
        rest = [f"{getattr(self, field.name)} {field.name}" for field in fields(self)[1:]]
        return f"{self.memory_kb / 1024:.1f} MB, {', '.join(rest)}"


def measure() -> Footprint:
    """Return the resources of this process after a collection."""
    # Looking makes shadows of objects that only C++ knew: what is counted is what then stays.
    _objects()
    objects = _objects()
    timers = [one for one in objects if isinstance(one, QTimer)]
    return Footprint(
        memory_kb=_own_memory_kb(),
        objects=len(objects),
        timers=len(timers),
        running=sum(timer.isActive() and not _ends_soon(timer) for timer in timers),
        top_levels=len(QApplication.topLevelWidgets()),
        threads=sum(1 for _ in (PROC / "task").iterdir()),
        handles=sum(1 for _ in (PROC / "fd").iterdir()),
        sounds=sum(_is_sound(one) for one in gc.get_objects()),
    )


def _ends_soon(timer: QTimer) -> bool:
    """Return whether it is a single shot of a second, such as after a change of size."""
    return timer.isSingleShot() and timer.interval() <= SOON_MS


def settle() -> None:
    """Process all pending deletions."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()
    for _ in range(3):
        gc.collect()


def _objects() -> list[QObject]:
    """Return all objects that are reachable from the application, its windows, or Python."""
    settle()
    # By its type, for a weak proxy passes as what it points to.
    found_by_python = (one for one in gc.get_objects() if issubclass(type(one), QObject))
    known = [one for one in found_by_python if isValid(one)]
    app = QCoreApplication.instance()
    roots: Iterable[QObject] = [*known, *QApplication.topLevelWidgets(), *([app] if app else ())]
    # By their address: not every object of Qt has a hash in Python.
    found: dict[int, QObject] = {}
    for root in roots:
        if _address(root) not in found:
            found[_address(root)] = root
            found.update((_address(child), child) for child in root.findChildren(QObject))
    return list(found.values())


def _address(one: QObject) -> int:
    return int(getCppPointer(one)[0])


def _is_sound(one: object) -> bool:
    return isinstance(one, SoundOutput) or type(one).__name__ in {"_Device", "PlaybackDevice"}


def _own_memory_kb() -> int:
    """Return the anonymous memory in KiB, which no file backs; see proc(5)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    lines = (PROC / "smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))
