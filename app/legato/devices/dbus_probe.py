"""Addresses of the message buses, and a probe of whether a bus answers; imports no Qt."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from enum import Enum, auto
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SYSTEM_SOCKETS = ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
PING_TIMEOUT_SECONDS = 1.0


class PingResult(Enum):
    """The result of a ping: the bus answers, it accepts and stays silent, or there is none."""

    YES = auto()
    SILENT = auto()
    NOBODY = auto()


def session_address(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the address of the session bus, or None if there is none.

    Never starts a bus: without an address libdbus would start one through X11.
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
    """Return the address of the system bus, or None if there is none."""
    if platform in {"win32", "darwin"}:
        return None
    given = environ.get("DBUS_SYSTEM_BUS_ADDRESS")
    usual = (f"unix:path={path}" for path in SYSTEM_SOCKETS if os.path.exists(path))  # noqa: PTH110
    return given or next(usual, None)


def ping(address: str, timeout_seconds: float = PING_TIMEOUT_SECONDS) -> PingResult:
    """Start the D-Bus handshake with a bus, and disconnect when it answers.

    Qt's own connection cannot be interrupted: a frozen bus would freeze the whole program. So this
    is tried first, in a thread, and Qt connects only if the bus answers.

    Args:
        address: Of the bus; only its local sockets are tried.
        timeout_seconds: How long to wait for an answer of each socket.
    """
    answers = {_ping_socket(path, timeout_seconds) for path in _socket_paths(address)}
    for answer in (PingResult.YES, PingResult.SILENT):
        if answer in answers:
            return answer
    return PingResult.NOBODY


def _socket_paths(address: str) -> list[str]:
    """Return the local sockets of an address; other transports could leave this machine."""
    found = []
    for one in address.split(";"):
        transport, _, rest = one.partition(":")
        values = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if transport == "unix" and "path" in values:
            found.append(unquote(values["path"]))
        elif transport == "unix" and "abstract" in values:
            found.append("\0" + unquote(values["abstract"]))
    return found


def _ping_socket(path: str, timeout_seconds: float) -> PingResult:
    # The C part of `socket`: its Python part would cost 4 ms at every start.
    import _socket  # noqa: PLC0415 - Linux alone

    user = str(os.getuid()).encode().hex()
    try:
        with closing(_socket.socket(_socket.AF_UNIX)) as line:
            line.settimeout(timeout_seconds)
            line.connect(path)
            line.sendall(f"\0AUTH EXTERNAL {user}\r\n".encode())
            return PingResult.YES if line.recv(16).startswith(b"OK") else PingResult.NOBODY
    except (TimeoutError, BlockingIOError):
        return PingResult.SILENT
    except (OSError, ValueError):
        return PingResult.NOBODY


ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
UNREACHABLE = "unix:path=/nonexistent"
START_TIMEOUT_SECONDS = 0.5
"""How much later the window opens if the bus hangs."""


def avoid_unresponsive_bus(
    environ: Mapping[str, str] = os.environ,
    ping_bus: Callable[[str, float], PingResult] = ping,
    putenv: Callable[[str, str], object] = os.putenv,
) -> bool:
    """Ping the session bus, and hide it from Qt if it stays silent; call before QApplication.

    Qt connects to that bus with its first widget, for screen readers, and waits for it without
    end: no window opens while the bus is frozen. A healthy bus answers in less than a millisecond.
    Only the environment that Qt reads is changed: our own connections ping the bus themselves, and
    connect when it answers again. Screen readers work again after the next start.

    Args:
        environ: The environment as Python sees it; it is not changed.
        ping_bus: Pings an address, with a timeout in seconds.
        putenv: Changes the environment that libraries read.

    Returns:
        Whether the bus was hidden.
    """
    address = session_address(environ)
    if address is None or ping_bus(address, START_TIMEOUT_SECONDS) is not PingResult.SILENT:
        return False
    putenv(ADDRESS, UNREACHABLE)
    return True
