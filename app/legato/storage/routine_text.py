"""Writes a draft as the text of a new routine file: only what differs from the defaults."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from legato.domain.draft import KEPT, Draft, Use
from legato.domain.durations import spelled
from legato.domain.routine import Step, TimedLine, Variants
from legato.storage.routine_fields import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS

if TYPE_CHECKING:
    from legato.storage.field_kinds import Fields
    from legato.storage.yaml_pieces import Plain

SCHEMA_LINE = "# yaml-language-server: $schema=../routine.schema.json\n"
"""The first line of a file among the user's routines: it points text editors at the schema."""

_AS_DEFAULT: dict[type, Any] = {
    Draft: Draft(id="", name=""),
    Step: Step(title="-"),
    Use: Use(id=""),
}
_REQUIRED = frozenset(("name", "title", "use", "steps"))


def routine_text(draft: Draft) -> str:
    """Return YAML that the loader reads back as `draft`."""
    from legato.storage.yaml_pieces import block_piece  # noqa: PLC0415 - reading does without

    return block_piece(routine_values(draft)) + "\n"


def routine_file_text(draft: Draft) -> str:
    """Return the text of a new file among the user's routines."""
    return SCHEMA_LINE + routine_text(draft)


def routine_values(draft: Draft) -> dict[str, Plain]:
    """Return `draft` as plain values in the order of the format."""
    return _values(draft, ROUTINE_FIELDS)


def line_values(line: Step | Use) -> dict[str, Plain]:
    """Return one line of a routine as plain values."""
    return _values(line, USE_FIELDS if isinstance(line, Use) else STEP_FIELDS)


def field_plain(name: str, value: object) -> Plain | None:
    """Return the value of a field as it is written; None where nothing would be."""
    if value is None:
        return "open" if name == "hold" else None
    if value is KEPT or value in ("", ()):
        return None
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return spelled(value)
    if isinstance(value, Variants):
        return {
            way: one for way in ("easier", "seated", "standing") if (one := getattr(value, way))
        }
    return _list_plain(value) if isinstance(value, tuple) else value  # type: ignore[return-value]


def clock(seconds: float) -> str:
    """Return `M:SS`, or plain seconds where they are not whole."""
    if seconds != int(seconds):
        return f"{seconds:.3f}".rstrip("0")
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _list_plain(items: tuple[object, ...]) -> Plain:
    if isinstance(items[0], TimedLine):
        lines = (item for item in items if isinstance(item, TimedLine))
        return {clock(line.at): line.text for line in lines}
    if isinstance(items[0], (Step, Use)):
        return [line_values(item) for item in items if isinstance(item, (Step, Use))]
    return [str(item) for item in items]


def _values(whole: Draft | Step | Use, fields: Fields) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    defaults = _AS_DEFAULT[type(whole)]
    for name, field in fields.items():
        attribute = field.attribute or name
        value = getattr(whole, attribute)
        plain = field_plain(name, value)
        if name in _REQUIRED:
            values[name] = [] if plain is None else plain
        elif plain is not None and value != getattr(defaults, attribute):
            values[name] = plain
    return values
