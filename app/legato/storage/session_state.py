"""Stores the state of the running session about once a second, so that it can be resumed."""

from __future__ import annotations

import contextlib
import json
import math
import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from legato.domain.problems import BadData
from legato.domain.resume import Resume
from legato.domain.routine import MOST_STEPS, Side
from legato.storage.atomic import write_atomic
from legato.storage.safe_read import read_object

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.problems import Problem
    from legato.domain.resume import Pairs

_LONGEST = 4096
_PASSING = ("position", "spent", "remaining", "saved_at")
"""The fields that change each second. They are written first, padded to `_HEAD_BYTES`."""
_HEAD_BYTES = 160
"""Enough for four floats of any length, and less than a sector of a disk."""
_OVER = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A pipe in the place of the file must not block the window."""


class ResumeStore:
    """Stores at most one session that can be resumed.

    While only seconds pass, they are written over the last ones in the file, in one write that a
    crash leaves either done or undone. Everything else replaces the file atomically. A write waits
    for the disk only if the caller asks for that, at a pause or a new phase: a crash of the program
    loses at most the last second, a power cut the current phase.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._failed = False
        self._rest: dict[str, Any] | None = None
        self._written: tuple[int, ...] = ()

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Write `resume`; never raises.

        Returns:
            Why it could not be written, once; then None until a write has succeeded.
        """
        rest = {one.name: getattr(resume, one.name) for one in fields(resume)}
        passing = {name: rest.pop(name) for name in _PASSING}
        head = _head(passing)
        if not lasting and rest == self._rest and self._write_over(head):
            return None
        self._rest = None
        try:
            text = head + b", " + json.dumps(rest).encode().removeprefix(b"{")
            write_atomic(self._path, text, lasting=lasting)
        except BadData as error:
            reported, self._failed = self._failed, True
            return None if reported else error.problems[0]
        self._failed = False
        with contextlib.suppress(OSError):
            self._written, self._rest = _identity(self._path.stat()), rest
        return None

    def _write_over(self, head: bytes) -> bool:
        """Write `head` over that of the last write; return False if a whole write is needed.

        Only into the very file that was written last: somebody may have changed or linked it, or put
        another one in its place.
        """
        try:
            descriptor = os.open(self._path, _OVER)
            try:
                if _identity(os.fstat(descriptor)) != self._written or len(head) != _HEAD_BYTES:
                    return False
                whole = os.write(descriptor, head) == len(head)
                self._written = _identity(os.fstat(descriptor))
            finally:
                os.close(descriptor)
        except OSError:
            return False
        return whole

    def load(self) -> Resume | None:
        """Return the stored session, or None if there is none or it cannot be read."""
        try:
            _, values = read_object(self._path)
            return _resume(values)
        except (BadData, KeyError, ValueError, OverflowError):
            return None

    def clear(self) -> None:
        """Delete the session; a file that cannot be deleted is harmless."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _head(passing: dict[str, float | None]) -> bytes:
    """Return the beginning of the file; the json module takes three times as long."""
    values = (
        f'"{name}": {"null" if value is None else repr(value)}' for name, value in passing.items()
    )
    return f"{{{', '.join(values)}".encode().ljust(_HEAD_BYTES)


def _identity(file: os.stat_result) -> tuple[int, ...]:
    """Return what differs once anybody else has written or replaced a file."""
    return file.st_dev, file.st_ino, file.st_nlink, file.st_size, file.st_mtime_ns


def _resume(values: dict[str, Any]) -> Resume:
    """Return the state in `values`; raise KeyError or ValueError if they are damaged."""
    remaining = values.get("remaining")
    return Resume(
        routine=_text(values["routine"]),
        fingerprint=_text(values["fingerprint"]),
        label=_text(values["label"]),
        leg=Side(values["leg"]),
        position=_seconds(values["position"]),
        segment=int(_seconds(values["segment"])),
        spent=_seconds(values["spent"]),
        saved_at=_seconds(values["saved_at"]),
        remaining=None if remaining is None else _seconds(remaining),
        side=_side(values.get("side")),
        first=_side(values.get("first")),
        turned=_turned(values["turned"]),
        variants=_variants(values.get("variants")),
    )


def _side(value: str | None) -> Side | None:
    return None if value is None else Side(value)


def _turned(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise ValueError("steps by their number are expected")
    return tuple(int(_seconds(index)) for index in value)


def _variants(value: object) -> Pairs | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise ValueError("pairs of ids are expected")
    return tuple(_pair(one) for one in value)


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != len(("move", "variant")):
        raise ValueError("a pair of ids is expected")
    return _text(value[0]), _text(value[1])


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("a text is expected")
    return value


def _seconds(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise ValueError("seconds are expected")
    return float(value)  # type: ignore[arg-type]
