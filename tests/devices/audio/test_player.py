"""Tests of opening backends shortly before a sound, retrying and closing them."""

from __future__ import annotations

import pytest

from devices.audio_fakes import FakeBackend, scheduler_with
from fakes import FakeClock
from legato.devices.audio.mixer import Levels
from legato.devices.audio.player import AHEAD_SECONDS, Player, SoundSource
from legato.domain.cues import Cue, ScheduledCue


class Stage:
    """A player with two backends, a clock, and cues at the given moments."""

    def __init__(self, *moments: float) -> None:
        self.clock = FakeClock(0.0)
        self.first, self.second = FakeBackend("first"), FakeBackend("second")
        self.program = scheduler_with(*(ScheduledCue(at, Cue.BEGIN) for at in moments))
        source = SoundSource(self.program, Levels)
        self.player = Player([self.first, self.second], source, self.clock)

    def at(self, moment: float) -> float | None:
        """Step at `moment`."""
        self.clock.now = moment
        return self.player.step(moment)

    def play_until(self, moment: float) -> None:
        """Step and render block by block, from the current time on."""
        while self.clock.now < moment:
            self.at(self.clock.now)
            if self.first.mixer:
                self.first.play(self.clock.now)
            self.clock.now = round(self.clock.now + 0.1, 3)


def test_nothing_to_hear_waits_for_an_order() -> None:
    """Without a sound no timer runs."""
    assert Stage().at(0.0) is None


def test_backend_stays_closed_until_shortly_before() -> None:
    """During a hold no device is open."""
    stage = Stage(10.0)

    assert stage.at(0.0) == pytest.approx(10.0 - AHEAD_SECONDS)
    assert not stage.first.opened


def test_backend_is_opened_ahead_of_a_cue() -> None:
    """A device is opened early, to learn its clock and wake headphones."""
    stage = Stage(10.0)
    stage.at(10.001 - AHEAD_SECONDS)

    assert stage.first.opened == 1


def test_backend_is_closed_when_all_has_rung_out() -> None:
    """After the last sample the device is released."""
    stage = Stage(10.0)
    stage.at(9.4)
    stage.clock.now = 10.0
    stage.play_until(11.0)

    assert (stage.first.opened, stage.first.closed) == (1, 1)


def test_backend_stays_open_while_a_cue_sounds() -> None:
    """A cue is never cut off."""
    stage = Stage(10.0)
    stage.at(9.4)
    stage.clock.now = 10.0
    stage.play_until(10.4)

    assert stage.first.closed == 0


def test_backend_stays_open_for_what_follows_soon() -> None:
    """Between two near cues the device stays open."""
    stage = Stage(10.0, 11.0)
    stage.at(9.4)
    stage.clock.now = 10.0
    stage.play_until(11.2)

    assert (stage.first.opened, stage.first.closed) == (1, 0)


def test_second_backend_is_taken_where_the_first_fails() -> None:
    """The second backend is used if the first is unavailable."""
    stage = Stage(10.0)
    stage.first.fails = "no sound device was found"
    stage.at(9.5)

    assert stage.player.found == "second"


def test_best_backend_is_tried_again_at_each_cue() -> None:
    """A device that returns is used for the next cue."""
    stage = Stage(10.0, 20.0)
    stage.first.fails = stage.second.fails = "gone"
    stage.at(9.5)
    stage.first.fails = ""
    stage.at(19.5)

    assert stage.first.opened == 1


def test_no_backend_is_reported() -> None:
    """Without a backend a problem is reported."""
    stage = Stage(10.0)
    stage.first.fails, stage.second.fails = "no sound device was found", "no player was found"
    stage.at(9.5)

    assert stage.player.problem == (
        "No sound: no sound device was found; no player was found. Cues are shown on screen."
    )


def test_no_backend_drops_what_was_due() -> None:
    """A cue that cannot be played is not retried."""
    stage = Stage(10.0, 20.0)
    stage.first.fails = stage.second.fails = "gone"
    stage.at(9.5)

    assert stage.at(9.5) == pytest.approx(20.0 - AHEAD_SECONDS - 9.5)


def test_problem_ends_with_the_next_success() -> None:
    """Opening a device clears the problem."""
    stage = Stage(10.0, 20.0)
    stage.first.fails = stage.second.fails = "gone"
    stage.at(9.5)
    stage.first.fails = ""
    stage.at(19.5)

    assert not stage.player.problem


def test_lost_backend_is_closed_and_told() -> None:
    """A lost device is released and reported."""
    stage = Stage(10.0)
    stage.at(9.5)
    stage.first.is_lost = "the sound device was lost"
    stage.at(9.8)

    assert stage.first.closed == 1
    assert "the sound device was lost" in stage.player.problem


def test_hanging_server_is_reported_while_it_hangs() -> None:
    """A call that does not return is reported meanwhile."""
    stage = Stage(10.0)
    told: list[str] = []

    def hang() -> None:
        stage.clock.pass_seconds(4.0)
        told.append(stage.player.problem)

    stage.first.on_open = hang
    stage.at(9.5)

    assert told == ["No sound: the sound system does not answer. Cues are shown on screen."]


def test_cue_is_dropped_when_the_server_hung_too_long() -> None:
    """A cue that was due meanwhile is not played late."""
    stage = Stage(10.0)
    stage.first.on_open = lambda: stage.clock.pass_seconds(4.0)
    stage.at(9.5)

    assert (stage.program.next_tone(), stage.first.closed) == (None, 1)


def test_cancel_drops_what_has_not_begun() -> None:
    """After `cancel` no device is opened."""
    stage = Stage(10.0)
    stage.player.cancel()

    assert stage.at(9.5) is None


def test_cancel_fades_what_sounds() -> None:
    """After `cancel` the device is closed once the fade has ended."""
    stage = Stage(10.0)
    stage.at(9.4)
    stage.clock.now = 10.0
    stage.play_until(10.1)
    stage.player.cancel()
    stage.play_until(10.3)

    assert stage.first.closed == 1


def test_finish_lets_the_last_cue_ring_out() -> None:
    """A playing sound is heard to its end."""
    stage = Stage(10.0)
    stage.at(9.4)
    stage.clock.now = 10.0
    stage.play_until(10.2)
    stage.player.finish()
    stage.at(10.2)
    finished_early = stage.player.is_finished
    stage.play_until(10.8)

    assert (finished_early, stage.player.is_finished) == (False, True)


def test_finish_opens_nothing_any_more() -> None:
    """Sounds added after `finish` are not played."""
    stage = Stage()
    stage.player.finish()
    stage.player.add([ScheduledCue(10.0, Cue.BEGIN)])
    stage.at(9.9)

    assert stage.first.opened == 0
