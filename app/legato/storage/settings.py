"""The settings file: reads what can be used of it, and writes changes without losing the rest."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, is_dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from legato.domain.problems import BadData, Problem, did_you_mean, nearest
from legato.domain.setting_types import (
    ById,
    Flag,
    OneOf,
    OrNone,
    Pair,
    Quantity,
    Record,
    Several,
    TextOf,
    settings_of,
)
from legato.domain.settings import DEFAULTS
from legato.storage.safe_read import MOST_BYTES, read_object, size, why

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from enum import StrEnum
    from pathlib import Path

    from _typeshed import DataclassInstance

    from legato.domain.setting_types import Setting, ValueType
    from legato.domain.settings import Settings
    from legato.storage.paths import Paths

T = TypeVar("T", bound="DataclassInstance")
Note: TypeAlias = "Callable[[object, ValueError], None]"
"""Reports what is wrong with a part of a value that can be used without that part."""

_LONGEST = 4096


class NotAChoiceError(ValueError):
    """A value is not among its choices; the nearest one is looked up when the text is wanted.

    A file may hold forty thousand of them, of which a few are reported.

    Args:
        value: The value.
        choices: What is allowed.
    """

    def __init__(self, value: object, choices: tuple[str, ...]) -> None:
        super().__init__(value, choices)
        self._value = value
        self._choices = choices

    def __str__(self) -> str:
        close = nearest(self._value, self._choices) if isinstance(self._value, str) else ""
        return f"did you mean {close}?" if close else f"one of {', '.join(self._choices)}"


def read_value(of: ValueType, value: object, note: Note) -> Any:  # noqa: ANN401 - by `of`
    """Return a value of the file as a setting's value; its range is checked by `Settings`.

    Args:
        of: The type of the setting.
        value: The value as JSON has it.
        note: Reports each part that was left out of a list, an object or a record.

    Raises:
        ValueError: It is of another type; the text says what is expected instead.
    """
    return _READERS[type(of)](of, value, note)


def _one_of(of: OneOf, value: object, note: Note) -> StrEnum:  # noqa: ARG001
    members = _members(of.choices)
    if isinstance(value, str) and value in members:
        return members[value]
    raise NotAChoiceError(value, tuple(members))


@cache
def _members(choices: tuple[StrEnum, ...]) -> dict[str, StrEnum]:
    return {member.value: member for member in choices}


def _flag(of: Flag, value: object, note: Note) -> bool:  # noqa: ARG001
    if not isinstance(value, bool):
        raise ValueError("true or false is expected")  # noqa: TRY004 - outside data
    return value


def _quantity(of: Quantity, value: object, note: Note) -> float:  # noqa: ARG001
    allowed = int if of.whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        number = "a whole number" if of.whole else "a number"
        raise ValueError(f"{number} of {of.unit} is expected")  # noqa: TRY004 - outside data
    return value if of.whole else float(value)


def _text(of: TextOf, value: object, note: Note) -> str:  # noqa: ARG001
    if isinstance(value, str) and len(value) <= _LONGEST and re.fullmatch(of.form, value):
        return value
    raise ValueError("a text is expected")


def _or_none(of: OrNone, value: object, note: Note) -> Any:  # noqa: ANN401
    return None if value is None else read_value(of.of, value, note)


def _several(of: Several, value: object, note: Note) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError("a list is expected")  # noqa: TRY004 - outside data
    read = _each(of.of, dict(enumerate(value)), note)
    return tuple(dict.fromkeys(read.values()))


def _by_id(of: ById, value: object, note: Note) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise ValueError("a value for each id is expected")  # noqa: TRY004 - outside data
    read = _each(of.of, value, note)
    ids = _each(of.key, {one: one for one in read}, note)
    return {ids[one]: kept for one, kept in read.items() if one in ids}


def _pair(of: Pair, value: object, note: Note) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - a pair
        raise ValueError(f"{of.about} are expected")
    return read_value(of.first, value[0], note), read_value(of.second, value[1], note)


def _record(of: Record, value: object, note: Note) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        raise ValueError(f"{of.about} is expected")  # noqa: TRY004 - outside data
    parts: dict[str, Any] = {}
    for name, part in of.parts.items():
        if name in value:
            parts |= _each(part, {name: value[name]}, note)
    return of.of(**parts)


_READERS: Mapping[type, Callable[[Any, object, Note], Any]] = {
    OneOf: _one_of,
    Flag: _flag,
    Quantity: _quantity,
    TextOf: _text,
    OrNone: _or_none,
    Several: _several,
    ById: _by_id,
    Pair: _pair,
    Record: _record,
}


def _each(of: ValueType, values: Mapping[Any, object], note: Note) -> dict[Any, Any]:
    read: dict[Any, Any] = {}
    for key, value in values.items():
        try:
            read[key] = read_value(of, value, note)
        except ValueError as wrong:
            note(key, wrong)
    return read


def as_values(record: DataclassInstance) -> dict[str, Any]:
    """Return every field of a record as it is written in the file, by its name."""
    return {one.name: _plain(getattr(record, one.name)) for one in settings_of(type(record))}


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return str(value) if isinstance(value, str) else value


MOST_REPORTED = 5
"""Problems that are reported one by one: each is shown for some seconds."""
MOST_GUESSED = 100
LONGEST_REPORTED = 200
_MOST_DAMAGED = 1000


class _Fault(NamedTuple):
    """What is wrong with a value of the file; its text is made when it is reported.

    Attributes:
        name: The name of the value in the file.
        where: The beginning of the text.
        reason: Its end, as text or as the error that says it.
    """

    name: str
    where: str
    reason: object


class JsonFile(Generic[T]):
    """Stores a record, such as the settings, in a JSON file.

    Values that this version does not know or cannot use stay in the file unchanged. Only what has
    changed since the file was last read is written, so that two programs that share a file do not
    undo each other's choices.

    Args:
        path: The file; it need not exist.
        usual: The record where there is no file; its class declares the fields.
        moved: The names of values that are in `moved_to` by now. They are dropped from this file
            once that file exists.
        moved_to: The other file.
    """

    def __init__(
        self,
        path: Path,
        usual: T,
        *,
        moved: Collection[str] = (),
        moved_to: Path | None = None,
    ) -> None:
        self._path = path
        self._moved = moved
        self._moved_to = moved_to
        self._usual = usual
        self._settings = {one.name: one for one in settings_of(type(usual))}
        self._defaults = as_values(usual)
        self._known = self._defaults

    def load(self) -> tuple[T, tuple[Problem, ...]]:
        """Return the record, and the problems of the file.

        A value that cannot be used is as if it were not there. A file that cannot be read at all
        is renamed.
        """
        text, values, problems = self._read()
        record = self._usual
        found: list[_Fault] = []
        for name, one in self._settings.items():
            if name in values:
                record, faults = _with_value(record, one, values[name])
                found += faults
        strangers = (name for name in values if name not in {*self._settings, *self._moved})
        found += _misspelt(strangers, self._settings)
        problems += (self._problem(text, fault) for fault in found[:MOST_REPORTED])
        if len(found) > MOST_REPORTED:
            more = f"and {len(found) - MOST_REPORTED:,} more things that cannot be used"
            problems.append(Problem(where=str(self._path), text=more))
        self._known = as_values(record)
        return record, tuple(problems)

    def save(self, record: T) -> Problem | None:
        """Write `record`; return why that failed, or None. Never raises."""
        _, values, _ = self._read()
        if self._moved_to is not None and self._moved_to.exists():
            values = {name: value for name, value in values.items() if name not in self._moved}
        wanted = as_values(record)
        for name, value in wanted.items():
            is_new = value != self._known[name]
            if is_new or (name not in values and value != self._defaults[name]):
                values[name] = value
        # Imported late, because writing is no part of the start.
        import json  # noqa: PLC0415

        from legato.storage.atomic import write_atomic  # noqa: PLC0415

        data = (json.dumps(values, indent=2) + "\n").encode()
        if len(data) > MOST_BYTES:
            # Other programs may have filled it; a larger file could not be read again.
            return Problem(where=str(self._path), text=f"it is larger than {size(MOST_BYTES)}")
        try:
            write_atomic(self._path, data)
        except BadData as error:
            return error.problems[0]
        self._known = wanted
        return None

    def _read(self) -> tuple[str, dict[str, Any], list[Problem]]:
        """Return the file's text and values; rename it if it is damaged."""
        if not os.path.lexists(self._path):
            return "", {}, []
        try:
            return *read_object(self._path), []
        except BadData as error:
            return "", {}, [self._put_aside(error.problems[0])]

    def _problem(self, text: str, fault: _Fault) -> Problem:
        name, wrong = fault.name, f"{fault.where}{fault.reason}"
        short = wrong if len(wrong) <= LONGEST_REPORTED else f"{wrong[:LONGEST_REPORTED]}…"
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
                return replace(problem, hint=f"Legato starts without it; {why(error)[0]}")
            return replace(problem, hint=f"kept as {aside.name}; Legato starts without it")
        return replace(problem, hint="Legato starts without it")


def _with_value(record: T, one: Setting, value: object) -> tuple[T, list[_Fault]]:
    """Return `record` with one value of the file, and what is wrong with that value."""
    faults: list[_Fault] = []

    def note(part: object, error: ValueError) -> None:
        faults.append(_Fault(one.name, f"{one.name}[{part}]: ", error))

    try:
        read = read_value(one.type, value, note)
        return replace(record, **{one.name: read}), faults
    except (ValueError, OverflowError) as error:
        return record, [_Fault(one.name, f"{one.name} is not used: ", error)]


def _misspelt(strangers: Iterable[str], known: Mapping[str, Setting]) -> Iterator[_Fault]:
    """Yield each unknown name that resembles a known one; only the first unknown ones are tried."""
    for name in islice(strangers, MOST_GUESSED):
        if hint := did_you_mean(name, known):
            yield _Fault(name, f'"{name}" is not known here: ', hint)


def _line(text: str, name: str) -> int:
    """Return the line in which the value of `name` begins, or the first if it is not found."""
    at = text.find(f'"{name}"')
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


MOVED = frozenset({"sides", "variants", "last_used", "pick", "legs_alike"})
"""Values of earlier versions that are in the history file by now."""


def open_settings(paths: Paths) -> JsonFile[Settings]:
    """Return the settings file."""
    return JsonFile(paths.settings, DEFAULTS, moved=MOVED, moved_to=paths.history)
