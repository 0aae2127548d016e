"""Receives later starts in the program that runs already, on a local socket."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from legato.devices.start_request import MOST_BYTES, TAKEN, decode, same_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_request import StartRequest

LONGEST_CALL_MS = 2000
MOST_CALLERS = 8
TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - lets a window come to the front


class StartListener(QObject):
    """Listens for later starts of the same user.

    Args:
        on_start: Called for each request, after its activation token was put into the environment,
            where Qt looks for it when the window is activated.
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
        """Start to listen; only the holder of the lock may, because a left socket is removed.

        Args:
            name: The path of the socket, or on Windows the name of the pipe.
        """
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Stop listening and close all connections."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.hang_up()

    @Slot()
    def on_new_connection(self) -> None:
        """Accept pending connections, up to MOST_CALLERS at a time."""
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
    """One connection: reads a line, confirms it and closes."""

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
        self._received = b""
        self._ended = False
        self._clock = QTimer(self, singleShot=True, interval=LONGEST_CALL_MS)
        self._clock.timeout.connect(self.hang_up)
        connection.setReadBufferSize(MOST_BYTES)
        connection.readyRead.connect(self.on_ready_read)
        connection.disconnected.connect(self.hang_up)
        self._clock.start()

    @Slot()
    def on_ready_read(self) -> None:
        """Read until a line is complete or too long."""
        self._received += bytes(self._connection.readAll().data())
        line, end, _rest = self._received.partition(b"\n")
        if not end and len(self._received) < MOST_BYTES:
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
        """Close the connection."""
        if not self._ended:
            self._ended = True
            self._clock.stop()
            self._connection.disconnectFromServer()
            self._connection.deleteLater()
            self._on_end(self)


def _is_ours(connection: QLocalSocket) -> bool:
    """Return whether the caller is the same user; True where the system cannot tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    with socket.socket(fileno=os.dup(int(connection.socketDescriptor()))) as line:
        return same_user(line)
