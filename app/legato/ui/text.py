"""The words and figures on the screen: times, sides, places, problems."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6 import QtGui

from legato.domain.durations import format_clock, spelled
from legato.domain.routine import OPEN_COUNT, Place, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from legato.domain.problems import Problem
    from legato.domain.routine import Routine, Step

_MINUTE = 60
_HOUR = 3600
_NOISE_SECONDS = 1e-6
"""What the difference of two readings of a clock may be off by."""

OPEN_TIME = "as long as it takes"
NO_ROUTINES = "There are no routines here yet."

_PLACES = {
    Place.FRONT_OF_THIGH: "front of the thigh",
    Place.BACK_OF_THIGH: "back of the thigh",
    Place.OUTER_THIGH: "outer thigh",
    Place.INNER_THIGH: "inner thigh",
    Place.BUTTOCK: "buttock",
    Place.FRONT_OF_KNEE: "front of the knee",
    Place.BACK_OF_KNEE: "back of the knee",
    Place.INNER_KNEE: "inner knee",
    Place.OUTER_KNEE: "outer knee",
    Place.CALF: "calf",
    Place.SHIN: "shin",
    Place.ANKLE: "ankle and foot",
    Place.BACK_OF_LEG: "back of the leg",
    Place.WHOLE_LEG: "whole leg",
}

_ALSO = {
    Place.FRONT_OF_THIGH: "quads",
    Place.BACK_OF_THIGH: "hamstrings",
    Place.OUTER_THIGH: "hip it band",
    Place.INNER_THIGH: "groin adductors",
    Place.BUTTOCK: "hip glutes seat bottom",
    Place.ANKLE: "foot heel sole",
}

_IN_A_LIST = {Place.ANKLE: "ankle"}
"""Shorter words where several places are named, which an `and` inside one would confuse."""

_SIDES = {Side.LEFT: "left", Side.RIGHT: "right", Side.BOTH: "both legs"}


def time_left(seconds: float) -> str:
    """Return `2:00` for what is left, rounded up so that `0:00` is shown at the very end alone."""
    return _clock(math.ceil(seconds - _NOISE_SECONDS))


def time_passed(seconds: float) -> str:
    """Return `0:42` for a time that counts up: full seconds only."""
    return _clock(math.floor(seconds + _NOISE_SECONDS))


def _clock(seconds: int) -> str:
    minutes, rest = divmod(max(0, seconds), _MINUTE)
    if minutes < _MINUTE:
        return format_clock(max(0, seconds))
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}"


def duration(seconds: float) -> str:
    """Return `23 min`, `1 h 5 min`, or `45 s` for what is shorter than a minute."""
    return _duration(seconds, ("s", "s"), ("min", "min"), ("h", "h"))


def spoken_duration(seconds: float) -> str:
    """Return `23 minutes` or `1 hour 5 minutes`, for screen readers."""
    return _duration(seconds, ("second", "seconds"), ("minute", "minutes"), ("hour", "hours"))


def _duration(seconds: float, *units: tuple[str, str]) -> str:
    second, minute, hour = units
    if seconds < _MINUTE:
        return _counted(round(seconds), second)
    minutes = math.floor(seconds / _MINUTE + 0.5)
    if minutes < _MINUTE:
        return _counted(minutes, minute)
    hours, minutes = divmod(minutes, _MINUTE)
    whole = _counted(hours, hour)
    return f"{whole} {_counted(minutes, minute)}" if minutes else whole


def _counted(number: int, unit: tuple[str, str]) -> str:
    one, many = unit
    return f"{number} {one if number == 1 else many}"


def routine_time(routine: Routine, *, spoken: bool = False) -> str:
    """Return how long a routine takes; one that ends when the user says so has no number."""
    if any(step.hold_seconds is None for step in routine.steps):
        return OPEN_TIME
    return spoken_duration(routine.seconds) if spoken else duration(routine.seconds)


def times(count: int) -> str:
    """Return `once` or `12 times`."""
    return "once" if count == 1 else f"{count} times"


def repetitions(step: Step) -> str:
    """Return `12, every 3 s` for a counted step, or `open` without an end."""
    if step.count == OPEN_COUNT:
        return f"open, every {spelled(step.every_seconds)}"
    return f"{step.count}, every {spelled(step.every_seconds)}"


def joined(words: Sequence[str]) -> str:
    """Return `a`, `a and b` or `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(words: str) -> str:
    """Return `words` with a capital at the start and the rest untouched."""
    return words[:1].upper() + words[1:]


def side(which: Side) -> str:
    """Return `left`, `right` or `both legs`."""
    return _SIDES[which]


def place(which: Place) -> str:
    """Return the name of a place on the leg, as one says it."""
    return _PLACES[which]


def search_words(which: Place) -> str:
    """Return every word that a place may be looked for by."""
    return f"{which.value} {_PLACES[which]} {_ALSO.get(which, '')}"


def all_places(places: Sequence[Place]) -> str:
    """Return `calf, ankle and foot` with a comma between places, or an empty string."""
    return ", ".join(map(place, places))


def eases(places: Sequence[Place]) -> str:
    """Return `For calf and shin`, or an empty string; the whole leg takes in the rest.

    What a routine is for is no claim that it helps.
    """
    if Place.WHOLE_LEG in places:
        return "For the whole leg"
    return f"For {joined([_IN_A_LIST.get(each, place(each)) for each in places])}" if places else ""


def needs(things: Sequence[str]) -> str:
    """Return `Needs towel and wall`, or an empty string."""
    return f"Needs {joined(things)}" if things else ""


def continue_line(routine: str, title: str, which: Side, seconds_left: float | None) -> str:
    """Return `Full bedtime: Calf, left leg, 0:48 to go`; an open hold has no time to name."""
    parts = [title, _SIDES[which] if which is Side.BOTH else f"{_SIDES[which]} leg"]
    if seconds_left is not None:
        parts.append(f"{time_left(seconds_left)} to go")
    line = ", ".join(parts)
    return line if routine == title else f"{routine}: {line}"


def routine_spoken(routine: Routine) -> str:
    """Return `Full bedtime, 23 minutes, for the whole leg, needs towel`, for a screen reader."""
    parts = (eases(routine.eases), needs(routine.needs))
    words = [routine.name, routine_time(routine, spoken=True)]
    return ", ".join([*words, *(part[:1].lower() + part[1:] for part in parts if part)])


def broken_spoken(name: str, problems: Sequence[Problem]) -> str:
    """Return `My evening, 2 problems, line 3: ...`, for a screen reader."""
    return ", ".join([name, problem_count(len(problems)), *map(problem, problems[:1])])


def problem_count(number: int) -> str:
    """Return `1 problem` or `3 problems`."""
    return _counted(number, ("problem", "problems"))


def broken_files(number: int) -> str:
    """Return what the library says about the files that it cannot run."""
    return _counted(number, ("file needs mending", "files need mending"))


def problem(what: Problem) -> str:
    """Return `Line 12: hold must be ... (did you mean ...?)`, without the file's name."""
    of_whole_file = what.line == 1 and what.column == 1 and not what.field
    at = "" if of_whole_file else f"Line {what.line}: "
    return sentence(f"{at}{what.text_and_hint}")


def found(number: int) -> str:
    """Return how many routines a search found."""
    return f"{number} found"


def nothing_found(searched: str) -> str:
    """Return what the library says where a search finds nothing."""
    return (
        f"Nothing here matches “{searched}”.\n"
        "Try a place, such as calf, or a thing you have, such as towel."
    )


def cannot_run(name: str) -> str:
    """Return what is said of a routine that was asked for and cannot be run."""
    return f"{name} cannot be run; its file needs mending"


def shown_later(name: str) -> str:
    """Return what is said of a file that was opened while nothing may come over the page."""
    return f"{name} will be shown after this."


def not_started(name: str) -> str:
    """Return what is said of a routine that another start asked for during a session."""
    return f"{name} was not started: this goes on. To begin it, stop this first."


def place_not_kept(why: Problem) -> str:
    """Return the warning that the position of a session cannot be saved."""
    return f"Your place in this session cannot be kept: {_reason(why)}. The session goes on."


def choices_not_kept(why: Problem) -> str:
    """Return what is said when settings cannot be kept."""
    return f"What you chose cannot be kept: {_reason(why)}. It holds until Legato is closed."


def _reason(why: Problem) -> str:
    """Return the last part of a problem, after what cannot be done, and what to do about it."""
    reason = why.text.rpartition(": ")[2]
    return f"{reason} ({why.hint})" if why.hint else reason


BESIDE_ANOTHER = (
    "Another Legato is open on these files and does not answer, so this one works beside it."
    " Close the other one when you can."
)


def folder_gone(folder: str) -> str:
    """Return what is said when the folder of the user's routines is no longer there."""
    return (
        f"The folder with your routines is gone: {folder}. What you save from now on makes it anew."
    )


def leg_name(which: Side) -> str:
    """Return `Right leg`, `Left leg` or `Both legs`."""
    return "Both legs" if which is Side.BOTH else f"{sentence(side(which))} leg"


def announce(source: QObject, words: str) -> None:
    """Have `words` read out; does nothing without a screen reader, or before Qt 6.8."""
    if words and QtGui.QAccessible.isActive() and hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(source, words))
