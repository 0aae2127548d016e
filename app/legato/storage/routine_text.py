"""Writes a draft as the text of a new routine file: only what differs from the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legato.domain.draft import KEPT, Use
from legato.domain.durations import spelled
from legato.domain.routine import (
    DEFAULT_HOLD_SECONDS,
    DEFAULT_RELEASE_SECONDS,
    Ending,
    Kind,
    Night,
    Side,
    Sides,
    Step,
)

if TYPE_CHECKING:
    from legato.domain.draft import Draft

LINE_WIDTH = 96


def routine_text(draft: Draft) -> str:
    """Return YAML that the loader reads back as `draft`."""
    import yaml  # noqa: PLC0415 - reading, which the first frame needs, does without the dumper

    return yaml.dump(
        routine_values(draft),
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        width=LINE_WIDTH,
    )


def routine_values(draft: Draft) -> dict[str, Any]:
    """Return `draft` as plain values in the order of the format."""
    values: dict[str, Any] = {"name": draft.name}
    if draft.about:
        values["about"] = draft.about
    if draft.eases:
        values["eases"] = [place.value for place in draft.eases]
    if draft.ready is not None:
        values["ready"] = spelled(draft.ready)
    if draft.switch is not None:
        values["switch"] = spelled(draft.switch)
    if draft.voice is not None:
        values["voice"] = draft.voice.value
    if draft.end is not Ending.BELL:
        values["end"] = draft.end.value
    values["steps"] = [
        use_values(line) if isinstance(line, Use) else step_values(line) for line in draft.steps
    ]
    return values


def use_values(use: Use) -> dict[str, Any]:
    """Return a `use` line as plain values."""
    values: dict[str, Any] = {"use": use.id}
    if use.hold is not KEPT:
        values["hold"] = _hold(use.hold)
    if use.sides is not KEPT:
        values["sides"] = use.sides.value
    if use.repeat is not KEPT:
        values["repeat"] = use.repeat
    return values


def step_values(step: Step) -> dict[str, Any]:
    """Return a step of one's own as plain values."""
    values: dict[str, Any] = {"title": step.title}
    if step.kind is not Kind.STRETCH:
        values["kind"] = step.kind.value
    if step.hold != DEFAULT_HOLD_SECONDS:
        values["hold"] = _hold(step.hold)
    if step.repeat != 1:
        values["repeat"] = step.repeat
    if step.release != DEFAULT_RELEASE_SECONDS:
        values["release"] = spelled(step.release)
    if step.sides is not Sides.EACH:
        values["sides"] = step.sides.value
    if step.first is not Side.RIGHT:
        values["first"] = step.first.value
    if step.where is not None:
        values["where"] = step.where.value
    if step.night is not Night.YES:
        values["night"] = step.night.value
    return values | _texts(step)


def _texts(step: Step) -> dict[str, Any]:
    variants = {
        name: routine_id
        for name in ("easier", "seated", "standing")
        if (routine_id := getattr(step.variants, name))
    }
    values = {
        "variants": variants,
        "evidence": list(step.evidence),
        "picture": step.picture,
        "needs": list(step.needs),
        "setup": list(step.setup),
        "feel": step.feel,
        "easier": step.easier,
        "skip_if": step.skip_if,
        "say": {_clock(line.at): line.text for line in step.say},
    }
    return {name: value for name, value in values.items() if value}


def _hold(seconds: float | None) -> str:
    return "open" if seconds is None else spelled(seconds)


def _clock(seconds: float) -> str:
    """Return `M:SS`, or plain seconds where they are not whole."""
    if seconds != int(seconds):
        return f"{seconds:g}"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
