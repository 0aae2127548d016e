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
