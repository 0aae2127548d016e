"""Reads a routine file into a draft and all of its problems."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from yaml.nodes import MappingNode, SequenceNode

from legato.domain.draft import Draft
from legato.domain.problems import BadData, Problem
from legato.domain.routine import MOST_STEPS, Step
from legato.storage.file_names import composed
from legato.storage.routine_format import ROUTINE
from legato.storage.safe_read import read_regular
from legato.storage.yaml.nodes import MOST_BYTES, compose, position
from legato.storage.yaml.types import ProblemCollector, WrongValueError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yaml.nodes import Node

    from legato.storage.yaml.nodes import Position


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of a routine file.

    Attributes:
        draft: The routine as far as it could be read, or None.
        problems: All problems, in the order of the file.
        places: Line and column of each field by dotted path; `steps[2]` is the begin of a step.
    """

    draft: Draft | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Position] = field(default_factory=dict)


def read_routine(path: Path) -> Reading:
    """Read the file at `path`; its stem is the routine's id."""
    try:
        data = read_regular(path, most_bytes=MOST_BYTES)
    except BadData as error:
        return Reading(None, error.problems)
    folder = str(path.parent / path.stem)
    return parse_routine(data, routine_id=composed(path.stem), where=str(path), folder=folder)


def parse_routine(data: bytes, *, routine_id: str, where: str, folder: str = "") -> Reading:
    """Read the content of a routine file.

    Args:
        data: The file's bytes.
        routine_id: The id of the routine.
        where: The file's path for problems.
        folder: The routine's own folder, which is searched first for the pictures of its steps.
    """
    try:
        root = compose(data, where)
        _check_count(root, where)
    except BadData as error:
        return Reading(None, error.problems)
    findings = ProblemCollector(where)
    try:
        values = ROUTINE.read(root, "", findings)
    except WrongValueError as wrong:
        findings.note(wrong.node, "", "this is not a routine", "begin with name: … and steps:")
        return Reading(None, findings.problems)
    draft = Draft(**{"id": routine_id, "name": routine_id} | values)
    return Reading(_placed(draft, folder), findings.problems, findings.places)


def _check_count(root: Node, where: str) -> None:
    if not isinstance(root, MappingNode):
        return
    for key, value in root.value:
        if not isinstance(value, SequenceNode) or key.value != "steps":
            continue
        if len(value.value) > MOST_STEPS:
            at = position(value.value[MOST_STEPS])
            text = f"more than {MOST_STEPS:,} steps"
            raise BadData(
                [Problem(where=where, line=at.line, column=at.column, field="steps", text=text)]
            )


def _placed(draft: Draft, folder: str) -> Draft:
    """Return `draft` with the folder on each step that has a picture."""
    steps = (
        replace(line, folder=folder) if isinstance(line, Step) and line.picture else line
        for line in draft.steps
    )
    return replace(draft, steps=tuple(steps))
