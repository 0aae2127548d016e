"""The message of a later start to the first one, and how it is sent; no Qt."""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

TAKEN = b"ok\n"
CREDENTIALS = struct.Struct("3i")
"""Process, user and group id of the other end on Linux (unix(7), SO_PEERCRED)."""


def send(name: str, line: bytes, patience_seconds: float) -> bool:
    """Send a line to the first start; return whether it confirmed it.

    Args:
        name: The path of its socket, or on Windows the name of its pipe.
        line: The encoded request.
        patience_seconds: Timeout for the reply.
    """
    try:
        if sys.platform == "win32":
            with Path(name).open("r+b", buffering=0) as pipe:
                pipe.write(line)
                return pipe.read(len(TAKEN)) == TAKEN
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(patience_seconds)
            connection.connect(name)
            if not same_user(connection):
                return False
            connection.sendall(line)
            return connection.recv(len(TAKEN)) == TAKEN
    except OSError:
        return False


def same_user(connected: socket.socket) -> bool:
    """Return whether the other end of a socket belongs to the same user.

    Only Linux can tell. On other systems return True: the folder of the socket, which nobody else
    may enter, keeps others out.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    found = connected.getsockopt(socket.SOL_SOCKET, option, CREDENTIALS.size)
    return bool(CREDENTIALS.unpack(found)[1] == os.getuid())


MOST_BYTES = 64 * 1024
MOST_ARGUMENTS = 100
LONGEST_TOKEN = 512


class StartRequest(NamedTuple):
    """The command line of a later start, which the running program carries out.

    Attributes:
        arguments: Its command line, without the program's name.
        folder: Its working folder, the base of relative paths.
        activation_token: Lets the open window come to the front on Wayland; may be empty.
    """

    arguments: tuple[str, ...]
    folder: str = ""
    activation_token: str = ""


def encode(start: StartRequest) -> bytes | None:
    """Return `start` as a line, or None if it is too long to be read."""
    values = [list(start.arguments), start.folder, start.activation_token]
    line = json.dumps(values).encode("ascii") + b"\n"
    return line if len(line) <= MOST_BYTES and decode(line) == start else None


def decode(line: bytes) -> StartRequest | None:
    """Return the request in a line, or None if the line is malformed."""
    if len(line) > MOST_BYTES:
        return None
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match values:
        case [list(arguments), str(folder), str(token)]:
            return _checked(arguments, folder, token)
    return None


def _checked(arguments: Sequence[object], folder: str, token: str) -> StartRequest | None:
    words = tuple(word for word in arguments if isinstance(word, str))
    if len(words) != len(arguments) or len(words) > MOST_ARGUMENTS:
        return None
    # The token goes into the environment, which takes no NUL.
    fit = len(token) <= LONGEST_TOKEN and token.isascii() and (token.isprintable() or not token)
    return StartRequest(words, folder, token) if fit else None
