"""Brings the pictures of steps into the folder of the routine that they now belong to."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.problems import BadData
from legato.domain.routine import Step
from legato.storage.atomic import write_atomic
from legato.storage.figure_files import MOST_BYTES as MOST_FIGURE_BYTES
from legato.storage.figure_files import own_figures
from legato.storage.picture_kind import FIGURE
from legato.storage.pictures import MOST_PICTURE_BYTES, read_picture_file
from legato.storage.regular_file import read_regular

if TYPE_CHECKING:
    from legato.domain.draft import Draft


def own_picture(step: Step) -> tuple[str, bytes] | None:
    """Return what `step` shows, if that is a file of the user's: its path in a folder, its bytes.

    Figures that ship are no part of a routine; what is missing or not to be shown is None too.
    """
    if not step.picture or not step.folder:
        return None
    folder = Path(step.folder)
    try:
        if not step.picture.startswith(FIGURE):
            return step.picture, read_picture_file(folder, step.picture)
        name = step.picture.removeprefix(FIGURE)
        if own_figures(folder).has(name):
            file = f"{name}.yaml"
            return file, read_regular(folder / file, most_bytes=MOST_FIGURE_BYTES)
    except BadData:
        pass
    return None


def own_pictures(draft: Draft) -> dict[str, bytes]:
    """Return all files of the user's that the steps of `draft` show, by path in their folder."""
    steps = (line for line in draft.steps if isinstance(line, Step))
    return dict(found for step in steps if (found := own_picture(step)))


def adopted(draft: Draft, folder: Path) -> Draft:
    """Copy what the steps of `draft` show from elsewhere into `folder`.

    Steps that were pasted from another routine, or whose routine is a copy, bring their pictures.
    Nothing is overwritten: another picture of the same name is kept under a new one.

    Returns:
        The routine, its pictures looked up in `folder`.

    Raises:
        BadData: A picture cannot be written.
    """
    steps = (_adopted(line, folder) if isinstance(line, Step) else line for line in draft.steps)
    return replace(draft, steps=tuple(steps))


def _adopted(step: Step, folder: Path) -> Step:
    if not step.picture or step.folder == str(folder):
        return step
    found = own_picture(step)
    if found is None:
        return replace(step, folder=str(folder))
    file, data = found
    name = _kept(folder, Path(file), data)
    picture = f"{FIGURE}{Path(name).stem}" if step.picture.startswith(FIGURE) else name
    return replace(step, picture=picture, folder=str(folder))


def _kept(folder: Path, file: Path, data: bytes) -> str:
    """Write `data` into `folder` as `file`, or under the next name that is free; return it."""
    for number in count(1):
        stem = file.stem if number == 1 else f"{file.stem}-{number}"
        name = file.with_name(stem + file.suffix).as_posix()
        path = folder / name
        if not os.path.lexists(path):
            write_atomic(path, data)
            return name
        if read_regular(path, most_bytes=MOST_PICTURE_BYTES) == data:
            return name
    raise AssertionError("numbers do not end")
