"""Tests of mixing: each sound from its exact frame, faded and scaled."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from devices.audio_fakes import LOUD, scheduler_with
from legato.devices.audio.mixer import Levels, Mixer, near_silence
from legato.devices.audio.samples import MIX_RATE
from legato.domain.cues import Cue, ScheduledCue

BLOCK = 4_800
QUIET = 1


def mixer_of(*due: ScheduledCue, levels: Levels | None = None, **lines: float) -> Mixer:
    """Return a mixer of `due`, with lines of so many seconds."""
    return Mixer(scheduler_with(*due, **lines), lambda: levels or Levels())


def first_loud(block: array[int]) -> int:
    """Return the first frame that is not near-silence."""
    return next(frame for frame, sample in enumerate(block) if abs(sample) > QUIET)


def test_tone_begins_at_its_exact_frame() -> None:
    """The first sample of a cue is at the frame of its moment."""
    block = mixer_of(ScheduledCue(10.05, Cue.BEGIN)).render(BLOCK, 10.0)

    assert first_loud(block) == round(0.05 * MIX_RATE)


def test_tone_goes_on_in_the_next_block() -> None:
    """There is no gap between blocks."""
    mixer = mixer_of(ScheduledCue(10.05, Cue.BEGIN))
    mixer.render(BLOCK, 10.0)

    assert set(mixer.render(BLOCK, 10.1)) == {LOUD}


def test_tone_is_played_whole() -> None:
    """No sample is lost or repeated."""
    mixer = mixer_of(ScheduledCue(10.05, Cue.BEGIN))
    blocks = [mixer.render(BLOCK, 10.0 + number / 10) for number in range(8)]

    assert sum(block.count(LOUD) for block in blocks) == round(0.5 * MIX_RATE)


def test_late_tone_begins_with_the_block() -> None:
    """A slightly late tone begins at once."""
    assert first_loud(mixer_of(ScheduledCue(9.9, Cue.BEGIN)).render(BLOCK, 10.0)) == 0


def test_silence_is_near_silence() -> None:
    """Without sounds the output is inaudible, but not zero."""
    assert set(mixer_of().render(BLOCK, 10.0)) == {-1, 0, 1}


@pytest.mark.parametrize("frames", [0, 1, 2, 3, 441, 4_800])
def test_near_silence_has_the_length_asked_for(frames: int) -> None:
    """Any number of frames can be requested."""
    assert len(near_silence(frames)) == frames


def test_volume_scales_tones() -> None:
    """Half the level is half the sample."""
    block = mixer_of(ScheduledCue(10.0, Cue.BEGIN), levels=Levels(tones=0.5)).render(BLOCK, 10.0)

    assert set(block) == {LOUD // 2}


def test_volume_of_the_voice_is_its_own() -> None:
    """Lines are scaled by their own level."""
    levels = Levels(tones=1.0, lines=0.25)
    block = mixer_of(ScheduledCue(10.0, Cue.LINE, "one"), levels=levels, one=1.0).render(
        BLOCK, 10.0
    )

    assert set(block) == {LOUD // 4}


def test_volume_moves_without_a_click() -> None:
    """A change of volume is spread over a block."""
    levels = [Levels(), Levels(tones=0.5), Levels(tones=0.5)]
    mixer = Mixer(scheduler_with(ScheduledCue(10.0, Cue.BEGIN)), lambda: levels.pop(0))
    mixer.render(BLOCK, 10.0)
    block = mixer.render(BLOCK, 10.1)

    assert max(abs(b - a) for a, b in pairwise(block)) <= 2
    assert set(mixer.render(BLOCK, 10.2)) == {LOUD // 2}


def test_cancelled_sound_fades() -> None:
    """A cancelled cue fades out within 80 ms."""
    mixer = mixer_of(ScheduledCue(10.0, Cue.BEGIN))
    mixer.render(BLOCK, 10.0)
    mixer.fade()
    block = mixer.render(BLOCK, 10.1)

    assert all(b <= a for a, b in pairwise(block[:3_800]))
    assert set(block[3_840:]) <= {-1, 0, 1}
    assert not mixer.is_sounding


def test_sounding_ends_with_the_last_sample() -> None:
    """`is_sounding` is false after the last sample."""
    mixer = mixer_of(ScheduledCue(10.0, Cue.BEGIN))
    sounding = []
    for number in range(6):
        mixer.render(BLOCK, 10.0 + number / 10)
        sounding.append(mixer.is_sounding)

    assert sounding == [True, True, True, True, False, False]


def test_two_tones_are_added() -> None:
    """Simultaneous tones are added."""
    mixer = mixer_of(ScheduledCue(10.0, Cue.END), ScheduledCue(10.0, Cue.GOOD_NIGHT))

    assert set(mixer.render(BLOCK, 10.0)) == {2 * LOUD}


def test_sum_never_wraps() -> None:
    """Four loud tones are clipped at full scale."""
    mixer = mixer_of(*(ScheduledCue(10.0, Cue.BEGIN) for _ in range(4)))

    assert set(mixer.render(BLOCK, 10.0)) == {32767}


def test_line_under_way_makes_room_for_a_tone() -> None:
    """A line fades out before an unexpected tone begins."""
    program = scheduler_with(ScheduledCue(10.0, Cue.LINE, "long"), long=5.0)
    mixer = Mixer(program, Levels)
    mixer.render(BLOCK, 10.0)
    program.add(ScheduledCue(10.45, Cue.BEGIN))
    blocks = array("h")
    for number in range(1, 6):
        blocks += mixer.render(BLOCK, 10.0 + number / 10)
    tone = round(0.35 * MIX_RATE)

    assert set(blocks[tone - 480 : tone]) <= {-1, 0, 1}
    assert set(blocks[tone:]) == {LOUD}
