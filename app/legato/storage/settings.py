"""The settings file: read as far as it can be, written in one way, with nothing in it lost."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from legato.domain.cues import Cue
from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.problems import BadData, Problem, did_you_mean, nearest
from legato.domain.routine import Place, Side, VoiceLevel
from legato.domain.settings import Advance, Motion, Settings, ThemeChoice
from legato.storage.safe_read import MOST_BYTES, read_object, size, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum
    from pathlib import Path

Note: TypeAlias = "Callable[[str], None]"
"""Takes what is wrong with a part of a value that can be used without that part."""

_LONGEST = 4096
_MOMENT = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]")


class Kind(Protocol):
    """One kind of value."""

    def read(self, value: object, note: Note) -> Any:  # noqa: ANN401 - as many as there are kinds
        """Return the setting; raises ValueError with what is expected instead."""


@dataclass(frozen=True, slots=True)
class _Word:
    """One of a few words."""

    of: type[StrEnum]

    def read(self, value: object, note: Note) -> StrEnum:  # noqa: ARG002
        words = [member.value for member in self.of]
        if isinstance(value, str) and value in words:
            return self.of(value)
        close = nearest(value, words) if isinstance(value, str) else ""
        raise ValueError(f"did you mean {close}?" if close else f"one of {', '.join(words)}")


class _Percent:
    """A whole number; its range is the setting's own."""

    def read(self, value: object, note: Note) -> int:  # noqa: ARG002
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError("a whole number of percent is expected")  # noqa: TRY004 - outside data
        return value


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of something; its range is the setting's own."""

    of: str

    def read(self, value: object, note: Note) -> float:  # noqa: ARG002
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"a number of {self.of} is expected")  # noqa: TRY004 - outside data
        return float(value)


class _Truth:
    """True or false."""

    def read(self, value: object, note: Note) -> bool:  # noqa: ARG002
        if not isinstance(value, bool):
            raise ValueError("true or false is expected")  # noqa: TRY004 - outside data
        return value


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a form."""

    form: re.Pattern[str] = re.compile(r".+", re.DOTALL)

    def read(self, value: object, note: Note) -> str:  # noqa: ARG002
        if isinstance(value, str) and len(value) <= _LONGEST and self.form.fullmatch(value):
            return value
        raise ValueError("a text is expected")


@dataclass(frozen=True, slots=True)
class _OrNone:
    """Another kind, or nothing."""

    kind: Kind

    def read(self, value: object, note: Note) -> Any:  # noqa: ANN401
        return None if value is None else self.kind.read(value, note)


@dataclass(frozen=True, slots=True)
class _Several:
    """A list; what cannot be read in it is left out and noted."""

    kind: Kind

    def read(self, value: object, note: Note) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("a list is expected")  # noqa: TRY004 - outside data
        read = _each(self.kind, dict(enumerate(value)), note)
        return tuple(dict.fromkeys(read.values()))


@dataclass(frozen=True, slots=True)
class _ById:
    """A value for each of some ids; what cannot be read in it is left out and noted."""

    kind: Kind
    key: Kind = _Text()

    def read(self, value: object, note: Note) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise ValueError("a value for each id is expected")  # noqa: TRY004 - outside data
        read = _each(self.kind, value, note)
        ids = _each(self.key, {one: one for one in read}, note)
        return {ids[one]: kept for one, kept in read.items() if one in ids}


def _each(kind: Kind, values: Mapping[Any, object], note: Note) -> dict[Any, Any]:
    read: dict[Any, Any] = {}
    for key, value in values.items():
        try:
            read[key] = kind.read(value, note)
        except ValueError as wrong:
            note(f"[{key}]: {wrong}")
    return read


class _Sore:
    """A place and its side, as `["calf", "left"]`."""

    def read(self, value: object, note: Note) -> tuple[StrEnum, StrEnum]:
        if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - a pair
            raise ValueError("a place and a side are expected")
        return _Word(Place).read(value[0], note), _Word(Side).read(value[1], note)


class _Pick:
    """A wish, with the names of its parts; a part that cannot be read is left out and noted."""

    def read(self, value: object, note: Note) -> PlanRequest:
        if not isinstance(value, dict):
            raise ValueError("what was picked is expected")  # noqa: TRY004 - outside data
        parts: dict[str, Any] = {}
        for name, kind in _PICK.items():
            if name in value:
                parts |= _each(kind, {name: value[name]}, note)
        return PlanRequest(**parts)


_PERCENT = _Percent()
_SECONDS = _OrNone(_Number("seconds"))

_PICK: Mapping[str, Kind] = {
    "sore": _Several(_Sore()),
    "feeling": _OrNone(_Word(FeelingName)),
    "minutes": _OrNone(_Number("minutes")),
    "massage_first": _Truth(),
    "foot_bath": _Truth(),
}

KINDS: Mapping[str, Kind] = {
    "theme": _Word(ThemeChoice),
    "motion": _Word(Motion),
    "text_size": _PERCENT,
    "voice": _Word(VoiceLevel),
    "voice_volume": _PERCENT,
    "cue_volume": _PERCENT,
    "voice_pace": _PERCENT,
    "voice_pitch": _PERCENT,
    "voice_pause": _Number("seconds"),
    "whisper": _Truth(),
    "soften": _Truth(),
    "advance": _Word(Advance),
    "ready": _SECONDS,
    "switch": _SECONDS,
    "hold": _SECONDS,
    "first_side": _OrNone(_Word(Side)),
    "dim_after": _SECONDS,
    "cues_off": _Several(_Word(Cue)),
    "cue_files": _ById(_Text(), key=_Word(Cue)),
    "sides": _ById(_Word(Side)),
    "variants": _ById(_Text()),
    "last_used": _ById(_Text(_MOMENT)),
    "pick": _OrNone(_Pick()),
    "legs_alike": _OrNone(_Text(_MOMENT)),
}
"""How each setting is read, by its name in the file, which is its name in `Settings`."""


def as_values(settings: Settings) -> dict[str, Any]:
    """Return every setting as it stands in the file."""
    values = {one.name: getattr(settings, one.name) for one in fields(settings)}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, PlanRequest):
        value = asdict(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return str(value) if isinstance(value, str) else value


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
