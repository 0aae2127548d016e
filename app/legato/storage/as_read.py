"""A draft as it would be read back: what files cannot hold is made as the loader makes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.draft import KEPT, Draft, Use
from legato.domain.durations import seconds_of, spelled
from legato.domain.routine import (
    DEFAULT_READY_SECONDS,
    DEFAULT_SWITCH_SECONDS,
    Step,
    TimedLine,
    Variants,
)
from legato.storage.routine_text import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    return None if seconds is None else seconds_of(spelled(seconds))


def _say(lines: Iterable[TimedLine]) -> tuple[TimedLine, ...]:
    """Return the lines in the order of their times, of two at one time both in one."""
    texts: dict[float, str] = {}
    for line in sorted(lines, key=lambda one: one.at):
        at = seconds_of(clock(line.at)) or 0.0
        text = " ".join((texts.get(at, ""), _text(line.text))).strip()
        if text:
            texts[at] = text
    return tuple(TimedLine(at, text) for at, text in texts.items())
