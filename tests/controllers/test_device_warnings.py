"""Tests of saying once what the machine cannot do."""

from __future__ import annotations

import pytest

from legato.controllers.session_machine import DeviceWarnings

GONE = {"sound": "No sound.", "awake": ""}
FINE = {"sound": "", "awake": ""}


class Written:
    """Notes, and what they wrote."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes = DeviceWarnings(self.lines.append)
        self.notes.begin()


@pytest.fixture
def written() -> Written:
    """Begin a session."""
    return Written()


def test_where_nothing_is_wrong_nothing_is_written(written: Written) -> None:
    """Most nights."""
    written.notes.tell(0, FINE)

    assert written.lines == []


def test_a_trouble_is_written_once(written: Written) -> None:
    """Not again with each look at the session."""
    for _ in range(3):
        written.notes.tell(0, GONE)

    assert written.lines == ["No sound."]


def test_what_is_over_goes_away(written: Written) -> None:
    """A sound server that is back need not be told of."""
    written.notes.tell(0, GONE)
    written.notes.tell(0, FINE)

    assert written.lines == ["No sound.", ""]


def test_two_troubles_stand_together(written: Written) -> None:
    """The later one does not push the first away."""
    written.notes.tell(0, GONE)
    written.notes.tell(0, GONE | {"awake": "Not kept awake."})

    assert written.lines[-1] == "No sound.\nNot kept awake."


def test_a_trouble_that_lasts_is_not_told_in_the_next_step(written: Written) -> None:
    """Who has read it needs the place for the next step."""
    written.notes.tell(0, GONE)
    for step in (1, 1, 2):
        written.notes.tell(step, GONE)

    assert written.lines == ["No sound.", ""]


def test_a_new_trouble_is_told_beside_one_that_was_told(written: Written) -> None:
    """It is told alone."""
    written.notes.tell(0, GONE)
    written.notes.tell(1, GONE | {"awake": "Not kept awake."})

    assert written.lines[-1] == "Not kept awake."


def test_a_trouble_that_comes_back_is_told_again(written: Written) -> None:
    """It was over meanwhile."""
    for troubles in (GONE, FINE, GONE):
        written.notes.tell(0, troubles)

    assert written.lines == ["No sound.", "", "No sound."]


def test_another_session_is_told_anew(written: Written) -> None:
    """Tomorrow night it still matters."""
    written.notes.tell(0, GONE)
    written.notes.begin()
    written.notes.tell(0, GONE)

    assert written.lines == ["No sound.", "No sound."]
