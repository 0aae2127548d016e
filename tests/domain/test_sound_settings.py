"""The audio settings that follow from the user's settings."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from legato.domain.cues import Cue
from legato.domain.settings import Settings
from legato.domain.sound import Pcm, VoiceSettings, sound_settings_of


def test_volumes_are_fractions() -> None:
    """Percent become 0 to 1, separately for cues and voice."""
    heard = sound_settings_of(Settings(cue_volume=40, voice_volume=60))

    assert (heard.cue_volume, heard.voice_volume) == (0.4, 0.6)


def test_whisper_is_ten_decibels_softer() -> None:
    """Samples scale with the square of the volume: a whisper has a third."""
    heard = sound_settings_of(Settings(cue_volume=100, voice_volume=100, whisper=True))

    assert heard.cue_volume**2 == pytest.approx(10 ** (-10 / 20))
    assert heard.voice_volume**2 == pytest.approx(10 ** (-10 / 20))


def test_pace_is_in_words_a_minute() -> None:
    """The pace is a percentage of the usual words a minute."""
    assert sound_settings_of(Settings()).voice == VoiceSettings(110, 1.0)
    assert sound_settings_of(Settings(voice_pace=50, voice_pitch=120)).voice == VoiceSettings(
        55, 1.2
    )


def test_own_file_is_a_path() -> None:
    """A cue's own sound file is used."""
    assert sound_settings_of(Settings(cue_files={Cue.END: "/bell.wav"})).files == {
        Cue.END: Path("/bell.wav")
    }


def test_cue_that_is_off_has_none() -> None:
    """A cue that is off stays off, even with a file of its own."""
    settings = Settings(cue_files={Cue.END: "/bell.wav"}, cues_off=(Cue.END,))

    assert sound_settings_of(settings).files == {Cue.END: None}


def test_sound_knows_its_length() -> None:
    """The length follows from the samples and their rate."""
    assert Pcm(array("h", [0] * 24_000), 48_000).seconds == 0.5
