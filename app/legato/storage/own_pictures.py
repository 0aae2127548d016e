"""The pictures and drawn poses of the user's routines: always copied into `routines/ID/`."""

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
"""Pixels: more than a picture has on the session page of a large screen."""
LONGEST_STEM = 60
_KNOWN = f"it may be {', '.join(PICTURE_ENDINGS)}"
_ENDING_OF = {"jpeg": "jpg"}


class OwnPictureFolder:
    """Copies what a person brings; nothing is ever linked, and nothing overwritten.

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
        """Keep an image that is no file, from the clipboard, say; `name` is how to call it."""
        try:
            return self._add(routine_id, data, name)
        except BadData as error:
            return error.problems[0]

    def save_figure(self, routine_id: str, figure: Figure) -> AddedPicture | Problem:
        """Write a drawn move under its own name, in the place of the one of that name.

        It is written once it reads back as it is, to a tenth of a thousandth of a height.
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
        """Return a name for a new figure that nothing has yet, made of `wanted`."""
        taken = set(FigureFolder(self._own_dir / routine_id).names())
        stem = id_for(wanted)
        return next(name for name in _numbered(stem) if name not in taken)

    def figure(self, folder: str, name: str) -> Figure | None:
        """Return the figure `name` of a routine's own folder, or None."""
        return own_figures(Path(folder)).figure(name) if folder else None

    def take_away(self, routine_id: str, pictures: Collection[str]) -> None:
        """Take pictures and figures, as steps name them, out of the routine's folder.

        What cannot be taken away is harmless, and so is a folder that holds something else.
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
        # A drawing is kept as it was drawn, with its layers and notes.
        write_atomic(folder / target, data if picture is found else picture.data)
        return AddedPicture(picture=target, folder=str(folder), note=note)

    def _fitted(self, picture: PictureData, name: str) -> tuple[PictureData, str]:
        """Return a picture small enough, and what was done to it; raises BadData."""
        fitted = self._scaler.shrunk(picture, LONGEST_EDGE)
        if isinstance(fitted, Problem):
            raise BadData([replace(fitted, where=name)])
        if len(fitted.data) > MOST_PICTURE_BYTES:
            raise refusal(name, f"the picture is larger than {size(MOST_PICTURE_BYTES)}")
        if fitted is picture:
            return picture, ""
        return fitted, f"The picture was made smaller, to {LONGEST_EDGE} pixels at most."

    def _free(self, folder: Path, stem: str, ending: str) -> str:
        """Return a name that no file of the folder has, on a system that ignores case too."""
        try:
            taken = {path.name.casefold() for path in folder.iterdir()}
        except OSError:
            taken = set()
        names = (f"{one}.{ending}" for one in _numbered(stem))
        return next(name for name in names if name.casefold() not in taken)


def _stem(name: str) -> str:
    """Return what is left of a file's name that any system and any routine file can hold."""
    stem = Path(name.replace("\\", "/")).stem
    clean = re.sub(r"[^\w .()-]+", "-", stem).strip(" .-")
    return clean[:LONGEST_STEM].strip(" .-") or "picture"


def _numbered(stem: str) -> Iterator[str]:
    """Give `stem`, `stem-2`, `stem-3` and so on."""
    return (stem if number == 1 else f"{stem}-{number}" for number in count(1))
