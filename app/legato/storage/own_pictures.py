"""Copies pictures and drawn poses into the folders of the user's routines (`routines/ID/`)."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.documents import AddedPicture
from legato.domain.problems import MOST_SOURCE_BYTES, BadData, Problem
from legato.domain.routine import FIGURE_PREFIX
from legato.storage.atomic import write_atomic
from legato.storage.figures import FigureFolder, figure_text, own_figures, parse_figure, rounded
from legato.storage.pictures import MOST_PICTURE_BYTES, gated
from legato.storage.routine_files import id_for
from legato.storage.routine_format import PICTURE_ENDINGS
from legato.storage.safe_read import read_regular, refusal, size

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from legato.domain.figure.model import Figure
    from legato.domain.ports import PictureData, PictureScaler

LONGEST_EDGE = 1600
"""In pixels: more than the session page of a large screen shows."""
LONGEST_STEM = 60
_KNOWN = f"it may be {', '.join(PICTURE_ENDINGS)}"
_ENDING_OF = {"jpeg": "jpg"}


class OwnPictureFolder:
    """Copies pictures that the user adds; nothing is linked or overwritten.

    Args:
        own_dir: The user's routines, with a folder for each one's own pictures.
        scaler: Makes large pictures smaller, and says which are not shown.
    """

    def __init__(self, own_dir: Path, scaler: PictureScaler) -> None:
        self._own_dir = own_dir
        self._scaler = scaler

    def add_picture(self, routine_id: str, source: Path) -> AddedPicture | Problem:
        """Copy the image at `source` into the routine's folder."""
        try:
            data = read_regular(source, most_bytes=MOST_SOURCE_BYTES)
            return self._add(routine_id, data, source.name)
        except BadData as error:
            return error.problems[0]

    def add_image(self, routine_id: str, data: bytes, name: str) -> AddedPicture | Problem:
        """Copy an image that is no file, such as one from the clipboard, under `name`."""
        try:
            return self._add(routine_id, data, name)
        except BadData as error:
            return error.problems[0]

    def save_figure(self, routine_id: str, figure: Figure) -> AddedPicture | Problem:
        """Write a figure under its own name, replacing the one of that name.

        It is only written if it reads back the same, to 0.0001 of a height.
        """
        folder = self._own_dir / routine_id
        path = folder / f"{figure.name}.yaml"
        wanted = rounded(figure)
        try:
            data = figure_text(wanted).encode()
            if parse_figure(figure.name, data, str(path)) != wanted:
                raise refusal(path, "this pose cannot be written", "move the joints a little")
            write_atomic(path, data)
        except BadData as error:
            return error.problems[0]
        return AddedPicture(picture=f"{FIGURE_PREFIX}{figure.name}", folder=str(folder))

    def free_figure_name(self, routine_id: str, wanted: str) -> str:
        """Return a free name for a new figure, derived from `wanted`."""
        taken = set(FigureFolder(self._own_dir / routine_id).names())
        stem = id_for(wanted)
        return next(name for name in _numbered(stem) if name not in taken)

    def figure(self, folder: str, name: str) -> Figure | None:
        """Return the figure `name` of a routine's own folder, or None."""
        return own_figures(Path(folder)).figure(name) if folder else None

    def remove(self, routine_id: str, pictures: Collection[str]) -> None:
        """Delete pictures and figures, named as in steps, from the routine's folder.

        Files that cannot be deleted are harmless; so is a folder that holds other files.
        """
        folder = self._own_dir / routine_id
        for picture in pictures:
            is_figure = picture.startswith(FIGURE_PREFIX)
            file = f"{picture.removeprefix(FIGURE_PREFIX)}.yaml" if is_figure else picture
            with contextlib.suppress(OSError):
                (folder / file).unlink()
        with contextlib.suppress(OSError):
            folder.rmdir()

    def _add(self, routine_id: str, data: bytes, name: str) -> AddedPicture:
        found = gated(data, name)
        if found is None:
            raise refusal(name, "the file is no picture of a known kind", _KNOWN)
        picture, note = self._fitted(found, name)
        folder = self._own_dir / routine_id
        ending = _ENDING_OF.get(picture.kind, picture.kind)
        target = self._free(folder, _stem(name), ending)
        # Keep the original of a drawing, with its layers and notes.
        write_atomic(folder / target, data if picture is found else picture.data)
        return AddedPicture(picture=target, folder=str(folder), note=note)

    def _fitted(self, picture: PictureData, name: str) -> tuple[PictureData, str]:
        """Return a picture that is small enough, and a note on the change; raise BadData on failure."""
        fitted = self._scaler.shrunk(picture, LONGEST_EDGE)
        if isinstance(fitted, Problem):
            raise BadData([replace(fitted, where=name)])
        if len(fitted.data) > MOST_PICTURE_BYTES:
            raise refusal(name, f"the picture is larger than {size(MOST_PICTURE_BYTES)}")
        if fitted is picture:
            return picture, ""
        return fitted, f"The picture was made smaller, to {LONGEST_EDGE} pixels at most."

    def _free(self, folder: Path, stem: str, ending: str) -> str:
        """Return a name that is free in the folder, even where names ignore case."""
        try:
            taken = {path.name.casefold() for path in folder.iterdir()}
        except OSError:
            taken = set()
        names = (f"{one}.{ending}" for one in _numbered(stem))
        return next(name for name in names if name.casefold() not in taken)


def _stem(name: str) -> str:
    """Return the stem of a file name, reduced to characters that every system allows."""
    stem = Path(name.replace("\\", "/")).stem
    clean = re.sub(r"[^\w .()-]+", "-", stem).strip(" .-")
    return clean[:LONGEST_STEM].strip(" .-") or "picture"


def _numbered(stem: str) -> Iterator[str]:
    """Yield `stem`, `stem-2`, `stem-3` and so on."""
    return (stem if number == 1 else f"{stem}-{number}" for number in count(1))
