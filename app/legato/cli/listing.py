"""`legato list`: the library, or what of it eases a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legato import bootstrap
from legato.cli.output import print_json
from legato.cli.timeline import clock
from legato.domain.body import fit, fit_order
from legato.domain.routine import Place

if TYPE_CHECKING:
    import argparse

    from legato.storage.entry import Entry


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--place",
        metavar="PLACE",
        choices=[place.value for place in Place],
        help="only what eases this place, the best fit first: "
        + ", ".join(place.value for place in Place),
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the library's routines, whole ones before single moves."""
    library = bootstrap.open_library(bootstrap.open_paths(arguments.data_dir))
    entries = sorted(library.entries(), key=lambda entry: (entry.is_move, entry.name.casefold()))
    if arguments.place:
        place = Place(arguments.place)
        fitting = [entry for entry in entries if fit(eases(entry), [place])]
        entries = sorted(
            fitting, key=lambda entry: (entry.is_move, *fit_order(eases(entry), [place]))
        )
    if arguments.json:
        print_json([as_json(entry) for entry in entries])
    else:
        print("\n".join(_row(entry) for entry in entries))
    return 0


def eases(entry: Entry) -> tuple[Place, ...]:
    """Return the places that a routine is for, as far as its file can be read."""
    return entry.draft.eases if entry.draft else ()


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values; `seconds` is None where the routine cannot run."""
    return {
        "id": entry.id,
        "name": entry.name,
        "about": entry.draft.about if entry.draft else "",
        "seconds": round(entry.routine.seconds, 3) if entry.routine else None,
        "eases": [place.value for place in eases(entry)],
        "path": str(entry.path),
        "own": entry.own,
        "problems": [
            {
                "line": problem.line,
                "column": problem.column,
                "field": problem.field,
                "text": problem.text,
                "hint": problem.hint,
            }
            for problem in entry.problems
        ],
    }


def _row(entry: Entry) -> str:
    length = clock(entry.routine.seconds) if entry.routine else "-"
    faults = len(entry.problems)
    note = f"  ({faults} problem{'s' if faults > 1 else ''}: legato check)" if faults else ""
    own = "  (yours)" if entry.own else ""
    return f"{entry.id:<22} {length:>6}  {entry.name}{own}{note}"
