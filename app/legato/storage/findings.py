"""Collects what is wrong in one file, and where each of its fields stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.problems import Problem, did_you_mean
from legato.storage.yaml_nodes import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yaml.nodes import Node

    from legato.storage.yaml_nodes import Position

MOST_PROBLEMS = 100


class Findings:
    """The problems and the places of one file.

    Attributes:
        where: The file's path, for the problems.
        places: Where each field's value begins, by dotted path (`steps[2].hold`).
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.places: dict[str, Position] = {}
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, in the order of the file."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column)))

    def note(self, node: Node, field: str, text: str, hint: str = "") -> None:
        """Remember that `field`, which `node` holds, is wrong."""
        at = position(node)
        self._problems.append(
            Problem(
                where=self.where,
                line=at.line,
                column=at.column,
                field=field,
                text=text,
                hint=hint,
            )
        )

    def guess(self, word: str, known: Iterable[str]) -> str:
        """Return `did you mean NAME?`, or nothing; guesses for the first hundred problems only."""
        return did_you_mean(word, known) if len(self._problems) < MOST_PROBLEMS else ""


def capped(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return at most a hundred problems, and one that counts the rest."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    rest = problems[MOST_PROBLEMS]
    more = Problem(
        where=rest.where,
        line=rest.line,
        column=rest.column,
        text=f"and {len(problems) - MOST_PROBLEMS:,} more",
    )
    return (*problems[:MOST_PROBLEMS], more)
