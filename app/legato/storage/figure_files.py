"""A folder of figure files: which there are, and each as a figure or as its problems."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.problems import BadData
from legato.storage.field_kinds import WrongValueError
from legato.storage.figure_fields import FIGURE
from legato.storage.findings import Findings, capped
from legato.storage.regular_file import read_regular
from legato.storage.yaml_nodes import compose

if TYPE_CHECKING:
    from legato.domain.figure import Figure
    from legato.domain.problems import Problem

MOST_BYTES = 64_000
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_figure_name(name: str) -> bool:
    """Say whether `name` may be that of a figure: small letters, digits, hyphens between."""
    return bool(_NAME.fullmatch(name))


def parse_figure(name: str, data: bytes, where: str) -> Figure:
    """Return the figure that is written in `data`.

    Args:
        name: The name that the figure gets, which is its file's stem.
        data: The file's content.
        where: The file's path as the user would name it.

    Raises:
        BadData: It is no figure; every problem is told, with line and column.
    """
    root = compose(data, where)
    findings = Findings(where)
    figure = None
    try:
        figure = FIGURE.read(root, "", findings)
    except WrongValueError as wrong:
        findings.note(wrong.node, "", wrong.text, wrong.hint)
    if findings.problems or figure is None:
        raise BadData(capped(findings.problems))
    return replace(figure, name=name)


def read_figure(path: Path) -> Figure:
    """Return the figure in the file at `path`, which is at most 64 kB.

    Raises:
        BadData: The file cannot be read, or is no figure.
    """
    return parse_figure(path.stem, read_regular(path, most_bytes=MOST_BYTES), str(path))


def own_figures(folder: Path) -> FigureFolder:
    """Return the figures in the own folder of a routine, whose file lies beside that folder."""
    return FigureFolder(folder, within=folder.parent)


class FigureFolder:
    """The figures of one folder; each is read once, when it is first asked for.

    Args:
        path: The folder; it need not exist.
        within: No link leads to a figure outside of this folder; None lets links lead anywhere.
    """

    def __init__(self, path: Path, within: Path | None = None) -> None:
        self._path = path
        self._within = within
        self._read: dict[str, Figure | tuple[Problem, ...]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all figure files, sorted; a broken one is among them."""
        try:
            stems = [file.stem for file in self._path.iterdir() if file.suffix == ".yaml"]
        except OSError:
            return ()
        return tuple(sorted(stem for stem in stems if _NAME.fullmatch(stem)))

    def has(self, name: str) -> bool:
        """Return whether there is a file for `name`, without reading it."""
        # Path.is_file raises at a name too long.
        if not is_figure_name(name) or not os.path.isfile(self._file(name)):  # noqa: PTH113
            return False
        if self._within is None:
            return True
        return self._file(name).resolve().is_relative_to(self._within.resolve())

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """Return the figure called `name`; None if there is none or its file is broken.

        Args:
            name: Its name.
            folder: A routine's own folder; a figure in it comes first, and is read each time.
        """
        if folder and (own := own_figures(Path(folder))).has(name):
            return own.figure(name)
        entry = self._entry(name)
        return None if isinstance(entry, tuple) else entry

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Return what is wrong with the file of `name`; nothing if it is well or not there."""
        entry = self._entry(name)
        return entry if isinstance(entry, tuple) else ()

    def _entry(self, name: str) -> Figure | tuple[Problem, ...]:
        if name not in self._read:
            if not self.has(name):
                return ()
            try:
                self._read[name] = read_figure(self._file(name))
            except BadData as error:
                self._read[name] = error.problems
        return self._read[name]

    def _file(self, name: str) -> Path:
        return self._path / f"{name}.yaml"
