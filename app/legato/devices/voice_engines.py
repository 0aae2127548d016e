"""Finds the engine that can speak on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato.devices import voice_pico, voice_say
from legato.domain.ports import NullSpeaker

if TYPE_CHECKING:
    from legato.domain.ports import Speaker


def find_speaker() -> Speaker:
    """Return Pico where it is installed, the system's voice on macOS, or one that says nothing."""
    if engine := voice_pico.find_engine():
        return voice_pico.PicoSpeaker(engine)
    if sys.platform == "darwin" and Path(voice_say.PROGRAM).exists():
        return voice_say.SaySpeaker()
    return NullSpeaker()
