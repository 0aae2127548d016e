"""Builds the argument parser; a command is imported only when it is named."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

from legato import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE_ENDING = ".legato"

_COMMANDS = {
    "start": ("window", "fill_start", "go straight into a session"),
    "cramp": ("window", "fill_cramp", "go straight into help with a cramp"),
    "check": ("check", "fill_check", "report what is wrong with routine files"),
    "list": ("routines", "fill_list", "list the routines"),
    "timeline": ("routines", "fill_timeline", "print what would run, second by second"),
    "plan": ("plan", "fill", "make a routine for where it hurts"),
    "figure": ("figure", "fill", "write a figure as a picture"),
    "import": ("import_", "fill", "bring in routines from a .legato or .yaml file"),
    "schema": ("check", "fill_schema", "print the JSON Schema of a routine file"),
}
"""Module, function and help of each command. Only the named one is imported: that keeps the start of
the window fast, and commands that only read files free of Qt."""


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for `words`, with the arguments of the command named in it."""
    parser = argparse.ArgumentParser(
        prog="legato",
        description="A guided stretch timer for legs that ache, burn or cramp at night.",
        epilog="Without a command Legato opens its window; with the name of a .legato file it shows "
        "there what is in it.",
    )
    parser.add_argument("--version", action="version", version=f"legato {__version__}")
    _add_options(parser, default=None)
    if any(map(is_share_file, words)) and _COMMANDS.keys().isdisjoint(words):
        import_module("legato.cli.window").fill_open(parser)
        return parser
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, (module, fill, about) in _COMMANDS.items():
        command = commands.add_parser(name, help=about, description=f"{about.capitalize()}.")
        if name in words:
            getattr(import_module(f"legato.cli.{module}"), fill)(command)
        # Suppressed, so that an option before the command is not overwritten by its default.
        _add_options(command, default=argparse.SUPPRESS)
    parser.set_defaults(run=_open_window)
    return parser


def is_share_file(word: str) -> bool:
    """Return whether a word names a `.legato` file, as a double click passes it."""
    return word.casefold().endswith(SHARE_ENDING)


def _open_window(arguments: argparse.Namespace) -> int:
    from legato.cli import window  # noqa: PLC0415 - most commands need none

    return window.run_app(arguments)


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
