"""`legato timeline`: what would run, from a routine's own words alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from legato.cli.output import print_json
from legato.cli.routines import add_routine, add_side, chosen_side, open_routine
from legato.domain.ports import Cue
from legato.domain.sides import on_side
from legato.domain.timeline import lay_out

if TYPE_CHECKING:
    import argparse

    from legato.domain.timeline import Segment, Timeline


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_routine(parser)
    add_side(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the timeline of a routine."""
    routine = open_routine(arguments).routine
    timeline = lay_out(on_side(routine, chosen_side(arguments)))
    if arguments.json:
        print_json(as_json(timeline))
    else:
        print("\n".join(as_text(timeline)))
    return 0


def as_json(timeline: Timeline) -> dict[str, Any]:
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
            }
            for start, segment in zip(timeline.starts, timeline.segments, strict=False)
        ],
        "cues": [
            {"at": _number(mark.at), "cue": mark.cue.value, "text": mark.text}
            for mark in timeline.cues()
        ],
    }


def as_text(timeline: Timeline) -> list[str]:
    """Return the timeline as lines for a person."""
    routine = timeline.routine
    lines = [f"{routine.name}, {clock(timeline.seconds)}"]
    for start, segment in zip(timeline.starts, timeline.segments, strict=False):
        lines.append(_row(start, segment))
        lines += (
            f"           {clock(start + mark.at):>6}  {_called(mark.cue)}{mark.text}"
            for mark in segment.marks
        )
    return lines


def clock(seconds: float) -> str:
    """Return `M:SS` for seconds, rounded to the nearest."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _called(cue: Cue) -> str:
    return "" if cue is Cue.LINE else f"({cue.value}) "


def _row(start: float, segment: Segment) -> str:
    length = "open" if segment.seconds is None else clock(segment.seconds)
    return (
        f"{clock(start):>6} {length:>6}  {segment.phase.value:<8}"
        f"{segment.side.value:<6} {segment.step.title}"
    )


def _number(seconds: float) -> float | int:
    """Return whole seconds as an int, others rounded to the microsecond."""
    rounded = round(seconds, 6)
    return int(rounded) if math.floor(rounded) == rounded else rounded
