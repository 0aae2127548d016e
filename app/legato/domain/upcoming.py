"""What a session has coming, with its exact moments, for whoever schedules ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.session import WAITING_PHASES, Session, Status

if TYPE_CHECKING:
    from legato.domain.timeline import Mark


@dataclass(frozen=True, slots=True)
class Coming:
    """A mark that is due at a known moment.

    Attributes:
        moment: Monotonic seconds.
        mark: What is due.
        segment_end: Monotonic seconds at which its segment ends; infinite where that is open.
    """

    moment: float
    mark: Mark
    segment_end: float


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
    due: list[Coming] = []
    began, fired = session.began, session.fired
    for segment in session.timeline.segments[session.index :]:
        end = float("inf") if segment.seconds is None else began + segment.seconds
        due += (
            Coming(began + mark.at, mark, end)
            for key, mark in segment.numbered_marks()
            if since <= began + mark.at < until and (key not in fired or began + mark.at <= now)
        )
        if end >= until or (session.waits and segment.phase in WAITING_PHASES):
            break
        began, fired = end, frozenset()
    return tuple(due)
