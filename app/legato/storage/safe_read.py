"""Reads regular files up to a size; never a FIFO or a device."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from legato.domain.problems import BadData, Problem

if TYPE_CHECKING:
    from pathlib import Path

# O_NONBLOCK so that a FIFO that replaces the file between the check and `open` cannot block.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MEGA = 1_000_000


def read_regular(path: Path, *, most_bytes: int) -> bytes:
    """Return the content of `path`.

    Raises:
        BadData: It is missing, unreadable, not a regular file, or larger than `most_bytes`.
    """
    try:
        _check_kind(path, path.stat())
        descriptor = os.open(path, _FLAGS)
        try:
            _check_kind(path, os.fstat(descriptor))
            data = _read(descriptor, most_bytes + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise refusal(path, *why(error)) from error
    except ValueError as error:  # a NUL in the name
        raise refusal(path, "this is not a file name") from error
    if len(data) > most_bytes:
        raise refusal(path, f"the file is larger than {size(most_bytes)}")
    return data


def refusal(path: Path | str, text: str, hint: str = "") -> BadData:
    """Return the error with one problem of a whole file."""
    return BadData([Problem(where=str(path), text=text, hint=hint)])


def why(error: OSError) -> tuple[str, str]:
    """Return why the system refused, as the text and the hint of a `Problem`."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "check the spelling of the path"
    if isinstance(error, PermissionError):
        return "the file may not be read", "check who may read it"
    return f"the file cannot be read: {error.strerror or error}", ""


def size(count: int) -> str:
    """Return a number of bytes as text: `20 MB`, `300 kB`."""
    return f"{count // _MEGA} MB" if count >= _MEGA else f"{count // 1000} kB"


def _check_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise refusal(path, "this is a folder, not a file", "name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise refusal(path, "this is not an ordinary file")


def _read(descriptor: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


MOST_BYTES = 1_000_000


def read_object(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of the file at `path` and its object.

    Raises:
        BadData: It cannot be read, is no JSON, or holds something else.
    """
    import json  # noqa: PLC0415 - a first start has no such file

    data = read_regular(path, most_bytes=MOST_BYTES)
    line = column = 1
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text)
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
    except (ValueError, RecursionError):
        pass  # not UTF-8, a number of thousands of digits, thousands of brackets
    else:
        if isinstance(value, dict):
            return text, value
    text = "the file is damaged"
    raise BadData([Problem(where=str(path), line=line, column=column, text=text)])
