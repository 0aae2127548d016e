"""One running program for each data folder: a later start hands its command line to the first.

A lock of the operating system decides which start is the first: it is released when its process
ends, however that happens, and unlike a PID file it cannot be stale. Neither the lock nor handing
over needs Qt, so that a second start ends before a window could have opened.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_listener import Server, StartListener
    from legato.devices.start_request import StartRequest

PATIENCE_SECONDS = 5.0
"""How long a later start waits for the first, which may still be opening its window."""
BETWEEN_TRIES_SECONDS = 0.05
PRIVATE = 0o700
OTHERS = 0o077


class Outcome(Enum):
    """The outcome of a start: it runs, it handed over, or the first did not answer."""

    FIRST = auto()
    HANDED_OVER = auto()
    NO_ANSWER = auto()


class SingleInstance:
    """The lock and the socket of one program in the runtime folder.

    Args:
        runtime_folder: Folder private to the user; created if it is missing.
        data_folder: The data folder; programs with different ones run beside each other.
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
        """Become the first, or hand over to it; being the first takes less than a millisecond.

        If the folder allows no lock, every start is a first one.

        Args:
            other: Returns what to hand over; called only for a later start.
            patience_seconds: How long to wait for the first.
            now: Monotonic seconds.
            pause: Sleeps for some seconds between two tries.
        """
        deadline = now() + patience_seconds
        line: bytes | None = None
        while not self.claim():
            from legato.devices.start_request import encode, send  # noqa: PLC0415 - seldom needed

            line = line or encode(other())
            if line and send(self._name, line, max(0.1, deadline - now())):
                return Outcome.HANDED_OVER
            if not line or now() >= deadline:
                return Outcome.NO_ANSWER
            pause(BETWEEN_TRIES_SECONDS)
        return Outcome.FIRST

    def claim(self) -> bool:
        """Take the lock; return False if another program holds it."""
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
        """Listen for later starts; return whether they can connect.

        This loads Qt, on Windows QtNetwork too, so call it once the window is shown.

        Args:
            on_start: Called in this thread for each later start.
        """
        if self._lock is None or self._listener is not None:
            return self._listener is not None
        from legato.devices.start_listener import StartListener  # noqa: PLC0415 - loads Qt

        listener = StartListener(on_start, open_server())
        if listener.listen(self._name):
            self._listener = listener
        return self._listener is not None

    def close(self) -> None:
        """Release the lock and stop listening, so that the next start becomes the first."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def open_server() -> Server:
    """Return the server of this system: sockets need no QtNetwork, which takes 3 MB."""
    if sys.platform == "win32":
        from legato.devices.start_pipe import PipeServer  # noqa: PLC0415 - loads QtNetwork

        return PipeServer()
    from legato.devices.start_socket import SocketServer  # noqa: PLC0415 - loads Qt

    return SocketServer()


def runtime_folder() -> Path:
    """Return the folder for files that last as long as the user's login session."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given:
        return Path(given) / "legato"
    import warnings  # noqa: PLC0415 - seldom needed

    from platformdirs import user_runtime_path  # noqa: PLC0415 - likewise

    with warnings.catch_warnings():
        # It warns if the session has no such folder; ours is made private either way.
        warnings.simplefilter("ignore")
        return user_runtime_path("legato", appauthor=False)


def _server_name(folder: Path, key: int) -> str:
    """Return the socket's path, or on Windows the name of the pipe."""
    name = f"legato-{key:08x}"
    return rf"\\.\pipe\{name}" if sys.platform == "win32" else str(folder / f"{key:08x}.socket")


def _make_private(folder: Path) -> None:
    """Create the folder, or check that only this user may enter it.

    Raises:
        OSError: It cannot be created, or belongs to another user.
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
    """Lock an open file until it is closed; return False if another process holds the lock."""
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
