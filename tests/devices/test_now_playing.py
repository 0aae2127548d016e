"""Tests of describing a session as a media player does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import routine, step
from legato.devices.now_playing import MICROSECONDS, NowPlaying, Playback, now_playing, position_us
from legato.domain.routine import Kind, Sides
from legato.domain.session import Move, begin, interrupt, move, tick
from legato.domain.timeline import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.routine import Step
    from legato.domain.session import Session

START = 1000.0
# Ready 20 s, hold 120 s, switch 15 s, hold 120 s, right side first.
RIGHT_SECONDS, LEFT_SECONDS = 140, 135


def session_of(*steps: Step, spent: float = 0.0, index: int = 0) -> Session:
    """Return a session that runs since START."""
    timeline = lay_out(routine(*steps or (step("Calf"),), name="Bedtime"))
    return begin(timeline, START, index=index, spent=spent)[0]


def title(session: Session) -> str:
    """Return the title of the track."""
    track = now_playing(session).track
    assert track is not None
    return track.title


def test_the_title_names_step_and_leg() -> None:
    """The title has the step and the side."""
    assert title(session_of()) == "Calf, right leg"


def test_the_second_side_is_a_track_of_its_own() -> None:
    """The track changes with the side."""
    first, second = now_playing(session_of()).track, now_playing(session_of(index=2)).track
    assert first is not None
    assert second is not None
    assert second.title == "Calf, left leg"
    assert first.number != second.number


def test_a_drink_has_no_leg() -> None:
    """A step without a leg has no side in its title."""
    drink = step("A glass of water", kind=Kind.DRINK, sides=Sides.BOTH)
    assert title(session_of(drink)) == "A glass of water"


@pytest.mark.parametrize(("index", "seconds"), [(0, RIGHT_SECONDS), (3, LEFT_SECONDS)])
def test_a_track_is_as_long_as_its_side(index: int, seconds: int) -> None:
    """Ready and switch time count to the side that follows."""
    track = now_playing(session_of(index=index)).track
    assert track is not None
    assert track.length_us == seconds * MICROSECONDS


def test_an_open_hold_has_no_length() -> None:
    """The length of an open hold is unknown."""
    track = now_playing(session_of(step(hold=None))).track
    assert track is not None
    assert track.length_us is None


def test_the_position_runs_with_the_clock() -> None:
    """The position advances without calls of the session."""
    running = session_of(index=1, spent=10.0)
    assert position_us(running, START + 5.0) == 35 * MICROSECONDS


def test_the_position_stops_at_the_end_of_a_segment() -> None:
    """The position does not exceed the current segment."""
    assert position_us(session_of(), START + 500.0) == 20 * MICROSECONDS


def test_a_paused_position_stands() -> None:
    """The position does not change in a pause."""
    paused = move(session_of(), Move.PAUSE, START + 7.0)[0]
    assert position_us(paused, START + 100.0) == 7 * MICROSECONDS


@pytest.mark.parametrize(
    ("change", "playback"),
    [
        (lambda session: session, Playback.PLAYING),
        (lambda session: move(session, Move.PAUSE, START)[0], Playback.PAUSED),
        (lambda session: interrupt(session, 5.0)[0], Playback.PAUSED),
        (lambda session: move(session, Move.STOP, START)[0], Playback.STOPPED),
        (lambda session: tick(session, START + 9999.0)[0], Playback.STOPPED),
        (lambda _session: None, Playback.STOPPED),
    ],
)
def test_each_state_is_one_of_a_players_three(
    change: Callable[[Session], Session | None], playback: Playback
) -> None:
    """Running is playing, pauses are paused, finished is stopped."""
    assert now_playing(change(session_of())).playback is playback


def test_what_is_over_has_no_track() -> None:
    """A finished session has no track."""
    assert now_playing(tick(session_of(), START + 9999.0)[0]) == NowPlaying()
