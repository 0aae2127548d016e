"""Tests of the miniaudio backend with a fake library: opened, fed, lost, released."""

from __future__ import annotations

import enum
import sys
import types
from typing import TYPE_CHECKING, Any

import pytest

from devices.audio_fakes import LOUD, scheduler_with
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
    """The error of the library."""


class FakeDevice:
    """A playback device that asks for frames on request."""

    def __init__(self, library: FakeLibrary, options: dict[str, Any]) -> None:
        if library.fails_to_open:
            raise FakeError("no device")
        self._library = library
        self._context = object()
        self.options = options
        self.backend = "PulseAudio"
        self.is_closed = False

    def start(self, blocks: Any) -> None:  # noqa: ANN401 - as the library takes it
        """Store the generator of blocks."""
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
    """The part of miniaudio that is used."""

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
    """Replace miniaudio by a fake."""
    library = FakeLibrary()
    monkeypatch.setitem(sys.modules, "miniaudio", library)
    return library


class Stage:
    """The backend with a cue at 1,000.5 s, and a clock at 1,000 s."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.way = MiniaudioBackend(self.clock)
        self.source = SoundSource(scheduler_with(ScheduledCue(1000.5, Cue.BEGIN)), Levels)

    def ask(self, library: FakeLibrary, times: int) -> list[int]:
        """Let the device ask every 100 ms; return the loudest sample of each block."""
        loudest = []
        for _ in range(times):
            loudest.append(max(library.devices[-1].ask()))
            self.clock.pass_seconds(0.1)
        return loudest


def test_device_is_fed(library: FakeLibrary) -> None:
    """The cue comes when it is due, near-silence before."""
    stage = Stage()
    stage.way.open(stage.source)

    assert stage.ask(library, 8)[::7] == [1, LOUD]


def test_null_device_is_never_taken(library: FakeLibrary) -> None:
    """The null device is not tried, because it is always found."""
    stage = Stage()
    stage.way.open(stage.source)

    assert FakeLibrary.Backend.NULL not in library.devices[0].options["backends"]


@pytest.mark.parametrize("there", [True, False])
def test_alsa_is_asked_where_there_is_a_card(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, there: bool
) -> None:
    """Without a card ALSA is not tried."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(miniaudio_backend, "DEV_SND", tmp_path if there else tmp_path / "none")
    stage = Stage()
    stage.way.open(stage.source)

    assert (FakeLibrary.Backend.ALSA in library.devices[0].options["backends"]) == there


def test_missing_device_is_reported(library: FakeLibrary) -> None:
    """Without a device the backend is unavailable."""
    library.fails_to_open = True
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="no sound device"):
        stage.way.open(stage.source)


def test_busy_device_is_given_back(library: FakeLibrary) -> None:
    """A device that cannot be started is released."""
    library.fails_to_start = True
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="cannot be used"):
        stage.way.open(stage.source)
    assert library.devices[0].is_closed


def test_missing_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the backend is unavailable."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    stage = Stage()

    with pytest.raises(AudioUnavailable, match="not installed"):
        stage.way.open(stage.source)


def test_connection_ends_with_the_device(library: FakeLibrary) -> None:
    """The context that the library leaves open is freed, too."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.way.close()

    assert library.ended == [library.devices[0]._context]


def test_close_twice_is_harmless(library: FakeLibrary) -> None:
    """Closing twice does nothing."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.way.close()
    stage.way.close()

    assert len(library.ended) == 1


def test_silent_device_is_lost(library: FakeLibrary) -> None:
    """A device that asks for nothing any more counts as lost."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.ask(library, 2)
    stage.clock.pass_seconds(STALLED_SECONDS)

    with pytest.raises(AudioUnavailable, match="lost"):
        stage.way.tick(stage.clock.now)


def test_asking_device_is_not_lost(library: FakeLibrary) -> None:
    """A device that keeps asking is not lost."""
    stage = Stage()
    stage.way.open(stage.source)
    stage.ask(library, 40)

    assert stage.way.tick(stage.clock.now)


def test_last_sound_is_waited_for(library: FakeLibrary) -> None:
    """Rendered sound counts as sounding until it was heard."""
    stage = Stage()
    stage.way.open(stage.source)
    sounding = []
    for _ in range(16):
        stage.ask(library, 1)
        sounding.append(stage.way.is_sounding())

    assert sounding.index(True) <= 5
    assert not sounding[-1]
    assert sounding.count(True) >= 7


def test_backend_is_named_after_its_server(library: FakeLibrary) -> None:
    """The name of the backend has the sound system."""
    stage = Stage()
    before = stage.way.name
    stage.way.open(stage.source)

    assert (before, stage.way.name) == ("miniaudio", "PulseAudio, through miniaudio")
    assert library.devices


def test_real_library_has_what_is_used() -> None:
    """The installed version of miniaudio has the names that are used."""
    miniaudio = pytest.importorskip("miniaudio")

    assert callable(miniaudio.lib.ma_context_uninit)
    assert {"PULSEAUDIO", "ALSA", "COREAUDIO", "WASAPI"} <= set(miniaudio.Backend.__members__)
    assert issubclass(miniaudio.MiniaudioError, Exception)
