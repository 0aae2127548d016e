"""One program for one data folder: the first start runs, a later one hands over what it was asked.

A lock of the system decides which is first: it is gone when its process is, however that ended,
and it knows no process number that could be another's meanwhile. Neither it nor handing over
needs Qt, so that a second start is over before a window could have opened.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import time
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
            line = line or _line(other())
            if line and _pass_on(self._name, line, max(0.1, deadline - now())):
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


def _line(start: StartRequest) -> bytes | None:

    return encode(start)


def _pass_on(name: str, line: bytes, patience_seconds: float) -> bool:
    """Send a line and return whether it was taken."""
    return send(name, line, patience_seconds)


TAKEN = b"ok\n"
CREDENTIALS = struct.Struct("3i")
"""Process, user and group, as Linux tells them of the other end (unix(7), SO_PEERCRED)."""


def send(name: str, line: bytes, patience_seconds: float) -> bool:
    """Send a line to the first start and return whether it said that it took it.

    Args:
        name: The path of its socket, or on Windows the name of its pipe.
        line: What to send.
        patience_seconds: How long it may take to answer.
    """
    try:
        if sys.platform == "win32":
            with Path(name).open("r+b", buffering=0) as pipe:
                pipe.write(line)
                return pipe.read(len(TAKEN)) == TAKEN
        with socket.socket(socket.AF_UNIX) as line_out:
            line_out.settimeout(patience_seconds)
            line_out.connect(name)
            if not same_user(line_out):
                return False
            line_out.sendall(line)
            return line_out.recv(len(TAKEN)) == TAKEN
    except OSError:
        return False


def same_user(connected: socket.socket) -> bool:
    """Return whether the other end of a socket is the same user; without Linux, believe it.

    Elsewhere the folder of the socket, which nobody else may enter, is what keeps others out.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    found = connected.getsockopt(socket.SOL_SOCKET, option, CREDENTIALS.size)
    return bool(CREDENTIALS.unpack(found)[1] == os.getuid())


MOST_BYTES = 64 * 1024
MOST_ARGUMENTS = 100
LONGEST_TOKEN = 512


@dataclass(frozen=True, slots=True)
class StartRequest:
    """A start of the program that leaves its work to the one that runs.

    Attributes:
        arguments: Its command line, without the program's name.
        folder: Its working folder, from which relative paths are meant.
        activation_token: What lets the window that runs come to the front on Wayland, or "".
    """

    arguments: tuple[str, ...]
    folder: str = ""
    activation_token: str = ""


def encode(start: StartRequest) -> bytes | None:
    """Return `start` as a line, or None where it would be longer than is read."""
    values = [list(start.arguments), start.folder, start.activation_token]
    line = json.dumps(values).encode("ascii") + b"\n"
    return line if len(line) <= MOST_BYTES and decode(line) == start else None


def decode(line: bytes) -> StartRequest | None:
    """Return what a line says, or None where it is not a start."""
    if len(line) > MOST_BYTES:
        return None
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match values:
        case [list(arguments), str(folder), str(token)]:
            return _checked(arguments, folder, token)
    return None


def _checked(arguments: Sequence[object], folder: str, token: str) -> StartRequest | None:
    words = tuple(word for word in arguments if isinstance(word, str))
    if len(words) != len(arguments) or len(words) > MOST_ARGUMENTS:
        return None
    # Tokens become part of the environment, which takes neither NUL nor anything strange.
    fit = len(token) <= LONGEST_TOKEN and token.isascii() and (token.isprintable() or not token)
    return StartRequest(words, folder, token) if fit else None


LONGEST_CALL_MS = 2000
MOST_CALLERS = 8
TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - lets a window come to the front


class StartListener(QObject):
    """Listens for later starts, of the same user alone.

    Args:
        on_start: Called for each; the environment has its activation token by then, from which
            Qt takes it when the window is activated.
    """

    def __init__(self, on_start: Callable[[StartRequest], None]) -> None:
        super().__init__()
        self._on_start = on_start
        self._callers: set[_Caller] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_CALLERS)
        self._server.newConnection.connect(self.on_new_connection)

    def listen(self, name: str) -> bool:
        """Begin; only for the program that has the lock, as what is left of a dead one is removed.

        Args:
            name: The path of the socket, or on Windows the name of the pipe.
        """
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.hang_up()

    @Slot()
    def on_new_connection(self) -> None:
        """Answer who called, as far as there are not too many."""
        while (connection := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= MOST_CALLERS or not _is_ours(connection):
                connection.abort()
                connection.deleteLater()
                continue
            caller = _Caller(connection, self._take, self._callers.discard)
            self._callers.add(caller)
            caller.on_ready_read()

    def _take(self, start: StartRequest) -> None:
        if start.activation_token:
            os.environ[TOKEN_VARIABLE] = start.activation_token
        self._on_start(start)


class _Caller(QObject):
    """One call: a line is read, taken and confirmed, or the call ends."""

    def __init__(
        self,
        connection: QLocalSocket,
        take: Callable[[StartRequest], None],
        on_end: Callable[[_Caller], None],
    ) -> None:
        super().__init__()
        self._connection = connection
        self._take = take
        self._on_end = on_end
        self._heard = b""
        self._ended = False
        self._clock = QTimer(self, singleShot=True, interval=LONGEST_CALL_MS)
        self._clock.timeout.connect(self.hang_up)
        connection.setReadBufferSize(MOST_BYTES)
        connection.readyRead.connect(self.on_ready_read)
        connection.disconnected.connect(self.hang_up)
        self._clock.start()

    @Slot()
    def on_ready_read(self) -> None:
        """Read on until there is a line, or more than a line may have."""
        self._heard += bytes(self._connection.readAll().data())
        line, end, _rest = self._heard.partition(b"\n")
        if not end and len(self._heard) < MOST_BYTES:
            return
        start = decode(line + end)
        if start is not None:
            self._connection.write(TAKEN)
            self._connection.flush()
        self.hang_up()
        if start is not None:
            self._take(start)

    @Slot()
    def hang_up(self) -> None:
        """End the call."""
        if not self._ended:
            self._ended = True
            self._clock.stop()
            self._connection.disconnectFromServer()
            self._connection.deleteLater()
            self._on_end(self)


def _is_ours(connection: QLocalSocket) -> bool:
    """Return whether the caller is the same user, as far as the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    with socket.socket(fileno=os.dup(int(connection.socketDescriptor()))) as line:
        return same_user(line)
