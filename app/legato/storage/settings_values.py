"""Turns the values of the settings file into settings, each by itself, and back."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from legato.domain.cue import Cue
from legato.domain.problems import nearest
from legato.domain.routine import Place, Side, VoiceLevel
from legato.domain.settings import Advance, Motion, Settings, ThemeChoice
from legato.domain.wish import FeelingName, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

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

    def read(self, value: object, note: Note) -> Wish:
        if not isinstance(value, dict):
            raise ValueError("what was picked is expected")  # noqa: TRY004 - outside data
        parts: dict[str, Any] = {}
        for name, kind in _PICK.items():
            if name in value:
                parts |= _each(kind, {name: value[name]}, note)
        return Wish(**parts)


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
    if isinstance(value, Wish):
        value = asdict(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return str(value) if isinstance(value, str) else value
