"""A routine file as it was read, and what tells whether it has changed since."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from legato.storage.routine_yaml import Reading, read_routine

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.storage.yaml_nodes import Position

Signature: TypeAlias = "tuple[int, int, int, int]"
GONE: Signature = (0, 0, 0, 0)
"""The signature of a file that is not there or cannot be looked at."""

_START = (1, 1)
_IS_STEP = re.compile(r"steps\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what it says.

    Attributes:
        path: The file.
        signature: Its signature just before it was read.
        reading: What it says.
    """

    path: Path
    signature: Signature
    reading: Reading

    @property
    def draft(self) -> Draft | None:
        """What is written in it, as far as it could be read."""
        return self.reading.draft

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong in the file itself, so that others may use it."""
        return self.reading.draft is not None and not self.reading.problems

    @property
    def modified_ns(self) -> int:
        """When it was last changed, in nanoseconds of wall time."""
        return self.signature[1]

    def step_place(self, index: int) -> tuple[int, int]:
        """Return the line and the column at which step `index` begins."""
        place: Position | tuple[int, int] = self.reading.places.get(f"steps[{index}]", _START)
        return place[0], place[1]

    def slim(self) -> Source:
        """Return the same without the places of single fields, to be kept for long."""
        places = {
            path: place for path, place in self.reading.places.items() if _IS_STEP.fullmatch(path)
        }
        return replace(self, reading=replace(self.reading, places=places))


class Sources(Protocol):
    """Finds routine files by id."""

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""

    def known_ids(self) -> tuple[str, ...]:
        """Return every id there is, for "did you mean"."""


def signature(path: Path) -> Signature:
    """Return what differs once the file is changed or replaced."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called for thousands of files at a time
    except (OSError, ValueError):
        return GONE
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def read_source(path: Path) -> Source:
    """Read the file at `path`; never raises for what it holds."""
    seen = signature(path)
    return Source(path, seen, read_routine(path))
