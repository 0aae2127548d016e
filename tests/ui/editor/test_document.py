"""The editor's document without its page: edits, undo, drafts and saving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from editor_desk import THREE, FakeDesk, opened
from legato.domain import editing
from legato.domain.documents import Conflict, LeftDraft
from legato.domain.editing import Unread
from legato.domain.problems import Problem
from legato.ui.editor.document import EditorDocument

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk() -> FakeDesk:
    """Return a store with one routine of three steps."""
    return FakeDesk(THREE)


@pytest.fixture
def editor(desk: FakeDesk, qapp: QApplication) -> EditorDocument:
    """Return an editor that has it open."""
    del qapp
    editor = EditorDocument(desk, desk)
    editor.open(opened())
    return editor


def titles(editor: EditorDocument) -> list[str]:
    """Return the titles of the steps."""
    assert editor.draft is not None
    return [editing.label(line) for line in editor.draft.steps]


def move_last_up(editor: EditorDocument) -> None:
    """Move the last step up by one."""
    assert editor.draft is not None
    editor.do(editing.move_up(editor.draft, [2]))


def test_a_moved_step_stays_selected(editor: EditorDocument) -> None:
    """The selection moves with the step."""
    move_last_up(editor)
    assert editor.chosen == (1,)


def test_undo_is_named_and_takes_back(editor: EditorDocument) -> None:
    """Undo names the edit that it reverts, and reverts it."""
    move_last_up(editor)
    assert editor.undo_name == "move Shin up"
    editor.undo()
    assert titles(editor) == ["Quads", "Calf", "Shin"]


def test_redo_does_it_again(editor: EditorDocument) -> None:
    """Redo repeats an undone edit."""
    move_last_up(editor)
    editor.undo()
    editor.redo()
    assert titles(editor) == ["Quads", "Shin", "Calf"]


def test_nothing_is_unsaved_at_first(editor: EditorDocument) -> None:
    """An opened routine has no unsaved changes."""
    assert not editor.is_changed


def test_undo_to_the_beginning_is_saved(editor: EditorDocument) -> None:
    """Undoing all edits leaves no unsaved changes."""
    move_last_up(editor)
    editor.undo()
    assert not editor.is_changed


def test_saving_leaves_nothing_unsaved(editor: EditorDocument, desk: FakeDesk) -> None:
    """A save leaves no unsaved changes, and the edits can still be undone."""
    move_last_up(editor)
    editor.save()
    assert desk.saved
    assert not editor.is_changed
    assert editor.undo_name == "move Shin up"


def test_a_draft_is_kept_when_asked(editor: EditorDocument, desk: FakeDesk) -> None:
    """Leaving the editor stores the unsaved draft."""
    move_last_up(editor)
    editor.keep()
    assert desk.kept["mine"] == editor.draft


def test_a_draft_is_kept_by_itself(editor: EditorDocument, desk: FakeDesk, qtbot: QtBot) -> None:
    """A pause in typing stores the unsaved draft."""
    move_last_up(editor)
    qtbot.waitUntil(lambda: "mine" in desk.kept, timeout=5000)


def test_saving_forgets_the_draft(editor: EditorDocument, desk: FakeDesk) -> None:
    """A save deletes the stored draft."""
    move_last_up(editor)
    editor.keep()
    editor.save()
    assert not desk.kept


def test_what_was_left_can_be_undone(editor: EditorDocument) -> None:
    """A restored draft is an edit, so that undo gives the file."""
    left = replace(THREE, name="Mine, changed")
    editor.open(opened(left=LeftDraft(draft=left, at_ns=0)))
    assert editor.draft == left
    assert editor.is_changed
    editor.undo()
    assert editor.draft == THREE


def test_a_new_routine_is_unsaved(editor: EditorDocument, desk: FakeDesk) -> None:
    """A routine without a file has unsaved changes."""
    editor.open(desk.begin(THREE))
    assert editor.is_changed


def test_a_conflict_is_shown_and_nothing_lost(
    editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """A file that another program has changed is shown, not overwritten."""
    move_last_up(editor)
    desk.conflict = Conflict(mine="mine", theirs=opened(text="theirs"))
    with qtbot.waitSignal(editor.conflicted):
        editor.save()
    assert editor.is_changed
    assert not desk.saved


def test_a_failed_save_is_reported(editor: EditorDocument, desk: FakeDesk, qtbot: QtBot) -> None:
    """The reason for which a file cannot be written is reported."""
    move_last_up(editor)
    desk.problem = Problem(where="mine.yaml", text="the disk is full")
    with qtbot.waitSignal(editor.troubled):
        editor.save()
    assert editor.is_changed


def test_a_change_from_outside_is_shown(editor: EditorDocument, desk: FakeDesk) -> None:
    """Without unsaved changes the document follows the file."""
    desk.files["mine"] = opened(replace(THREE, name="Other"), signature=(9, 9, 9, 9))
    editor.reload()
    assert editor.draft is not None
    assert editor.draft.name == "Other"


def test_a_change_from_outside_takes_nothing_unsaved(
    editor: EditorDocument, desk: FakeDesk
) -> None:
    """With unsaved changes the conflict is resolved at the next save."""
    move_last_up(editor)
    desk.files["mine"] = opened(replace(THREE, name="Other"), signature=(9, 9, 9, 9))
    editor.reload()
    assert editor.draft is not None
    assert editor.draft.name == "Mine"


def test_their_file_can_be_taken(editor: EditorDocument) -> None:
    """The changed file can replace the draft."""
    move_last_up(editor)
    editor.take_file(opened(replace(THREE, name="Theirs")))
    assert editor.draft is not None
    assert editor.draft.name == "Theirs"
    assert not editor.is_changed


def test_the_preview_follows(editor: EditorDocument, qtbot: QtBot) -> None:
    """After a pause in typing the preview is updated."""
    with qtbot.waitSignal(editor.previewed) as told:
        move_last_up(editor)
    assert [step.title for step in told.args[0].routine.steps] == ["Quads", "Shin", "Calf"]


def test_a_new_routine_is_filed_under_its_last_name(editor: EditorDocument, desk: FakeDesk) -> None:
    """The file of a new routine has the name that the routine has when it is saved."""
    editor.open(desk.begin(replace(THREE, name="My routine")))
    assert editor.draft is not None
    editor.do(editing.rename(editor.draft, "What Anna said"))
    editor.save()
    assert desk.begun[-1] == "What Anna said"


def test_what_is_chosen_stays_so_when_the_file_is_changed(
    editor: EditorDocument, desk: FakeDesk
) -> None:
    """The selected step stays selected when another program changes the file."""
    editor.choose((2,))
    desk.files["mine"] = opened(replace(THREE, name="Changed"), signature=(9, 9, 9, 9))
    editor.reload()
    assert editor.draft is not None
    assert (editor.draft.name, editor.chosen) == ("Changed", (2,))


def test_a_refused_text_is_kept_with_the_draft(editor: EditorDocument, desk: FakeDesk) -> None:
    """A refused text is restored with the draft, as an edit that can be undone."""
    refused = Unread(steps=(1,), field="hold", text="2 x 12", why="it is no time")
    editor.refuse(refused)
    editor.keep()
    again = EditorDocument(desk, desk)
    again.open(desk.open("mine"))  # type: ignore[arg-type] # it is there
    assert again.unread == (refused,)
    again.undo()
    assert not again.is_changed


def test_a_refused_text_prevents_saving(
    editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """The refusal also applies to saving over a changed file."""
    editor.refuse(Unread(field="ready", text="soon", why="it is no time"))
    with qtbot.waitSignal(editor.unread_met):
        editor.save()
    with qtbot.waitSignal(editor.unread_met):
        editor.save_over(Conflict(mine="mine", theirs=opened(text="theirs")))
    assert not desk.saved
