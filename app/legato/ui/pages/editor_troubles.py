"""Whose a problem of a routine is: a field of the routine, or one of a step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.domain.problems import Problem

_STEP_FIELD = re.compile(r"steps\[(\d+)\](?:\.(variants\.\w+|\w+))?")


@dataclass(frozen=True, slots=True)
class Troubles:
    """What is wrong, in words, by field.

    Attributes:
        of_routine: By the routine's fields.
        of_steps: By the steps' indexes, then by their fields; the step as a whole is "".
    """

    of_routine: dict[str, str] = field(default_factory=dict)
    of_steps: dict[int, dict[str, str]] = field(default_factory=dict)


def troubles_of(problems: Iterable[Problem]) -> Troubles:
    """Return the words of `problems`, each beside its field."""
    troubles = Troubles()
    for problem in problems:
        place = step_place(problem)
        if place is None:
            troubles.of_routine[problem.field] = problem.text
        else:
            troubles.of_steps.setdefault(place[0], {})[place[1]] = problem.text
    return troubles


def step_place(problem: Problem) -> tuple[int, str] | None:
    """Return the step and the field that a problem is about; None for the routine's own."""
    found = _STEP_FIELD.match(problem.field)
    return (int(found[1]), found[2] or "") if found else None
