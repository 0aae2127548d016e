"""What routine files there are: the folders that the library looks into, and what lies in them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from legato.domain.problems import Problem
from legato.storage.regular_file import why

ENDINGS = (".yaml", ".yml")
MOVES = "moves"
LONGEST_ID_BYTES = 250
"""With the ending of its file what the usual file systems take."""
_NOT_IN_IDS = frozenset("/\\\0")


@dataclass(frozen=True, slots=True)
class Place:
    """A routine file that was found.

    Attributes:
        folder: Where it lies.
        name: The name of the file.
        own: Whether it lies in the user's folder.
        is_move: Whether it ships among the single moves, or is the user's copy of one that does.
        twin: Another file with the same id in the same space, which this one hides, or empty.
    """

    folder: str
    name: str
    own: bool
    is_move: bool
    twin: str = ""

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.folder, self.name)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every routine file by its id, and what is wrong with the folders themselves."""

    places: dict[str, Place]
    problems: tuple[Problem, ...] = ()


def survey(shipped_dir: Path, own_dir: Path) -> Shelf:
    """List the shipped routines, the shipped moves and the user's, whose copy of an id wins."""
    problems: list[Problem] = []
    shipped: dict[str, Place] = {}
    for folder, is_move in ((shipped_dir, False), (shipped_dir / MOVES, True)):
        for name in _names(folder, problems):
            _put(shipped, Place(str(folder), name, own=False, is_move=is_move))
    moves = {one for one, place in shipped.items() if place.is_move}
    own: dict[str, Place] = {}
    for name in _names(own_dir, problems):
        _put(own, Place(str(own_dir), name, own=True, is_move=_stem(name) in moves))
    return Shelf(shipped | own, tuple(problems))


def _put(places: dict[str, Place], place: Place) -> None:
    routine_id = _stem(place.name)
    twin = places.get(routine_id)
    places[routine_id] = replace(place, twin=str(twin.path)) if twin else place


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def is_routine_file(name: str) -> bool:
    """Say whether a file of this name is a routine; hidden ones are not."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def is_id(word: str) -> bool:
    """Say whether `word` can be the stem of a routine's file: text, not hidden, not too long."""
    if not word or word.startswith(".") or not _NOT_IN_IDS.isdisjoint(word):
        return False
    try:
        return len(word.encode()) <= LONGEST_ID_BYTES
    except UnicodeEncodeError:  # half a character, or a byte that is none
        return False


def beside(folder: Path, routine_id: str) -> Path | None:
    """Return the file of `routine_id` in `folder`, or None."""
    if not is_id(routine_id):
        return None
    for ending in ENDINGS:
        path = folder / f"{routine_id}{ending}"
        if os.path.lexists(path):
            return path
    return None


def _names(folder: Path, problems: list[Problem]) -> list[str]:
    """Return the routine files of `folder` in order; a missing folder is an empty one."""
    try:
        names = sorted(filter(is_routine_file, os.listdir(folder)))  # noqa: PTH208 - half the time
    except FileNotFoundError:
        return []
    except OSError as error:
        text, _ = why(error)
        text = text.replace("the file", "the folder", 1)
        problems.append(Problem(where=str(folder), text=text, hint="its routines are left out"))
        return []
    unreadable = [name for name in names if not is_id(_stem(name))]
    if not unreadable:
        return names
    problems.append(_unreadable(folder, unreadable))
    return [name for name in names if is_id(_stem(name))]


def _unreadable(folder: Path, names: list[str]) -> Problem:
    """Return what is said of files whose stems can be no ids."""
    # A window and a terminal can show no bytes that are no text.
    where = str(folder / names[0]).encode(errors="backslashreplace").decode()
    text = "this name cannot be read"
    if len(names) > 1:
        text = f"{len(names)} names cannot be read, this one first"
    return Problem(where=where, text=text, hint="rename the file")
