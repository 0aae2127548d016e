"""What a session has coming, with its exact moments, for whoever schedules ahead."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legato.domain.ports import Cue
from legato.domain.session import WAITING_PHASES, Session, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.domain.timeline import Mark


TOLD_AHEAD_SECONDS = 40.0
"""A line is told of the tones so long after its mark: it may wait for others, and be long."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A mark that is due at a known moment.

    Attributes:
        moment: Monotonic seconds.
        mark: What is due.
        segment_end: Monotonic seconds at which its segment ends; infinite where that is open.
        tones_at: Monotonic seconds of the tones after it, as far as they are near and certain.
    """

    moment: float
    mark: Mark
    segment_end: float
    tones_at: tuple[float, ...] = ()


def upcoming(
    session: Session, now: float, horizon: float, *, since: float | None = None
) -> tuple[Coming, ...]:
    """Return what is due from `since` until before `now + horizon`, as far as it is certain.

    A mark that has happened is left out, unless it is due in the very moment of a move: whoever
    schedules sounds calls this with `since` at the move and then window by window, without gaps.

    Args:
        session: Nothing is due unless it runs.
        now: Monotonic seconds.
        horizon: Seconds to look ahead.
        since: Monotonic seconds at which the window begins; `now` unless said.
    """
    if session.status is not Status.RUNNING or session.began is None:
        return ()
    since, until = now if since is None else since, now + horizon
    ahead = list(_ahead(session, until + TOLD_AHEAD_SECONDS))
    tones = sorted(one.moment for _, one in ahead if one.mark.cue is not Cue.LINE)
    return tuple(
        replace(one, tones_at=_after(tones, one.moment))
        for fired, one in ahead
        if since <= one.moment < until and (not fired or one.moment <= now)
    )


def _ahead(session: Session, until: float) -> Iterator[tuple[bool, Coming]]:
    """Yield the marks from this segment on, each with whether it has happened."""
    began, fired = session.began or 0.0, session.fired
    for segment in session.timeline.segments[session.index :]:
        end = math.inf if segment.seconds is None else began + segment.seconds
        for key, mark in segment.numbered_marks():
            yield key in fired, Coming(began + mark.at, mark, end)
        if end >= until or (session.waits and segment.phase in WAITING_PHASES):
            return
        began, fired = end, frozenset()


def _after(moments: list[float], moment: float) -> tuple[float, ...]:
    first = bisect_right(moments, moment)
    return tuple(one for one in moments[first:] if one < moment + TOLD_AHEAD_SECONDS)
