"""The cues that a session has ahead: when each is due, and which are heard at a voice level."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legato.domain import events as happened
from legato.domain import spoken_lines
from legato.domain.cues import SPECS, Cue, ScheduledCue
from legato.domain.routine import VoiceLevel
from legato.domain.session import WAITING_PHASES, Session, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from legato.domain.timeline import Mark

TONES_AHEAD_SECONDS = 40.0
"""How far after its mark a line looks for tones: it may be long, or wait for other lines."""


@dataclass(frozen=True, slots=True)
class ScheduledMark:
    """A mark that is due at a known moment.

    Attributes:
        moment: Monotonic seconds.
        mark: The mark.
        segment_end: Monotonic seconds at which its segment ends; infinite in an open segment.
        tones_at: Monotonic seconds of the tones that are certain within `TONES_AHEAD_SECONDS`.
    """

    moment: float
    mark: Mark
    segment_end: float
    tones_at: tuple[float, ...] = ()


def upcoming(
    session: Session, now: float, horizon: float, *, since: float | None = None
) -> tuple[ScheduledMark, ...]:
    """Return the marks due from `since` until before `now + horizon`, as far as they are certain.

    A mark that has happened is left out, unless it is due at the exact moment of a command: the
    driver calls this with `since` at the command and then window by window, without gaps.

    Args:
        session: Nothing is due unless it runs.
        now: Monotonic seconds.
        horizon: Seconds to look ahead.
        since: Monotonic seconds at which the window begins; by default `now`.
    """
    if session.status is not Status.RUNNING or session.began is None:
        return ()
    since, until = now if since is None else since, now + horizon
    due = [
        one
        for fired, one in _ahead(session, since, until)
        if one.moment < until and (not fired or one.moment <= now)
    ]
    if not due:
        return ()
    ahead = _ahead(session, since, until + TONES_AHEAD_SECONDS)
    tones = sorted(one.moment for _, one in ahead if one.mark.cue is not Cue.LINE)
    return tuple(replace(one, tones_at=_after(tones, one.moment)) for one in due)


def _ahead(session: Session, since: float, until: float) -> Iterator[tuple[bool, ScheduledMark]]:
    """Yield the marks from `since` on of all segments before `until`, each with whether it has happened."""
    began, fired = session.began or 0.0, session.fired
    for segment in session.timeline.segments[session.index :]:
        end = math.inf if segment.seconds is None else began + segment.seconds
        for key, mark in segment.numbered_marks:
            if began + mark.at >= since:
                yield key in fired, ScheduledMark(began + mark.at, mark, end)
        if end >= until or (session.waits and segment.phase in WAITING_PHASES):
            return
        began, fired = end, frozenset()


def _after(moments: list[float], moment: float) -> tuple[float, ...]:
    first = bisect_right(moments, moment)
    return tuple(one for one in moments[first:] if one < moment + TONES_AHEAD_SECONDS)


TONE_SECONDS = 1.6
"""Seconds from the first sample of a tone to the line that is spoken after it."""

SENTENCE_SECONDS = 3.2
"""Seconds between two lines that are due in the same moment."""


def filter_cues(marks: Iterable[ScheduledMark], level: VoiceLevel) -> tuple[ScheduledCue, ...]:
    """Return the cues of `marks` that are heard at the voice level `level`.

    `marks` must be in order of time.

    The caption of a tone is spoken after the tone, and lines that are due in one moment are spoken
    one after the other. A line must have ended when its segment ends, so that it never runs
    late into the next phase; only a line at the very end of a segment may run on into the next.
    The number of a repetition is spoken in the moment of its tick.
    """
    heard: list[ScheduledCue] = []
    moment, free = -math.inf, -math.inf
    for each in marks:
        cue, text, at = each.mark.cue, each.mark.text, each.moment
        spec = SPECS[cue]
        spoken_at = spec.spoken_at if each.mark.spoken_at is None else each.mark.spoken_at
        if at != moment:
            moment = free = at
        if cue is Cue.COUNT:
            if level in spec.rings_at:
                heard.append(ScheduledCue(at, cue, text if level in spoken_at else ""))
            continue
        if level in spec.rings_at:
            heard.append(ScheduledCue(at, cue, text))
            free = max(free, at + TONE_SECONDS)
        if text and level in spoken_at:
            heard.append(ScheduledCue(free, Cue.LINE, text, _until(each), each.tones_at))
            free += SENTENCE_SECONDS
    return tuple(sorted(heard, key=lambda due: due.at))


def feedback_lines(
    events: Sequence[happened.Event], level: VoiceLevel, now: float
) -> tuple[ScheduledCue, ...]:
    """Return the lines spoken `now` in answer to the user: paused, resumed, stopped, in pain.

    Nothing is spoken after an interruption by the machine: someone who wakes a computer does not
    expect it to speak.
    """
    if level is not VoiceLevel.FULL:
        return ()
    return tuple(ScheduledCue(now, Cue.LINE, text) for text in _answers(events))


def queue_after(
    answers: Sequence[ScheduledCue], cues: Sequence[ScheduledCue]
) -> tuple[ScheduledCue, ...]:
    """Return `answers` and then `cues`, with the lines delayed until the answers are over."""
    if not answers:
        return tuple(cues)
    free = answers[-1].at + SENTENCE_SECONDS
    moved: list[ScheduledCue] = []
    for due in cues:
        if due.cue is Cue.LINE and due.at < free:
            moved.append(due._replace(at=free))
            free += SENTENCE_SECONDS
        else:
            moved.append(due)
    return (*answers, *moved)


def _until(due: ScheduledMark) -> float | None:
    ends_it = due.moment >= due.segment_end
    return None if ends_it or math.isinf(due.segment_end) else due.segment_end


def _answers(events: Iterable[happened.Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, happened.Paused):
            yield spoken_lines.PAUSED
        elif isinstance(event, happened.Resumed):
            yield spoken_lines.CARRYING_ON
        elif isinstance(event, happened.Skipped) and event.hurt:
            yield spoken_lines.HURTS
        elif isinstance(event, happened.SessionStopped):
            yield spoken_lines.STOPPED
