"""What the library tells of a routine file: its entry, or what a check has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A routine file and what came of it.

    Attributes:
        id: The stem of the file.
        path: The file.
        own: Whether it is the user's; one that ships is never changed.
        is_move: Whether it is a single move, a building block of routines.
        name: The name shown; the id where the file gives none.
        draft: What is written, as far as it could be read, or None.
        routine: What runs; None exactly when there are problems.
        problems: All that is wrong with it, at most a hundred and one that counts the rest.
        modified_ns: When the file was last changed, in nanoseconds of wall time; 0 if unknown.
    """

    id: str
    path: Path
    own: bool
    is_move: bool
    name: str
    draft: Draft | None
    routine: Routine | None
    problems: tuple[Problem, ...] = ()
    modified_ns: int = 0


class Checked(NamedTuple):
    """A file, or a folder that cannot be looked into, and what is wrong with it."""

    path: Path
    problems: tuple[Problem, ...]
