"""What the domain and the window need from the machine, as small Protocols with Null versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Seconds of a clock that never goes back."""


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
class Due:
    """Something to be heard at a moment.

    Attributes:
        at: Monotonic seconds of its first sample.
        cue: Which sound; LINE is spoken.
        text: The spoken line, or the caption of a tone.
        until: Monotonic seconds by which a spoken line must have ended, or None.
    """

    at: float
    cue: Cue
    text: str = ""
    until: float | None = None


class Sound(Protocol):
    """Plays what is due, to the sample, whatever the window's thread does."""

    def schedule(self, due: Sequence[Due]) -> None:
        """Take what comes in the next seconds; each is handed over once. Returns at once."""

    def cancel(self) -> None:
        """Drop all that has not begun and fade what sounds."""

    def problem(self) -> str:
        """Say in words for a person why nothing is heard, or return an empty string."""


class NullSound:
    """Stays silent."""

    def __init__(self, reason: str = "") -> None:
        self._reason = reason

    def schedule(self, due: Sequence[Due]) -> None:
        """Drop it."""

    def cancel(self) -> None:
        """Do nothing."""

    def problem(self) -> str:
        """Return the reason given at the start."""
        return self._reason
