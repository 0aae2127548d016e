"""The commands that open the window: none, `start` and `cramp`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato import bootstrap
from legato.cli.routines import add_routine, add_side, chosen_side, open_routine
from legato.domain.routine import VoiceLevel

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `start` and `cramp`."""
    start = commands.add_parser("start", help="go straight into a session")
    add_routine(start)
    add_side(start)
    start.add_argument(
        "--voice",
        metavar="LEVEL",
        choices=[level.value for level in VoiceLevel],
        help="how much is said: full, quiet, chime or silent",
    )
    start.set_defaults(run=run_start)
    cramp = commands.add_parser("cramp", help="go straight into help with a cramp")
    cramp.set_defaults(run=run_cramp)


def run_app(arguments: argparse.Namespace) -> int:
    """Open the window."""
    return bootstrap.run_window(_options(arguments))


def run_start(arguments: argparse.Namespace) -> int:
    """Open the window in a session; a routine that cannot run is told before any window opens."""
    routine = open_routine(arguments)
    level = VoiceLevel(arguments.voice) if arguments.voice else None
    start = bootstrap.Start(arguments.routine, routine, chosen_side(arguments), level)
    return bootstrap.run_window(_options(arguments, start))


def run_cramp(arguments: argparse.Namespace) -> int:
    """Open the window in cramp now."""
    return bootstrap.run_window(_options(arguments, cramp=True))


def _options(
    arguments: argparse.Namespace, start: bootstrap.Start | None = None, *, cramp: bool = False
) -> bootstrap.Options:
    return bootstrap.Options(
        data_dir=arguments.data_dir,
        theme=arguments.theme,
        motion=None if arguments.motion is None else arguments.motion == "on",
        start=start,
        cramp=cramp,
    )
