"""Formats a draft as the text of a new routine file, without default values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from legato.domain.draft import INHERIT, Draft, Use
from legato.domain.durations import format_clock, spelled
from legato.domain.routine import OPEN_COUNT, Step, Tempo, TimedLine, Variants
from legato.storage.file_names import composed
from legato.storage.routine_format import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.storage.yaml.emit import Plain
    from legato.storage.yaml.types import Fields

SCHEMA_LINE = "# yaml-language-server: $schema=../routine.schema.json\n"
"""First line of the user's routine files: it names the schema for text editors."""

_AS_DEFAULT: dict[type, Any] = {
    Draft: Draft(id="", name=""),
    Step: Step(title="-"),
    Use: Use(id=""),
}
_REQUIRED = frozenset(("name", "title", "use", "steps"))
_NO_TEXT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+"
)


def routine_text(draft: Draft) -> str:
    """Return YAML that `parse_routine` reads back as `draft`."""
    from legato.storage.yaml.emit import block_piece  # noqa: PLC0415 - reading does without

    return block_piece(routine_values(draft)) + "\n"


def routine_file_text(draft: Draft) -> str:
    """Return the text of a new file in the user's folder."""
    return SCHEMA_LINE + routine_text(draft)


def routine_values(draft: Draft) -> dict[str, Plain]:
    """Return `draft` as plain values in the order of the format."""
    return _values(draft, ROUTINE_FIELDS)


def line_values(line: Step | Use) -> dict[str, Plain]:
    """Return a step or use as plain values."""
    return _values(line, USE_FIELDS if isinstance(line, Use) else STEP_FIELDS)


def field_plain(name: str, value: object) -> Plain | None:
    """Return the value of a field as it is written; None if it is left out.

    Values are normalized to what is read back: single spaces, no control characters, no empty
    lines, times with three decimals. Two values are equal in a file if this is equal.
    """
    if (name == "hold" and value is None) or (name == "count" and value == OPEN_COUNT):
        return "open"
    if value is None or value is INHERIT:
        return None
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        # In file names of pictures two spaces are kept.
        return (composed(value) if name == "picture" else clean_text(value)) or None
    if isinstance(value, float):
        return spelled(value)
    if isinstance(value, (Variants, Tempo)):
        return _block_plain(value) or None
    return (_list_plain(value) or None) if isinstance(value, tuple) else value  # type: ignore[return-value]


def _block_plain(value: Variants | Tempo) -> dict[str, Plain]:
    if isinstance(value, Tempo):
        return {part: spelled(seconds) for part, seconds in value._asdict().items() if seconds}
    ids = {name: clean_text(getattr(value, name)) for name in ("easier", "seated", "standing")}
    return {name: one for name, one in ids.items() if one}


def clean_text(text: str) -> str:
    """Return `text` on one line with single spaces, without characters that YAML cannot hold."""
    text = " ".join(_NO_TEXT.sub(" ", text).split())
    return text if text.isascii() else composed(text)


def clock(seconds: float) -> str:
    """Return `M:SS`, or for a fraction the plain seconds with up to three decimals."""
    seconds = round(seconds, 3)
    if seconds != int(seconds):
        return f"{seconds:.3f}".rstrip("0")
    return format_clock(int(seconds))


def _list_plain(items: tuple[object, ...]) -> Plain:
    if not items:
        return []
    if isinstance(items[0], TimedLine):
        return _timed_plain(item for item in items if isinstance(item, TimedLine))
    if isinstance(items[0], (Step, Use)):
        return [line_values(item) for item in items if isinstance(item, (Step, Use))]
    return [text for item in items if (text := clean_text(str(item)))]


def _timed_plain(lines: Iterable[TimedLine]) -> dict[str, Plain]:
    """Return the lines in the order of their times; lines of the same time are joined."""
    texts: dict[str, Plain] = {}
    for line in sorted(lines, key=lambda one: one.at):
        if text := clean_text(line.text):
            at = clock(line.at)
            texts[at] = f"{texts[at]} {text}" if at in texts else text
    return texts


def _values(whole: Draft | Step | Use, fields: Fields) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    defaults = _AS_DEFAULT[type(whole)]
    draft_id = whole.id if isinstance(whole, Draft) else ""
    for name, field in fields.items():
        attribute = field.attribute or name
        value = getattr(whole, attribute)
        if name not in _REQUIRED and value == getattr(defaults, attribute):
            continue
        plain = field_plain(name, value)
        if name in _REQUIRED:
            empty: Plain = {"name": draft_id, "steps": []}.get(name, "")
            values[name] = empty if plain is None else plain
        elif plain is not None and plain != field_plain(name, getattr(defaults, attribute)):
            values[name] = plain
    return values
