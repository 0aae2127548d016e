"""The cues: what each is called, which tone it has, and at which voice levels it is heard.

To add one: a member of `Cue` and a row of `CUES` here, the mark that rings it in `timeline.py`,
a recipe in `assets/sounds/make_sounds.py`, and the WAV file that the recipe makes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from legato.domain.routine import VoiceLevel


class Cue(StrEnum):
    """A sound with a meaning; LINE is a spoken line, COUNT a repetition, the others are tones."""

    BEGIN = "begin"
    HALFWAY = "halfway"
    TEN_SECONDS = "ten-seconds"
    SWITCH = "switch"
    END = "end"
    COUNT = "count"
    GOOD_NIGHT = "good-night"
    LINE = "line"


class CueSpec(NamedTuple):
    """What one cue is called and when it is heard.

    Attributes:
        cue: The cue.
        label: Its name on the settings page; empty for a spoken line, which has no tone.
        rings_at: The voice levels at which its tone is played.
        spoken_at: The voice levels at which its caption is spoken.
        caption: Its caption if that is always the same; otherwise `spoken_lines` makes it.
    """

    cue: Cue
    label: str = ""
    rings_at: frozenset[VoiceLevel] = frozenset()
    spoken_at: frozenset[VoiceLevel] = frozenset()
    caption: str = ""

    @property
    def file_name(self) -> str:
        """The name of its tone's file in `assets/sounds`."""
        return f"{self.cue}.wav"


_FULL = frozenset({VoiceLevel.FULL})
_UP_TO_QUIET = _FULL | {VoiceLevel.QUIET}
_UP_TO_CHIME = _UP_TO_QUIET | {VoiceLevel.CHIME}

CUES = (
    CueSpec(cue=Cue.BEGIN, label="A hold begins", rings_at=_UP_TO_CHIME, spoken_at=_UP_TO_QUIET),
    CueSpec(cue=Cue.HALFWAY, label="Halfway", rings_at=_UP_TO_CHIME, spoken_at=_UP_TO_QUIET),
    CueSpec(
        cue=Cue.TEN_SECONDS,
        label="Ten seconds left",
        rings_at=_UP_TO_QUIET,
        spoken_at=_FULL,
        caption="Ten more seconds.",
    ),
    CueSpec(cue=Cue.SWITCH, label="Change sides", rings_at=_UP_TO_CHIME, spoken_at=_UP_TO_QUIET),
    CueSpec(cue=Cue.END, label="A hold ends", rings_at=_UP_TO_CHIME, spoken_at=_UP_TO_QUIET),
    CueSpec(cue=Cue.GOOD_NIGHT, label="Good night", rings_at=_UP_TO_CHIME, spoken_at=_FULL),
    CueSpec(cue=Cue.COUNT, label="A repetition begins", rings_at=_UP_TO_CHIME, spoken_at=_FULL),
    CueSpec(cue=Cue.LINE, spoken_at=_FULL),
)
"""Every cue, tones in the order in which a session rings them."""

SPECS = {spec.cue: spec for spec in CUES}
TONES = tuple(spec for spec in CUES if spec.cue is not Cue.LINE)


class ScheduledCue(NamedTuple):
    """A cue to be heard at a moment.

    Attributes:
        at: Monotonic seconds of its first sample.
        cue: Which sound; LINE is spoken.
        text: The spoken line, the caption of a tone, or the number that is spoken with COUNT.
        until: Monotonic seconds by which a spoken line must have ended, or None.
        tones_at: For a spoken line, monotonic seconds of the tones that follow it, so that it does
            not run into one that is not yet scheduled when the line begins.
    """

    at: float
    cue: Cue
    text: str = ""
    until: float | None = None
    tones_at: tuple[float, ...] = ()
