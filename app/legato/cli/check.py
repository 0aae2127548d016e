"""`legato check` and `legato schema`: the problems of routine files, and their JSON Schema."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from legato.bootstrap import stores
from legato.cli.output import in_one_row, print_json
from legato.domain.problems import Problem

if TYPE_CHECKING:
    import argparse

    from legato.devices.picture_process import ImageProcess
    from legato.domain.ports import PictureData


def fill_check(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="a file, or a folder with all that is in it"
    )
    parser.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Print the problems on stdout and a summary on stderr; 1 if there is a problem."""
    library = stores.open_library(stores.open_paths(arguments.data_dir))
    child = stores.open_picture_child()
    files = bad = 0
    paths = [Path(word) for word in arguments.paths]
    for _path, problems in library.check(paths, picture_fault=partial(_fault, child)):
        files += 1
        bad += bool(problems)
        for problem in problems:
            print(in_one_row(str(problem)))
    child.close()
    print(_summary(files, bad), file=sys.stderr)
    return 1 if bad else 0


def _fault(child: ImageProcess, picture: PictureData) -> Problem | None:
    """Return why a picture is not shown, or None.

    Without Qt's libraries pictures cannot be opened and are accepted.
    """
    opened = child.open(picture)
    return opened if isinstance(opened, Problem) and child.can_draw else None


def _summary(files: int, bad: int) -> str:
    counted = "1 file" if files == 1 else f"{files} files"
    if not files:
        return "legato: no routine files there"
    return f"legato: {counted}, {f'{bad} with problems' if bad else 'no problems'}"


def fill_schema(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.set_defaults(run=run_schema)


def run_schema(_arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from legato.storage.routine_format import routine_schema  # noqa: PLC0415 - only here

    print_json(routine_schema())
    return 0
