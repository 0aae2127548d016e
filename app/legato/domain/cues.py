"""The sounds that mean something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cue(StrEnum):
    """A sound with a meaning."""

    BEGIN = "begin"
    HALFWAY = "halfway"
    TEN_SECONDS = "ten-seconds"
    SWITCH = "switch"
    END = "end"
    GOOD_NIGHT = "good-night"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class ScheduledCue:
    """Something to be heard at a moment.

    Attributes:
        at: Monotonic seconds of its first sample.
        cue: Which sound; LINE is spoken.
        text: The spoken line, or the caption of a tone.
        until: Monotonic seconds by which a spoken line must have ended, or None.
        tones_at: Of a spoken line: monotonic seconds of the tones that follow. They may not have
            been handed over yet when the line begins, and it is not to run into one.
    """

    at: float
    cue: Cue
    text: str = ""
    until: float | None = None
    tones_at: tuple[float, ...] = ()
