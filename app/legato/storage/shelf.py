"""What routine files there are: the folders that the library looks into, and what lies in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.problems import Problem
from legato.storage.regular_file import why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDINGS = (".yaml", ".yml")
MOVES = "moves"


@dataclass(frozen=True, slots=True)
class Place:
    """A routine file that was found.

    Attributes:
        path: The file.
        own: Whether it lies in the user's folder.
        is_move: Whether it ships among the single moves, or is the user's copy of one that does.
        twin: Another file with the same id in the same space, which this one hides.
    """

    path: Path
    own: bool
    is_move: bool
    twin: Path | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every routine file by its id, and what is wrong with the folders themselves."""

    places: dict[str, Place]
    problems: tuple[Problem, ...] = ()


def survey(shipped_dir: Path, own_dir: Path) -> Shelf:
    """List the shipped routines, the shipped moves and the user's, whose copy of an id wins."""
    problems: list[Problem] = []
    places: dict[str, Place] = {}
    for folder, is_move in ((shipped_dir, False), (shipped_dir / MOVES, True)):
        for path in _files(folder, problems):
            twin = places.get(path.stem)
            places[path.stem] = Place(
                path, own=False, is_move=is_move, twin=twin.path if twin else None
            )
    own: dict[str, Place] = {}
    for path in _files(own_dir, problems):
        twin = own.get(path.stem)
        shipped = places.get(path.stem)
        is_move = shipped is not None and shipped.is_move
        own[path.stem] = Place(path, own=True, is_move=is_move, twin=twin.path if twin else None)
    return Shelf(places | own, tuple(problems))


def is_routine_file(name: str) -> bool:
    """Say whether a file of this name is a routine; hidden ones are not."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def beside(folder: Path, routine_id: str) -> Path | None:
    """Return the file of `routine_id` in `folder`, or None."""
    if not routine_id or "/" in routine_id or "\\" in routine_id or "\0" in routine_id:
        return None
    for ending in ENDINGS:
        path = folder / f"{routine_id}{ending}"
        if os.path.lexists(path):
            return path
    return None


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Give the routine files of `folder` by name; a missing folder is an empty one."""
    try:
        names = sorted(filter(is_routine_file, os.listdir(folder)))  # noqa: PTH208 - half the time
    except FileNotFoundError:
        return
    except OSError as error:
        text, _ = why(error)
        text = text.replace("the file", "the folder", 1)
        problems.append(Problem(where=str(folder), text=text, hint="its routines are left out"))
        return
    for name in names:
        yield folder / name
