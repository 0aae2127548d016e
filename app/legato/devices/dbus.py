"""A connection to a message bus that never makes the window wait."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import unquote

from PySide6.QtCore import SLOT, ClassInfo
from PySide6.QtDBus import QDBusConnection
from shiboken6 import delete

from legato.devices.main_thread import MainThreadCall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

SYSTEM_SOCKETS = ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
KNOCK_SECONDS = 1.0


class PingResult(Enum):
    """What came of a knock: it answers, it is there and silent, or nobody is there."""

    YES = auto()
    SILENT = auto()
    NOBODY = auto()


def session_address(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the address of the session's bus, or None where there is none.

    A bus is never started for this: without an address libdbus would start one through X11.
    """
    if platform in {"win32", "darwin"}:
        return None
    given = environ.get("DBUS_SESSION_BUS_ADDRESS")
    folder = environ.get("XDG_RUNTIME_DIR")
    usual = f"{folder}/bus"
    if given or not folder or not os.path.exists(usual):  # noqa: PTH110 - a socket, seldom asked
        return given or None
    return f"unix:path={usual}"


def system_address(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the address of the system's bus, or None where there is none."""
    if platform in {"win32", "darwin"}:
        return None
    given = environ.get("DBUS_SYSTEM_BUS_ADDRESS")
    usual = (f"unix:path={path}" for path in SYSTEM_SOCKETS if os.path.exists(path))  # noqa: PTH110
    return given or next(usual, None)


def ping(address: str, patience_seconds: float = KNOCK_SECONDS) -> PingResult:
    """Begin to log in at a bus, as the D-Bus specification has it, and leave when it answers.

    Qt's own way to a bus cannot be interrupted: a bus that is frozen would freeze the whole
    program with it. So this is tried first, in a thread, and Qt goes only where somebody answers.
    """
    answers = {_knock_at(path, patience_seconds) for path in _socket_paths(address)}
    for answer in (PingResult.YES, PingResult.SILENT):
        if answer in answers:
            return answer
    return PingResult.NOBODY


def _socket_paths(address: str) -> list[str]:
    """Return the local sockets of an address; the others would leave this machine."""
    found = []
    for one in address.split(";"):
        transport, _, rest = one.partition(":")
        values = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if transport == "unix" and "path" in values:
            found.append(unquote(values["path"]))
        elif transport == "unix" and "abstract" in values:
            found.append("\0" + unquote(values["abstract"]))
    return found


def _knock_at(path: str, patience_seconds: float) -> PingResult:
    # The part of `socket` that is in C: the rest of it would be 4 ms of every start.
    import _socket  # noqa: PLC0415 - Linux alone

    user = str(os.getuid()).encode().hex()
    try:
        with closing(_socket.socket(_socket.AF_UNIX)) as line:
            line.settimeout(patience_seconds)
            line.connect(path)
            line.sendall(f"\0AUTH EXTERNAL {user}\r\n".encode())
            return PingResult.YES if line.recv(16).startswith(b"OK") else PingResult.NOBODY
    except (TimeoutError, BlockingIOError):
        return PingResult.SILENT
    except (OSError, ValueError):
        return PingResult.NOBODY


Kind = TypeVar("Kind", bound=type)

KNOCKS = 20
BETWEEN_KNOCKS_SECONDS = 3.0
"""A silent bus is knocked at for about a minute: it may have been the whole machine that stood."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where signals come from: a name on the bus, an object and one of its interfaces."""

    service: str
    path: str
    interface: str

    def listen(self, connection: QDBusConnection, name: str, receiver: QObject, slot: str) -> bool:
        """Call a slot of `receiver` for each signal of that name; return whether it is heard.

        Args:
            connection: To the bus.
            name: Of the signal.
            receiver: Its slots are called in its own thread.
            slot: With the types of its arguments, as in `on_sleep(bool)`.
        """
        place = (self.service, self.path, self.interface)
        # The stub wants bytes, the library takes a string alone.
        return connection.connect(*place, name, receiver, SLOT(slot))  # type: ignore[call-overload, no-any-return]


def dbus_interface(name: str) -> Callable[[Kind], Kind]:
    """Return a decorator that gives an adaptor the D-Bus interface it speaks."""
    # The stub of ClassInfo knows neither its keywords nor that it decorates.
    info = ClassInfo(**{"D-Bus Interface": name})  # type: ignore[arg-type]
    return cast("Callable[[Kind], Kind]", info)


class BusLink:
    """Connects to one bus when somebody answers there.

    Connecting holds Python's lock until the bus answers, and asking for a name waits up to 25 s
    (measured with a stopped dbus-daemon). So a thread knocks first, the connection is made when
    there was an answer, and what still could wait is left to a thread (see `in_thread`).

    Args:
        address: Of the bus.
        name: Of the connection, unique in this process.
        ask: Knocks at an address; called in a thread.
        between_seconds: From a knock that was not answered to the next.
    """

    def __init__(
        self,
        address: str,
        name: str,
        *,
        ask: Callable[[str], PingResult] = ping,
        between_seconds: float = BETWEEN_KNOCKS_SECONDS,
    ) -> None:
        self._address = address
        self._name = name
        self._ask = ask
        self._between_seconds = between_seconds
        self._on_connected: Callable[[QDBusConnection], None] | None = None
        self._closed = threading.Event()
        self._answered = MainThreadCall(self._connect)
        self._connection: QDBusConnection | None = None

    @property
    def connection(self) -> QDBusConnection | None:
        """The connection, as long as there is one."""
        return self._connection

    def open(self, on_connected: Callable[[QDBusConnection], None]) -> None:
        """Begin to connect and return at once; only the first call does anything.

        Args:
            on_connected: Called at most once, in the thread that made this.
        """
        if self._on_connected is None and not self._closed.is_set():
            self._on_connected = on_connected
            in_thread(self._knock)

    def close(self, *registered: QObject) -> None:
        """Leave the bus; it forgets our names by itself. Returns at once.

        Args:
            registered: What was put on the bus or listens there, and is deleted now. Otherwise Qt
                lets go of it in a thread of its own, which needs Python's lock for that: whoever
                holds the lock and waits for that thread, as the making of another connection
                does, waits for ever.
        """
        if self._closed.is_set():
            return
        self._closed.set()
        for one in registered:
            delete(one)
        if self._connection is not None:
            self._connection = None
            QDBusConnection.disconnectFromBus(self._name)

    def _knock(self) -> None:
        for _ in range(KNOCKS):
            answer = self._ask(self._address)
            if answer is PingResult.YES:
                self._answered.ring()
            if answer is not PingResult.SILENT or self._closed.wait(self._between_seconds):
                return

    def _connect(self) -> None:
        if self._closed.is_set() or self._on_connected is None:
            return
        connection = QDBusConnection.connectToBus(self._address, self._name)
        if connection.isConnected():
            self._connection = connection
            self._on_connected(connection)


def in_thread(work: Callable[..., object], *arguments: object) -> None:
    """Do `work` in a thread that ends with the program."""
    threading.Thread(target=work, args=arguments, daemon=True, name=work.__name__).start()


ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
NOBODY = "unix:path=/nonexistent"
PATIENCE_SECONDS = 0.5
"""So much later a window opens beside a bus that hangs."""


def avoid_unresponsive_bus(
    environ: Mapping[str, str] = os.environ,
    ask: Callable[[str, float], PingResult] = ping,
    put: Callable[[str, str], object] = os.putenv,
) -> bool:
    """Knock at the session's bus, and hide it from Qt where it is silent; to be called before Qt.

    Qt joins that bus with its first widget, to be heard by screen readers, and waits for it
    without end: no window opens for as long as the bus is frozen. A bus that is well answers in
    less than a millisecond. Only Qt's view of the environment is changed: what of ours goes to
    the bus knocks by itself and takes it up when it answers again. Screen readers do so with the
    next start.

    Args:
        environ: As Python sees it, which stays as it is.
        ask: Knocks at an address and waits for an answer, some seconds at most.
        put: Changes the environment that libraries see.

    Returns:
        Whether it was hidden.
    """
    address = session_address(environ)
    if address is None or ask(address, PATIENCE_SECONDS) is not PingResult.SILENT:
        return False
    put(ADDRESS, NOBODY)
    return True
