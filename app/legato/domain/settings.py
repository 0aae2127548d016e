"""What a person has chosen once and for all, as one frozen value that is always valid."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from legato.domain.routine import LONGEST_SECONDS, SHORTEST_HOLD_SECONDS, Side, VoiceLevel

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

    from legato.domain.cues import Cue
    from legato.domain.plan import PlanRequest

MOST_REMEMBERED = 500
"""Routines whose side, variant or last use is remembered; the longest unused is forgotten."""


class ThemeChoice(StrEnum):
    """The look; SYSTEM follows the desktop."""

    NIGHT = "night"
    DAY = "day"
    SYSTEM = "system"


class Motion(StrEnum):
    """Whether pictures move; FOLLOW does as the desktop says."""

    ON = "on"
    OFF = "off"
    FOLLOW = "follow"


class Advance(StrEnum):
    """What ends a `ready` or a `switch`: time (AUTO), or the user (WAIT)."""

    AUTO = "auto"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings.

    Attributes:
        theme: The look.
        motion: Whether pictures move.
        text_size: Percent of the usual size, 100 to 200.
        voice: How much is said, where a routine does not say.
        voice_volume: Percent, 0 to 100.
        cue_volume: Percent, 0 to 100.
        voice_pace: Percent of the usual pace, 50 to 150.
        voice_pitch: Percent of the usual pitch, 50 to 150.
        voice_pause: Seconds of silence between two spoken lines, 0 to 5.
        whisper: Whether all is heard very softly, for who sleeps nearby.
        soften: Whether sounds grow softer through a session.
        advance: What ends a ready or a switch.
        ready: Seconds to get into place in every routine, or None as each says.
        switch: Seconds to change sides in every routine, or None as each says.
        hold: Seconds of every stretch's hold, or None as each routine says.
        first_side: The side that comes first, or None as each routine says.
        dim_after: Seconds of a session after which the screen darkens by itself, or None.
        cues_off: Cues that are not sounded.
        cue_files: The user's own sound files, by cue.
        sides: The side that was last chosen for a routine, by its id.
        variants: The variant that is used instead of a move, by the move's id.
        last_used: When a routine was last used, by its id, as `2026-01-31T23:10`, the oldest
            first.
        pick: What was picked last where it hurts, or None.
        legs_alike: When no leg was more swollen, warm or discoloured than the other, as
            `2026-01-31T23:10`; None where that was never said.
    """

    theme: ThemeChoice = ThemeChoice.NIGHT
    motion: Motion = Motion.FOLLOW
    text_size: int = 100
    voice: VoiceLevel = VoiceLevel.FULL
    voice_volume: int = 80
    cue_volume: int = 80
    voice_pace: int = 100
    voice_pitch: int = 100
    voice_pause: float = 0.5
    whisper: bool = False
    soften: bool = True
    advance: Advance = Advance.AUTO
    ready: float | None = None
    switch: float | None = None
    hold: float | None = None
    first_side: Side | None = None
    dim_after: float | None = 30.0
    cues_off: tuple[Cue, ...] = ()
    cue_files: Mapping[Cue, str] = field(default_factory=dict)
    sides: Mapping[str, Side] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    last_used: Mapping[str, str] = field(default_factory=dict)
    pick: PlanRequest | None = None
    legs_alike: str | None = None

    def __post_init__(self) -> None:
        for name, least, most in _RANGES:
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and least <= value <= most):
                raise ValueError(f"{name} must be {least:g} to {most:g}, not {value}")
        if self.first_side is Side.BOTH:
            raise ValueError("first_side must be left or right")

    def with_side(self, routine_id: str, side: Side) -> Settings:
        """Return the same, with `side` remembered for a routine."""
        return replace(self, sides=_remembered(self.sides, routine_id, side))

    def with_variant(self, move_id: str, variant_id: str) -> Settings:
        """Return the same, with a variant chosen for a move; an empty id takes it back."""
        if variant_id and variant_id != move_id:
            return replace(self, variants=_remembered(self.variants, move_id, variant_id))
        kept = {one: chosen for one, chosen in self.variants.items() if one != move_id}
        return replace(self, variants=kept)

    def with_use(self, routine_id: str, when: str) -> Settings:
        """Return the same, with a routine used last; `when` is `2026-01-31T23:10`."""
        return replace(self, last_used=_remembered(self.last_used, routine_id, when))

    def with_pick(self, wish: PlanRequest) -> Settings:
        """Return the same, with what was picked where it hurts."""
        return replace(self, pick=wish)

    def with_legs_alike(self, when: str) -> Settings:
        """Return the same, with the legs found alike; `when` is `2026-01-31T23:10`."""
        return replace(self, legs_alike=when)

    def by_last_use(self) -> tuple[str, ...]:
        """Return the ids of used routines, the last used first."""
        return tuple(reversed(tuple(self.last_used)))


_RANGES = (
    ("text_size", 100, 200),
    ("voice_volume", 0, 100),
    ("cue_volume", 0, 100),
    ("voice_pace", 50, 150),
    ("voice_pitch", 50, 150),
    ("voice_pause", 0, 5),
    ("ready", 0, LONGEST_SECONDS),
    ("switch", 0, LONGEST_SECONDS),
    ("hold", SHORTEST_HOLD_SECONDS, LONGEST_SECONDS),
    ("dim_after", 1, LONGEST_SECONDS),
)
_Value = TypeVar("_Value")


def _remembered(known: Mapping[str, _Value], key: str, value: _Value) -> dict[str, _Value]:
    """Return `known` with `key` set and last, and no more of the oldest than may be kept."""
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
        pace: Words a minute, 60 to 200, pauses between lines counted in.
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
        files: For a cue the user's own file, or None where the cue is off; others sound as shipped.
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
