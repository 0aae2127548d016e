"""`legato plan`: makes a routine for painful places."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from legato.bootstrap import stores
from legato.cli import routines as timelines
from legato.cli.output import fail, print_json
from legato.controllers import content
from legato.domain.doors import Strain, strain
from legato.domain.plan import (
    LONGEST_WISH_MINUTES,
    FeelingName,
    PlanRequest,
    as_draft,
    make_plan,
    merged,
)
from legato.domain.problems import did_you_mean
from legato.domain.routine import Place, Side
from legato.domain.timeline import lay_out

if TYPE_CHECKING:
    from legato.domain.plan import PainfulPlace, Plan


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--place",
        metavar="PLACE[:SIDE]",
        action="append",
        required=True,
        type=sore,
        help="where it hurts, the sorest first; SIDE is left, right or both: "
        + ", ".join(place.value for place in Place),
    )
    parser.add_argument(
        "--feeling", choices=[name.value for name in FeelingName], help="how it feels"
    )
    parser.add_argument("--minutes", type=minutes, metavar="N", help="how much time there is")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, with a reason for each step")
    form.add_argument("--yaml", action="store_true", help="as a routine file")
    parser.set_defaults(run=run)


def sore(word: str) -> PainfulPlace:
    """Return the place and side that `PLACE[:SIDE]` spells; raises ArgumentTypeError."""
    name, colon, side = word.partition(":")
    places = [place.value for place in Place]
    if name not in places:
        hint = did_you_mean(name, places) or f"one of {', '.join(places)}"
        raise argparse.ArgumentTypeError(f"there is no place {name!r} ({hint})")
    sides = [one.value for one in Side]
    if colon and side not in sides:
        hint = did_you_mean(side, sides) or f"one of {', '.join(sides)}"
        raise argparse.ArgumentTypeError(f"there is no side {side!r} ({hint})")
    return Place(name), Side(side) if colon else Side.BOTH


def minutes(word: str) -> float:
    """Return a number of minutes above 0; raises ArgumentTypeError."""
    try:
        number = float(word)
    except ValueError:
        number = 0.0
    if not 0.0 < number <= LONGEST_WISH_MINUTES:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number of minutes")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Print the plan; the question about a clot goes to stderr."""
    library = stores.open_library(stores.open_paths(arguments.data_dir))
    body = content.open_body_map(library)
    request = PlanRequest(
        sore=merged(tuple(arguments.place)),
        feeling=FeelingName(arguments.feeling) if arguments.feeling else None,
        minutes=arguments.minutes,
    )
    plan = make_plan(body, request)
    if plan is None:
        return fail("there is nothing that suits these places and this feeling")
    if strain(plan.routine) is not Strain.NONE:
        question = content.open_care().calf_question
        print(question.ask, question.detail, file=sys.stderr)
        print("If so:", question.emergency, question.reply_yes, file=sys.stderr)
    if arguments.yaml:
        from legato.storage.routine_text import routine_text  # noqa: PLC0415 - only here

        print(routine_text(as_draft(plan, body)), end="")
    elif arguments.json:
        print_json(as_json(plan))
    else:
        print("\n".join(as_text(plan)))
    return 0


def as_json(plan: Plan) -> dict[str, object]:
    """Return the plan's timeline, the reason for each step and the care lines."""
    why = [{"step": number, "text": text} for number, text in enumerate(plan.why)]
    return {
        **timelines.timeline_as_json(lay_out(plan.routine)),
        "why": why,
        "care": list(plan.care),
    }


def as_text(plan: Plan) -> list[str]:
    """Return the plan as lines for a person."""
    routine = plan.routine
    lines = [f"{routine.name}, {timelines.rounded_clock(routine.seconds)}"]
    for step, why in zip(routine.steps, plan.why, strict=True):
        lines.append(
            f"{timelines.rounded_clock(step.seconds):>6}  {step.title}, {_sides(step.sides)}"
        )
        lines.append(f"        {why}")
    return [*lines, *plan.care]


def _sides(sides: str) -> str:
    return {"each": "each leg", "both": "both legs"}.get(sides, f"{sides} leg")
