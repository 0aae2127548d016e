"""Stores that are opened when they are first asked, so that the first frame need not wait."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from legato.bootstrap import open_picture_child

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from legato.devices.picture_child import PictureChild
    from legato.devices.picture_opening import PictureOpening
    from legato.domain.figure import Figure
    from legato.domain.ports import Figures, OpenedPicture
    from legato.domain.problems import Problem

T = TypeVar("T")


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
    """The user's own images, and the child process that opens them."""

    def __init__(self) -> None:
        self._opening: PictureOpening | None = None

    @cached_property
    def child(self) -> PictureChild:
        """The child that opens images; it is started for the first one."""
        return open_picture_child()

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the image `name` of a routine's folder; `then` gets it later."""
        self._opened().open(folder, name, then)

    def do(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do what needs the child and may wait for it; `then` gets what came of it, later."""
        self._opened().do(job, then)

    def close(self) -> None:
        """Let the child go."""
        if self._opening is not None:
            self._opening.close()

    def _opened(self) -> PictureOpening:
        if self._opening is None:
            from legato.devices.picture_opening import PictureOpening  # noqa: PLC0415 - see above
            from legato.storage.pictures import PictureFiles  # noqa: PLC0415 - likewise

            self._opening = PictureOpening(PictureFiles(), self.child)
        return self._opening
