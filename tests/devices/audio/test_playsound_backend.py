"""Tests of the fallback backend: files for a player, each started at its moment."""

from __future__ import annotations

import sys
import types
import wave
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from devices.audio_fakes import LOUD, scheduler_with
from fakes import FakeClock
from legato.devices.audio import playsound_backend
from legato.devices.audio.mixer import Levels
from legato.devices.audio.player import AudioUnavailable, SoundSource
from legato.devices.audio.playsound_backend import Playsound, PlaysoundBackend
from legato.domain.cues import Cue, ScheduledCue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass
class FakeProcess:
    """The process of a player."""

    code: int | None = None

    def poll(self) -> int | None:
        """Return its exit code, or None."""
        return self.code


@dataclass
class FakePlaying:
    """A player that plays a file."""

    path: Path
    loudest: int
    subprocess: FakeProcess = field(default_factory=FakeProcess)
    is_stopped: bool = False

    def is_alive(self) -> bool:
        """Return whether it plays."""
        return not self.is_stopped and self.subprocess.code is None

    def stop(self) -> None:
        """End it."""
        self.is_stopped = True


class FakePlayers:
    """Records the files that were played."""

    name = "fakeplay"

    def __init__(self) -> None:
        self.played: list[FakePlaying] = []

    def play(self, path: Path) -> FakePlaying:
        """Read the file as a player would."""
        with wave.open(str(path), "rb") as file:
            samples = memoryview(file.readframes(file.getnframes())).cast("h")
        self.played.append(FakePlaying(path, max(samples)))
        return self.played[-1]


class Stage:
    """The opened backend, with cues at the given moments."""

    def __init__(self, *moments: float, level: float = 1.0) -> None:
        self.players = FakePlayers()
        self.clock = FakeClock(0.0)
        self.backend = PlaysoundBackend(lambda: self.players, self.clock)
        self.program = scheduler_with(*(ScheduledCue(at, Cue.BEGIN) for at in moments))
        self.backend.open(SoundSource(self.program, lambda: Levels(level, level)))

    def at(self, moment: float) -> float:
        """Call `tick` at `moment`."""
        self.clock.now = moment
        return self.backend.tick(moment)


@pytest.fixture
def stage_of() -> Iterator[Callable[..., Stage]]:
    """Return a factory of opened backends, closed after the test."""
    with ExitStack() as stack:

        def opened(*moments: float, level: float = 1.0) -> Stage:
            stage = Stage(*moments, level=level)
            stack.callback(stage.backend.close)
            return stage

        yield opened


def test_player_begins_at_the_moment(stage_of: Callable[..., Stage]) -> None:
    """A player is started at the first tick after its moment."""
    stage = stage_of(10.0)
    stage.at(9.9)
    before = len(stage.players.played)
    stage.at(10.0)

    assert (before, len(stage.players.played)) == (0, 1)


def test_backend_wants_to_be_called_at_the_moment(stage_of: Callable[..., Stage]) -> None:
    """`tick` returns the time until the next sound."""
    assert stage_of(10.0).at(9.9) == pytest.approx(0.1)


def test_volume_is_in_the_file(stage_of: Callable[..., Stage]) -> None:
    """The samples are scaled, because players have no volume."""
    stage = stage_of(10.0, level=0.5)
    stage.at(10.0)

    assert stage.players.played[0].loudest == LOUD // 2


def test_player_before_is_ended(stage_of: Callable[..., Stage]) -> None:
    """Two players at once would not get a device everywhere."""
    stage = stage_of(10.0, 10.4)
    stage.at(10.0)
    stage.at(10.4)

    assert [one.is_stopped for one in stage.players.played] == [True, False]


def test_fade_ends_player_and_what_is_about_to_begin(stage_of: Callable[..., Stage]) -> None:
    """After `fade` nothing plays."""
    stage = stage_of(10.0, 10.4)
    stage.at(10.0)
    stage.at(10.2)
    stage.backend.fade()
    stage.at(10.5)

    assert [one.is_stopped for one in stage.players.played] == [True]


def test_sounding_while_the_player_plays(stage_of: Callable[..., Stage]) -> None:
    """The backend stays open while a player runs."""
    stage = stage_of(10.0)
    stage.at(10.0)
    sounding = stage.backend.is_sounding()
    stage.players.played[0].subprocess.code = 0

    assert (sounding, stage.backend.is_sounding()) == (True, False)


def test_failed_player_is_reported(stage_of: Callable[..., Stage]) -> None:
    """An exit code other than 0 is a failure."""
    stage = stage_of(10.0)
    stage.at(10.0)
    stage.players.played[0].subprocess.code = 1

    with pytest.raises(AudioUnavailable, match="player failed"):
        stage.at(10.1)


def test_stopped_player_is_no_failure(stage_of: Callable[..., Stage]) -> None:
    """The exit code of a stopped player is ignored."""
    stage = stage_of(10.0)
    stage.at(10.0)
    stage.backend.fade()
    stage.players.played[0].subprocess.code = -15

    assert stage.at(10.1)


def test_close_removes_the_files(stage_of: Callable[..., Stage]) -> None:
    """No file remains."""
    stage = stage_of(10.0)
    stage.at(10.0)
    path = stage.players.played[0].path
    there = path.exists()
    stage.backend.close()

    assert (there, path.parent.exists()) == (True, False)


def test_backend_is_named_after_its_player(stage_of: Callable[..., Stage]) -> None:
    """The name of the backend has the player."""
    assert stage_of().backend.name == "fakeplay, through playsound3"


def module(backends: list[str], play: Callable[..., object]) -> types.ModuleType:
    """Return a fake of playsound3."""
    fake = types.ModuleType("playsound3")
    vars(fake).update(
        AVAILABLE_BACKENDS=backends,
        DEFAULT_BACKEND=backends[0] if backends else None,
        PlaysoundException=RuntimeError,
        playsound=play,
    )
    return fake


def test_aplay_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Aplay is chosen first, and does not block."""
    asked: list[tuple[object, ...]] = []

    def play(path: object, *, block: bool, backend: str) -> object:
        asked.append((path, block, backend))
        return object()

    monkeypatch.setitem(sys.modules, "playsound3", module(["gstreamer", "alsa"], play))
    Playsound().play(tmp_path / "a.wav")

    assert asked == [(tmp_path / "a.wav", False, "alsa")]


def test_no_player_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a player the backend is unavailable."""
    monkeypatch.setitem(sys.modules, "playsound3", module([], print))

    with pytest.raises(AudioUnavailable, match="no sound player"):
        Playsound()


def test_missing_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without playsound3 the backend is unavailable."""
    monkeypatch.setitem(sys.modules, "playsound3", None)

    with pytest.raises(AudioUnavailable, match="playsound3"):
        Playsound()


def test_failing_player_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Errors of playsound3 become AudioUnavailable."""

    def play(path: object, *, block: bool, backend: str) -> object:  # noqa: ARG001 - its shape
        raise RuntimeError("no")

    monkeypatch.setitem(sys.modules, "playsound3", module(["alsa"], play))

    with pytest.raises(AudioUnavailable, match="player failed"):
        Playsound().play(tmp_path / "a.wav")


def test_real_library_has_what_is_used() -> None:
    """The installed version of playsound3 has the names that are used."""
    playsound3 = pytest.importorskip("playsound3")

    assert issubclass(playsound3.PlaysoundException, Exception)
    assert isinstance(playsound3.AVAILABLE_BACKENDS, list)
    assert callable(playsound3.playsound)
    assert playsound_backend.PREFERRED in playsound3.playsound3._BACKEND_MAP
