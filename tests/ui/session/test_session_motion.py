"""How figures and lights move with the seconds of a session."""

from __future__ import annotations

from itertools import pairwise

import pytest

from builders import routine, step
from legato.domain.routine import Tempo
from legato.domain.timeline import Segment, lay_out
from legato.ui.session.motion import (
    FLASH_SECONDS,
    flash,
    ready_progress,
    release_progress,
    repetition_progress,
    turn_share,
)


def ready(*setup: str, seconds: float = 20.0) -> Segment:
    """Return the time to get ready of a step with these lines."""
    return lay_out(routine(step(setup=setup, ready=seconds))).segments[0]


THREE = ("Lie down.", "Loop the towel.", "Straighten the leg.")
"""With the announcement a line each five seconds."""


@pytest.mark.parametrize(
    ("spent", "progress"), [(0.0, 0.0), (9.9, 0.0), (12.5, 0.5), (15.0, 1.0), (20.0, 1.0)]
)
def test_the_pose_follows_the_lines(spent: float, progress: float) -> None:
    """The start with the first lines, the movement with the last but one, the pose with the last."""
    assert ready_progress(spent, ready(*THREE)) == pytest.approx(progress, abs=0.01)


@pytest.mark.parametrize("setup", [(), ("Lie down.",)])
def test_with_few_lines_it_moves_before_the_hold(setup: tuple[str, ...]) -> None:
    """It is in its pose a second before."""
    segment = ready(*setup)

    assert ready_progress(13.9, segment) == 0.0
    assert ready_progress(19.0, segment) == 1.0


def test_no_time_to_get_ready_is_the_pose() -> None:
    """The hold begins at once."""
    assert ready_progress(0.0, ready(seconds=0.0)) == 1.0


def test_getting_ready_never_jumps() -> None:
    """In tenths of a second no step is larger than that of a slow movement."""
    shares = [ready_progress(tenth / 10, ready(*THREE)) for tenth in range(200)]

    assert max(abs(a - b) for a, b in pairwise(shares)) <= 0.04


@pytest.mark.parametrize(("spent", "share"), [(0.0, 1.0), (2.5, 0.0), (5.0, 1.0)])
def test_letting_go_leaves_the_pose_and_comes_back(spent: float, share: float) -> None:
    """During a release the figure leaves the pose and returns."""
    assert release_progress(spent, 5.0) == share


def test_letting_go_for_no_time_stays() -> None:
    """A release of 0 s causes no division by zero."""
    assert release_progress(0.0, 0.0) == 1.0


@pytest.mark.parametrize(("spent", "share"), [(0.0, 0.0), (2.0, 0.5), (4.0, 1.0), (15.0, 1.0)])
def test_the_figure_turns_in_four_seconds(spent: float, share: float) -> None:
    """The turn takes four seconds, and then the figure is still."""
    assert turn_share(spent, 15.0) == pytest.approx(share)


def test_a_short_switch_is_turned_in_time() -> None:
    """In a switch of two seconds the turn takes two seconds."""
    assert turn_share(2.0, 2.0) == pytest.approx(1.0)


def test_no_time_to_switch_is_turned_at_once() -> None:
    """A switch of 0 s causes no division by zero."""
    assert turn_share(0.0, 0.0) == 1.0


def test_a_light_swells_and_sinks() -> None:
    """The light rises from 0 to its maximum and falls to 0."""
    lights = [flash(age / 10, moves=True) for age in range(21)]

    assert lights[0] == lights[20] == 0.0
    assert max(lights) == lights[4] == 1.0


def test_a_light_never_jumps() -> None:
    """In tenths of a second the light does not flicker."""
    lights = [flash(age / 10, moves=True) for age in range(30)]

    assert max(abs(a - b) for a, b in pairwise(lights)) <= 0.26


def test_without_motion_a_light_is_on_or_off() -> None:
    """Without motion the light is switched on once and off once."""
    assert {flash(age / 10, moves=False) for age in range(30)} == {0.0, 1.0}


@pytest.mark.parametrize("age", [-1.0, FLASH_SECONDS])
def test_there_is_no_light_before_or_after(age: float) -> None:
    """The light lasts two seconds from its cue."""
    assert flash(age, moves=True) == 0.0


def test_a_repetition_goes_in_and_out() -> None:
    """The figure is at its start, in its pose in the middle, and at its start again."""
    three = step(count=2, every=3.0)

    assert [round(repetition_progress(at, three), 2) for at in (0.0, 1.5, 3.0, 4.5)] == [0, 1, 0, 1]


def test_a_repetition_stays_where_its_tempo_says() -> None:
    """One second up, one there, two down."""
    slow = step(count=2, every=Tempo(1.0, 1.0, 2.0))

    assert [round(repetition_progress(at, slow), 2) for at in (0.5, 1.0, 2.0, 3.0)] == [
        0.5,
        1.0,
        1.0,
        0.5,
    ]
