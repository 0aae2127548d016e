"""Checks files and folders as `legato check` does: all that is wrong, and all that is missing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.problems import BadData, Problem
from legato.storage.entry import Checked
from legato.storage.figure_files import read_figure
from legato.storage.findings import capped
from legato.storage.linking import link
from legato.storage.names import name_problems
from legato.storage.neighbours import Neighbours
from legato.storage.regular_file import why
from legato.storage.shelf import is_routine_file
from legato.storage.sources import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from legato.storage.names import Known
    from legato.storage.sources import Sources


class Checker:
    """Reads every file anew, with all that it names.

    Args:
        sources: Where an id is looked for that is not beside the file.
        known: What a routine may name; None leaves names unchecked.
    """

    def __init__(self, sources: Sources, known: Known | None) -> None:
        self._sources = sources
        self._known = known
        self._neighbours: dict[Path, Neighbours] = {}

    def check(self, paths: Iterable[Path]) -> Iterator[Checked]:
        """Give each file of `paths`, folders with all that is in them, in order of name."""
        for path in paths:
            if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises at a name too long
                yield from self._folder(path)
            elif _holds_figures(path.parent):
                yield _figure(path)
            else:
                yield self.check_file(path)

    def check_file(self, path: Path) -> Checked:
        """Return what is wrong with the routine file at `path`."""
        source = read_source(path)
        neighbours = self._neighbours.setdefault(
            path.parent, Neighbours(path.parent, self._sources)
        )
        problems = list(link(source, neighbours, own=True).problems)
        if self._known:
            problems += name_problems(source, neighbours, self._known)
            problems.sort(key=lambda one: (one.line, one.column))
        return Checked(path, capped(problems))

    def _folder(self, folder: Path) -> Iterator[Checked]:
        refused: list[OSError] = []
        found = False
        for here, folders, names in os.walk(folder, onerror=refused.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(filter(is_routine_file, names)):
                found = True
                path = Path(here, name)
                yield _figure(path) if _holds_figures(path.parent) else self.check_file(path)
        for error in refused:
            text = why(error)[0].replace("the file", "the folder", 1)
            where = str(error.filename or folder)
            yield Checked(Path(where), (Problem(where=where, text=text),))
        if not found and not refused:
            text, hint = "there is no routine in this folder", "routines end in .yaml or .yml"
            yield Checked(folder, (Problem(where=str(folder), text=text, hint=hint),))


def _holds_figures(folder: Path) -> bool:
    """Say whether `folder` is the own folder of a routine, where its figures lie."""
    whole = folder.absolute()  # the name of `.` is empty
    return any(os.path.isfile(f"{whole}{end}") for end in (".yaml", ".yml"))  # noqa: PTH113


def _figure(path: Path) -> Checked:
    try:
        read_figure(path)
    except BadData as error:
        return Checked(path, error.problems)
    return Checked(path, ())
