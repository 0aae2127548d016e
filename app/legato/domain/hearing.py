"""Values of what is heard: sound as samples, and how the user wants to be guided by ear."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

    from legato.domain.ports import Cue
    from legato.domain.settings import Settings


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
        """How long it lasts."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Manner:
    """How lines are spoken.

    Attributes:
        pace: Words a minute, 60 to 200, pauses between lines counted in.
        pitch: 1.0 is the engine's own; 0.5 to 2.0.
        language: As the engine names it; one that it does not have becomes its first.
    """

    pace: int = 110
    pitch: float = 1.0
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How the user wants to be guided by ear.

    Attributes:
        cue_volume: 0 to 1, as the ear takes it: half sounds half as loud.
        voice_volume: The same for spoken lines.
        manner: How lines are spoken.
        pause_seconds: Silence between two spoken lines.
        files: For a cue its own file, or None where it is turned off; the others are as shipped.
    """

    cue_volume: float = 0.7
    voice_volume: float = 0.7
    manner: Manner = Manner()
    pause_seconds: float = 0.5
    files: Mapping[Cue, Path | None] = field(default_factory=dict)


USUAL_PACE = 110
"""Words a minute at which someone half asleep follows without effort."""
WHISPER_DECIBELS = -10.0


def as_heard(settings: Settings) -> SoundSettings:
    """Return what a person's settings mean for sound and voice."""
    whisper = 10 ** (WHISPER_DECIBELS / 40) if settings.whisper else 1.0
    files: dict[Cue, Path | None] = {cue: Path(file) for cue, file in settings.cue_files.items()}
    return SoundSettings(
        cue_volume=settings.cue_volume / 100 * whisper,
        voice_volume=settings.voice_volume / 100 * whisper,
        manner=Manner(round(USUAL_PACE * settings.voice_pace / 100), settings.voice_pitch / 100),
        pause_seconds=settings.voice_pause,
        files=files | dict.fromkeys(settings.cues_off),
    )
