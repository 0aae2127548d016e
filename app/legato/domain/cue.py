"""The sounds that mean something."""

from __future__ import annotations

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
