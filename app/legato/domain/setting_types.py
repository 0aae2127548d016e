"""How a setting is declared: the type of its value, and its row on the settings page.

`domain/settings.py` declares each setting once, as a field with `setting(...)` as its metadata. The
settings file and the settings page are derived from these declarations.
"""

from __future__ import annotations

import math
from dataclasses import fields
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


class OneOf(NamedTuple):
    """One member of an enumeration, written as its value.

    Attributes:
        choices: The members that are allowed.
    """

    choices: tuple[StrEnum, ...]


class Flag(NamedTuple):
    """True or false."""


class Quantity(NamedTuple):
    """A number within a range.

    Attributes:
        unit: The unit in plural: `seconds`, `percent`.
        least: The smallest value allowed.
        most: The largest value allowed.
        whole: Whether it must be a whole number.
    """

    unit: str
    least: float = -math.inf
    most: float = math.inf
    whole: bool = False


class TextOf(NamedTuple):
    """A text that is not empty.

    Attributes:
        form: The regular expression that all of it must match.
    """

    form: str = r"(?s).+"


class OrNone(NamedTuple):
    """A value of another type, or None."""

    of: ValueType


class Several(NamedTuple):
    """A list without duplicates."""

    of: ValueType


class ById(NamedTuple):
    """A value for each key; the keys are any text unless `key` says otherwise."""

    of: ValueType
    key: ValueType = TextOf()


class Pair(NamedTuple):
    """Two values in a list; `about` names them in an error message."""

    first: ValueType
    second: ValueType
    about: str


class Record(NamedTuple):
    """A dataclass, written as an object with its fields as keys.

    Attributes:
        of: The dataclass; it is built from the fields that the file has.
        parts: The type of each of its fields.
        about: Names it in an error message.
    """

    of: type
    parts: Mapping[str, ValueType]
    about: str


ValueType: TypeAlias = OneOf | Flag | Quantity | TextOf | OrNone | Several | ById | Pair | Record
"""The type of a setting's value."""


class Group(Enum):
    """The sections of the settings page, in its order; the value is the heading."""

    LOOK = "Look"
    SOUND = "Sounds"
    VOICE = "Voice"
    LIGHT = "Light"
    TIMES = "Times"


class Row(NamedTuple):
    """The row of a setting on the settings page.

    Attributes:
        group: The section it belongs to.
        label: The words beside the control, or on the check box.
        options: Pairs of words and value, for a setting chosen from a list.
        step: The step of the slider, for a quantity without options.
    """

    group: Group
    label: str
    options: tuple[tuple[str, object], ...] = ()
    step: int = 1


class Setting(NamedTuple):
    """One setting.

    Attributes:
        name: Its field, which is also its key in the settings file.
        type: The type of its value.
        row: Its row on the settings page, or None if it is not changed there.
    """

    name: str
    type: ValueType
    row: Row | None = None


_KEY = "setting"


def setting(of: ValueType, row: Row | None = None) -> dict[str, Any]:
    """Return the metadata that makes a dataclass field a setting."""
    return {_KEY: (of, row)}


_cache: dict[type, tuple[Setting, ...]] = {}


def settings_of(declared: type) -> tuple[Setting, ...]:
    """Return the settings that a dataclass declares, in the order of its fields."""
    if declared not in _cache:
        found = ((one.name, one.metadata.get(_KEY)) for one in fields(declared))
        _cache[declared] = tuple(Setting(name, *made) for name, made in found if made)
    return _cache[declared]


def check_value(name: str, of: ValueType, value: object) -> None:
    """Check a value against the choices or the range of its type.

    Raises:
        ValueError: It is out of range or not among the choices.
    """
    if isinstance(of, OrNone):
        if value is not None:
            check_value(name, of.of, value)
    elif isinstance(of, OneOf):
        if value not in of.choices:
            raise ValueError(f"{name} must be one of {', '.join(of.choices)}, not {value}")
    elif (
        isinstance(of, Quantity)
        and isinstance(value, (int, float))
        and not (math.isfinite(value) and of.least <= value <= of.most)
    ):
        raise ValueError(f"{name} must be {of.least:g} to {of.most:g}, not {value}")
