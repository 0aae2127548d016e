"""The editor under the real keyboard: the keys of X11, fields that are left, a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
    """Return the program with a routine of two steps in the editor, the keyboard on the steps."""
    path = desktop.app.paths.routines / "mine.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE, encoding="utf-8")
    desktop.app.look_again()
    desktop.wait_until(lambda: desktop.app.library.entry("mine") is not None)
    desktop.app.edit_routine("mine")
    desktop.wait_for_page("editor")
    desktop.wait_until(lambda: desktop.app.editing.page.cards.hasFocus())
    return desktop


def titles(desktop: Desktop) -> list[str]:
    """Return the steps of what is edited."""
    draft = desktop.app.editing.editor.draft
    return [label(line) for line in draft.steps] if draft else []


def test_ctrl_d_duplicates_the_chosen_step(edited: Desktop) -> None:
    """On X11 Qt's StandardKey.Delete is Ctrl+D too; the key does what the list of keys says."""
    edited.press("ctrl+d")
    assert titles(edited) == ["Quads", "Quads", "Calf"]


@pytest.mark.parametrize("key", ["Delete", "KP_Delete"])
def test_delete_takes_the_chosen_step_out(edited: Desktop, key: str) -> None:
    """Both keys of that name."""
    edited.press(key)
    assert titles(edited) == ["Calf"]


def test_a_rehearsal_runs_to_its_end(edited: Desktop) -> None:
    """At eight times the speed no look at a held stretch counts as a sleep of the machine."""
    edited.app.editing._rehearse()
    edited.wait_for_page("trial")
    edited.wait_for_page("editor")
