"""One program for one data folder: the first start runs, a later one hands over what it was asked.

A lock of the system decides which is first: it is gone when its process is, however that ended,
and it knows no process number that could be another's meanwhile. Neither it nor handing over
needs Qt, so that a second start is over before a window could have opened.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from legato.devices.start_request import encode, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_listener import StartListener
    from legato.devices.start_request import StartRequest

PATIENCE_SECONDS = 5.0
"""How long a later start waits for the first, which may be opening its window."""
BETWEEN_TRIES_SECONDS = 0.05
PRIVATE = 0o700
OTHERS = 0o077


class Outcome(Enum):
    """What a start is: the one that runs, one that handed over, or one nobody answered."""

    FIRST = auto()
    HANDED_OVER = auto()
    NO_ANSWER = auto()


class SingleInstance:
    """The place of one program in the runtime folder.

    Args:
        runtime_folder: Private to the user; made where it is missing.
        data_folder: What the program works on; starts with different ones do not know each other.
    """

    def __init__(self, runtime_folder: Path, data_folder: Path) -> None:
        self._folder = runtime_folder
        key = zlib.crc32(os.fsencode(os.path.realpath(data_folder)))
        self._lock_path = runtime_folder / f"{key:08x}.lock"
        self._name = _server_name(runtime_folder, key)
        self._lock: int | None = None
        self._listener: StartListener | None = None

    def start(
        self,
        other: Callable[[], StartRequest],
        *,
        patience_seconds: float = PATIENCE_SECONDS,
        now: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> Outcome:
        """Become the first, or hand over to it; done in less than a millisecond when first.

        A folder in which no lock can be had makes every start a first one.

        Args:
            other: Tells what to hand over; asked only then.
            patience_seconds: How long to wait for the first.
            now: Monotonic seconds.
            pause: Waits for some seconds between two tries.
        """
        deadline = now() + patience_seconds
        line: bytes | None = None
        while not self.claim():
            line = line or encode(other())
            if line and send(self._name, line, max(0.1, deadline - now())):
                return Outcome.HANDED_OVER
            if not line or now() >= deadline:
                return Outcome.NO_ANSWER
            pause(BETWEEN_TRIES_SECONDS)
        return Outcome.FIRST

    def claim(self) -> bool:
        """Take the lock; return False where another program has it."""
        if self._lock is not None:
            return True
        try:
            _make_private(self._folder)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            lock = os.open(self._lock_path, flags, 0o600)
        except OSError:
            return True
        if not _is_locked_by_us(lock):
            os.close(lock)
            return False
        self._lock = lock
        return True

    def listen(self, on_start: Callable[[StartRequest], None]) -> bool:
        """Take later starts from now on; return whether they can reach us.

        Loads QtNetwork, so it is called when the window is there.

        Args:
            on_start: Called in this thread for each start that was handed over.
        """
        if self._lock is None or self._listener is not None:
            return self._listener is not None
        from legato.devices.start_listener import (  # noqa: PLC0415 - loads QtNetwork
            StartListener,
        )

        listener = StartListener(on_start)
        if listener.listen(self._name):
            self._listener = listener
        return self._listener is not None

    def close(self) -> None:
        """Let the next start be the first."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def runtime_folder() -> Path:
    """Return the folder for what lives no longer than the user's session."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given:
        return Path(given) / "legato"
    import warnings  # noqa: PLC0415 - seldom needed

    from platformdirs import user_runtime_path  # noqa: PLC0415 - likewise

    with warnings.catch_warnings():
        # It warns where the session gives no such folder; ours is made private either way.
        warnings.simplefilter("ignore")
        return user_runtime_path("legato", appauthor=False)


def _server_name(folder: Path, key: int) -> str:
    """Return the socket's path; Windows has names of its own for that, without folders."""
    name = f"legato-{key:08x}"
    return rf"\\.\pipe\{name}" if sys.platform == "win32" else str(folder / f"{key:08x}.socket")


def _make_private(folder: Path) -> None:
    """Make the folder, or see that it is the user's own and nobody else's.

    Raises:
        OSError: It cannot be made, or belongs to somebody else.
    """
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    if sys.platform == "win32":
        return
    found = folder.lstat()
    if found.st_uid != os.getuid() or folder.is_symlink():
        raise PermissionError(f"{folder} is not ours")
    if found.st_mode & OTHERS:
        folder.chmod(PRIVATE)


def _is_locked_by_us(file: int) -> bool:
    """Lock an open file for as long as it is open; return False where somebody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows alone has it

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
