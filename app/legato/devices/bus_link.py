"""A connection to a message bus that never makes the window wait."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import ClassInfo
from PySide6.QtDBus import QDBusConnection

from legato.devices.bus_address import Answer, knock
from legato.devices.doorbell import Doorbell

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = TypeVar("Kind", bound=type)

KNOCKS = 20
BETWEEN_KNOCKS_SECONDS = 3.0
"""A silent bus is knocked at for about a minute: it may have been the whole machine that stood."""


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
        address: Of the bus; None is no bus.
        name: Of the connection, unique in this process.
        on_connected: Called once, in the thread that made this.
        ask: Knocks at an address; called in a thread.
    """

    def __init__(
        self,
        address: str | None,
        name: str,
        on_connected: Callable[[QDBusConnection], None],
        ask: Callable[[str], Answer] = knock,
    ) -> None:
        self._address = address
        self._name = name
        self._on_connected = on_connected
        self._ask = ask
        self._opened = False
        self._closed = threading.Event()
        self._answered = Doorbell(self._connect)
        self._connection: QDBusConnection | None = None

    @property
    def connection(self) -> QDBusConnection | None:
        """The connection, as long as there is one."""
        return self._connection

    def open(self) -> None:
        """Begin to connect and return at once; a second call does nothing."""
        if self._opened or self._address is None:
            return
        self._opened = True
        in_thread(self._knock_on, self._address)

    def close(self) -> None:
        """Leave the bus; it forgets our names by itself. Returns at once."""
        self._opened = True
        self._closed.set()
        if self._connection is not None:
            self._connection = None
            QDBusConnection.disconnectFromBus(self._name)

    def _knock_on(self, address: str) -> None:
        for _ in range(KNOCKS):
            answer = self._ask(address)
            if answer is Answer.YES:
                self._answered.ring()
            if answer is not Answer.SILENT or self._closed.wait(BETWEEN_KNOCKS_SECONDS):
                return

    def _connect(self) -> None:
        if self._closed.is_set() or self._address is None:
            return
        connection = QDBusConnection.connectToBus(self._address, self._name)
        if connection.isConnected():
            self._connection = connection
            self._on_connected(connection)


def in_thread(work: Callable[..., object], *arguments: object) -> None:
    """Do `work` in a thread that ends with the program."""
    threading.Thread(target=work, args=arguments, daemon=True, name=work.__name__).start()
