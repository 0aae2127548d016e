"""Values of sound and voice, in the units of the audio output."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

    from legato.domain.cues import Cue
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
