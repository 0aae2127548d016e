"""Accepts later starts on a named pipe of Windows, for which Python has no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from legato.devices.start_request import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_listener import Connection

MOST_WAITING = 8


class PipeServer(QObject):
    """Listens on a pipe that only its owner may open."""

    def __init__(self) -> None:
        super().__init__()
        self._on_connection: Callable[[Connection], None] | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_WAITING)
        self._server.newConnection.connect(self.on_connections)

    def listen(self, name: str, on_connection: Callable[[Connection], None]) -> bool:
        """Start to listen; return False if that fails.

        Args:
            name: The name of the pipe.
            on_connection: Called for each connection.
        """
        self._on_connection = on_connection
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def on_connections(self) -> None:
        """Accept all pending connections."""
        while (connection := self._server.nextPendingConnection()) is not None:
            if self._on_connection is not None:
                self._on_connection(_PipeConnection(connection))


class _PipeConnection(QObject):
    """One connection."""

    def __init__(self, connection: QLocalSocket) -> None:
        super().__init__(connection)
        self._connection = connection
        self._on_data: Callable[[bytes], None] | None = None
        connection.setReadBufferSize(MOST_BYTES)

    def follow(self, on_data: Callable[[bytes], None], on_end: Callable[[], None]) -> None:
        """Pass on what has arrived and what arrives, and that the other end has hung up."""
        self._on_data = on_data
        self._connection.readyRead.connect(self.on_ready_read)
        self._connection.disconnected.connect(on_end)
        self.on_ready_read()

    def answer(self, data: bytes) -> None:
        """Send a few bytes."""
        self._connection.write(data)
        self._connection.flush()

    def close(self) -> None:
        """Hang up."""
        self._on_data = None
        self._connection.disconnectFromServer()
        self._connection.deleteLater()

    def on_ready_read(self) -> None:
        """Read what has come."""
        if self._on_data is not None:
            self._on_data(bytes(self._connection.readAll().data()))
