"""`legato start`: straight into a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato import bootstrap
from legato.cli.routines import add_routine, add_side, chosen_side, is_path, open_routine
from legato.cli.window import open_window, options
from legato.domain.routine import VoiceLevel

if TYPE_CHECKING:
    import argparse


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_routine(parser)
    add_side(parser)
    parser.add_argument(
        "--voice",
        metavar="LEVEL",
        choices=[level.value for level in VoiceLevel],
        help="how much is said: full, quiet, chime or silent",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the window in a session; a routine that cannot run is told before any window opens."""
    entry = open_routine(arguments)
    word = str(entry.path.absolute()) if is_path(arguments.routine) else entry.id
    level = VoiceLevel(arguments.voice) if arguments.voice else None
    start = bootstrap.Start(word, entry.routine, chosen_side(arguments), level)
    return open_window(options(arguments, start))
