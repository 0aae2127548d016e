"""Notes about devices: each is shown once in a session."""

from __future__ import annotations

import pytest

from legato.controllers.session_machine import DeviceWarnings

GONE = {"sound": "No sound.", "awake": ""}
FINE = {"sound": "", "awake": ""}


class Written:
    """Notes with a record of what was shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.warnings = DeviceWarnings(self.lines.append)
        self.warnings.begin()


@pytest.fixture
def written() -> Written:
    """Begin a session."""
    return Written()


def test_where_nothing_is_wrong_nothing_is_written(written: Written) -> None:
    """Without a problem there is no note."""
    written.warnings.update(0, FINE)

    assert written.lines == []


def test_a_problem_is_noted_once(written: Written) -> None:
    """The note is not repeated at the next check."""
    for _ in range(3):
        written.warnings.update(0, GONE)

    assert written.lines == ["No sound."]


def test_a_solved_problem_goes_away(written: Written) -> None:
    """The note is removed when the device works again."""
    written.warnings.update(0, GONE)
    written.warnings.update(0, FINE)

    assert written.lines == ["No sound.", ""]


def test_two_problems_are_shown_together(written: Written) -> None:
    """The later note does not replace the first."""
    written.warnings.update(0, GONE)
    written.warnings.update(0, GONE | {"awake": "Not kept awake."})

    assert written.lines[-1] == "No sound.\nNot kept awake."


def test_a_lasting_problem_is_not_noted_in_the_next_step(written: Written) -> None:
    """The space is used for the next step."""
    written.warnings.update(0, GONE)
    for step in (1, 1, 2):
        written.warnings.update(step, GONE)

    assert written.lines == ["No sound.", ""]


def test_a_new_problem_is_noted_alone(written: Written) -> None:
    """A problem that was noted in an earlier step is not repeated."""
    written.warnings.update(0, GONE)
    written.warnings.update(1, GONE | {"awake": "Not kept awake."})

    assert written.lines[-1] == "Not kept awake."


def test_a_returning_problem_is_noted_again(written: Written) -> None:
    """It was solved in between."""
    for problems in (GONE, FINE, GONE):
        written.warnings.update(0, problems)

    assert written.lines == ["No sound.", "", "No sound."]


def test_another_session_notes_it_again(written: Written) -> None:
    """A lasting problem is noted once in each session."""
    written.warnings.update(0, GONE)
    written.warnings.begin()
    written.warnings.update(0, GONE)

    assert written.lines == ["No sound.", "No sound."]
