"""Finds routine files by id, saves new ones, and chooses free ids."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.problems import BadData, Problem
from legato.storage.atomic import write_atomic
from legato.storage.file_names import ENDINGS, composed, is_routine_file, name_problem, named
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import routine_file_text, routine_text
from legato.storage.safe_read import why

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from legato.domain.draft import Draft

MOVES = "moves"
LONGEST_ID_BYTES = 250
"""Bytes of an id: with the file's ending as much as usual file systems allow."""
_NOT_IN_IDS = frozenset("/\\\0")


@dataclass(frozen=True, slots=True)
class FileLocation:
    """A routine file that was found.

    Attributes:
        folder: Its folder.
        name: The name of the file.
        own: Whether it is in the user's folder.
        is_move: Whether it ships among the single moves, or is the user's copy of one that does.
        duplicate_of: The path of another file with the same id, which this one hides, or empty.
    """

    folder: str
    name: str
    own: bool
    is_move: bool
    duplicate_of: str = ""

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.folder, self.name)


@dataclass(frozen=True, slots=True)
class RoutineIndex:
    """Every routine file by its id, and problems of the folders themselves."""

    places: dict[str, FileLocation]
    problems: tuple[Problem, ...] = ()


def scan(shipped_dir: Path, own_dir: Path) -> RoutineIndex:
    """List the shipped routines, the shipped moves and the user's, whose copy of an id wins."""
    problems: list[Problem] = []
    shipped: dict[str, FileLocation] = {}
    for folder, is_move in ((shipped_dir, False), (shipped_dir / MOVES, True)):
        for name in _names(folder, problems, are_own=False):
            _put(shipped, FileLocation(str(folder), name, own=False, is_move=is_move))
    moves = {one for one, place in shipped.items() if place.is_move}
    own: dict[str, FileLocation] = {}
    for name in _names(own_dir, problems):
        _put(own, FileLocation(str(own_dir), name, own=True, is_move=_stem(name) in moves))
    return RoutineIndex(shipped | own, tuple(problems))


def _put(places: dict[str, FileLocation], place: FileLocation) -> None:
    routine_id = _stem(place.name)
    other = places.get(routine_id)
    places[routine_id] = replace(place, duplicate_of=str(other.path)) if other else place


def _stem(name: str) -> str:
    stem = name.rpartition(".")[0]
    return stem if stem.isascii() else composed(stem)


def is_id(word: str) -> bool:
    """Return whether `word` can be the stem of a routine file: text, not hidden, not too long."""
    if not word or word.startswith(".") or not _NOT_IN_IDS.isdisjoint(word):
        return False
    try:
        return len(word.encode()) <= LONGEST_ID_BYTES
    except UnicodeEncodeError:  # a lone surrogate
        return False


def beside(folder: Path, routine_id: str) -> Path | None:
    """Return the file of `routine_id` in `folder`, or None."""
    if not is_id(routine_id):
        return None
    for ending in ENDINGS:
        path = named(folder, f"{routine_id}{ending}")
        if os.path.lexists(path):
            return path
    return None


def _names(folder: Path, problems: list[Problem], *, are_own: bool = True) -> list[str]:
    """Return the routine files of `folder`, sorted; none if it is missing.

    Args:
        folder: The folder.
        problems: Gets a problem for each file that may be meant as a routine and is none.
        are_own: Whether other programs may write into it.
    """
    try:
        found = os.listdir(folder)  # noqa: PTH208 - half the time
    except FileNotFoundError:
        return []
    except OSError as error:
        text, _ = why(error)
        text = text.replace("the file", "the folder", 1)
        problems.append(Problem(where=str(folder), text=text, hint="its routines are left out"))
        return []
    names, told = [], []
    for name in sorted(found):
        problem = name_problem(folder, name, found) if are_own else None
        if problem is not None:
            told.append(problem)
        elif is_routine_file(name):
            names.append(name)
    problems += told
    unreadable = [name for name in names if not is_id(_stem(name))]
    if not unreadable:
        return names
    problems.append(_unreadable(folder, unreadable))
    return [name for name in names if is_id(_stem(name))]


def _unreadable(folder: Path, names: list[str]) -> Problem:
    """Return the problem of files whose stems cannot be ids."""
    # Bytes that are no UTF-8 can be shown neither in a window nor on a terminal.
    where = str(folder / names[0]).encode(errors="backslashreplace").decode()
    text = "this name cannot be read"
    if len(names) > 1:
        text = f"{len(names)} names cannot be read, this one first"
    return Problem(where=where, text=text, hint="rename the file")


LONGEST_ID = 60
NAMELESS = "routine"


class RoutineFolder:
    """The folder of the user's routines.

    Args:
        folder: The folder; it need not exist.
        known_ids: Returns every id of the library; a new routine must hide none of them.
        schema: Path of the JSON Schema, if the first line of new files is to name it.
    """

    def __init__(
        self, folder: Path, known_ids: Callable[[], Collection[str]], schema: Path | None = None
    ) -> None:
        self._folder = folder
        self._known_ids = known_ids
        self._schema = schema

    def keep(self, draft: Draft) -> str | Problem:
        """Write `draft` as a new file; return its name, or why it was not written.

        Nothing is overwritten: if the name is taken, it becomes `Name (2)`.
        """
        known = set(self._known_ids())
        routine_id, name = next(
            (routine_id, name)
            for routine_id, name in numbered(id_for(draft.name), draft.name)
            if routine_id not in known and beside(self._folder, routine_id) is None
        )
        return self._write(replace(draft, id=routine_id, name=name))

    def _write(self, draft: Draft) -> str | Problem:
        path = self._folder / f"{draft.id}{ENDINGS[0]}"
        if self._schema is not None:
            from legato.storage.routine_format import keep_schema  # noqa: PLC0415 - seldom

            keep_schema(self._schema)
        write = routine_text if self._schema is None else routine_file_text
        data = write(draft).encode()
        reading = parse_routine(data, routine_id=draft.id, where=str(path))
        if reading.problems:
            return reading.problems[0]
        try:
            write_atomic(path, data)
        except BadData as error:
            return error.problems[0]
        return draft.name


def id_for(name: str) -> str:
    """Return the id for a name: ASCII letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST_ID].strip("-") or NAMELESS


_NUMBERED = re.compile(r"(.+) \(([0-9]{1,4})\)")


def numbered(wanted: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield an id and a name as they are, then with 2, 3 and so on without end."""
    yield wanted, name
    copied = _NUMBERED.fullmatch(name)
    if copied and wanted.endswith(f"-{copied[2]}"):  # a copy of a copy
        name, wanted = copied[1], wanted.removesuffix(f"-{copied[2]}")
    for number in count(2):
        yield f"{wanted}-{number}", f"{name} ({number})"


@dataclass(frozen=True, slots=True)
class RoutinePaths:
    """Finds the files of routines on the disk, without a cache.

    Attributes:
        own_dir: The user's routines; it need not exist.
        shipped_dir: The shipped ones, with the single moves in `moves/`.
    """

    own_dir: Path
    shipped_dir: Path

    def own(self, routine_id: str) -> Path | None:
        """Return the user's file of that id, or None."""
        return beside(self.own_dir, routine_id)

    def shipped(self, routine_id: str) -> Path | None:
        """Return the shipped file of that id, or None."""
        return beside(self.shipped_dir, routine_id) or beside(self.shipped_dir / MOVES, routine_id)

    def found(self, routine_id: str) -> Path | None:
        """Return the user's file, or else the one that ships."""
        return self.own(routine_id) or self.shipped(routine_id)

    def new_path(self, routine_id: str) -> Path:
        """Return the path of a new file of that id."""
        return self.own_dir / f"{routine_id}{ENDINGS[0]}"

    def folder(self, routine_id: str) -> Path:
        """Return the routine's own folder, for its pictures and figures."""
        return named(self.own_dir, routine_id)

    def is_free(self, routine_id: str) -> bool:
        """Return whether neither a routine nor a folder of pictures has that id."""
        return self.found(routine_id) is None and not os.path.lexists(self.folder(routine_id))

    def free_name(self, name: str, taken: Collection[str] = ()) -> tuple[str, str]:
        """Return a free id and its name: `name`, or `name (2)` and so on.

        Args:
            name: The wanted name.
            taken: Ids that are reserved.
        """
        wanted = id_for(name)
        return self.free_id(wanted, name, taken)

    def free_id(self, wanted: str, name: str, taken: Collection[str] = ()) -> tuple[str, str]:
        """Return `wanted` or the next free id, and its name."""
        pairs = numbered(wanted, name)
        return next(pair for pair in pairs if pair[0] not in taken and self.is_free(pair[0]))
