"""Reads and writes lengths of time as people write them: `90`, `90 s`, `1 min 30 s`, `2:00`."""

from __future__ import annotations

import re

from legato.domain.routine import LONGEST_SECONDS

_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
_CLOCK = r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?"
_UNITS = (
    rf"(?=[0-9])(?:({_NUMBER}) ?(?:hours|hour|h))?"
    rf" ?(?:({_NUMBER}) ?(?:minutes|minute|min|m))?"
    rf" ?(?:({_NUMBER}) ?(?:seconds|second|sec|s))?"
)

PATTERN = f"^(?:{_NUMBER}|{_CLOCK}|{_UNITS})$"
"""All spellings as a regular expression that JSON Schema understands."""

SPELLINGS = 'write 90, "90 s", "1 min 30 s" or 2:00'
"""The hint for who wrote something else."""

_AS_NUMBER = re.compile(_NUMBER)
_AS_CLOCK = re.compile(_CLOCK)
_AS_UNITS = re.compile(_UNITS)
_UNIT_SECONDS = (3600.0, 60.0, 1.0)


def seconds_of(text: str) -> float | None:
    """Return the seconds that `text` spells, 0 or more, or None if it spells no length of time."""
    if _AS_NUMBER.fullmatch(text):
        return float(text)
    if found := _AS_CLOCK.fullmatch(text):
        total = 0
        for part in found.groups():
            total = total if part is None else total * 60 + int(part)
        return float(total)
    if found := _AS_UNITS.fullmatch(text):
        parts = zip(found.groups(), _UNIT_SECONDS, strict=True)
        return sum(float(count) * unit for count, unit in parts if count)
    return None


def spelled(seconds: float) -> str:
    """Return `seconds` (0 to 3600) as a file has it: `2 min`, `1 min 30 s`, `2.5 s`."""
    minutes, rest = divmod(round(seconds, 3), 60)
    words = []
    if minutes:
        words.append(f"{minutes:.0f} min")
    if rest or not words:
        words.append(f"{round(rest, 3):g} s")
    return " ".join(words)


def range_told(least: float) -> str:
    """Return the range of a length of time in words: `1 s to 60 min`."""
    return f"{spelled(least)} to {spelled(LONGEST_SECONDS)}"
