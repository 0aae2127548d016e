"""The editor: what is done, taken back, kept and saved, without a page."""

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
    """Return files with one routine of three steps."""
    return FakeDesk(THREE)


@pytest.fixture
def editor(desk: FakeDesk, qapp: QApplication) -> EditorDocument:
    """Return an editor that has it open."""
    del qapp
    editor = EditorDocument(desk, desk)
    editor.open(opened())
    return editor


def titles(editor: EditorDocument) -> list[str]:
    """Return the steps by their titles."""
    assert editor.draft is not None
    return [editing.label(line) for line in editor.draft.steps]


def move_last_up(editor: EditorDocument) -> None:
    """Put the last step one up."""
    assert editor.draft is not None
    editor.do(editing.move_up(editor.draft, [2]))


def test_what_was_moved_is_chosen(editor: EditorDocument) -> None:
    """The choice goes with the step."""
    move_last_up(editor)
    assert editor.chosen == (1,)


def test_undo_is_named_and_takes_back(editor: EditorDocument) -> None:
    """Undo names what it takes back, and does."""
    move_last_up(editor)
    assert editor.undo_name == "move Shin up"
    editor.undo()
    assert titles(editor) == ["Quads", "Calf", "Shin"]


def test_redo_does_it_again(editor: EditorDocument) -> None:
    """What was taken back can be had again."""
    move_last_up(editor)
    editor.undo()
    editor.redo()
    assert titles(editor) == ["Quads", "Shin", "Calf"]


def test_nothing_is_unsaved_at_first(editor: EditorDocument) -> None:
    """A routine just opened is as its file."""
    assert not editor.is_changed


def test_undo_to_the_beginning_is_saved(editor: EditorDocument) -> None:
    """Taking everything back leaves nothing to save."""
    move_last_up(editor)
    editor.undo()
    assert not editor.is_changed


def test_saving_leaves_nothing_unsaved(editor: EditorDocument, desk: FakeDesk) -> None:
    """What was saved is the file, and can still be undone."""
    move_last_up(editor)
    editor.save()
    assert desk.saved
    assert not editor.is_changed
    assert editor.undo_name == "move Shin up"


def test_a_draft_is_kept_when_asked(editor: EditorDocument, desk: FakeDesk) -> None:
    """Leaving keeps what is not saved."""
    move_last_up(editor)
    editor.keep()
    assert desk.kept["mine"] == editor.draft


def test_a_draft_is_kept_by_itself(editor: EditorDocument, desk: FakeDesk, qtbot: QtBot) -> None:
    """A pause in typing is enough."""
    move_last_up(editor)
    qtbot.waitUntil(lambda: "mine" in desk.kept, timeout=5000)


def test_saving_forgets_the_draft(editor: EditorDocument, desk: FakeDesk) -> None:
    """What is in the file needs no draft."""
    move_last_up(editor)
    editor.keep()
    editor.save()
    assert not desk.kept


def test_what_was_left_can_be_undone(editor: EditorDocument) -> None:
    """A draft that was left comes back as an edit, so that the file can be had too."""
    left = replace(THREE, name="Mine, changed")
    editor.open(opened(left=LeftDraft(draft=left, at_ns=0)))
    assert editor.draft == left
    assert editor.is_changed
    editor.undo()
    assert editor.draft == THREE


def test_a_new_routine_is_unsaved(editor: EditorDocument, desk: FakeDesk) -> None:
    """What has no file yet is not saved."""
    editor.open(desk.begin(THREE))
    assert editor.is_changed


def test_a_conflict_is_told_and_nothing_lost(
    editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """A file that something else has changed is shown, not overwritten."""
    move_last_up(editor)
    desk.conflict = Conflict(mine="mine", theirs=opened(text="theirs"))
    with qtbot.waitSignal(editor.conflicted):
        editor.save()
    assert editor.is_changed
    assert not desk.saved


def test_a_failed_save_is_told(editor: EditorDocument, desk: FakeDesk, qtbot: QtBot) -> None:
    """What keeps a file from being written is said."""
    move_last_up(editor)
    desk.problem = Problem(where="mine.yaml", text="the disk is full")
    with qtbot.waitSignal(editor.troubled):
        editor.save()
    assert editor.is_changed


def test_a_change_from_outside_is_shown(editor: EditorDocument, desk: FakeDesk) -> None:
    """With nothing unsaved the page follows the file."""
    desk.files["mine"] = opened(replace(THREE, name="Other"), signature=(9, 9, 9, 9))
    editor.look_again()
    assert editor.draft is not None
    assert editor.draft.name == "Other"


def test_a_change_from_outside_takes_nothing_unsaved(
    editor: EditorDocument, desk: FakeDesk
) -> None:
    """With something unsaved it waits for saving to ask."""
    move_last_up(editor)
    desk.files["mine"] = opened(replace(THREE, name="Other"), signature=(9, 9, 9, 9))
    editor.look_again()
    assert editor.draft is not None
    assert editor.draft.name == "Mine"


def test_their_file_can_be_taken(editor: EditorDocument) -> None:
    """The file as it is replaces what was edited."""
    move_last_up(editor)
    editor.take_file(opened(replace(THREE, name="Theirs")))
    assert editor.draft is not None
    assert editor.draft.name == "Theirs"
    assert not editor.is_changed


def test_the_preview_follows(editor: EditorDocument, qtbot: QtBot) -> None:
    """After a pause it is told what would run."""
    with qtbot.waitSignal(editor.previewed) as told:
        move_last_up(editor)
    assert [step.title for step in told.args[0].routine.steps] == ["Quads", "Shin", "Calf"]


def test_a_new_routine_is_filed_under_its_last_name(editor: EditorDocument, desk: FakeDesk) -> None:
    """Who names a routine after beginning it finds its file by that name."""
    editor.open(desk.begin(replace(THREE, name="My routine")))
    assert editor.draft is not None
    editor.do(editing.rename(editor.draft, "What Anna said"))
    editor.save()
    assert desk.begun[-1] == "What Anna said"


def test_what_is_chosen_stays_so_when_the_file_is_changed(
    editor: EditorDocument, desk: FakeDesk
) -> None:
    """A text editor beside the window does not take one away from one's step."""
    editor.choose((2,))
    desk.files["mine"] = opened(replace(THREE, name="Changed"), signature=(9, 9, 9, 9))
    editor.look_again()
    assert editor.draft is not None
    assert (editor.draft.name, editor.chosen) == ("Changed", (2,))


def test_a_refused_text_is_kept_with_the_draft(editor: EditorDocument, desk: FakeDesk) -> None:
    """Leaving and opening again finds it, as an edit that can be undone."""
    refused = Unread(steps=(1,), field="hold", text="2 x 12", why="it is no time")
    editor.refuse(refused)
    editor.keep()
    again = EditorDocument(desk, desk)
    again.open(desk.open("mine"))  # type: ignore[arg-type] # it is there
    assert again.unread == (refused,)
    again.undo()
    assert not again.is_changed


def test_a_refused_text_is_told_instead_of_saving(
    editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """Whoever saves over a file that was changed is told as well."""
    editor.refuse(Unread(field="ready", text="soon", why="it is no time"))
    with qtbot.waitSignal(editor.unread_met):
        editor.save()
    with qtbot.waitSignal(editor.unread_met):
        editor.save_over(Conflict(mine="mine", theirs=opened(text="theirs")))
    assert not desk.saved
