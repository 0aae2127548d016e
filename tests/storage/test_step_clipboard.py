"""Tests of steps on the clipboard as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor_fakes import PNG, Desk
from legato.domain.draft import Use
from legato.domain.problems import Problem
from legato.domain.routine import Step
from legato.storage.routine_text import line_values
from legato.storage.step_clipboard import StepText
from strategies import new_lines

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.editing import Line

STEPS = (Step(title="Calf: own", hold=60.0, setup=("Stand.",)), Use(id="quads", repeat=2))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores of an empty folder."""
    return Desk(tmp_path / "data")


def test_steps_are_yaml(desk: Desk) -> None:
    """Copied steps can be pasted into a text editor."""
    assert desk.clipboard.steps_text(STEPS) == (
        "- title: 'Calf: own'\n  hold: 1 min\n  setup:\n    - Stand.\n- use: quads\n  repeat: 2\n"
    )


@given(st.lists(new_lines, min_size=1, max_size=3))
def test_steps_come_back(lines: list[Line]) -> None:
    """Pasted steps equal the copied ones."""
    from pathlib import Path  # noqa: PLC0415 - a type above

    clipboard = StepText(Path("/none"))

    back = clipboard.steps_of(clipboard.steps_text(lines))

    assert not isinstance(back, Problem)
    assert list(map(line_values, back)) == list(map(line_values, lines))


def test_lines_of_a_file_are_steps(desk: Desk) -> None:
    """Indented lines with comments from a text editor can be pasted."""
    text = "  # mine\n  - use: quads   # twice\n    repeat: 2\n\n"

    assert desk.clipboard.steps_of(text) == (Use(id="quads", repeat=2),)


def test_a_whole_routine_gives_its_steps(desk: Desk) -> None:
    """The text of a whole routine can be pasted."""
    assert desk.clipboard.steps_of("name: A\nsteps:\n- use: quads\n") == (Use(id="quads"),)


@pytest.mark.parametrize(
    "text", ["", "hello", "- just text", "name: A", "- hold: 1 min", "[", "\x00"]
)
def test_what_holds_no_steps_is_reported(desk: Desk, text: str) -> None:
    """Other text is refused with a reason."""
    assert isinstance(desk.clipboard.steps_of(text), Problem)


def test_a_step_takes_its_picture_along(desk: Desk) -> None:
    """The text names the routine of the picture, never another folder."""
    desk.write("mine/a.png", PNG)
    step = Step(title="Photo", picture="a.png", folder=str(desk.routines / "mine"))

    text = desk.clipboard.steps_text([step])

    assert "x-pictures-of: mine" in text
    assert desk.clipboard.steps_of(text) == (step,)
    (strange,) = desk.clipboard.steps_of(text.replace("mine", "../trash"))  # type: ignore[misc]
    assert isinstance(strange, Step)
    assert strange.folder == ""
