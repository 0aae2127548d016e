"""The settings: one declaration each, for the value, the settings file and the settings page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from legato.domain.cues import Cue
from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.routine import (
    LONGEST_SECONDS,
    SHORTEST_HOLD_SECONDS,
    Place,
    Side,
    VoiceLevel,
)
from legato.domain.setting_types import (
    ById,
    Flag,
    Group,
    OneOf,
    OrNone,
    Pair,
    Quantity,
    Record,
    Row,
    Several,
    TextOf,
    check_value,
    setting,
    settings_of,
)

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

MOST_REMEMBERED = 500
"""How many routines' sides, variants and last uses are stored; the oldest are dropped."""


class ThemeChoice(StrEnum):
    """The look; SYSTEM follows the desktop."""

    NIGHT = "night"
    DAY = "day"
    SYSTEM = "system"


class Motion(StrEnum):
    """Whether pictures move; FOLLOW uses the setting of the desktop."""

    ON = "on"
    OFF = "off"
    FOLLOW = "follow"


class Advance(StrEnum):
    """What ends a `ready` or a `switch`: time (AUTO), or the user (WAIT)."""

    AUTO = "auto"
    WAIT = "wait"


_AS_WRITTEN = ("As the routine says", None)
_MOMENT = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]"


def _percent(least: int, most: int) -> Quantity:
    return Quantity(unit="percent", least=least, most=most, whole=True)


def _seconds(least: float = 0.0, most: float = LONGEST_SECONDS) -> Quantity:
    return Quantity(unit="seconds", least=least, most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, each declared once.

    A field is a setting's name, here and in the settings file. Its metadata gives the type of its
    value and its row on the settings page; the file and the page are derived from them. To add a
    setting, add a field here and use it.

    Raises:
        ValueError: A value is out of its range or not among its choices.
    """

    theme: ThemeChoice = field(
        default=ThemeChoice.NIGHT,
        metadata=setting(
            OneOf(tuple(ThemeChoice)),
            Row(
                Group.LOOK,
                "Colours",
                (
                    ("Night", ThemeChoice.NIGHT),
                    ("Day", ThemeChoice.DAY),
                    ("As the system", ThemeChoice.SYSTEM),
                ),
            ),
        ),
    )
    text_size: int = field(
        default=100,
        metadata=setting(_percent(100, 200), Row(Group.LOOK, "Text size", step=10)),
    )
    """Percent of the usual size."""
    motion: Motion = field(
        default=Motion.FOLLOW,
        metadata=setting(
            OneOf(tuple(Motion)),
            Row(
                Group.LOOK,
                "Moving pictures",
                (
                    ("Move", Motion.ON),
                    ("Stand still", Motion.OFF),
                    ("As the system", Motion.FOLLOW),
                ),
            ),
        ),
    )
    cue_volume: int = field(
        default=80,
        metadata=setting(_percent(0, 100), Row(Group.SOUND, "Volume of the sounds", step=5)),
    )
    soften: bool = field(
        default=True,
        metadata=setting(Flag(), Row(Group.SOUND, "Softer and softer through a session")),
    )
    whisper: bool = field(
        default=False,
        metadata=setting(
            Flag(), Row(Group.SOUND, "Whisper: everything very soft, for who sleeps nearby")
        ),
    )
    voice: VoiceLevel = field(
        default=VoiceLevel.FULL,
        metadata=setting(
            OneOf(tuple(VoiceLevel)),
            Row(
                Group.VOICE,
                "How much is said",
                (
                    ("Everything", VoiceLevel.FULL),
                    ("Little", VoiceLevel.QUIET),
                    ("Sounds only", VoiceLevel.CHIME),
                    ("Nothing", VoiceLevel.SILENT),
                ),
            ),
        ),
    )
    """The voice level of routines that have none of their own."""
    voice_volume: int = field(
        default=80,
        metadata=setting(_percent(0, 100), Row(Group.VOICE, "Volume of the voice", step=5)),
    )
    voice_pace: int = field(
        default=100,
        metadata=setting(_percent(50, 150), Row(Group.VOICE, "Pace", step=5)),
    )
    """Percent of the usual pace."""
    voice_pitch: int = field(
        default=100,
        metadata=setting(_percent(50, 150), Row(Group.VOICE, "Pitch", step=5)),
    )
    """Percent of the usual pitch."""
    voice_pause: float = field(
        default=0.5,
        metadata=setting(
            _seconds(0, 5),
            Row(
                Group.VOICE,
                "Pause between two lines",
                (("Short", 0.3), ("As usual", 0.5), ("Longer", 1.0), ("Long", 2.0)),
            ),
        ),
    )
    """Seconds of silence between two spoken lines."""
    dim_after: float | None = field(
        default=30.0,
        metadata=setting(
            OrNone(_seconds(1)),
            Row(
                Group.LIGHT,
                "Darken the screen in a hold",
                (
                    ("Never", None),
                    ("After 15 s", 15.0),
                    ("After 30 s", 30.0),
                    ("After a minute", 60.0),
                ),
            ),
        ),
    )
    """Seconds of a session after which the screen darkens, or None if it never does."""
    hold: float | None = field(
        default=None,
        metadata=setting(
            OrNone(_seconds(SHORTEST_HOLD_SECONDS)),
            Row(
                Group.TIMES,
                "Stretches are held",
                (_AS_WRITTEN, ("2 minutes", 120.0), ("1 minute", 60.0), ("30 seconds", 30.0)),
            ),
        ),
    )
    """Seconds of every stretch's hold, or None for as each routine says."""
    ready: float | None = field(
        default=None,
        metadata=setting(
            OrNone(_seconds()),
            Row(
                Group.TIMES,
                "To get into place",
                (_AS_WRITTEN, ("10 s", 10.0), ("20 s", 20.0), ("40 s", 40.0), ("60 s", 60.0)),
            ),
        ),
    )
    """Seconds to get into place in every routine, or None for as each says."""
    switch: float | None = field(
        default=None,
        metadata=setting(
            OrNone(_seconds()),
            Row(
                Group.TIMES,
                "To change sides",
                (_AS_WRITTEN, ("8 s", 8.0), ("15 s", 15.0), ("30 s", 30.0)),
            ),
        ),
    )
    """Seconds to change sides in every routine, or None for as each says."""
    advance: Advance = field(
        default=Advance.AUTO,
        metadata=setting(
            OneOf(tuple(Advance)),
            Row(
                Group.TIMES,
                "When that time is over",
                (("Begin by itself", Advance.AUTO), ("Wait for me", Advance.WAIT)),
            ),
        ),
    )
    """What ends a `ready` or a `switch`."""
    first_side: Side | None = field(
        default=None,
        metadata=setting(
            OrNone(OneOf((Side.LEFT, Side.RIGHT))),
            Row(
                Group.TIMES,
                "First side",
                (_AS_WRITTEN, ("Left", Side.LEFT), ("Right", Side.RIGHT)),
            ),
        ),
    )
    """The side that comes first, or None for as each routine says."""
    cues_off: tuple[Cue, ...] = field(default=(), metadata=setting(Several(OneOf(tuple(Cue)))))
    """Cues that are not sounded."""
    cue_files: Mapping[Cue, str] = field(
        default_factory=dict, metadata=setting(ById(TextOf(), key=OneOf(tuple(Cue))))
    )
    """The user's own sound files, by cue."""
    sides: Mapping[str, Side] = field(
        default_factory=dict, metadata=setting(ById(OneOf(tuple(Side))))
    )
    """The side last chosen for a routine, by the routine's id."""
    variants: Mapping[str, str] = field(default_factory=dict, metadata=setting(ById(TextOf())))
    """The variant used instead of an exercise, by the exercise's id."""
    last_used: Mapping[str, str] = field(
        default_factory=dict, metadata=setting(ById(TextOf(_MOMENT)))
    )
    """When a routine was last used, by its id, as `2026-01-31T23:10`; the oldest first."""
    pick: PlanRequest | None = field(
        default=None,
        metadata=setting(
            OrNone(
                Record(
                    of=PlanRequest,
                    parts={
                        "sore": Several(
                            Pair(
                                first=OneOf(tuple(Place)),
                                second=OneOf(tuple(Side)),
                                about="a place and a side",
                            )
                        ),
                        "feeling": OrNone(OneOf(tuple(FeelingName))),
                        "minutes": OrNone(Quantity(unit="minutes")),
                        "massage_first": Flag(),
                        "foot_bath": Flag(),
                    },
                    about="what was picked",
                )
            )
        ),
    )
    """The last plan request, or None."""
    legs_alike: str | None = field(default=None, metadata=setting(OrNone(TextOf(_MOMENT))))
    """When no leg was more swollen, warm or discoloured than the other, as `2026-01-31T23:10`.

    None if that question was never answered.
    """

    def __post_init__(self) -> None:
        for one in settings_of(type(self)):
            check_value(one.name, one.type, getattr(self, one.name))

    def with_side(self, routine_id: str, side: Side) -> Settings:
        """Return the same, with `side` remembered for a routine."""
        return replace(self, sides=_remembered(self.sides, routine_id, side))

    def with_variant(self, exercise_id: str, variant_id: str) -> Settings:
        """Return the same, with a variant chosen for an exercise; an empty id removes the choice."""
        if variant_id and variant_id != exercise_id:
            return replace(self, variants=_remembered(self.variants, exercise_id, variant_id))
        kept = {one: chosen for one, chosen in self.variants.items() if one != exercise_id}
        return replace(self, variants=kept)

    def with_use(self, routine_id: str, when: str) -> Settings:
        """Return the same, with a routine used last; `when` is `2026-01-31T23:10`."""
        return replace(self, last_used=_remembered(self.last_used, routine_id, when))

    def with_pick(self, request: PlanRequest) -> Settings:
        """Return the same, with `request` as the last plan request."""
        return replace(self, pick=request)

    def with_legs_alike(self, when: str) -> Settings:
        """Return the same, with the legs found alike; `when` is `2026-01-31T23:10`."""
        return replace(self, legs_alike=when)

    def by_last_use(self) -> tuple[str, ...]:
        """Return the ids of used routines, the last used first."""
        return tuple(reversed(tuple(self.last_used)))


DEFAULTS = Settings()
_Value = TypeVar("_Value")


def _remembered(known: Mapping[str, _Value], key: str, value: _Value) -> dict[str, _Value]:
    """Return `known` with `key` set and last; drop the oldest keys above MOST_REMEMBERED."""
    pairs = [(one, kept) for one, kept in known.items() if one != key]
    return dict([*pairs, (key, value)][-MOST_REMEMBERED:])


@dataclass(frozen=True, slots=True)
class Pcm:
    """Sound as samples.

    Attributes:
        samples: Mono, 16 bit.
        rate: Samples a second.
    """

    samples: array[int]
    rate: int

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How lines are spoken.

    Attributes:
        pace: Words a minute, 60 to 200, including the pauses between lines.
        pitch: 1.0 is the engine's own; 0.5 to 2.0.
        language: As the engine names it; an unknown one is replaced by its first.
    """

    pace: int = 110
    pitch: float = 1.0
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """The settings of sound and voice, in the units of the audio output.

    Attributes:
        cue_volume: 0 to 1 in perceived loudness: half sounds half as loud.
        voice_volume: The same for spoken lines.
        voice: How lines are spoken.
        pause_seconds: Silence between two spoken lines.
        files: The user's own sound file of a cue, or None if the cue is off; other cues use the
            sound that ships.
    """

    cue_volume: float = 0.7
    voice_volume: float = 0.7
    voice: VoiceSettings = VoiceSettings()
    pause_seconds: float = 0.5
    files: Mapping[Cue, Path | None] = field(default_factory=dict)


USUAL_PACE = 110
"""Words a minute that a half-asleep listener follows without effort."""
WHISPER_DECIBELS = -10.0


def sound_settings_of(settings: Settings) -> SoundSettings:
    """Return the audio settings that follow from the user's settings."""
    whisper = 10 ** (WHISPER_DECIBELS / 40) if settings.whisper else 1.0
    files: dict[Cue, Path | None] = {cue: Path(file) for cue, file in settings.cue_files.items()}
    return SoundSettings(
        cue_volume=settings.cue_volume / 100 * whisper,
        voice_volume=settings.voice_volume / 100 * whisper,
        voice=VoiceSettings(
            round(USUAL_PACE * settings.voice_pace / 100), settings.voice_pitch / 100
        ),
        pause_seconds=settings.voice_pause,
        files=files | dict.fromkeys(settings.cues_off),
    )
