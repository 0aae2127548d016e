"""A connection to a message bus that never blocks the window."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import SLOT, ClassInfo
from PySide6.QtDBus import QDBusConnection
from shiboken6 import delete

from legato.devices.dbus_probe import PingResult, ping
from legato.devices.main_thread import MainThreadCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

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
