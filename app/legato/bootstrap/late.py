"""Stores that are opened when they are first asked, so that the first frame need not wait."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from legato.domain.figure import Figure
    from legato.domain.ports import Figures, PictureData, Pictures
    from legato.domain.problems import Problem


class LateFigures:
    """The drawn moves in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _figures(self) -> Figures:
        from legato.storage.figure_files import FigureFolder  # noqa: PLC0415 - see the module

        return FigureFolder(self._folder)

    def names(self) -> Sequence[str]:
        """All names in order."""
        return self._figures.names()

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """The figure of that name, one in a routine's own `folder` first, or None."""
        return self._figures.figure(name, folder)


class LatePictures:
    """The user's own images."""

    @cached_property
    def _pictures(self) -> Pictures:
        from legato.storage.pictures import PictureFiles  # noqa: PLC0415 - see the module

        return PictureFiles()

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """The image `name` of a routine's folder, or why it cannot be shown."""
        return self._pictures.picture(folder, name)
