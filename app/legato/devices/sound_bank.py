"""The sound of each cue: as shipped, the user's own, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.devices import sound_pcm
from legato.devices.sound_files import UnreadableSound, read_sound, read_wav
from legato.domain.ports import Cue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from legato.domain.hearing import Pcm

OWN_LOUDEST = 0.14
"""Root mean square, 0 to 1, of the loudest part of the cues that ship; an own file that is louder
is brought down to it."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A cue's sound; after `body_seconds` only its tail is heard."""

    pcm: Pcm
    body_seconds: float


class CueBank:
    """Reads each cue when it is first needed and keeps it.

    Args:
        folder: Where the shipped cues are, named `begin.wav` and so on.
        files: For a cue its own file, or None where it is turned off.
    """

    def __init__(self, folder: Path, files: Mapping[Cue, Path | None]) -> None:
        self._folder = folder
        self._files = files
        self._tones: dict[Cue, Tone | None] = {Cue.LINE: None}
        self._notes: dict[Cue, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read so far, one sentence for each."""
        return tuple(self._notes.values())

    def tone(self, cue: Cue) -> Tone | None:
        """Return the sound of `cue`, or None where it has none."""
        if cue not in self._tones:
            pcm = self._pcm(cue)
            self._tones[cue] = Tone(pcm, sound_pcm.body_seconds(pcm)) if pcm else None
        return self._tones[cue]

    def _pcm(self, cue: Cue) -> Pcm | None:
        own = self._files.get(cue)
        if own is not None:
            try:
                return _softened(read_sound(own))
            except UnreadableSound as error:
                self._notes[cue] = (
                    f"Your sound for “{cue.replace('-', ' ')}” is not used, the usual one is: "
                    f"{own.name}: {error}."
                )
        elif cue in self._files:
            return None
        return self._shipped(cue)

    def _shipped(self, cue: Cue) -> Pcm | None:
        path = self._folder / f"{cue}.wav"
        try:
            return read_wav(path)
        except UnreadableSound as error:
            self._notes[cue] = f"The sound {path.name} is missing from this installation: {error}."
            return None


def _softened(pcm: Pcm) -> Pcm:
    loudest = sound_pcm.loudest(pcm)
    return sound_pcm.scaled(pcm, OWN_LOUDEST / loudest) if loudest > OWN_LOUDEST else pcm
