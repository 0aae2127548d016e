"""Edits of what a routine says of itself: its name, what it eases, its times, its voice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from legato.domain.editing import Edit
from legato.domain.routine import LONGEST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.domain.draft import Draft
    from legato.domain.routine import Ending, Place, VoiceLevel


def rename(draft: Draft, name: str) -> Edit:
    """Call the routine `name`; its id, which is its file's, stays."""
    return _changed(draft, "change the name", "name", name)


def describe(draft: Draft, about: str) -> Edit:
    """Say what the routine is for."""
    return _changed(draft, "change the description", "about", about)


def set_eases(draft: Draft, places: Iterable[Place]) -> Edit:
    """Say which places on the leg it eases, each once, in the order given."""
    chosen = tuple(dict.fromkeys(places))
    return replace(_changed(draft, "change what it eases", "eases", chosen), field="")


def set_ready(draft: Draft, seconds: float | None) -> Edit:
    """Give the time to get into place, or None for what the steps bring; raises ValueError."""
    return _changed(draft, "change the time to get ready", "ready", _checked(seconds))


def set_switch(draft: Draft, seconds: float | None) -> Edit:
    """Give the time to change sides, or None for what the steps bring; raises ValueError."""
    return _changed(draft, "change the time to switch", "switch", _checked(seconds))


def set_voice(draft: Draft, level: VoiceLevel | None) -> Edit:
    """Give the routine a voice level of its own, or None for the user's."""
    return replace(_changed(draft, "change the voice", "voice", level), field="")


def set_end(draft: Draft, end: Ending) -> Edit:
    """Say what is heard at the end."""
    return replace(_changed(draft, "change the ending", "end", end), field="")


def _changed(draft: Draft, name: str, field: str, value: Any) -> Edit:  # noqa: ANN401 - any field
    return Edit(name=name, draft=replace(draft, **{field: value}), field=field)


def _checked(seconds: float | None) -> float | None:
    if seconds is not None and not 0 <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"a time must be 0 to {LONGEST_SECONDS:g} seconds, not {seconds}")
    return seconds
