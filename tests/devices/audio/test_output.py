"""Tests of the sound output: commands that return at once, and their effects."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from devices.audio_fakes import LOUD, FakeBackend, FakeSpeaker, flat
from fakes import FakeClock
from legato.devices.audio.output import SoundOutput, open_sound
from legato.devices.audio.playsound_backend import write_wav
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.sound import SoundSettings, VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from legato.devices.audio.player import SoundSource

PATIENCE_SECONDS = 10
FULL = SoundSettings(cue_volume=1.0, voice_volume=1.0)


class WatchedBackend(FakeBackend):
    """A backend that signals when it is opened and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = threading.Event()
        self.is_closed = threading.Event()

    def open(self, source: SoundSource) -> None:
        """Tell."""
        super().open(source)
        self.is_open.set()

    def close(self) -> None:
        """Tell."""
        super().close()
        self.is_closed.set()


class Stage:
    """A sound output with a fake backend and engine, and a clock that stands still at 1,000 s."""

    def __init__(self, folder: Path, settings: SoundSettings = FULL) -> None:
        for cue in Cue:
            write_wav(folder / f"{cue}.wav", flat(0.5))
        self.clock = FakeClock()
        self.way = WatchedBackend()
        self.speaker = FakeSpeaker()
        self.slept = False
        self.sound = SoundOutput(
            folder,
            settings,
            [self.way],
            lambda: self.speaker,
            self.clock,
            has_slept=self.has_slept,
        )

    def has_slept(self) -> bool:
        """Return once that the machine slept."""
        slept, self.slept = self.slept, False
        return slept

    def opened(self) -> FakeBackend:
        """Wait until the backend is open, and return it."""
        assert self.way.is_open.wait(PATIENCE_SECONDS)
        return self.way

    def done(self) -> None:
        """Wait until all commands so far were carried out."""
        passed = threading.Event()
        self.sound._enqueue(passed.set)
        assert passed.wait(PATIENCE_SECONDS)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Return a stage that is closed after the test."""
    stage = Stage(tmp_path)
    yield stage
    stage.speaker.may_answer.set()
    stage.way.is_lost = "the test is over"
    stage.sound.close()


def test_nothing_is_started_before_the_first_order(tmp_path: Path) -> None:
    """Without a command no thread, file or device is used."""
    before = threading.active_count()
    sound = open_sound(tmp_path / "none", SoundSettings())

    assert threading.active_count() == before
    assert (sound.problem(), sound.backend(), sound.voice(), sound.notes()) == ("", "", "", ())


def test_scheduled_cue_is_played(stage: Stage) -> None:
    """A cue is played at its moment."""
    stage.sound.schedule([ScheduledCue(1000.5, Cue.BEGIN)])

    assert max(stage.opened().play(1000.5)) == LOUD


def test_cue_far_ahead_opens_nothing(stage: Stage) -> None:
    """A device is opened only shortly before a cue."""
    stage.sound.schedule([ScheduledCue(1010.0, Cue.BEGIN)])
    stage.done()

    assert stage.way.opened == 0


def test_cancelled_cue_is_not_played(stage: Stage) -> None:
    """After `cancel` no sound begins."""
    stage.sound.schedule([ScheduledCue(1001.0, Cue.BEGIN)])
    stage.sound.cancel()
    stage.done()
    stage.clock.pass_seconds(1.0)
    stage.done()

    assert stage.way.opened == 0


def test_what_was_due_before_a_sleep_is_not_played(stage: Stage) -> None:
    """Sounds due before a sleep are dropped."""
    stage.sound.schedule([ScheduledCue(1001.0, Cue.BEGIN)])
    stage.done()
    stage.slept = True
    stage.clock.pass_seconds(1.0)
    stage.done()

    assert stage.way.opened == 0


def test_what_is_due_after_a_sleep_is_played(stage: Stage) -> None:
    """Sounds scheduled after a sleep are played."""
    stage.slept = True
    stage.sound.schedule([ScheduledCue(1000.5, Cue.BEGIN)])

    assert max(stage.opened().play(1000.5)) == LOUD


def test_line_is_played(stage: Stage) -> None:
    """A line begins as soon as it is rendered."""
    stage.sound.schedule([ScheduledCue(1000.0, Cue.LINE, "Let the leg rest.")])

    assert max(stage.opened().play(1000.0)) > 1_000


def test_hanging_engine_delays_no_cue(stage: Stage) -> None:
    """While the engine hangs, a cue of the same moment is played."""
    stage.speaker.may_answer.clear()
    stage.sound.schedule([ScheduledCue(1000.5, Cue.LINE, "Rest."), ScheduledCue(1000.5, Cue.BEGIN)])

    assert max(stage.opened().play(1000.5)) == LOUD


def test_orders_return_at_once_while_a_device_hangs(stage: Stage) -> None:
    """A sound server that hangs never blocks the window."""
    goes_on, hangs = threading.Event(), threading.Event()

    def hang() -> None:
        hangs.set()
        goes_on.wait(PATIENCE_SECONDS)

    stage.way.on_open = hang
    stage.sound.schedule([ScheduledCue(1000.5, Cue.BEGIN)])
    assert hangs.wait(PATIENCE_SECONDS)
    began = time.perf_counter()
    stage.sound.cancel()
    stage.sound.schedule([ScheduledCue(1002.0, Cue.END)])
    stage.sound.problem()
    took = time.perf_counter() - began
    goes_on.set()

    assert took < PATIENCE_SECONDS / 10


def test_device_that_hangs_is_reported(stage: Stage) -> None:
    """The problem is reported while a server hangs."""
    goes_on, hangs = threading.Event(), threading.Event()

    def hang() -> None:
        hangs.set()
        goes_on.wait(PATIENCE_SECONDS)

    stage.way.on_open = hang
    stage.sound.schedule([ScheduledCue(1000.5, Cue.BEGIN)])
    assert hangs.wait(PATIENCE_SECONDS)
    stage.clock.pass_seconds(2.0)
    told = stage.sound.problem()
    goes_on.set()

    assert "does not answer" in told


def test_volume_is_squared(stage: Stage) -> None:
    """Half the volume is a quarter of the sample, as the ear hears it."""
    stage.sound.use(SoundSettings(cue_volume=0.5))
    stage.sound.schedule([ScheduledCue(1000.0, Cue.BEGIN)])

    assert max(stage.opened().play(1000.0)) == LOUD // 4


def test_gain_comes_on_top(stage: Stage) -> None:
    """The gain scales all sound."""
    stage.sound.set_gain(0.5)
    stage.sound.schedule([ScheduledCue(1000.0, Cue.BEGIN)])

    assert max(stage.opened().play(1000.0)) == LOUD // 2


@pytest.mark.parametrize(("gain", "heard"), [(-1.0, 1), (0.0, 1), (7.0, LOUD)])
def test_gain_has_limits(stage: Stage, gain: float, heard: int) -> None:
    """The gain is limited to 0 to 1."""
    stage.sound.set_gain(gain)
    stage.sound.schedule([ScheduledCue(1000.0, Cue.BEGIN)])

    assert max(*stage.opened().play(1000.0), 1) == heard


def test_cue_turned_off_is_not_played(stage: Stage) -> None:
    """A cue that is off opens no device."""
    stage.sound.use(SoundSettings(files={Cue.BEGIN: None}))
    stage.sound.schedule([ScheduledCue(1000.0, Cue.BEGIN)])
    stage.done()

    assert stage.way.opened == 0


def test_bad_file_is_reported_as_soon_as_it_is_chosen(stage: Stage, tmp_path: Path) -> None:
    """A broken file is reported before its cue is due."""
    stage.sound.use(SoundSettings(files={Cue.END: tmp_path / "gone.wav"}))
    stage.done()

    assert "gone.wav" in stage.sound.notes()[0]


def test_voice_settings_are_passed_on(stage: Stage) -> None:
    """New voice settings apply to the next line."""
    stage.sound.use(SoundSettings(voice=VoiceSettings(pace=80)))
    stage.sound.schedule([ScheduledCue(1000.0, Cue.LINE, "Rest.")])
    stage.opened()

    assert stage.speaker.asked == [("Rest.", VoiceSettings(pace=80))]


def test_preview_plays_now(stage: Stage) -> None:
    """A preview is played at once."""
    stage.sound.preview(Cue.SWITCH)

    assert max(stage.opened().play(1000.0)) == LOUD


def test_trial_line_is_spoken_now(stage: Stage) -> None:
    """`say` speaks at once."""
    stage.sound.say("Rest.")
    stage.opened()

    assert stage.speaker.asked[0][0] == "Rest."


def test_backend_is_named(stage: Stage) -> None:
    """The name of the last backend can be read."""
    stage.sound.preview(Cue.SWITCH)
    stage.opened()
    stage.done()

    assert stage.sound.backend() == "fake"


def test_voice_is_named_after_warming_up(stage: Stage) -> None:
    """The name of the voice is known before the first line."""
    stage.sound.warm_up()
    stage.sound.schedule([ScheduledCue(1000.0, Cue.LINE, "Rest.")])
    stage.opened()

    assert stage.sound.voice() == "Fake"


def test_close_gives_the_device_back(stage: Stage) -> None:
    """Closing releases the device."""
    stage.sound.preview(Cue.SWITCH)
    stage.opened()
    stage.sound.close(ring_out_seconds=0.01)

    assert stage.way.is_closed.is_set()


def test_close_without_use_is_harmless(tmp_path: Path) -> None:
    """Closing an unused output returns at once."""
    Stage(tmp_path).sound.close()


def test_order_costs_the_window_nothing(stage: Stage) -> None:
    """Scheduling a cue and a line takes a few milliseconds at most."""
    stage.sound.warm_up()
    stage.done()
    due = [
        ScheduledCue(1005.0, Cue.BEGIN),
        ScheduledCue(1005.0, Cue.LINE, "Begin. Ease in slowly."),
    ]
    took = []
    for _ in range(20):
        began = time.perf_counter()
        stage.sound.schedule(due)
        took.append(time.perf_counter() - began)

    assert sorted(took)[10] < 0.005


def test_an_error_in_the_thread_silences_nothing_for_good(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is reported, and another thread continues."""
    told: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda met: told.append(met.exc_type))

    def fail() -> None:
        raise RuntimeError("a bug")

    stage.sound._enqueue(fail)
    thread = stage.sound._thread
    assert thread is not None
    thread.join(PATIENCE_SECONDS)
    stage.sound.schedule([ScheduledCue(stage.clock(), Cue.BEGIN)])
    stage.opened()

    assert told == [RuntimeError]
