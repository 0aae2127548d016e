"""Tests of the shipped cues: low, soft, equally loud, complete."""

from __future__ import annotations

import importlib.util
import math
import wave
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, cast

import pytest

from legato.devices.audio.samples import read_wav
from legato.domain.cues import Cue
from legato.resources import find_bundled

if TYPE_CHECKING:
    from array import array

SOUNDS = find_bundled().assets / "sounds"
TONES = [cue for cue in Cue if cue is not Cue.LINE]
SLOW = [cue for cue in TONES if cue is not Cue.COUNT]
EVEN = [cue for cue in SLOW if cue is not Cue.GOOD_NIGHT]
RATE = 48_000


class Maker(Protocol):
    """The functions of the script that makes the cues."""

    RECIPES: dict[str, object]

    def render(self, recipe: object) -> array[int]:
        """Return a cue's samples."""

    def loudness(self, samples: list[float]) -> float:
        """Return the loudness in LUFS."""


@pytest.fixture(scope="module")
def maker() -> Maker:
    """Return the script beside the cues, as a module."""
    spec = importlib.util.spec_from_file_location("make_sounds", SOUNDS / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "make_sounds", module)
        spec.loader.exec_module(module)
    return cast("Maker", module)


def samples_of(cue: Cue) -> array[int]:
    """Return a shipped cue."""
    return read_wav(SOUNDS / f"{cue}.wav").samples


def level(samples: array[int], at: float, seconds: float = 0.02) -> float:
    """Return the highest sample within some time from `at`."""
    piece = samples[round(at * RATE) : round((at + seconds) * RATE)]
    return max(map(abs, piece)) / 32767


@pytest.mark.parametrize("cue", TONES)
def test_cue_has_the_format_of_all(cue: Cue) -> None:
    """Each cue has 48 kHz, mono, 16 bit."""
    with wave.open(str(SOUNDS / f"{cue}.wav"), "rb") as file:
        assert file.getparams()[:3] == (1, 2, RATE)


@pytest.mark.parametrize("cue", TONES)
def test_cue_is_never_harsh(cue: Cue) -> None:
    """No peak is above 0.9 of full scale."""
    assert max(map(abs, samples_of(cue))) <= 0.9 * 32767


@pytest.mark.parametrize("cue", TONES)
def test_cue_begins_with_its_first_samples(cue: Cue) -> None:
    """No silence delays a cue."""
    assert any(samples_of(cue)[:100])


@pytest.mark.parametrize("cue", SLOW)
def test_attack_is_slow(cue: Cue) -> None:
    """Each first note grows for 300 ms before it is full."""
    samples = samples_of(cue)
    growing = [level(samples, at / 1000) for at in range(0, 301, 50)]

    assert all(later > earlier for earlier, later in pairwise(growing))
    assert growing[1] < 0.4 * growing[-1]


@pytest.mark.parametrize("cue", TONES)
def test_tail_is_complete(cue: Cue) -> None:
    """The sound has faded before the silence of at least 150 ms at its end."""
    samples = samples_of(cue)

    assert not any(samples[-round(0.15 * RATE) :])
    assert level(samples, len(samples) / RATE - 0.25, 0.05) < 0.001


@pytest.mark.parametrize("cue", EVEN)
def test_family_is_equally_loud(cue: Cue, maker: Maker) -> None:
    """The loudness (K-weighted) of all differs by at most 1 dB."""
    assert maker.loudness([one / 32767 for one in samples_of(cue)]) == pytest.approx(-21.0, abs=0.5)


def test_a_tick_is_far_softer(maker: Maker) -> None:
    """The tick of a repetition is 12 dB below the cues: it comes every few seconds."""
    loudness = maker.loudness([one / 32767 for one in samples_of(Cue.COUNT)])

    assert loudness == pytest.approx(-33.0, abs=0.5)


def test_a_tick_is_no_click() -> None:
    """It grows for 25 ms before it is full."""
    growing = [level(samples_of(Cue.COUNT), at / 1000, 0.005) for at in (0, 10, 25)]

    assert growing == sorted(growing)
    assert growing[0] < 0.4 * growing[-1]


def test_good_night_is_softer(maker: Maker) -> None:
    """The last cue is the softest."""
    loudness = maker.loudness([one / 32767 for one in samples_of(Cue.GOOD_NIGHT)])

    assert loudness == pytest.approx(-25.0, abs=0.5)


def pitch(samples: array[int], at: float) -> float:
    """Return the strongest of the notes used, in hertz, in half a second from `at`."""
    piece = samples[round(at * RATE) : round((at + 0.5) * RATE)]

    def power(hertz: float) -> float:
        step = 2 * math.pi * hertz / RATE
        real = sum(one * math.cos(step * number) for number, one in enumerate(piece))
        imaginary = sum(one * math.sin(step * number) for number, one in enumerate(piece))
        return real**2 + imaginary**2

    return max((146.83, 185.0, 220.0, 293.66, 369.99, 440.0, 880.0), key=power)


@pytest.mark.parametrize(
    ("cue", "first", "second"),
    [(Cue.SWITCH, 220.0, 293.66), (Cue.END, 293.66, 220.0)],
)
def test_two_notes_rise_or_fall(cue: Cue, first: float, second: float) -> None:
    """The change of sides rises, the end falls."""
    samples = samples_of(cue)

    assert (pitch(samples, 0.05), pitch(samples, 1.2)) == (first, second)


@pytest.mark.parametrize("cue", TONES)
def test_cue_is_low(cue: Cue) -> None:
    """The strongest note of each is between 140 and 450 Hz."""
    assert 140 <= pitch(samples_of(cue), 0.3) <= 450


def test_maker_makes_the_same_again(maker: Maker) -> None:
    """The script beside the cues makes identical files."""
    assert maker.render(maker.RECIPES["ten-seconds"]) == samples_of(Cue.TEN_SECONDS)


def test_each_cue_is_made_by_the_script(maker: Maker) -> None:
    """No cue comes from elsewhere."""
    assert sorted(maker.RECIPES) == sorted(TONES)
