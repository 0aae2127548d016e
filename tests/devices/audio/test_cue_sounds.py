"""Tests of the sound of each cue: shipped, the user's own, or none."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest

from devices.audio_fakes import flat
from legato.devices.audio import samples
from legato.devices.audio.playsound_backend import write_wav
from legato.devices.audio.samples import OWN_LOUDEST, CueSounds
from legato.domain.cues import Cue
from legato.domain.sound import Pcm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a shipped `begin`."""
    write_wav(tmp_path / "begin.wav", flat(1.0, 1_000))
    return tmp_path


def test_shipped_cue_is_read(folder: Path) -> None:
    """Without a setting the shipped sound is used."""
    tone = CueSounds(folder, {}).tone(Cue.BEGIN)

    assert tone is not None
    assert tone.pcm == flat(1.0, 1_000)


def test_cue_is_turned_off(folder: Path) -> None:
    """A cue whose file is None has no sound."""
    assert CueSounds(folder, {Cue.BEGIN: None}).tone(Cue.BEGIN) is None


def test_own_file_is_used(folder: Path) -> None:
    """The user's file replaces the shipped one."""
    write_wav(folder / "mine.wav", flat(0.5, 2_000))
    tone = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"}).tone(Cue.BEGIN)

    assert tone is not None
    assert tone.pcm.samples == flat(0.5, 2_000).samples


def test_loud_own_file_is_brought_down(folder: Path) -> None:
    """A loud file is scaled down."""
    write_wav(folder / "mine.wav", flat(0.5, 30_000))
    tone = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"}).tone(Cue.BEGIN)

    assert tone is not None
    assert samples.loudest(tone.pcm) == pytest.approx(OWN_LOUDEST, rel=0.01)


def test_unreadable_own_file_falls_back(folder: Path) -> None:
    """The shipped sound replaces a broken file."""
    (folder / "mine.wav").write_bytes(b"no sound")
    tone = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"}).tone(Cue.BEGIN)

    assert tone is not None
    assert tone.pcm == flat(1.0, 1_000)


def test_unreadable_own_file_is_reported(folder: Path) -> None:
    """A note has the file's name and the reason."""
    bank = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"})
    bank.tone(Cue.BEGIN)

    told = (
        "Your sound for “begin” is not used, the usual one is: mine.wav: No such file or directory."
    )
    assert bank.notes == (told,)


def test_missing_shipped_cue_is_reported(folder: Path) -> None:
    """A note names the missing file."""
    bank = CueSounds(folder, {})

    assert bank.tone(Cue.END) is None
    assert "end.wav" in bank.notes[0]


def test_checking_tells_of_a_missing_cue(folder: Path) -> None:
    """It is said before the cue is due."""
    bank = CueSounds(folder, {})
    bank.check()

    assert any("end.wav" in note for note in bank.notes)


def test_checking_tells_of_an_unreadable_own_file(folder: Path) -> None:
    """It is said as soon as it is chosen."""
    bank = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"})
    bank.check()

    assert any("mine.wav" in note for note in bank.notes)


def test_checking_keeps_no_shipped_cue(folder: Path) -> None:
    """Together they take 2 MB, of which a session may need a part."""
    bank = CueSounds(folder, {})
    bank.check()
    (folder / "begin.wav").unlink()

    assert bank.tone(Cue.BEGIN) is None


def test_cue_is_read_once(folder: Path) -> None:
    """A sound is cached."""
    bank = CueSounds(folder, {})
    first = bank.tone(Cue.BEGIN)
    (folder / "begin.wav").unlink()

    assert bank.tone(Cue.BEGIN) is first


def test_line_has_no_tone(folder: Path) -> None:
    """A spoken line is no tone."""
    assert CueSounds(folder, {}).tone(Cue.LINE) is None


def test_body_is_measured(folder: Path) -> None:
    """A tone has the length of its body."""
    samples = array("h", [*flat(0.4, 9_000).samples, *flat(1.0, 50).samples])
    write_wav(folder / "mine.wav", Pcm(samples, 48_000))
    tone = CueSounds(folder, {Cue.BEGIN: folder / "mine.wav"}).tone(Cue.BEGIN)

    assert tone is not None
    assert tone.body_seconds == pytest.approx(0.4, abs=0.03)
