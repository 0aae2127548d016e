"""Every cue is complete: a row, a name, a voice rule, a sound file, a place in a session.

That the script beside the sounds makes each of them is tried in `test_bundled_cues.py`.
"""

from __future__ import annotations

import pytest

from builders import counted, five_steps
from legato.domain.cues import CUES, SPECS, TONES, Cue
from legato.domain.routine import VoiceLevel
from legato.domain.timeline import lay_out
from legato.resources import find_bundled

SOUNDS = find_bundled().assets / "sounds"


def test_each_cue_has_one_row() -> None:
    """`CUES` and `Cue` name the same cues, each once."""
    assert sorted(spec.cue for spec in CUES) == sorted(Cue)


@pytest.mark.parametrize("cue", Cue)
def test_a_tone_has_a_name_of_its_own_and_a_line_has_none(cue: Cue) -> None:
    """The settings page lists each tone under a unique name."""
    labels = [spec.label for spec in TONES]

    assert (labels.count(SPECS[cue].label) == 1) is (cue is not Cue.LINE)
    assert bool(SPECS[cue].label) is (cue is not Cue.LINE)


@pytest.mark.parametrize("cue", Cue)
def test_a_cue_is_heard_in_full_and_not_in_silence(cue: Cue) -> None:
    """Each tone is played and each line spoken at `full`; nothing is at `silent`."""
    spec = SPECS[cue]

    heard = spec.spoken_at if cue is Cue.LINE else spec.rings_at
    assert VoiceLevel.FULL in heard
    assert VoiceLevel.SILENT not in spec.rings_at | spec.spoken_at


@pytest.mark.parametrize("cue", [spec.cue for spec in TONES])
def test_a_caption_is_spoken_only_where_its_tone_rings(cue: Cue) -> None:
    """No level speaks the caption of a tone that it does not play."""
    assert SPECS[cue].spoken_at <= SPECS[cue].rings_at


def test_each_tone_ships() -> None:
    """The folder of sounds has a WAV file for each tone, and no other."""
    shipped = sorted(path.name for path in SOUNDS.glob("*.wav"))

    assert shipped == sorted(spec.file_name for spec in TONES)


def test_each_tone_is_rung_by_some_session() -> None:
    """The timelines of a held and of a counted routine have a mark for every tone, with a caption."""
    cues = (*lay_out(five_steps()).cues(), *lay_out(counted()).cues())
    marks = [mark for mark in cues if mark.cue is not Cue.LINE]

    assert {mark.cue for mark in marks} == {spec.cue for spec in TONES}
    assert all(mark.text for mark in marks)
