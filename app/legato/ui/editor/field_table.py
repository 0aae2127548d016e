"""The editor's fields of a step, in the order of the page, with their labels and kinds of input."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from legato.domain.routine import (
    LONGEST_EVERY_SECONDS,
    LONGEST_SECONDS,
    MOST_COUNT,
    MOST_REPEATS,
    SHORTEST_EVERY_SECONDS,
    Ending,
    Kind,
    Night,
    Side,
    Sides,
    VoiceLevel,
    Where,
)

Options: TypeAlias = tuple[tuple[str, object], ...]
"""Pairs of words and value."""


class Takes(Enum):
    """The kind of input that a field takes."""

    WORDS = auto()
    LINES = auto()
    LIST = auto()
    TIME = auto()
    NUMBER = auto()
    SAID = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field.

    Attributes:
        name: The value of the step.
        label: The words beside it.
        takes: What is typed.
        hint: Shown while it is empty.
        options: What can be chosen, for CHOICE.
        least: The least number, or seconds.
        most: The greatest number.
        longest: The greatest number of seconds.
        empty: The value of an empty TIME or NUMBER; without one it may not be empty.
        open: Whether a TIME or NUMBER may be `open`.
        filled: Whether WORDS must say something.
    """

    name: str
    label: str
    takes: Takes
    hint: str = ""
    options: Options = ()
    least: float = 0.0
    most: int = MOST_REPEATS
    longest: float = LONGEST_SECONDS
    empty: tuple[object, ...] = ()
    open: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


KINDS: Options = (
    ("Stretch", Kind.STRETCH),
    ("Massage", Kind.MASSAGE),
    ("Soak", Kind.SOAK),
    ("Drink", Kind.DRINK),
    ("Move", Kind.MOVE),
    ("Rest", Kind.REST),
)
SIDES: Options = (
    ("Each side in turn", Sides.EACH),
    ("Left only", Sides.LEFT),
    ("Right only", Sides.RIGHT),
    ("Both together", Sides.BOTH),
)
FIRST: Options = (("Right", Side.RIGHT), ("Left", Side.LEFT))
WHERE: Options = (
    ("Anywhere", None),
    ("In bed", Where.BED),
    ("Edge of the bed", Where.EDGE),
    ("Floor", Where.FLOOR),
    ("Chair", Where.CHAIR),
    ("Wall", Where.WALL),
)
NIGHTS: Options = (("Yes", Night.YES), ("With a lamp", Night.LAMP), ("No", Night.NO))
VOICES: Options = (
    ("As in my settings", None),
    ("Full", VoiceLevel.FULL),
    ("Quiet", VoiceLevel.QUIET),
    ("Chime only", VoiceLevel.CHIME),
    ("Silent", VoiceLevel.SILENT),
)
ENDINGS: Options = (("A soft bell", Ending.BELL), ("Silent", Ending.SILENT))

HOLD = Field(
    name="hold", label="Hold", takes=Takes.TIME, hint="2 min, 90 s, or open", least=1.0, open=True
)
SIDES_FIELD = Field(name="sides", label="Sides", takes=Takes.CHOICE, options=SIDES)
REPEAT = Field(name="repeat", label="Holds on a side", takes=Takes.NUMBER, least=1)
TURNS: Options = (("All holds of one side first", False), ("The sides take turns", True))

STEP_GROUPS: tuple[Group, ...] = (
    Group(
        "Step",
        (
            Field(
                name="title",
                label="Title",
                takes=Takes.WORDS,
                hint="Doorway stretch",
                filled=True,
            ),
            HOLD,
            Field(
                name="count",
                label="Repetitions",
                takes=Takes.NUMBER,
                hint="None: it is held for a time",
                least=1,
                most=MOST_COUNT,
                empty=(None,),
                open=True,
            ),
            Field(
                name="every",
                label="Each takes",
                takes=Takes.TIME,
                hint="3 s",
                least=SHORTEST_EVERY_SECONDS,
                longest=LONGEST_EVERY_SECONDS,
            ),
            SIDES_FIELD,
            Field(name="first", label="First side", takes=Takes.CHOICE, options=FIRST),
            REPEAT,
            Field(
                name="release",
                label="Rest between",
                takes=Takes.TIME,
                hint="5 s",
            ),
            Field(
                name="own_ready",
                label="Get ready",
                takes=Takes.TIME,
                hint="As the routine has it",
                empty=(None,),
            ),
            Field(
                name="own_switch",
                label="Change sides",
                takes=Takes.TIME,
                hint="As the routine has it",
                empty=(None,),
            ),
            Field(name="alternate", label="Order", takes=Takes.CHOICE, options=TURNS),
        ),
    ),
    Group(
        "Words",
        (
            Field(
                name="setup",
                label="Getting ready",
                takes=Takes.LINES,
                hint="One line each: Rest your {side} leg on the bed.",
            ),
            Field(name="feel", label="Felt in", takes=Takes.WORDS, hint="The upper calf."),
            Field(
                name="say",
                label="Said during the hold",
                takes=Takes.SAID,
                hint="0:15 Soften your jaw and shoulders.",
            ),
            Field(
                name="note",
                label="Note, shown and not spoken",
                takes=Takes.WORDS,
                hint="The red band.",
            ),
            Field(name="easier", label="Easier", takes=Takes.WORDS, hint="Bend the knee a little."),
            Field(
                name="skip_if",
                label="Skip if",
                takes=Takes.WORDS,
                hint="The calf is swollen, warm or red.",
            ),
        ),
    ),
    Group(
        "More",
        (
            Field(name="kind", label="Kind", takes=Takes.CHOICE, options=KINDS),
            Field(name="where", label="Where", takes=Takes.CHOICE, options=WHERE),
            Field(name="needs", label="Needs", takes=Takes.LIST, hint="towel, wall"),
            Field(name="night", label="Fit for the night", takes=Takes.CHOICE, options=NIGHTS),
            Field(name="variants.easier", label="Milder way", takes=Takes.WORDS, hint="Its id"),
            Field(name="variants.seated", label="Seated way", takes=Takes.WORDS, hint="Its id"),
            Field(name="variants.standing", label="Standing way", takes=Takes.WORDS, hint="Its id"),
            Field(name="evidence", label="Evidence", takes=Takes.LIST, hint="Ids of studies"),
        ),
    ),
)
