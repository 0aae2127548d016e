"""What a media player shows of a session: playback status, track and position."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain import spoken_lines
from legato.domain.session import Status

if TYPE_CHECKING:
    from legato.domain.session import Session
    from legato.domain.timeline import Segment

MICROSECONDS = 1_000_000


class Playback(StrEnum):
    """The playback status, in the words of MPRIS."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class Track:
    """A step on one side, as a track.

    Attributes:
        number: The index of its first segment in the timeline.
        title: The step and the leg that works.
        routine: The name of the routine.
        length_us: Microseconds, including the ready time; None if an open hold is part of it.
    """

    number: int
    title: str
    routine: str
    length_us: int | None


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What a player shows; without a session there is no track."""

    playback: Playback = Playback.STOPPED
    track: Track | None = None


def now_playing(session: Session | None) -> NowPlaying:
    """Return what a player shows of `session`; a finished session shows nothing."""
    if session is None or session.is_over:
        return NowPlaying()
    running = session.status is Status.RUNNING
    return NowPlaying(Playback.PLAYING if running else Playback.PAUSED, _track(session))


def position_us(session: Session | None, now: float) -> int:
    """Return the position of `session` in its track at `now`, in microseconds."""
    if session is None or session.is_over:
        return 0
    timeline, index = session.timeline, session.index
    before = timeline.starts[index] - timeline.starts[_first(session)]
    spent = session.spent
    if session.began is not None:
        longest = math.inf if session.segment.seconds is None else session.segment.seconds
        spent = min(max(spent, now - session.began), longest)
    return round((before + spent) * MICROSECONDS)


def _track(session: Session) -> Track:
    segment, first = session.segment, _first(session)
    return Track(
        number=first,
        title=spoken_lines.name_of(segment.step, segment.side),
        routine=session.timeline.routine.name,
        length_us=_length_us(session.timeline.segments[first:], segment.unit),
    )


def _first(session: Session) -> int:
    segments, index = session.timeline.segments, session.index
    unit = segments[index].unit
    while index > 0 and segments[index - 1].unit == unit:
        index -= 1
    return index


def _length_us(segments: tuple[Segment, ...], unit: object) -> int | None:
    seconds = 0.0
    for segment in segments:
        if segment.unit != unit:
            break
        if segment.seconds is None:
            return None
        seconds += segment.seconds
    return round(seconds * MICROSECONDS)
