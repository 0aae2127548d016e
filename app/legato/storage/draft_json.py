"""Converts a draft to JSON and back, with every character as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from legato.domain.draft import INHERIT, Draft, Use
from legato.domain.editing import Unread
from legato.domain.routine import (
    Ending,
    Kind,
    Night,
    Place,
    Side,
    Sides,
    Step,
    Tempo,
    TimedLine,
    Variants,
    VoiceLevel,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_FORMAT = 1
"""Version of the format; other versions are not read."""
_PLACED = frozenset(("folder", "move"))
"""Attributes that a step gets when it is read; they are not typed."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The content of a stored draft.

    Attributes:
        draft: The routine as typed; its steps have no folder yet.
        unread: The texts of fields that were not understood.
        begun: The routine file's text when editing began; empty for a new routine.
    """

    draft: Draft
    unread: tuple[Unread, ...]
    begun: str


def draft_json(kept: KeptDraft) -> bytes:
    """Return `kept` as the bytes of a file."""
    import json  # noqa: PLC0415 - the first frame reads no draft

    whole = {
        "form": _FORMAT,
        "draft": _plain(kept.draft),
        "unread": [_plain(one) for one in kept.unread],
        "begun": kept.begun,
    }
    return json.dumps(whole, indent=1, allow_nan=False).encode()


def draft_of_json(data: bytes) -> KeptDraft:
    """Return the draft in the bytes of a file.

    Raises:
        ValueError: It is not what `draft_json` writes.
    """
    import json  # noqa: PLC0415 - likewise

    try:
        whole = json.loads(data)
        if whole["form"] != _FORMAT:
            raise ValueError("the form of the draft is not known")
        return KeptDraft(
            draft=_built(Draft, whole["draft"]),
            unread=tuple(_built(Unread, one) for one in whole["unread"]),
            begun=_text(whole["begun"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the draft is damaged") from error


def _plain(value: Any) -> Any:  # noqa: ANN401 - values of every field
    if isinstance(value, (Draft, Step, Use, TimedLine, Variants, Unread)):
        names = (one.name for one in fields(value) if one.name not in _PLACED)
        pairs = ((name, getattr(value, name)) for name in names)
        return {name: _plain(one) for name, one in pairs if one is not INHERIT}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value  # a text, an enum member, a number or None


def _built(of: type[Any], plain: Json) -> Any:  # noqa: ANN401 - as many kinds
    readers = _READERS[of]
    return of(**{name: readers.get(name, _text)(value) for name, value in plain.items()})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number is expected")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("a number is expected")
    return float(value)


def _maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _many(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: tuple(map(read, value))


def _line(plain: Json) -> Step | Use:
    line: Step | Use = _built(Step if "title" in plain else Use, plain)
    return line


_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Draft: {
        "steps": _many(_line),
        "eases": _many(Place),
        "ready": _maybe(_number),
        "switch": _maybe(_number),
        "voice": _maybe(VoiceLevel),
        "end": Ending,
    },
    Use: {"hold": _maybe(_number), "sides": Sides, "repeat": _whole},
    Step: {
        "kind": Kind,
        "hold": _maybe(_number),
        "count": _maybe(_whole),
        "every": lambda value: (
            Tempo(*map(_number, value)) if isinstance(value, list) else _number(value)
        ),
        "alternate": bool,
        "repeat": _whole,
        "release": _number,
        "sides": Sides,
        "first": Side,
        "ready": _number,
        "switch": _number,
        "own_ready": _maybe(_number),
        "own_switch": _maybe(_number),
        "where": _maybe(Where),
        "night": Night,
        "variants": lambda value: _built(Variants, value),
        "evidence": _many(_text),
        "needs": _many(_text),
        "setup": _many(_text),
        "say": _many(lambda value: _built(TimedLine, value)),
    },
    TimedLine: {"at": _number},
    Variants: {},
    Unread: {"steps": _many(_whole)},
}
"""What reads each field that is not a text."""
