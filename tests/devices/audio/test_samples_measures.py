"""Tests of measuring and scaling samples."""

from __future__ import annotations

from array import array

import pytest

from devices.audio_fakes import flat
from legato.devices.audio import samples
from legato.domain.sound import Pcm

RATE = 48_000


def joined(*parts: Pcm) -> Pcm:
    """Return sounds one after the other."""
    return Pcm(array("h", [sample for part in parts for sample in part.samples]), RATE)


def test_body_ends_where_the_tail_is_soft() -> None:
    """Samples far below the loudest are the tail."""
    assert samples.body_seconds(joined(flat(1.0), flat(2.0, 100))) == pytest.approx(1.0)


def test_body_of_an_even_sound_is_all_of_it() -> None:
    """A sound without a tail is all body."""
    assert samples.body_seconds(flat(1.01)) == pytest.approx(1.01)


def test_silence_has_no_body() -> None:
    """The body of silence is empty."""
    assert samples.body_seconds(flat(1.0, 0)) == 0.0


def test_loudest_is_measured_where_it_is_loud() -> None:
    """Silence around a sound does not change its level."""
    loud = joined(flat(1.0, 0), flat(0.5, 16_384), flat(1.0, 0))

    assert samples.loudest(loud) == pytest.approx(0.5, abs=0.001)


def test_short_sound_counts_less() -> None:
    """A click has a lower level than a tone of the same amplitude."""
    click = joined(flat(0.1, 16_384), flat(1.0, 0))

    assert samples.loudest(click) == pytest.approx(0.25, abs=0.001)


def test_scaled_multiplies() -> None:
    """A factor of 0.5 halves each sample."""
    assert set(samples.scaled(flat(0.1, 10_000), 0.5).samples) == {5_000}


@pytest.mark.parametrize("sign", [1, -1])
def test_scaled_never_wraps(sign: int) -> None:
    """Samples are clipped at full scale."""
    assert set(samples.scaled(flat(0.1, sign * 20_000), 3.0).samples) == {sign * 32_767}


def test_trimmed_cuts_the_silence_around() -> None:
    """At most 40 ms of silence remain on each side."""
    around = samples.trimmed(joined(flat(1.0, 0), flat(0.5), flat(1.0, 0)))

    assert 0.5 <= around.seconds <= 0.54


def test_trimmed_keeps_a_pause_within() -> None:
    """Silence between two words stays."""
    pause = samples.trimmed(joined(flat(0.5), flat(1.0, 0), flat(0.5)))

    assert pause.seconds == pytest.approx(2.0, abs=0.05)


def test_trimmed_begins_and_ends_at_nothing() -> None:
    """The edges are faded."""
    trimmed = samples.trimmed(flat(0.5)).samples

    assert (trimmed[0], trimmed[-1]) == (0, 0)


def test_trimmed_silence_is_empty() -> None:
    """Silence becomes empty."""
    assert not samples.trimmed(flat(0.5, 0)).samples
