"""The settings file: read as far as it can be, written in one way, with nothing in it lost."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.settings import Settings
from legato.storage.json_file import MOST_BYTES, read_object
from legato.storage.regular_file import size, why
from legato.storage.settings_values import KINDS, as_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_TOLD = 5
"""Problems that are told one by one: they are shown for some seconds each."""
MOST_GUESSED = 100
LONGEST_TOLD = 200
_MOST_DAMAGED = 1000


class SettingsFile:
    """The settings as they are kept from one run to the next.

    What this version does not know, or cannot use, stays in the file as it is. Only what has
    changed since it was last read is written, so that two programs on one file do not undo each
    other's choices.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._defaults = as_values(Settings())
        self._known = self._defaults

    def load(self) -> tuple[Settings, tuple[Problem, ...]]:
        """Return the settings, and what in the file could not be used.

        A value that cannot be used is as if it were not there. A file that cannot be read at all
        is put aside under a name of its own.
        """
        text, values, problems = self._read()
        settings = Settings()
        told: list[tuple[str, str]] = []
        for name in (one for one in KINDS if one in values):
            settings, wrong = _taken(settings, name, values[name])
            told += ((name, one) for one in wrong)
        told += _misspelt(values)
        problems += (self._problem(text, name, one) for name, one in told[:MOST_TOLD])
        if len(told) > MOST_TOLD:
            more = f"and {len(told) - MOST_TOLD:,} more things that cannot be used"
            problems.append(Problem(where=str(self._path), text=more))
        self._known = as_values(settings)
        return settings, tuple(problems)

    def save(self, settings: Settings) -> Problem | None:
        """Write `settings`; return what kept it from being written. Never raises."""
        _, values, _ = self._read()
        wanted = as_values(settings)
        for name, value in wanted.items():
            is_new = value != self._known[name]
            if is_new or (name not in values and value != self._defaults[name]):
                values[name] = value
        # Writing is not part of the start, which is waited for.
        import json  # noqa: PLC0415

        from legato.storage.atomic import write_atomic  # noqa: PLC0415

        data = (json.dumps(values, indent=2) + "\n").encode()
        if len(data) > MOST_BYTES:
            # Strangers have put much into it; larger it could not be read again.
            return Problem(where=str(self._path), text=f"it is larger than {size(MOST_BYTES)}")
        try:
            write_atomic(self._path, data)
        except BadData as error:
            return error.problems[0]
        self._known = wanted
        return None

    def _read(self) -> tuple[str, dict[str, Any], list[Problem]]:
        """Return the file's text and values; puts it aside if it is damaged."""
        if not os.path.lexists(self._path):
            return "", {}, []
        try:
            return *read_object(self._path), []
        except BadData as error:
            return "", {}, [self._put_aside(error.problems[0])]

    def _problem(self, text: str, name: str, told: str) -> Problem:
        short = told if len(told) <= LONGEST_TOLD else f"{told[:LONGEST_TOLD]}…"
        return Problem(where=str(self._path), line=_line(text, name), field=name, text=short)

    def _put_aside(self, problem: Problem) -> Problem:
        """Rename the file; return `problem` with where it is now."""
        for number in range(1, _MOST_DAMAGED):
            aside = self._path.with_name(f"{self._path.name}.damaged-{number}")
            if os.path.lexists(aside):
                continue
            try:
                self._path.rename(aside)
            except OSError as error:
                return replace(problem, hint=f"the usual settings are used; {why(error)[0]}")
            return replace(problem, hint=f"kept as {aside.name}; the usual settings are used")
        return replace(problem, hint="the usual settings are used")


def _taken(settings: Settings, name: str, value: object) -> tuple[Settings, list[str]]:
    """Return `settings` with one value of the file, and what is wrong with that value."""
    told: list[str] = []
    try:
        read = KINDS[name].read(value, lambda text: told.append(f"{name}{text}"))
        return replace(settings, **{name: read}), told
    except (ValueError, OverflowError) as wrong:
        return settings, [f"{name} is not used: {wrong}"]


def _misspelt(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give each name that is not known but nearly so; many are looked at no more."""
    strangers = (name for name in values if name not in KINDS)
    for name in islice(strangers, MOST_GUESSED):
        if hint := did_you_mean(name, KINDS):
            yield name, f'"{name}" is not known here: {hint}'


def _line(text: str, name: str) -> int:
    """Return the line in which the value of `name` begins; the first where it cannot be told."""
    at = text.find(f'"{name}"')
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
