"""`legato check`: every problem of routine files, one a line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato import bootstrap

if TYPE_CHECKING:
    import argparse


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
    for _path, problems in library.check([Path(word) for word in arguments.paths]):
        files += 1
        bad += bool(problems)
        for problem in problems:
            print(problem)
    print(_summary(files, bad), file=sys.stderr)
    return 1 if bad else 0


def _summary(files: int, bad: int) -> str:
    counted = "1 file" if files == 1 else f"{files} files"
    if not files:
        return "legato: no routine files there"
    return f"legato: {counted}, {f'{bad} with problems' if bad else 'no problems'}"
