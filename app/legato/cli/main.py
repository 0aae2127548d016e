"""Arguments to a command and its exit code: 0 done, 1 a problem, 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from legato import __version__
from legato.cli import check, figure, listing, plan, schema, timeline, window
from legato.cli.output import fail
from legato.domain.problems import BadData

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell reports for a program that the user ended with Ctrl+C."""

_COMMANDS = (window, check, listing, timeline, plan, figure, schema)


def run(words: Sequence[str]) -> int:
    """Carry out the command in `words` and return its exit code."""
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments))
    except BadData as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep Python from complaining at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="legato",
        description="A guided stretch timer for legs that ache, burn or cramp at night.",
        epilog="Without a command Legato opens its window.",
    )
    parser.add_argument("--version", action="version", version=f"legato {__version__}")
    _add_options(parser, default=None)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for command in _COMMANDS:
        command.add_parser(commands)
    for sub in commands.choices.values():
        # Suppressed, so that a command without the option keeps what stood before it.
        _add_options(sub, default=argparse.SUPPRESS)
    parser.set_defaults(run=window.run_app)
    return parser


def _add_options(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        default=default,
        help="keep routines, settings and all else here (or set LEGATO_DATA_DIR)",
    )
    parser.add_argument(
        "--theme", choices=("night", "day"), default=default, help="the look of this run"
    )
    parser.add_argument(
        "--motion", choices=("on", "off"), default=default, help="whether pictures move in this run"
    )
