"""Accepts later starts on a local socket of the file system, without QtNetwork."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

from legato.devices.start_request import MOST_BYTES, same_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.start_listener import Connection

OWNER_ONLY = 0o600
MOST_WAITING = 8


class SocketServer(QObject):
    """Listens on a socket that only its owner may open."""

    def __init__(self) -> None:
        super().__init__()
        self._socket: socket.socket | None = None
        self._path = Path()
        self._notifier: QSocketNotifier | None = None
        self._on_connection: Callable[[Connection], None] | None = None

    def listen(self, name: str, on_connection: Callable[[Connection], None]) -> bool:
        """Start to listen, in place of a socket that was left; return False if that fails.

        Args:
            name: The path of the socket, in a folder that nobody else may enter.
            on_connection: Called for each connection of the same user.
        """
        path = Path(name)
        server = socket.socket(socket.AF_UNIX)
        try:
            path.unlink(missing_ok=True)
            server.bind(name)
            path.chmod(OWNER_ONLY)
            server.listen(MOST_WAITING)
        except OSError:
            server.close()
            return False
        server.setblocking(False)  # noqa: FBT003 - no keyword
        self._socket, self._path, self._on_connection = server, path, on_connection
        self._notifier = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_connections)
        return True

    def close(self) -> None:
        """Stop listening and remove the socket."""
        if self._socket is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        self._socket.close()
        self._socket = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def on_connections(self) -> None:
        """Accept all pending connections; close those of other users."""
        # A caller that hung up, and one too many open files, are errors too: the next may be fine.
        with contextlib.suppress(OSError):
            while self._socket is not None:
                connection, _ = self._socket.accept()
                if self._on_connection is None or not same_user(connection):
                    connection.close()
                else:
                    self._on_connection(_SocketConnection(connection, self))


class _SocketConnection(QObject):
    """One connection, read when Qt reports that something has come."""

    def __init__(self, connection: socket.socket, parent: QObject) -> None:
        super().__init__(parent)
        connection.setblocking(False)  # noqa: FBT003 - no keyword
        self._socket = connection
        self._on_data: Callable[[bytes], None] | None = None
        self._on_end: Callable[[], None] | None = None
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_ready_read)

    def follow(self, on_data: Callable[[bytes], None], on_end: Callable[[], None]) -> None:
        """Pass on what arrives from now on, and that the other end has hung up."""
        self._on_data, self._on_end = on_data, on_end

    def answer(self, data: bytes) -> None:
        """Send a few bytes; does nothing if the other end has hung up."""
        with contextlib.suppress(OSError):
            self._socket.sendall(data)

    def close(self) -> None:
        """Hang up."""
        # What it calls holds this object too: without this neither would go before the next sweep.
        self._on_data = self._on_end = None
        self._notifier.setEnabled(False)
        self._socket.close()
        self.deleteLater()

    def on_ready_read(self) -> None:
        """Read what has come; nothing at all is the end."""
        try:
            data = self._socket.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data and self._on_data:
            self._on_data(data)
        elif not data and self._on_end:
            self._on_end()
