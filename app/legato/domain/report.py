"""The text of a report: what a person can copy and send, and nothing that says who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.domain.fault import Fault

LOG_LINES = 40
"""Of the log, the last ones: they tell what went before."""

_TO_FILL_IN = ("What I did: ", "What I expected: ", "What happened instead: ")


@dataclass(frozen=True, slots=True)
class Met:
    """A fault, and how often it was met."""

    fault: Fault
    times: int = 1


def report(met: Sequence[Met], machine: Sequence[str], log: Sequence[str]) -> str:
    """Return the whole text.

    Args:
        met: What went wrong since the start, the first one first.
        machine: Versions and what was found on the machine, a line each.
        log: The log; its last lines are taken.
    """
    parts = [_TO_FILL_IN, machine]
    if met:
        parts.append([f"Errors: {errors(met)}", *(line for one in met for line in _told(one))])
    if log:
        parts.append(["The end of the log:", *log[-LOG_LINES:]])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def errors(met: Sequence[Met]) -> int:
    """Return how many errors there were in all."""
    return sum(one.times for one in met)


def _told(one: Met) -> tuple[str, ...]:
    first, *rest = one.fault.lines
    return (f"{first} ({one.times} times)" if one.times > 1 else first, *rest)
