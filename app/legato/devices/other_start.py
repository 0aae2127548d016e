"""What a second start of the program passes on to the first: one line of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 64 * 1024
MOST_ARGUMENTS = 100
LONGEST_TOKEN = 512


@dataclass(frozen=True, slots=True)
class OtherStart:
    """A start of the program that leaves its work to the one that runs.

    Attributes:
        arguments: Its command line, without the program's name.
        folder: Its working folder, from which relative paths are meant.
        activation_token: What lets the window that runs come to the front on Wayland, or "".
    """

    arguments: tuple[str, ...]
    folder: str = ""
    activation_token: str = ""


def encode(start: OtherStart) -> bytes | None:
    """Return `start` as a line, or None where it would be longer than is read."""
    values = [list(start.arguments), start.folder, start.activation_token]
    line = json.dumps(values).encode("ascii") + b"\n"
    return line if len(line) <= MOST_BYTES and decode(line) == start else None


def decode(line: bytes) -> OtherStart | None:
    """Return what a line says, or None where it is not a start."""
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


def _checked(arguments: Sequence[object], folder: str, token: str) -> OtherStart | None:
    words = tuple(word for word in arguments if isinstance(word, str))
    if len(words) != len(arguments) or len(words) > MOST_ARGUMENTS:
        return None
    # Tokens become part of the environment, which takes neither NUL nor anything strange.
    fit = len(token) <= LONGEST_TOKEN and token.isascii() and (token.isprintable() or not token)
    return OtherStart(words, folder, token) if fit else None
