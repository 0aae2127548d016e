"""A file that is opened during a session comes after it, on the real screen and by real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from legato.domain.session import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop.window import Desktop
    from legato.ui.main_window import Application


@pytest.fixture
def open_gift(
    desktop: Desktop, qapp: Application, tmp_path: Path
) -> Iterator[Callable[[], object]]:
    """Return a function that opens a shared file, as macOS does."""
    path = tmp_path / "gift.yaml"
    path.write_text("name: A gift\nsteps: [{use: quads}]\n")
    qapp.file_given.connect(desktop.app.import_file)
    yield lambda: QApplication.sendEvent(qapp, QFileOpenEvent(str(path)))
    qapp.file_given.disconnect(desktop.app.import_file)


def test_the_keys_still_move_the_session(desktop: Desktop, open_gift: Callable[[], object]) -> None:
    """Space pauses after the file was opened, and the session page is shown."""
    desktop.app.sessions.controller.start_by_id("quads")
    desktop.wait_for_page("session")
    desktop.let_pass(600)
    open_gift()
    desktop.press("space")

    assert desktop.window.page_name == "session"
    assert desktop.session.status is Status.PAUSED
    assert "gift.yaml" in desktop.window.toast.shown


def test_the_file_comes_when_the_page_after_the_session_is_left(
    desktop: Desktop, open_gift: Callable[[], object]
) -> None:
    """Esc stops and shows the end page; a second Esc leaves it."""
    desktop.app.sessions.controller.start_by_id("quads")
    desktop.wait_for_page("session")
    desktop.let_pass(600)
    open_gift()
    desktop.press("Escape")
    desktop.wait_for_page("end")
    desktop.let_pass(600)
    desktop.press("Escape")

    desktop.wait_for_page("import")


def test_leaving_a_cramp_shows_what_was_opened_meanwhile(
    desktop: Desktop, open_gift: Callable[[], object]
) -> None:
    """The file is not shown during the help with a cramp."""
    desktop.press("F8")
    desktop.wait_for_page("cramp")
    open_gift()
    desktop.let_pass(300)
    assert desktop.window.page_name == "cramp"

    desktop.press("Escape")
    desktop.wait_for_page("import")
