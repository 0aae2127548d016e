"""Accessible names of everything in the editor that takes the focus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.domain.documents import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[App]:
    """Yield the window with a routine in the editor and a step selected."""
    data = tmp_path / "data"
    options = stores.Options(data_dir=str(data), motion=False)
    app = App(qapp, options, stores.open_paths(str(data)))
    qtbot.addWidget(app.window)
    app.window.resize(1280, 800)
    app.show()
    app.editor.edit("bedtime")
    app.editor.page.steps.add_own()
    QApplication.processEvents()
    yield app
    app.close()


def show_conflict(app: App) -> None:
    """Show two texts of a conflict."""
    opened = app.editor.document.opened
    assert opened is not None
    theirs = replace(opened, text=opened.text + "# theirs\n")
    app.editor._texts.show_conflict(Conflict(mine=opened.text, theirs=theirs))


def look_into_a_file(app: App) -> None:
    """Show the preview of a shared file."""
    file = app.paths.data.parent / "given.yaml"
    file.write_text("name: Given\nsteps: [{use: quads}]\n")
    app.import_file(str(file))


WAYS: dict[str, Callable[[App], object]] = {
    "a step of one's own": lambda _app: None,
    "a used routine": lambda app: app.editor.document.choose((0,)),
    "several steps": lambda app: app.editor.document.choose((0, 1)),
    "the moves": lambda app: app.editor._offer_moves(),
    "the pose": lambda app: app.editor._pictures._pose_from("calf1-wall"),
    "the text": lambda app: app.editor._show_source(),
    "two texts": show_conflict,
    "a new routine": lambda app: app.editor.new(),
    "a file that was given": look_into_a_file,
    "the library": lambda app: app.library_page.show(),
}


def takers(window: QWidget) -> list[QWidget]:
    """Return the visible widgets that take the focus."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]


def name_of(widget: QWidget) -> str:
    """Return the accessible name of a widget."""
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name).strip() if told else ""


def test_nothing_is_without_a_name(app: App) -> None:
    """Buttons, fields, lists and the figure have names on every page of the editor."""
    unnamed = []
    for way, go in WAYS.items():
        go(app)
        QApplication.processEvents()
        shown = takers(app.window)
        assert shown, way
        unnamed += [(way, type(one).__name__) for one in shown if not name_of(one)]
    assert unnamed == []


def test_a_field_without_a_name_is_found(app: App) -> None:
    """The check finds a field without a name."""
    bare = QLineEdit(app.editor.page)
    bare.show()
    assert [one for one in takers(app.window) if not name_of(one)] == [bare]
