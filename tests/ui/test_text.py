"""The texts of several pages, and formatted numbers."""

from __future__ import annotations

import pytest

from builders import routine, step
from legato.domain.problems import Problem
from legato.domain.routine import Place, Side
from legato.ui import text


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (120.0, "2:00"),
        (119.001, "2:00"),
        (119.0, "1:59"),
        (118.0 + 1e-9, "1:58"),
        (0.3, "0:01"),
        (0.0, "0:00"),
        (-3.0, "0:00"),
        (3600.0, "1:00:00"),
    ],
)
def test_time_left_is_rounded_up(seconds: float, shown: str) -> None:
    """A time left shows 0:00 only at its end."""
    assert text.time_left(seconds) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(0.9, "0:00"), (42.0, "0:42"), (61.5, "1:01")])
def test_time_passed_is_rounded_down(seconds: float, shown: str) -> None:
    """A time that counts up shows completed seconds."""
    assert text.time_passed(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (45.0, "45 s"),
        (60.0, "1 min"),
        (90.0, "2 min"),
        (1375.0, "23 min"),
        (3599.0, "1 h"),
        (3900.0, "1 h 5 min"),
    ],
)
def test_duration_is_in_whole_minutes(seconds: float, shown: str) -> None:
    """A duration is rounded to the nearest minute."""
    assert text.duration(seconds) == shown


def test_spoken_duration_has_whole_words() -> None:
    """A screen reader hears minutes, and one minute as one."""
    assert text.spoken_duration(1375.0) == "23 minutes"
    assert text.spoken_duration(60.0) == "1 minute"


def test_an_open_routine_has_no_number() -> None:
    """A routine with an open hold has no fixed duration."""
    assert text.routine_time(routine(step(hold=None))) == text.OPEN_TIME


def test_every_place_has_a_name() -> None:
    """No place on the leg is shown as a key."""
    names = {text.place(place) for place in Place}
    assert len(names) == len(Place)
    assert not any("-" in name for name in names)


def test_every_side_has_a_name() -> None:
    """Each side has a text."""
    assert [text.side(side) for side in Side] == ["left", "right", "both legs"]


def test_the_whole_leg_takes_in_its_places() -> None:
    """With the whole leg its parts are not listed."""
    assert text.eases((Place.CALF, Place.WHOLE_LEG)) == "For the whole leg"


def test_lists_read_as_a_sentence() -> None:
    """Three things are joined by a comma and "and"."""
    assert text.needs(("towel", "wall", "chair")) == "Needs towel, wall and chair"
    assert text.needs(()) == ""


def test_continue_names_what_was_left() -> None:
    """The offer to continue names routine, exercise, side and time left."""
    line = text.continue_line("Evening", "Calf", Side.LEFT, 47.2)

    assert line == "Evening: Calf, left leg, 0:48 to go"


def test_continue_of_an_open_hold_names_no_time() -> None:
    """An open hold has no time left."""
    assert text.continue_line("Evening", "Calf", Side.BOTH, None) == "Evening: Calf, both legs"


def test_continue_names_a_routine_of_one_exercise_once() -> None:
    """Its name and that of the exercise are often the same."""
    assert text.continue_line("Calf", "Calf", Side.LEFT, None) == "Calf, left leg"


def test_a_card_is_spoken_in_one_line() -> None:
    """A screen reader hears name, time, places and needs."""
    one = routine(step(needs=("towel",)), name="Calf now", eases=(Place.CALF,))
    assert text.routine_spoken(one) == "Calf now, 5 minutes, for calf, needs towel"


def test_a_problem_names_its_line_and_hint() -> None:
    """A problem is shown with its line and its hint."""
    told = Problem(where="a.yaml", text="hold is too long", line=12, hint="at most 60 min")
    assert text.problem(told) == "Line 12: hold is too long (at most 60 min)"


def test_a_problem_of_the_whole_file_names_no_line() -> None:
    """Line 1 is named only for a problem on line 1."""
    assert text.problem(Problem(where="a.yaml", text="the file is empty")) == "The file is empty"
