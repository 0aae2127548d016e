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

MOST_PINGS = 20
PING_INTERVAL_SECONDS = 3.0
"""A silent bus is pinged for about a minute: the whole machine may have been frozen."""


@dataclass(frozen=True, slots=True)
class SignalSource:
    """The sender of signals: a name on the bus, an object path and an interface."""

    service: str
    path: str
    interface: str

    def listen(self, connection: QDBusConnection, name: str, receiver: QObject, slot: str) -> bool:
        """Connect a slot of `receiver` to the signal `name`; return whether that succeeded.

        Args:
            connection: To the bus.
            name: Of the signal.
            receiver: The object whose slot is called, in its own thread.
            slot: The slot with the types of its arguments, such as `on_sleep(bool)`.
        """
        place = (self.service, self.path, self.interface)
        # The stub wants bytes, the library takes only a string.
        return connection.connect(*place, name, receiver, SLOT(slot))  # type: ignore[call-overload, no-any-return]


def dbus_interface(name: str) -> Callable[[Kind], Kind]:
    """Return a class decorator that sets the D-Bus interface of an adaptor."""
    # The stub of ClassInfo knows neither its keywords nor that it decorates.
    info = ClassInfo(**{"D-Bus Interface": name})  # type: ignore[arg-type]
    return cast("Callable[[Kind], Kind]", info)


class BusLink:
    """Connects to one bus as soon as it answers.

    Connecting holds the GIL until the bus answers, and requesting a name waits up to 25 s
    (measured with a stopped dbus-daemon). So a thread pings first, the connection is made after an
    answer, and calls that may still wait are left to a thread (see `in_thread`).

    Args:
        address: Of the bus.
        name: Of the connection, unique in this process.
        ping_bus: Pings an address; called in a thread.
        interval_seconds: Seconds between two pings.
    """

    def __init__(
        self,
        address: str,
        name: str,
        *,
        ping_bus: Callable[[str], PingResult] = ping,
        interval_seconds: float = PING_INTERVAL_SECONDS,
    ) -> None:
        self._address = address
        self._name = name
        self._ping = ping_bus
        self._interval_seconds = interval_seconds
        self._on_connected: Callable[[QDBusConnection], None] | None = None
        self._closed = threading.Event()
        self._answered = MainThreadCall(self._connect)
        self._connection: QDBusConnection | None = None

    @property
    def connection(self) -> QDBusConnection | None:
        """The connection, or None before it is made and after `close`."""
        return self._connection

    def open(self, on_connected: Callable[[QDBusConnection], None]) -> None:
        """Begin to connect and return at once; only the first call does anything.

        Args:
            on_connected: Called at most once, in the thread that made this object.
        """
        if self._on_connected is None and not self._closed.is_set():
            self._on_connected = on_connected
            in_thread(self._ping_until_answered)

    def close(self, *registered: QObject) -> None:
        """Disconnect; the bus releases our names by itself. Returns at once.

        Args:
            registered: Objects that are registered on the bus or listen there; they are deleted
                now. Otherwise Qt releases them in a thread of its own, which needs the GIL: a
                caller that holds the GIL and waits for that thread, as making another connection
                does, would deadlock.
        """
        if self._closed.is_set():
            return
        self._closed.set()
        self._answered.close()
        for one in registered:
            delete(one)
        if self._connection is not None:
            self._connection = None
            QDBusConnection.disconnectFromBus(self._name)

    def _ping_until_answered(self) -> None:
        for _ in range(MOST_PINGS):
            answer = self._ping(self._address)
            if answer is PingResult.YES:
                self._answered.ring()
            if answer is not PingResult.SILENT or self._closed.wait(self._interval_seconds):
                return

    def _connect(self) -> None:
        if self._on_connected is None:
            return
        connection = QDBusConnection.connectToBus(self._address, self._name)
        if connection.isConnected():
            self._connection = connection
            self._on_connected(connection)


def in_thread(work: Callable[..., object], *arguments: object) -> None:
    """Run `work` in a daemon thread."""
    threading.Thread(target=work, args=arguments, daemon=True, name=work.__name__).start()
