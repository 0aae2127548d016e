"""The editor in the whole window, by keys: a routine made, tried, lost, restored and shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.domain.editing import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[App]:
    """Yield the window on the library page."""
    paths = stores.open_paths(str(tmp_path))
    app = App(qapp, stores.Options(data_dir=str(tmp_path), motion=False), paths)
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=20_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    app.library_page.show()
    yield app
    app.close()


def press(app: App, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key on the focused widget."""
    QTest.keyClick(app.window.focusWidget() or app.window, key, held)
    QApplication.processEvents()


def type_over(app: App, words: str) -> None:
    """Replace the text of a field by typing."""
    press(app, Key.Key_A, CTRL)
    QTest.keyClicks(app.window.focusWidget(), words)
    QApplication.processEvents()


def make(app: App) -> None:
    """Make a routine of an exercise and a step of its own, by keys, and save it."""
    press(app, Key.Key_N, CTRL)
    press(app, Key.Key_1)
    type_over(app, "What Anna said")
    press(app, Key.Key_M, CTRL)
    type_over(app, "calf at the wall")
    press(app, Key.Key_Return)
    press(app, Key.Key_N, CTRL | SHIFT)
    type_over(app, "Doorway stretch")
    press(app, Key.Key_Tab)
    type_over(app, "1 min 30 s")
    press(app, Key.Key_S, CTRL)


def titles(app: App) -> list[str]:
    """Return the titles of the edited steps."""
    draft = app.editor.document.draft
    return [label(line) for line in draft.steps] if draft else []


def written(app: App, routine_id: str = "what-anna-said") -> dict[str, object]:
    """Return the content of the file."""
    text = (app.paths.routines / f"{routine_id}.yaml").read_text(encoding="utf-8")
    found: dict[str, object] = yaml.safe_load(text)
    return found


def test_a_routine_is_made_by_keys_alone(app: App) -> None:
    """The routine is named, filled and saved without a mouse."""
    make(app)
    file = written(app)
    assert file["name"] == "What Anna said"
    assert {"title": "Doorway stretch", "hold": "1 min 30 s"} in list(file["steps"])  # type: ignore[call-overload]


def test_what_is_saved_is_in_the_library(app: App) -> None:
    """A saved routine can be started at once."""
    make(app)
    entry = app.library.entry("what-anna-said")
    assert entry is not None
    assert entry.routine is not None


def test_an_image_is_copied_beside_it(app: App, qtbot: QtBot) -> None:
    """A pasted image is in the routine's own folder."""
    make(app)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    app.editor.page.picture.paste()
    qtbot.waitUntil(lambda: any(step.picture for step in app.editor.page.steps.chosen_lines))  # type: ignore[union-attr]
    press(app, Key.Key_S, CTRL)
    (picture,) = [step["picture"] for step in written(app)["steps"] if "picture" in step]  # type: ignore[attr-defined]
    assert (app.paths.routines / "what-anna-said" / picture).is_file()


def test_leaving_keeps_what_is_not_saved(app: App) -> None:
    """After Esc the draft is restored when the routine is edited again."""
    make(app)
    app.editor.page.steps.duplicate()
    before = titles(app)
    press(app, Key.Key_Escape)
    app.editor.edit("what-anna-said")
    assert titles(app) == before
    assert app.editor.document.is_changed


def test_a_deleted_routine_comes_back(app: App) -> None:
    """Undo in the toast restores the file."""
    make(app)
    press(app, Key.Key_Escape)
    app.editor.delete("what-anna-said")
    assert app.library.entry("what-anna-said") is None
    press(app, Key.Key_Escape)
    app.editor.bring_back()
    press(app, Key.Key_Return)
    assert app.library.entry("what-anna-said") is not None


def test_a_step_is_tried(app: App) -> None:
    """The step runs on a page of its own, and Esc goes back to the editor."""
    make(app)
    entry = app.library.entry("calf1-wall")
    assert entry is not None
    assert entry.routine is not None
    app.editor.page.try_wanted.emit(entry.routine.steps[0])
    assert app.window.page_name == "trial"
    press(app, Key.Key_Escape)
    assert app.window.page_name == "editor"


def test_a_routine_goes_out_and_comes_in(app: App, tmp_path: Path) -> None:
    """An exported and imported routine is beside the original."""
    make(app)
    target = tmp_path / "given.legato"
    app.sharing.export_to("what-anna-said", str(target))
    app.editor.page.steps.delete()
    press(app, Key.Key_S, CTRL)
    app.import_file(str(target))
    assert app.window.page_name == "import"
    press(app, Key.Key_Return)
    assert len([one for one in app.library.known_ids() if one.startswith("what-anna-said")]) == 2


def press_undo(app: App) -> None:
    """Press the button of the toast."""
    next(one for one in app.window.toast.findChildren(QPushButton) if one.text() == "Undo").click()


def test_what_was_not_saved_comes_back_with_a_deleted_routine(app: App) -> None:
    """Undo restores the file and the unsaved changes."""
    make(app)
    app.editor.page.steps.duplicate()
    before = titles(app)
    app.editor.delete("what-anna-said")
    press_undo(app)
    app.editor.edit("what-anna-said")
    assert titles(app) == before


def test_a_new_routine_that_is_deleted_comes_back(app: App) -> None:
    """Undo restores a routine that was never saved."""
    press(app, Key.Key_N, CTRL)
    press(app, Key.Key_1)
    type_over(app, "Short lived")
    app.editor._trash.delete_edited()
    assert app.window.page_name == "library"
    press_undo(app)
    assert app.editor.document.draft is not None
    assert app.editor.document.draft.name == "Short lived"


def test_a_deleted_step_is_restored_by_the_toast(app: App) -> None:
    """This is possible until the next edit."""
    make(app)
    before = titles(app)
    app.editor.page.steps.delete()
    press_undo(app)
    assert titles(app) == before


def test_the_undo_of_a_step_undoes_nothing_else(app: App) -> None:
    """Later changes are kept."""
    make(app)
    app.editor.page.steps.delete()
    app.editor.page.steps.change_routine("about", "Changed since.")
    press_undo(app)
    assert app.editor.document.draft is not None
    assert app.editor.document.draft.about == "Changed since."


def test_text_that_was_typed_and_left_is_offered_again(app: App) -> None:
    """Going back to the fields keeps the text."""
    make(app)
    app.editor._show_source()
    press(app, Key.Key_End, CTRL)
    QTest.keyClicks(app.window.focusWidget(), "# mine")
    press(app, Key.Key_Escape)
    next(
        one
        for one in app.window.toast.findChildren(QPushButton)
        if one.text() == "Back to the text"
    ).click()
    field = app.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText().endswith("# mine")


def test_ctrl_s_saves_the_text_that_is_shown(app: App) -> None:
    """Ctrl+S in the text view saves the text, not the fields."""
    make(app)
    app.editor._show_source()
    press(app, Key.Key_End, CTRL)
    QTest.keyClicks(app.window.focusWidget(), "# mine")
    press(app, Key.Key_S, CTRL)
    text = (app.paths.routines / "what-anna-said.yaml").read_text(encoding="utf-8")
    assert text.rstrip().endswith("# mine")


def test_a_picture_that_was_taken_back_goes_at_the_end(app: App, qtbot: QtBot) -> None:
    """The file of an undone picture is deleted when the window is closed."""
    make(app)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    app.editor.page.picture.paste()
    file = app.paths.routines / "what-anna-said" / "pasted.png"
    qtbot.waitUntil(lambda: any(step.picture for step in app.editor.page.steps.chosen_lines))  # type: ignore[union-attr]
    press(app, Key.Key_Z, CTRL)
    assert file.exists()
    app.window.close()
    assert not file.parent.exists()
