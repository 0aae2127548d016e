"""Opens the user's files and what ships, for the command line and the window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from legato import resources
from legato.storage.paths import Paths, find_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from legato.devices.picture_loader import ImageLoader
    from legato.devices.picture_process import ImageProcess
    from legato.domain.figure.model import Figure
    from legato.domain.history import History
    from legato.domain.ports import Figures, OpenedPicture, RecordStore
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine, Side, VoiceLevel
    from legato.storage.library import Library
    from legato.storage.share import RoutineSharing

PICTURE_PROGRAM = "legato.cli.picture_worker"
"""The module that runs as the child in which pictures are opened."""


class Start(NamedTuple):
    """A session to go straight into.

    Attributes:
        word: The routine's id or path, as it was asked for.
        routine: What runs.
        side: The side asked for, or None for as written.
        level: The voice level asked for, or None for the routine's or the user's.
    """

    word: str
    routine: Routine
    side: Side | None = None
    level: VoiceLevel | None = None


class Options(NamedTuple):
    """What the command line says of one run; None leaves it to the settings.

    Attributes:
        data_dir: The user's data folder.
        theme: `night` or `day`.
        motion: Whether pictures move.
        start: A session to begin with.
        cramp: Whether to begin with help for a cramp.
        bring: The path of a file to look into, which somebody gave; empty for none.
    """

    data_dir: str | None = None
    theme: str | None = None
    motion: bool | None = None
    start: Start | None = None
    cramp: bool = False
    bring: str = ""


def open_paths(data_dir: str | None) -> Paths:
    """Return where the user's files are."""
    return find_paths(data_dir)


def open_history(paths: Paths) -> RecordStore[History]:
    """Return the history file."""
    from legato.storage.history_file import HistoryFile  # noqa: PLC0415 - not for the first frame

    return HistoryFile(paths)


def open_library(paths: Paths) -> Library:
    """Return all routines, those that ship and the user's."""
    from legato.storage.library import Library  # noqa: PLC0415 - the first frame does without

    bundled = resources.find_bundled()
    return Library(bundled.routines, paths.routines, bundled.assets)


def open_sharing(paths: Paths) -> RoutineSharing:
    """Return what brings routines in and gives them away."""
    from legato.storage.routine_files import RoutinePaths  # noqa: PLC0415 - not for every start
    from legato.storage.share import RoutineSharing  # noqa: PLC0415 - likewise

    shelf = RoutinePaths(paths.routines, resources.find_bundled().routines)
    return RoutineSharing(shelf, paths.schema)


def open_picture_child() -> ImageProcess:
    """Return what opens people's own pictures; nothing is started before the first."""
    from legato.devices.own_python import own_python  # noqa: PLC0415 - not for every start
    from legato.devices.picture_process import ImageProcess  # noqa: PLC0415

    return ImageProcess((*own_python(), "-m", PICTURE_PROGRAM))


T = TypeVar("T")


class LazyFigures:
    """The drawn moves in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _figures(self) -> Figures:
        from legato.storage.figures import FigureFolder  # noqa: PLC0415 - see the module

        return FigureFolder(self._folder)

    def names(self) -> Sequence[str]:
        """All names in order."""
        return self._figures.names()

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """The figure of that name, one in a routine's own `folder` first, or None."""
        return self._figures.figure(name, folder)


class LazyPictures:
    """The user's own images, and the child process that opens them."""

    def __init__(self) -> None:
        self._opening: ImageLoader | None = None

    @cached_property
    def child(self) -> ImageProcess:
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

    def _opened(self) -> ImageLoader:
        if self._opening is None:
            from legato.devices.picture_loader import ImageLoader  # noqa: PLC0415 - see above
            from legato.storage.pictures import PictureFiles  # noqa: PLC0415 - likewise

            self._opening = ImageLoader(PictureFiles(), self.child)
        return self._opening
