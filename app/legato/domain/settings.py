"""The settings: one declaration each, for the value, the settings file and the settings page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from legato.domain.cues import Cue
from legato.domain.routine import (
    LONGEST_SECONDS,
    SHORTEST_HOLD_SECONDS,
    Side,
    VoiceLevel,
)
from legato.domain.setting_types import (
    ById,
    Flag,
    Group,
    OneOf,
    OrNone,
    Quantity,
    Row,
    Several,
    TextOf,
    check_value,
    setting,
    settings_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


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

    def __post_init__(self) -> None:
        for one in settings_of(type(self)):
            check_value(one.name, one.type, getattr(self, one.name))


DEFAULTS = Settings()
