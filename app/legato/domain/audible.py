"""What is heard of a session at each voice level: marks become sounds with their moments."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain import events as happened
from legato.domain import wording
from legato.domain.ports import Cue, Due
from legato.domain.routine import VoiceLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from legato.domain.upcoming import Coming

TONE_SECONDS = 1.6
"""From the first sample of a tone to the line that is spoken after it."""

SENTENCE_SECONDS = 3.2
"""What a line is given before another that is due in the same moment."""

_CHIMES = frozenset({Cue.BEGIN, Cue.HALFWAY, Cue.SWITCH, Cue.END, Cue.GOOD_NIGHT})
_TONES = frozenset(Cue) - {Cue.LINE}
_RUNG = {
    VoiceLevel.FULL: _TONES,
    VoiceLevel.QUIET: _TONES,
    VoiceLevel.CHIME: _CHIMES,
    VoiceLevel.SILENT: frozenset[Cue](),
}
_SPOKEN = {
    VoiceLevel.FULL: frozenset(Cue),
    VoiceLevel.QUIET: frozenset({Cue.BEGIN, Cue.HALFWAY, Cue.SWITCH, Cue.END}),
    VoiceLevel.CHIME: frozenset[Cue](),
    VoiceLevel.SILENT: frozenset[Cue](),
}


def audible(coming: Iterable[Coming], level: VoiceLevel) -> tuple[Due, ...]:
    """Return what is heard of `coming`, which is in order of time, at `level`.

    The caption of a tone is spoken after the tone, and lines that are due in one moment are spoken
    one after the other. A line must have ended when its segment ends, so that it never comes late
    into the next phase; only what is said at the end of a segment may run on into it.
    """
    heard: list[Due] = []
    moment, free = -math.inf, -math.inf
    for each in coming:
        cue, text, at = each.mark.cue, each.mark.text, each.moment
        if at != moment:
            moment = free = at
        if cue in _RUNG[level]:
            heard.append(Due(at, cue, text))
            free = max(free, at + TONE_SECONDS)
        if text and cue in _SPOKEN[level]:
            heard.append(Due(free, Cue.LINE, text, _until(each), each.tones_at))
            free += SENTENCE_SECONDS
    return tuple(sorted(heard, key=lambda due: due.at))


def said_after(events: Sequence[happened.Event], level: VoiceLevel, now: float) -> tuple[Due, ...]:
    """Return what is said `now` to what the user did: paused, went on, stopped, felt pain.

    Nothing is said when the machine has slept: who woke it did not wish to be spoken to.
    """
    if level is not VoiceLevel.FULL:
        return ()
    return tuple(Due(now, Cue.LINE, text) for text in _answers(events))


def after(answers: Sequence[Due], heard: Sequence[Due]) -> tuple[Due, ...]:
    """Return `answers` and then `heard`, whose lines wait until the answers have been said."""
    if not answers:
        return tuple(heard)
    free = answers[-1].at + SENTENCE_SECONDS
    moved: list[Due] = []
    for due in heard:
        if due.cue is Cue.LINE and due.at < free:
            moved.append(replace(due, at=free))
            free += SENTENCE_SECONDS
        else:
            moved.append(due)
    return (*answers, *moved)


def _until(coming: Coming) -> float | None:
    ends_it = coming.moment >= coming.segment_end
    return None if ends_it or math.isinf(coming.segment_end) else coming.segment_end


def _answers(events: Iterable[happened.Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, happened.Paused):
            yield wording.PAUSED
        elif isinstance(event, happened.Resumed):
            yield wording.CARRYING_ON
        elif isinstance(event, happened.Skipped) and event.hurt:
            yield wording.HURTS
        elif isinstance(event, happened.SessionStopped):
            yield wording.STOPPED
