"""What a session is made of: routines and steps as frozen values, valid by construction.

A `Routine` here is flat: every `use` is unfolded and every step carries the times it runs with.
A routine as a person wrote it, with `use` lines, is a `Draft` (see draft.py).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

DEFAULT_HOLD_SECONDS = 120.0
DEFAULT_READY_SECONDS = 20.0
DEFAULT_SWITCH_SECONDS = 15.0
DEFAULT_RELEASE_SECONDS = 5.0
SHORTEST_HOLD_SECONDS = 1.0
LONGEST_SECONDS = 3600.0
MOST_REPEATS = 100
MOST_STEPS = 1000
MOST_COUNT = 500
OPEN_COUNT = 0
"""The `count` of a step whose repetitions are counted until the user goes on."""
DEFAULT_EVERY_SECONDS = 4.0
SHORTEST_EVERY_SECONDS = 1.0
LONGEST_EVERY_SECONDS = 60.0
FIGURE_PREFIX = "figure:"
"""Begins a step's `picture` that is a drawn figure and no file."""

PLAN_ID = "plan"
"""The id that a plan runs under; it has no file."""

_BLANK = r"[\s\x00-\x1f\x7f-\x9f]*"


class Side(StrEnum):
    """The leg that works, from the user's own point of view; BOTH is both at once."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; BOTH is its own opposite."""
        return _OTHER[self]


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


class Sides(StrEnum):
    """How a step uses the sides: EACH gives each side the full time, BOTH runs them together."""

    EACH = "each"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Kind(StrEnum):
    """The kind of a step."""

    STRETCH = "stretch"
    MASSAGE = "massage"
    SOAK = "soak"
    DRINK = "drink"
    MOVE = "move"
    REST = "rest"


class Where(StrEnum):
    """Where a step is done; EDGE is the edge of the bed."""

    BED = "bed"
    EDGE = "edge"
    FLOOR = "floor"
    CHAIR = "chair"
    WALL = "wall"


class Night(StrEnum):
    """Whether a step is fit for 3 a.m.; LAMP is with a lamp on."""

    YES = "yes"
    LAMP = "lamp"
    NO = "no"


class VoiceLevel(StrEnum):
    """How much is spoken, and which tones are played."""

    FULL = "full"
    QUIET = "quiet"
    CHIME = "chime"
    SILENT = "silent"


class Ending(StrEnum):
    """What is heard at the end of a routine."""

    BELL = "bell"
    SILENT = "silent"


class Place(StrEnum):
    """A place on the leg; ANKLE includes heel and foot, BACK_OF_LEG the whole back of the leg."""

    FRONT_OF_THIGH = "front-of-thigh"
    BACK_OF_THIGH = "back-of-thigh"
    OUTER_THIGH = "outer-thigh"
    INNER_THIGH = "inner-thigh"
    BUTTOCK = "buttock"
    FRONT_OF_KNEE = "front-of-knee"
    BACK_OF_KNEE = "back-of-knee"
    INNER_KNEE = "inner-knee"
    OUTER_KNEE = "outer-knee"
    CALF = "calf"
    SHIN = "shin"
    ANKLE = "ankle"
    BACK_OF_LEG = "back-of-leg"
    WHOLE_LEG = "whole-leg"


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line spoken and shown `at` seconds into a hold."""

    at: float
    text: str

    def __post_init__(self) -> None:
        _check_seconds("say", self.at, least=0.0)


class Tempo(NamedTuple):
    """The parts of one repetition, in seconds: the way up, staying there, and the way down."""

    up: float
    stay: float
    down: float

    @property
    def seconds(self) -> float:
        """The length of the repetition."""
        return self.up + self.stay + self.down


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """Ids of other exercises for the same purpose; empty if there is none."""

    easier: str = ""
    seated: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise, with all that is spoken and shown while it runs.

    A value without a meaning gets its default: `hold` beside a `count`, `every` without one, and
    `alternate` where the sides do not follow each other.

    Attributes:
        title: The name shown and spoken.
        kind: The kind of exercise.
        hold: Seconds of one hold, 1 to 3600; None counts up until the user goes on.
        count: Repetitions in one hold, 1 to 500, which take the place of `hold`; OPEN_COUNT counts
            until the user goes on; None where the hold has a time.
        every: Seconds of one repetition, 1 to 60, or its parts.
        repeat: Holds on one side, 1 to 100, with `release` seconds between them.
        release: Seconds to let go between two holds of one side.
        sides: How the sides are used.
        alternate: Whether the sides take turns with each hold, if `sides` is EACH.
        first: Which side comes first when `sides` is EACH.
        ready: Seconds to get into place before the first hold.
        switch: Seconds to change sides.
        own_ready: The same as the step itself says it, which wins over every routine, or None.
        own_switch: Likewise.
        where: Where it is done, or None if that does not matter.
        night: Whether it is fit for 3 a.m.
        variants: Ids of other exercises for the same purpose.
        evidence: Ids of entries of the evidence list.
        picture: `figure:NAME`, or the path of an image beside the routine's file, or empty.
        folder: The folder that `picture` is looked up in, or empty.
        needs: Things to prepare, such as a towel.
        setup: Lines spoken and shown while getting ready.
        feel: Where it should be felt.
        easier: How to make it milder.
        skip_if: When to leave it out.
        say: Extra lines during the hold.
        note: Shown during the hold and never spoken, such as the colour of a band.
        move: Id of the routine that the step was written in.
    """

    title: str
    kind: Kind = Kind.STRETCH
    hold: float | None = DEFAULT_HOLD_SECONDS
    count: int | None = None
    every: float | Tempo = DEFAULT_EVERY_SECONDS
    repeat: int = 1
    release: float = DEFAULT_RELEASE_SECONDS
    sides: Sides = Sides.EACH
    alternate: bool = False
    first: Side = Side.RIGHT
    ready: float = DEFAULT_READY_SECONDS
    switch: float = DEFAULT_SWITCH_SECONDS
    own_ready: float | None = None
    own_switch: float | None = None
    where: Where | None = None
    night: Night = Night.YES
    variants: Variants = field(default_factory=Variants)
    evidence: tuple[str, ...] = ()
    picture: str = ""
    folder: str = ""
    needs: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    feel: str = ""
    easier: str = ""
    skip_if: str = ""
    say: tuple[TimedLine, ...] = ()
    note: str = ""
    move: str = ""

    def __post_init__(self) -> None:
        if not is_written(self.title):
            raise ValueError("a step needs a title")
        if self.hold is not None:
            _check_seconds("hold", self.hold, least=SHORTEST_HOLD_SECONDS)
        if self.every != DEFAULT_EVERY_SECONDS and not (
            SHORTEST_EVERY_SECONDS <= self.every_seconds <= LONGEST_EVERY_SECONDS
        ):
            raise ValueError(f"a repetition takes 1 to 60 seconds, not {self.every_seconds:g}")
        if self.count is not None and not OPEN_COUNT <= self.count <= MOST_COUNT:
            raise ValueError(f"count must be 1 to {MOST_COUNT}, not {self.count}")
        if not 1 <= self.repeat <= MOST_REPEATS:
            raise ValueError(f"repeat must be 1 to {MOST_REPEATS}, not {self.repeat}")
        if self.first is Side.BOTH:
            raise ValueError("first must be left or right")
        for name in ("release", "ready", "switch", "own_ready", "own_switch"):
            if (seconds := getattr(self, name)) is not None:
                _check_seconds(name.removeprefix("own_"), seconds, least=0.0)
        if self.every != DEFAULT_EVERY_SECONDS or self.count is not None or self.alternate:
            self._reset_unused()

    def _reset_unused(self) -> None:
        if self.count is None:
            object.__setattr__(self, "every", DEFAULT_EVERY_SECONDS)
        else:
            object.__setattr__(self, "hold", DEFAULT_HOLD_SECONDS)
        object.__setattr__(self, "alternate", self.alternate and self.sides is Sides.EACH)

    @property
    def every_seconds(self) -> float:
        """Seconds of one repetition."""
        return self.every.seconds if isinstance(self.every, Tempo) else self.every

    @property
    def hold_seconds(self) -> float | None:
        """Seconds of one hold, or None if it lasts until the user goes on."""
        if self.count is None:
            return self.hold
        return None if self.count == OPEN_COUNT else self.count * self.every_seconds

    @property
    def unused(self) -> frozenset[str]:
        """The names of the values that have no meaning in this step."""
        return frozenset(("every",) if self.count is None else ("hold",))

    @property
    def worked_sides(self) -> tuple[Side, ...]:
        """The sides in the order in which they are worked."""
        if self.sides is Sides.EACH:
            return (self.first, self.first.other)
        return (Side(self.sides.value),)

    @property
    def seconds(self) -> float:
        """Time in all: ready, holds, releases and switches; an open hold counts 0."""
        sides, holds = len(self.worked_sides), len(self.worked_sides) * self.repeat
        switches = holds - 1 if self.alternate else sides - 1
        releases = holds - 1 - switches
        held = holds * (self.hold_seconds or 0.0)
        return self.ready + held + releases * self.release + switches * self.switch


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A routine as it runs: steps in order, each with its own times.

    Attributes:
        id: The stem of its file.
        name: The name shown.
        steps: The steps in order, 1 to 1000.
        about: One or two sentences, or empty.
        eases: Places on the leg it is for.
        voice: Its own voice level, or None for the user's.
        end: The sound at the end.
    """

    id: str
    name: str
    steps: tuple[Step, ...]
    about: str = ""
    eases: tuple[Place, ...] = ()
    voice: VoiceLevel | None = None
    end: Ending = Ending.BELL

    def __post_init__(self) -> None:
        if not is_written(self.name):
            raise ValueError("a routine needs a name")
        if not self.steps:
            raise ValueError("a routine needs a step")
        if len(self.steps) > MOST_STEPS:
            raise ValueError(f"a routine has at most {MOST_STEPS} steps, not {len(self.steps)}")

    @property
    def seconds(self) -> float:
        """Time in all; open holds count 0."""
        return math.fsum(step.seconds for step in self.steps)

    @property
    def needs(self) -> tuple[str, ...]:
        """Things to prepare for all steps, without duplicates, in the order of the steps."""
        return tuple(dict.fromkeys(need for step in self.steps for need in step.needs))


def is_written(text: str) -> bool:
    """Say whether `text` holds more than blanks and control characters."""
    return not re.fullmatch(_BLANK, text)


def _check_seconds(name: str, seconds: float, *, least: float) -> None:
    if not (math.isfinite(seconds) and least <= seconds <= LONGEST_SECONDS):
        raise ValueError(f"{name} must be {least:g} to {LONGEST_SECONDS:g} seconds, not {seconds}")


def on_side(routine: Routine, side: Side | None) -> Routine:
    """Return `routine` for one side; None leaves it as written.

    LEFT or RIGHT runs every step on that side only, except steps for both legs at once; BOTH runs
    a step that is written for one side on each side.
    """
    if side is None:
        return routine
    return replace(routine, steps=tuple(_on_side(step, side) for step in routine.steps))


def starting_with(routine: Routine, side: Side | None) -> Routine:
    """Return `routine` with `side` first in steps that work each side; None changes nothing."""
    if side is None or side is Side.BOTH:
        return routine
    return replace(routine, steps=tuple(replace(step, first=side) for step in routine.steps))


def _on_side(step: Step, side: Side) -> Step:
    if step.sides is Sides.BOTH:
        return step
    if side is Side.BOTH:
        return replace(step, sides=Sides.EACH)
    return replace(step, sides=Sides(side.value))
