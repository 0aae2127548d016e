"""`legato import`: imports routines from a shared file without overwriting any."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato.bootstrap import stores
from legato.domain.documents import Part, PartState
from legato.domain.problems import BadData, Problem

if TYPE_CHECKING:
    import argparse

    from legato.domain.documents import Incoming

_WORDS = {
    PartState.NEW: "new",
    PartState.RENAMED: "new name",
    PartState.SAME: "skipped",
    PartState.REFUSED: "refused",
}


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="what somebody sent you: .legato or .yaml")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the file and print the result of each part; return 1 if a part was refused.

    Raises:
        BadData: The whole file is refused; nothing was written.
    """
    sharing = stores.open_sharing(stores.open_paths(arguments.data_dir))
    incoming = _checked(sharing.inspect(Path(arguments.file)))
    done = _checked(sharing.import_parts(incoming))
    for part in done.parts:
        print(_row(part))
    print(_summary(done), file=sys.stderr)
    return 1 if done.refused else 0


def _checked(result: Incoming | Problem) -> Incoming:
    if isinstance(result, Problem):
        raise BadData([result])
    return result


def _row(part: Part) -> str:
    title = f"{part.title} ({part.becomes})" if part.is_routine and part.becomes else part.title
    note = f": {part.note}" if part.note else ""
    return f"{_WORDS[part.state]:<9} {title}{note}"


def _summary(done: Incoming) -> str:
    imported = sum(
        part.is_routine and part.state in (PartState.NEW, PartState.RENAMED) for part in done.parts
    )
    routines = {0: "nothing new", 1: "1 routine"}.get(imported, f"{imported} routines")
    refused = f", {len(done.refused)} refused" if done.refused else ""
    return f"legato: {routines}{'' if not imported else ' brought in'}{refused}"
