"""The editor under the real keyboard: the keys of X11, fields that are left, a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit

from legato.domain.editing import label

if TYPE_CHECKING:
    from desktop.window import Desktop

MINE = """\
name: Mine
ready: 2 s
steps:
  - title: Quads
    hold: 9 s
    sides: right
  - title: Calf
    hold: 12 s
"""


@pytest.fixture
def edited(desktop: Desktop) -> Desktop:
    """Return the program with a routine of two steps in the editor, the steps focused."""
    path = desktop.app.paths.routines / "mine.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE, encoding="utf-8")
    desktop.app.reload()
    desktop.wait_until(lambda: desktop.app.library.entry("mine") is not None)
    desktop.app.editor.edit("mine")
    desktop.wait_for_page("editor")
    desktop.wait_until(desktop.app.editor.page.cards.hasFocus)
    return desktop


def titles(desktop: Desktop) -> list[str]:
    """Return the titles of the steps."""
    draft = desktop.app.editor.document.draft
    return [label(line) for line in draft.steps] if draft else []


def test_ctrl_d_duplicates_the_chosen_step(edited: Desktop) -> None:
    """On X11 Qt's StandardKey.Delete is Ctrl+D, too; here it must duplicate."""
    edited.press("ctrl+d")
    assert titles(edited) == ["Quads", "Quads", "Calf"]


@pytest.mark.parametrize("key", ["Delete", "KP_Delete"])
def test_delete_takes_the_chosen_step_out(edited: Desktop, key: str) -> None:
    """Both Delete keys remove the selected step."""
    edited.press(key)
    assert titles(edited) == ["Calf"]


def test_a_rehearsal_runs_to_its_end(edited: Desktop) -> None:
    """At eight times the speed no tick counts as a sleep of the machine."""
    edited.app.editor._rehearse()
    edited.wait_for_page("trial")
    edited.wait_for_page("editor")


def hold_field(desktop: Desktop) -> QLineEdit:
    """Return the hold field of the selected step."""
    fields = desktop.app.editor.page.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == "Hold" and one.isVisible())


def enter_hold(desktop: Desktop) -> QLineEdit:
    """Focus the hold of the first step, with its text selected; return the field."""
    desktop.press("ctrl+3", "Tab")
    field = hold_field(desktop)
    desktop.wait_until(field.hasFocus)
    return field


def test_a_time_that_is_refused_is_not_saved_as_its_beginning(edited: Desktop) -> None:
    """`2 x 12` is not two seconds: nothing is written, and the text stays in the field."""
    field = enter_hold(edited)
    edited.type("2 x 12")
    edited.press("ctrl+s")
    assert (edited.app.paths.routines / "mine.yaml").read_text(encoding="utf-8") == MINE
    assert (field.text(), field.hasFocus()) == ("2 x 12", True)


def test_saving_goes_to_the_field_that_is_red(edited: Desktop) -> None:
    """From another step, save goes to the field, with a text that names it."""
    enter_hold(edited)
    edited.type("2 x 12")
    edited.press("ctrl+2", "Down", "ctrl+s")
    field = hold_field(edited)
    assert (field.text(), field.hasFocus()) == ("2 x 12", True)
    said = edited.window.toast.shown
    assert "Hold of \u201cQuads\u201d" in said
    assert "2 x 12" in said


def test_a_refused_text_is_there_after_coming_back(edited: Desktop) -> None:
    """Leaving the editor loses no text."""
    enter_hold(edited)
    edited.type("2 x 12")
    edited.press("Escape")
    edited.wait_until(lambda: edited.window.page_name != "editor")
    edited.app.editor.edit("mine")
    edited.wait_for_page("editor")
    assert hold_field(edited).text() == "2 x 12"


def test_one_undo_takes_a_refused_text_back(edited: Desktop) -> None:
    """Typing is one edit, whatever its single letters mean."""
    field = enter_hold(edited)
    edited.type("2 x 12")
    edited.press("ctrl+z")
    assert field.text() == "9 s"
    assert not edited.app.editor.document.undo_name


@pytest.mark.parametrize(
    ("typed", "seconds"), [("2 Min", 120), ("1,5 min", 90), ("1'30", 90), ("1 min 30", 90)]
)
def test_a_time_is_taken_as_people_write_it(edited: Desktop, typed: str, seconds: int) -> None:
    """A duration uses the whole text, not only its first number."""
    enter_hold(edited)
    edited.type(typed)
    edited.press("ctrl+s")
    entry = edited.app.library.entry("mine")
    assert entry is not None
    assert entry.routine is not None
    assert entry.routine.steps[0].hold == seconds
