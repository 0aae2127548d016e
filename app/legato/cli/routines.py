"""The ROUTINE and side arguments that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legato import bootstrap
from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.routine import Side

if TYPE_CHECKING:
    import argparse

    from legato.domain.routine import Routine
    from legato.storage.entry import Entry
    from legato.storage.library import Library


@dataclass(frozen=True, slots=True)
class RunnableEntry:
    """A routine without problems.

    Attributes:
        id: The stem of its file.
        path: The file.
        routine: What runs.
    """

    id: str
    path: Path
    routine: Routine


def add_routine(parser: argparse.ArgumentParser) -> None:
    """Add the ROUTINE argument."""
    parser.add_argument(
        "routine", metavar="ROUTINE", help="an id, or a path (it contains / or ends in .yaml)"
    )


def add_side(parser: argparse.ArgumentParser) -> None:
    """Add `--side`."""
    parser.add_argument(
        "--side",
        choices=[side.value for side in Side],
        help="run on one side only, or on each (both); otherwise as written",
    )


def chosen_side(arguments: argparse.Namespace) -> Side | None:
    """Return what `--side` says."""
    return Side(arguments.side) if arguments.side else None


def is_path(word: str) -> bool:
    """Return whether ROUTINE names a file instead of an id."""
    return "/" in word or word.endswith((".yaml", ".yml"))


def open_routine(arguments: argparse.Namespace) -> RunnableEntry:
    """Return the entry that the arguments name.

    Raises:
        BadData: There is none, or its file has problems.
    """
    library = bootstrap.open_library(bootstrap.open_paths(arguments.data_dir))
    entry = find_entry(library, arguments.routine)
    if entry.problems or entry.routine is None:
        raise BadData(entry.problems)
    return RunnableEntry(entry.id, entry.path, entry.routine)


def find_entry(library: Library, word: str) -> Entry:
    """Return the entry for ROUTINE.

    Raises:
        BadData: There is no routine of that id.
    """
    if is_path(word):
        return library.open_path(Path(word))
    entry = library.entry(word)
    if entry is None:
        known = [listed.id for listed in library.entries()]
        hint = did_you_mean(word, known) or "legato list shows all"
        raise BadData([Problem(where=word, text="there is no such routine", hint=hint)])
    return entry
