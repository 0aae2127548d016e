"""`legato check`: every problem of routine files, one a line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato import bootstrap
from legato.domain.problems import Problem

if TYPE_CHECKING:
    import argparse

    from legato.domain.ports import PictureData

ROOM_PIXELS = 64
"""A picture is tried small: whether it can be decoded does not depend on its size on the screen."""


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="a file, or a folder with all that is in it"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the problems on stdout and a summary on stderr; 1 if there is a problem."""
    library = bootstrap.open_library(bootstrap.open_paths(arguments.data_dir))
    files = bad = 0
    paths = [Path(word) for word in arguments.paths]
    for _path, problems in library.check(paths, picture_fault=_picture_fault):
        files += 1
        bad += bool(problems)
        for problem in problems:
            print(problem)
    print(_summary(files, bad), file=sys.stderr)
    return 1 if bad else 0


def _picture_fault(picture: PictureData) -> str:
    """Return why a raster picture cannot be drawn, or an empty string.

    Where Qt's libraries are missing it cannot be tried, and is taken as it is.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtCore import QSize  # noqa: PLC0415 - only for raster pictures

        from legato.ui.pictures import still_picture  # noqa: PLC0415 - likewise
    except ImportError:
        return ""
    drawn = still_picture("", picture, QSize(ROOM_PIXELS, ROOM_PIXELS))
    return drawn.text if isinstance(drawn, Problem) else ""


def _summary(files: int, bad: int) -> str:
    counted = "1 file" if files == 1 else f"{files} files"
    if not files:
        return "legato: no routine files there"
    return f"legato: {counted}, {f'{bad} with problems' if bad else 'no problems'}"
