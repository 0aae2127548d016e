"""`legato schema`: the JSON Schema of a routine file, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.cli.output import print_json

if TYPE_CHECKING:
    import argparse


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from legato.storage.schema import routine_schema  # noqa: PLC0415 - only here

    print_json(routine_schema())
    return 0
