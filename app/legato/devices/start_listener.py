"""Receives later starts in the program that runs already, on a local socket or a pipe."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from legato.devices.start_request import MOST_BYTES, TAKEN, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_request import StartRequest

LONGEST_CALL_MS = 2000
MOST_CALLERS = 8
TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - lets a window come to the front


class Connection(Protocol):
    """A connection of a later start."""

    def follow(self, on_data: Callable[[bytes], None], on_end: Callable[[], None]) -> None:
        """Pass on what arrives from now on, and that the other end has hung up."""

    def answer(self, data: bytes) -> None:
        """Send a few bytes; does nothing if the other end has hung up."""

    def close(self) -> None:
        """Hang up."""


class Server(Protocol):
    """Accepts connections on a socket or a pipe."""

    def listen(self, name: str, on_connection: Callable[[Connection], None]) -> bool:
        """Start to listen, in place of a socket that was left; return False if that fails."""

    def close(self) -> None:
        """Stop listening and remove the socket."""


class StartListener(QObject):
    """Listens for later starts of the same user.

    Args:
        on_start: Called for each request, after its activation token was put into the environment,
            where Qt looks for it when the window is activated.
        server: Accepts the connections.
    """

    def __init__(self, on_start: Callable[[StartRequest], None], server: Server) -> None:
        super().__init__()
        self._on_start = on_start
        self._callers: set[_Caller] = set()
        self._server = server

    def listen(self, name: str) -> bool:
        """Start to listen; only the holder of the lock may, because a left socket is removed.

        Args:
            name: The path of the socket, or on Windows the name of the pipe.
        """
        return self._server.listen(name, self._accept)

    def close(self) -> None:
        """Stop listening and close all connections."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.hang_up()

    def _accept(self, connection: Connection) -> None:
        """Receive from a new connection, or close it if MOST_CALLERS are open already."""
        if len(self._callers) >= MOST_CALLERS:
            connection.close()
            return
        caller = _Caller(connection, self._take, self._callers.discard)
        self._callers.add(caller)
        caller.begin()

    def _take(self, start: StartRequest) -> None:
        if start.activation_token:
            os.environ[TOKEN_VARIABLE] = start.activation_token
        self._on_start(start)


class _Caller(QObject):
    """One connection: receives a line, confirms it and closes."""

    def __init__(
        self,
        connection: Connection,
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

    def begin(self) -> None:
        """Receive, for LONGEST_CALL_MS at most."""
        self._clock.start()
        self._connection.follow(self._receive, self.hang_up)

    def _receive(self, data: bytes) -> None:
        """Add `data` to what has come, until a line is complete or too long."""
        if self._ended:
            return
        self._received += data
        line, end, _rest = self._received.partition(b"\n")
        if not end and len(self._received) < MOST_BYTES:
            return
        start = decode(line + end)
        if start is not None:
            self._connection.answer(TAKEN)
        self.hang_up()
        if start is not None:
            self._take(start)

    @Slot()
    def hang_up(self) -> None:
        """Close the connection."""
        if not self._ended:
            self._ended = True
            self._clock.stop()
            self._connection.close()
            self._on_end(self)
            self.deleteLater()
