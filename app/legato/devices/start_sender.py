"""The second start's side of handing over, with the standard library alone."""

from __future__ import annotations

import os
import socket
import struct
import sys
from pathlib import Path

TAKEN = b"ok\n"
CREDENTIALS = struct.Struct("3i")
"""Process, user and group, as Linux tells them of the other end (unix(7), SO_PEERCRED)."""


def send(name: str, line: bytes, patience_seconds: float) -> bool:
    """Send a line to the first start and return whether it said that it took it.

    Args:
        name: The path of its socket, or on Windows the name of its pipe.
        line: What to send.
        patience_seconds: How long it may take to answer.
    """
    try:
        if sys.platform == "win32":
            with Path(name).open("r+b", buffering=0) as pipe:
                pipe.write(line)
                return pipe.read(len(TAKEN)) == TAKEN
        with socket.socket(socket.AF_UNIX) as line_out:
            line_out.settimeout(patience_seconds)
            line_out.connect(name)
            if not same_user(line_out):
                return False
            line_out.sendall(line)
            return line_out.recv(len(TAKEN)) == TAKEN
    except OSError:
        return False


def same_user(connected: socket.socket) -> bool:
    """Return whether the other end of a socket is the same user; without Linux, believe it.

    Elsewhere the folder of the socket, which nobody else may enter, is what keeps others out.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    found = connected.getsockopt(socket.SOL_SOCKET, option, CREDENTIALS.size)
    return bool(CREDENTIALS.unpack(found)[1] == os.getuid())
