"""`legato FILE.legato`: the window, with what somebody gave you to look at before it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legato.cli.output import fail
from legato.cli.window import open_window, options

if TYPE_CHECKING:
    import argparse


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument("file", metavar="FILE.legato", help="what somebody gave you")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the window, or go to the one that is open, and show what is in the file."""
    path = Path(arguments.file).absolute()
    if not path.is_file():
        return fail(f"there is no file {arguments.file}")
    return open_window(replace(options(arguments), bring=str(path)))
