"""Whether all that a routine names is there: figures, pictures, evidence and other ways to do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from yaml.nodes import MappingNode, ScalarNode

from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.routine import Step
from legato.storage.figure_files import FigureFolder, own_figures
from legato.storage.picture_kind import FIGURE
from legato.storage.pictures import read_picture
from legato.storage.regular_file import read_regular
from legato.storage.yaml_nodes import MOST_BYTES, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from legato.domain.ports import PictureData
    from legato.storage.sources import Source, Sources

PictureFault: TypeAlias = "Callable[[PictureData], Problem | None]"
"""Opens a picture as a session would; returns why it is not shown, or None."""


def no_fault(_picture: PictureData) -> None:
    """Find nothing wrong, where nothing can draw."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named.

    Attributes:
        figures: The shipped figures.
        evidence: The ids of the list of evidence.
        picture_fault: Opens a picture as a session would.
    """

    figures: FigureFolder
    evidence: Collection[str]
    picture_fault: PictureFault = no_fault


def read_known(assets_dir: Path, picture_fault: PictureFault = no_fault) -> Known:
    """Return what may be named according to the shipped assets; raises BadData."""
    path = assets_dir / "evidence.yaml"
    root = compose(read_regular(path, most_bytes=MOST_BYTES), str(path))
    pairs = root.value if isinstance(root, MappingNode) else []
    ids = tuple(key.value for key, _ in pairs if isinstance(key, ScalarNode))
    return Known(FigureFolder(assets_dir / "figures"), ids, picture_fault)


def name_problems(source: Source, sources: Sources, known: Known) -> Iterator[Problem]:
    """Give a problem for each thing that `source` names and that is missing or cannot be shown."""
    if source.draft is None:
        return
    for index, step in enumerate(source.draft.steps):
        if not isinstance(step, Step):
            continue
        path = f"steps[{index}]"
        if step.picture and (told := _picture_problem(step, known)):
            yield _placed(source, f"{path}.picture", *told)
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


def _picture_problem(step: Step, known: Known) -> tuple[str, str] | None:
    if step.picture.startswith(FIGURE):
        return _figure_problem(step, known)
    try:
        picture = read_picture(Path(step.folder), step.picture)
    except BadData as error:
        return error.problems[0].text, error.problems[0].hint
    fault = known.picture_fault(picture)
    return (fault.text, fault.hint) if fault else None


def _figure_problem(step: Step, known: Known) -> tuple[str, str] | None:
    name = step.picture.removeprefix(FIGURE)
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
