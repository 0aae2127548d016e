"""Writes a draft as the text of a new routine file: only what differs from the defaults."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from legato.domain.draft import KEPT, Draft, Use
from legato.domain.durations import parse_seconds, spelled
from legato.domain.routine import (
    DEFAULT_READY_SECONDS,
    DEFAULT_SWITCH_SECONDS,
    Step,
    TimedLine,
    Variants,
)
from legato.storage.routine_format import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.storage.yaml.emit import Plain
    from legato.storage.yaml.types import Fields

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
    from legato.storage.yaml.emit import block_piece  # noqa: PLC0415 - reading does without

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


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def as_read(draft: Draft) -> Draft:
    """Return `draft` with white space made single, empty lines left out, times to the millisecond.

    The folders of pictures and the times that `unfold` gives are no part of a file: they are as in
    a step that was never read.
    """
    return replace(
        draft,
        name=_text(draft.name) or draft.id,
        about=_text(draft.about),
        ready=_seconds(draft.ready),
        switch=_seconds(draft.switch),
        steps=tuple(line_as_read(line) for line in draft.steps),
    )


def line_as_read(line: Step | Use) -> Step | Use:
    """Return one line of a routine as it would be read back."""
    if isinstance(line, Use):
        hold = line.hold if line.hold is KEPT else _seconds(line.hold)
        return replace(line, id=_text(line.id), hold=hold)
    return replace(
        line,
        title=_text(line.title),
        hold=_seconds(line.hold),
        release=_seconds(line.release) or 0.0,
        ready=DEFAULT_READY_SECONDS,
        switch=DEFAULT_SWITCH_SECONDS,
        variants=Variants(
            easier=_text(line.variants.easier),
            seated=_text(line.variants.seated),
            standing=_text(line.variants.standing),
        ),
        evidence=_texts(line.evidence),
        folder="",
        move="",
        needs=_texts(line.needs),
        setup=_texts(line.setup),
        feel=_text(line.feel),
        easier=_text(line.easier),
        skip_if=_text(line.skip_if),
        say=_say(line.say),
    )


def _text(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(clean for text in texts if (clean := _text(text)))


def _seconds(seconds: float | None) -> float | None:
    return None if seconds is None else parse_seconds(spelled(seconds))


def _say(lines: Iterable[TimedLine]) -> tuple[TimedLine, ...]:
    """Return the lines in the order of their times, of two at one time both in one."""
    texts: dict[float, str] = {}
    for line in sorted(lines, key=lambda one: one.at):
        at = parse_seconds(clock(line.at)) or 0.0
        text = " ".join((texts.get(at, ""), _text(line.text))).strip()
        if text:
            texts[at] = text
    return tuple(TimedLine(at, text) for at, text in texts.items())
