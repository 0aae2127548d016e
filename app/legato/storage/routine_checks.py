"""Checks files and folders for `legato check`, with the figures, pictures and evidence they name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from yaml.nodes import MappingNode, ScalarNode

from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.routine import FIGURE_PREFIX, Step
from legato.storage.figures import FigureFolder, own_figures, read_figure
from legato.storage.file_names import is_routine_file, name_problem
from legato.storage.pictures import read_picture
from legato.storage.safe_read import read_regular, why
from legato.storage.sources import Checked, SiblingSources, read_source, resolve_uses
from legato.storage.yaml.nodes import MOST_BYTES, compose
from legato.storage.yaml.types import capped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from legato.domain.ports import PictureData
    from legato.storage.sources import Source, Sources

PictureFault: TypeAlias = "Callable[[PictureData], Problem | None]"
"""Decodes a picture as a session does; returns why it is not shown, or None."""


def no_fault(_picture: PictureData) -> None:
    """Accept every picture, where none can be decoded."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that a routine may refer to.

    Attributes:
        figures: The shipped figures.
        evidence: The ids of `evidence.yaml`.
        picture_fault: Decodes a picture as a session does.
    """

    figures: FigureFolder
    evidence: Collection[str]
    picture_fault: PictureFault = no_fault


def read_known(assets_dir: Path, picture_fault: PictureFault = no_fault) -> KnownNames:
    """Return the names in the shipped assets; raise BadData if they cannot be read."""
    path = assets_dir / "evidence.yaml"
    root = compose(read_regular(path, most_bytes=MOST_BYTES), str(path))
    pairs = root.value if isinstance(root, MappingNode) else []
    ids = tuple(key.value for key, _ in pairs if isinstance(key, ScalarNode))
    return KnownNames(FigureFolder(assets_dir / "figures"), ids, picture_fault)


def reference_problems(source: Source, sources: Sources, known: KnownNames) -> Iterator[Problem]:
    """Yield a problem for each missing reference of `source`, and each picture that is not shown."""
    if source.draft is None:
        return
    for index, step in enumerate(source.draft.steps):
        if not isinstance(step, Step):
            continue
        path = f"steps[{index}]"
        if step.picture and (found := _picture_problem(step, known)):
            yield _placed(source, f"{path}.picture", *found)
        for number, one in enumerate(step.evidence):
            if one not in known.evidence:
                hint = did_you_mean(one, known.evidence)
                field = f"{path}.evidence[{number}]"
                yield _placed(source, field, f"there is no evidence {one}", hint)
        for way in ("easier", "seated", "standing"):
            one = getattr(step.variants, way)
            if one and sources.source(one) is None:
                hint = did_you_mean(one, sources.known_ids())
                yield _placed(source, f"{path}.variants.{way}", f"there is no routine {one}", hint)


def _picture_problem(step: Step, known: KnownNames) -> tuple[str, str] | None:
    if step.picture.startswith(FIGURE_PREFIX):
        return _figure_problem(step, known)
    try:
        picture = read_picture(Path(step.folder), step.picture)
    except BadData as error:
        return error.problems[0].text, error.problems[0].hint
    fault = known.picture_fault(picture)
    return (fault.text, fault.hint) if fault else None


def _figure_problem(step: Step, known: KnownNames) -> tuple[str, str] | None:
    name = step.picture.removeprefix(FIGURE_PREFIX)
    for figures in (own_figures(Path(step.folder)), known.figures):
        if figures.has(name):
            problems = figures.problems(name)
            return (f"the figure {name} has problems", str(problems[0])) if problems else None
    return f"there is no figure {name}", did_you_mean(name, known.figures.names())


def _placed(source: Source, field: str, text: str, hint: str) -> Problem:
    places = source.reading.places
    # A list of one may be written without a list.
    at = places.get(field) or places.get(field.partition(".evidence")[0] + ".evidence")
    line, column = at or (1, 1)
    return Problem(
        where=str(source.path), line=line, column=column, field=field, text=text, hint=hint
    )


class Checker:
    """Reads and checks files, without the library's cache.

    Args:
        sources: Finds the ids that are not beside the file.
        known: Names that a routine may refer to; None skips that check.
    """

    def __init__(self, sources: Sources, known: KnownNames | None) -> None:
        self._sources = sources
        self._known = known
        self._neighbours: dict[Path, SiblingSources] = {}

    def check(self, paths: Iterable[Path]) -> Iterator[Checked]:
        """Yield each file of `paths`, and of the folders among them, sorted by name."""
        for path in paths:
            if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises at a name too long
                yield from self._folder(path)
            elif _holds_figures(path.parent):
                yield _figure(path)
            else:
                yield self.check_file(path)

    def check_file(self, path: Path) -> Checked:
        """Return the problems of the routine file at `path`."""
        source = read_source(path)
        neighbours = self._neighbours.setdefault(
            path.parent, SiblingSources(path.parent, self._sources)
        )
        problems = list(resolve_uses(source, neighbours, own=True).problems)
        if self._known:
            problems += reference_problems(source, neighbours, self._known)
            problems.sort(key=lambda one: (one.line, one.column))
        return Checked(path, capped(problems))

    def _folder(self, folder: Path) -> Iterator[Checked]:
        refused: list[OSError] = []
        found = False
        for here, folders, names in os.walk(folder, onerror=refused.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if problem := name_problem(here, name, names):
                    found = True
                    yield Checked(Path(here, name), (problem,))
                    continue
                if not is_routine_file(name):
                    continue
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
    """Return whether `folder` is the own folder of a routine, which holds its figures."""
    whole = folder.absolute()  # the name of `.` is empty
    return any(os.path.isfile(f"{whole}{end}") for end in (".yaml", ".yml"))  # noqa: PTH113


def _figure(path: Path) -> Checked:
    try:
        read_figure(path)
    except BadData as error:
        return Checked(path, error.problems)
    return Checked(path, ())
