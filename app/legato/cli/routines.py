"""`legato list` and `legato timeline`, and the arguments that several commands share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legato.bootstrap import stores
from legato.cli.output import in_one_row, print_json
from legato.domain.cues import Cue
from legato.domain.durations import format_clock
from legato.domain.plan import match_order, match_score
from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.routine import Place, Side, on_side
from legato.domain.timeline import lay_out

if TYPE_CHECKING:
    import argparse

    from legato.domain.routine import Routine
    from legato.domain.timeline import Segment, Timeline
    from legato.storage.library import Library
    from legato.storage.sources import Entry


@dataclass(frozen=True, slots=True)
class RunnableEntry:
    """A routine that can run.

    Attributes:
        id: The stem of its file.
        path: The file.
        routine: The routine.
    """

    id: str
    path: Path
    routine: Routine


def add_routine(parser: argparse.ArgumentParser) -> None:
    """Add the ROUTINE argument."""
    parser.add_argument(
        "routine", metavar="ROUTINE", help="an id, or a path (it contains / or ends in .yaml)"
    )


def add_side(parser: argparse.ArgumentParser) -> None:
    """Add `--side`."""
    parser.add_argument(
        "--side",
        choices=[side.value for side in Side],
        help="run on one side only, or on each (both); otherwise as written",
    )


def chosen_side(arguments: argparse.Namespace) -> Side | None:
    """Return the side that `--side` names, or None."""
    return Side(arguments.side) if arguments.side else None


def is_path(word: str) -> bool:
    """Return whether ROUTINE names a file instead of an id."""
    return "/" in word or word.endswith((".yaml", ".yml"))


def open_routine(arguments: argparse.Namespace) -> RunnableEntry:
    """Return the entry that the arguments name.

    Raises:
        BadData: There is no such routine, or its file has problems.
    """
    library = stores.open_library(stores.open_paths(arguments.data_dir))
    entry = find_entry(library, arguments.routine)
    if entry.problems or entry.routine is None:
        raise BadData(entry.problems)
    return RunnableEntry(entry.id, entry.path, entry.routine)


def find_entry(library: Library, word: str) -> Entry:
    """Return the entry for ROUTINE.

    Raises:
        BadData: There is no routine of that id.
    """
    if is_path(word):
        return library.open_path(Path(word))
    entry = library.entry(word)
    if entry is None:
        known = [listed.id for listed in library.entries()]
        hint = did_you_mean(word, known) or "legato list shows all"
        raise BadData([Problem(where=word, text="there is no such routine", hint=hint)])
    return entry


def fill_timeline(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_routine(parser)
    add_side(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run_timeline)


def run_timeline(arguments: argparse.Namespace) -> int:
    """Print the timeline of a routine."""
    routine = open_routine(arguments).routine
    timeline = lay_out(on_side(routine, chosen_side(arguments)))
    if arguments.json:
        print_json(timeline_as_json(timeline))
    else:
        print("\n".join(as_text(timeline)))
    return 0


def timeline_as_json(timeline: Timeline) -> dict[str, Any]:
    """Return the timeline as plain values; times in seconds, an open hold's length None."""
    return {
        "routine": timeline.routine.id,
        "seconds": _number(timeline.seconds),
        "segments": [
            {
                "start": _number(start),
                "seconds": None if segment.seconds is None else _number(segment.seconds),
                "phase": segment.phase.value,
                "step": segment.step_index,
                "title": segment.step.title,
                "side": segment.side.value,
                **_counted(segment),
            }
            for start, segment in zip(timeline.starts, timeline.segments, strict=False)
        ],
        "cues": [
            {"at": _number(mark.at), "cue": mark.cue.value, "text": mark.text}
            for mark in timeline.cues()
        ],
    }


def _counted(segment: Segment) -> dict[str, Any]:
    """Return the repetitions of a counted hold and the seconds of one; without an end None."""
    if segment.count is None:
        return {}
    return {"count": segment.count or None, "every": _number(segment.step.every_seconds)}


def as_text(timeline: Timeline) -> list[str]:
    """Return the timeline as lines for a person."""
    routine = timeline.routine
    lines = [f"{routine.name}, {rounded_clock(timeline.seconds)}"]
    for start, segment in zip(timeline.starts, timeline.segments, strict=False):
        lines.append(_segment_row(start, segment))
        lines += (
            f"           {rounded_clock(start + mark.at):>6}  {_called(mark.cue)}{mark.text}"
            for mark in segment.marks
        )
    return lines


def rounded_clock(seconds: float) -> str:
    """Return `M:SS`, rounded to whole seconds."""
    return format_clock(round(seconds))


def _called(cue: Cue) -> str:
    return "" if cue is Cue.LINE else f"({cue.value}) "


def _segment_row(start: float, segment: Segment) -> str:
    length = "open" if segment.seconds is None else rounded_clock(segment.seconds)
    return (
        f"{rounded_clock(start):>6} {length:>6}  {segment.phase.value:<8}"
        f"{segment.side.value:<6} {segment.step.title}"
    )


def _number(seconds: float) -> float | int:
    """Return whole seconds as an int, others rounded to the microsecond."""
    rounded = round(seconds, 6)
    return int(rounded) if math.floor(rounded) == rounded else rounded


def fill_list(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--place",
        metavar="PLACE",
        choices=[place.value for place in Place],
        help="only what eases this place, the best fit first: "
        + ", ".join(place.value for place in Place),
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run_list)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the library's routines, whole ones before single moves."""
    library = stores.open_library(stores.open_paths(arguments.data_dir))
    entries = sorted(library.entries(), key=lambda entry: (entry.is_move, entry.name.casefold()))
    if arguments.place:
        place = Place(arguments.place)
        fitting = [entry for entry in entries if match_score(eases(entry), [place])]
        entries = sorted(
            fitting, key=lambda entry: (entry.is_move, *match_order(eases(entry), [place]))
        )
    if arguments.json:
        print_json([entry_as_json(entry) for entry in entries])
    else:
        print("\n".join(_entry_row(entry) for entry in entries))
    return 0


def eases(entry: Entry) -> tuple[Place, ...]:
    """Return the places that a routine is for, as far as its file can be read."""
    return entry.draft.eases if entry.draft else ()


def entry_as_json(entry: Entry) -> dict[str, Any]:
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


def _entry_row(entry: Entry) -> str:
    length = rounded_clock(entry.routine.seconds) if entry.routine else "-"
    faults = len(entry.problems)
    note = f"  ({faults} problem{'s' if faults > 1 else ''}: legato check)" if faults else ""
    own = "  (yours)" if entry.own else ""
    return in_one_row(f"{entry.id:<22} {length:>6}  {entry.name}{own}{note}")
