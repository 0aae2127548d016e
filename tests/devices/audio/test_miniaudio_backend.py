"""The first way, over a stand-in for the library: opened, fed, lost, given back."""

from __future__ import annotations

import enum
import sys
import types
from typing import TYPE_CHECKING, Any

import pytest

from devices.sound_fakes import LOUD, program_with
from fakes import FakeClock
from legato.devices.audio import miniaudio_backend
from legato.devices.audio.miniaudio_backend import STALLED_SECONDS, MiniaudioBackend
from legato.devices.audio.mixer import Levels
from legato.devices.audio.player import AudioUnavailable, SoundSource
from legato.domain.cues import Cue, ScheduledCue

if TYPE_CHECKING:
    from array import array
    from pathlib import Path

FRAMES = 4_800


class FakeError(Exception):
    """What the library raises."""


class FakeDevice:
    """A playback device that asks for frames when it is told to."""

    def __init__(self, library: FakeLibrary, options: dict[str, Any]) -> None:
        if library.fails_to_open:
            raise FakeError("no device")
        self._library = library
        self._context = object()
        self.options = options
        self.backend = "PulseAudio"
        self.is_closed = False

    def start(self, blocks: Any) -> None:  # noqa: ANN401 - as the library takes it
        """Take what yields the blocks."""
        if self._library.fails_to_start:
            raise FakeError("busy")
        self._blocks = blocks

    def ask(self) -> array[int]:
        """Ask for frames as the device's thread does."""
        block: array[int] = self._blocks.send(FRAMES)
        return block

    def close(self) -> None:
        """Remember."""
        self.is_closed = True


class FakeLibrary(types.ModuleType):
    """What is used of miniaudio."""

    class Backend(enum.Enum):
        """The sound systems."""

        PULSEAUDIO = 1
        ALSA = 2
        COREAUDIO = 3
        WASAPI = 4
        SNDIO = 5
        AUDIO4 = 6
        OSS = 7
        NULL = 8

    class SampleFormat(enum.Enum):
        """The formats."""

        SIGNED16 = 2

    MiniaudioError = FakeError

    def __init__(self) -> None:
        super().__init__("miniaudio")
        self.fails_to_open = self.fails_to_start = False
        self.devices: list[FakeDevice] = []
        self.ended: list[object] = []
        self.lib = types.SimpleNamespace(ma_context_uninit=self.ended.append)

    def PlaybackDevice(self, **options: Any) -> FakeDevice:  # noqa: ANN401 - its name
        """Return a device."""
        self.devices.append(FakeDevice(self, options))
        return self.devices[-1]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    """Put a stand-in where miniaudio is imported."""
    library = FakeLibrary()
    monkeypatch.setitem(sys.modules, "miniaudio", library)
    return library


class Stage:
    """The way with a cue at 1,000.5 s, at a clock that stands at 1,000 s."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.way = MiniaudioBackend(self.clock)
        self.source = SoundSource(program_with(ScheduledCue(1000.5, Cue.BEGIN)), Levels)

    def ask(self, library: FakeLibrary, times: int) -> list[int]:
        """Let the device ask every 100 ms; return the loudest sample of each block."""
        loudest = []
        for _ in range(times):
            loudest.append(max(library.devices[-1].ask()))
            self.clock.pass_seconds(0.1)
        return loudest


def test_device_is_fed(library: FakeLibrary) -> None:
    """The cue comes when it is due, and near-silence before."""
    stage = Stage()
    stage.way.open(stage.source)

    assert stage.ask(library, 8)[::7] == [1, LOUD]


def test_null_device_is_never_taken(library: FakeLibrary) -> None:
    """A device that swallows everything is not asked for: it is found everywhere."""
    stage = Stage()
    stage.way.open(stage.source)

    assert FakeLibrary.Backend.NULL not in library.devices[0].options["backends"]


@pytest.mark.parametrize("there", [True, False])
def test_alsa_is_asked_where_there_is_a_card(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, there: bool
) -> None:
    """Without a card ALSA would only fill the terminal."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(miniaudio_backend, "DEV_SND", tmp_path if there else tmp_path / "none")
    stage = Stage()
    stage.way.open(stage.source)

    assert (FakeLibrary.Backend.ALSA in library.devices[0].options["backends"]) == there


def test_missing_device_is_told(library: FakeLibrary) -> None:
    """No device is no sound this time."""
    library.fails_to_open = True
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="no sound device"):
        stage.way.open(stage.source)


def test_busy_device_is_given_back(library: FakeLibrary) -> None:
    """A device that cannot be started is not kept."""
    library.fails_to_start = True
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="cannot be used"):
        stage.way.open(stage.source)
    assert library.devices[0].is_closed


def test_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no wheel, the second way is taken."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="not installed"):
        stage.way.open(stage.source)


def test_connection_ends_with_the_device(library: FakeLibrary) -> None:
    """What the library would leave open with each device is ended too."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.way.close()

    assert library.ended == [library.devices[0]._context]


def test_close_twice_is_harmless(library: FakeLibrary) -> None:
    """A way that is closed stays closed."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.way.close()
    stage.way.close()

    assert len(library.ended) == 1


def test_silent_device_is_lost(library: FakeLibrary) -> None:
    """A device that asks for nothing any more is given up."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.ask(library, 2)
    stage.clock.pass_seconds(STALLED_SECONDS)

    with pytest.raises(AudioUnavailable, match="lost"):
        stage.way.tick(stage.clock.now)


def test_asking_device_is_not_lost(library: FakeLibrary) -> None:
    """As long as it asks, all is well."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.ask(library, 40)

    assert stage.way.tick(stage.clock.now)


def test_last_sound_is_waited_for(library: FakeLibrary) -> None:
    """What was rendered last is still on its way to the ear for a moment."""
    stage = Stage()
    stage.way.open(stage.source)
    sounding = []
    for _ in range(16):
        stage.ask(library, 1)
        sounding.append(stage.way.is_sounding())

    assert sounding.index(True) <= 5
    assert not sounding[-1]
    assert sounding.count(True) >= 7


def test_way_is_named_after_its_server(library: FakeLibrary) -> None:
    """The settings say by what cues are heard."""
    stage = Stage()
    before = stage.way.name
    stage.way.open(stage.source)

    assert (before, stage.way.name) == ("miniaudio", "PulseAudio, through miniaudio")
    assert library.devices


def test_real_library_has_what_is_used() -> None:
    """The names taken from miniaudio are there in the installed version."""
    miniaudio = pytest.importorskip("miniaudio")

    assert callable(miniaudio.lib.ma_context_uninit)
    assert {"PULSEAUDIO", "ALSA", "COREAUDIO", "WASAPI"} <= set(miniaudio.Backend.__members__)
    assert issubclass(miniaudio.MiniaudioError, Exception)
