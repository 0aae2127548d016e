"""What happened in a session, in the past tense; values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legato.domain.cues import Cue
    from legato.domain.timeline import Segment


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `at` seconds of the session's own time."""

    at: float


@dataclass(frozen=True, slots=True)
class ReadyStarted(Event):
    """A step began: time to get into place."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class HoldStarted(Event):
    """A hold began."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class CueRang(Event):
    """The tone of a cue was due, even if nothing was audible."""

    segment: Segment
    cue: Cue


@dataclass(frozen=True, slots=True)
class ReleaseStarted(Event):
    """The pause between two holds of one side began."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class SidesSwitched(Event):
    """The change to the other side began."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    """A hold ran to its end."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class LineDue(Event):
    """A line is to be shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The user paused."""


@dataclass(frozen=True, slots=True)
class Interrupted(Event):
    """The machine slept or froze for `seconds`; the session waits where it was."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The session continued after a pause."""


@dataclass(frozen=True, slots=True)
class Skipped(Event):
    """The user left a segment before its end; `hurt` if the reason was pain."""

    segment: Segment
    hurt: bool = False


@dataclass(frozen=True, slots=True)
class SessionFinished(Event):
    """The last segment ran to its end."""


@dataclass(frozen=True, slots=True)
class SessionStopped(Event):
    """The user stopped the session; it can be resumed later."""
