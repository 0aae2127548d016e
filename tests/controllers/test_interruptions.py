"""Files and starts from outside wait for a session or a cramp."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.remote_command import apply_command
from legato.bootstrap.stores import Options
from legato.domain.plan import PlanRequest
from legato.domain.ports import MediaCommand
from legato.domain.routine import Place, Side
from legato.domain.session import Move, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """Return the visible window on an empty data folder, completely built."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    joined = App(running, Options(), stores.open_paths(str(tmp_path / "data")))
    qtbot.addWidget(joined.window)
    joined.show()
    qtbot.waitUntil(lambda: not joined.is_reading)
    yield joined
    joined.close()


@pytest.fixture
def gift(tmp_path: Path) -> str:
    """Return the path of a shared file."""
    path = tmp_path / "gift.legato"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gift.yaml", "name: A gift\nsteps: [{use: quads}]\n")
    return str(path)


def status(app: App) -> Status:
    """Return the status of the session."""
    session = app.sessions._driver.session
    assert session is not None
    return session.status


def pause(app: App) -> None:
    """Start a session and pause it."""
    app.sessions.controller.start_by_id("quads")
    app.sessions.controller.do(Move.PAUSE)


def read_settings(app: App) -> None:
    """Start a session and open the settings."""
    app.sessions.controller.start_by_id("quads")
    app.settings_page.show()


def read_help_in_a_cramp(app: App) -> None:
    """Start a cramp and open "When to get help"."""
    app.cramp.cramp_now()
    app.cramp.show_help()


def finish(app: App) -> None:
    """Start a session and stop it."""
    app.sessions.controller.start_by_id("quads")
    app.sessions.controller.do(Move.STOP)


def ask_about_a_calf(app: App) -> None:
    """Start a plan for one calf, which asks first."""
    app.history.change(app.history.current.with_pick(PlanRequest(sore=((Place.CALF, Side.LEFT),))))
    app.plan.start_last()
    assert app.sessions.controller.questions.is_asking


BUSY: list[tuple[Callable[[App], object], str]] = [
    (lambda app: app.sessions.controller.start_by_id("quads"), "session"),
    (pause, "session"),
    (read_settings, "settings"),
    (lambda app: app.cramp.cramp_now(), "cramp"),
    (read_help_in_a_cramp, "help"),
    (finish, "end"),
    (ask_about_a_calf, "question"),
]


@pytest.mark.parametrize(("begin", "page"), BUSY)
def test_a_file_from_outside_waits(
    app: App, gift: str, begin: Callable[[App], object], page: str
) -> None:
    """Any page of a session or a cramp stays, with a message that the file is shown later."""
    begin(app)
    apply_command(app, ("bring", gift))

    assert app.window.page_name == page
    assert "gift.legato" in app.window.toast.shown


def test_it_is_shown_when_the_page_after_the_session_is_left(
    app: App, gift: str, qtbot: QtBot
) -> None:
    """The file is shown after the end page, not on it."""
    app.sessions.controller.start_by_id("quads")
    app.import_file(gift)
    app.sessions.controller.do(Move.STOP)
    app.sessions._back_home()

    qtbot.waitUntil(lambda: app.window.page_name == "import")


def test_two_files_that_waited_come_one_after_the_other(
    app: App, gift: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The second is shown when the preview of the first is left."""
    other = tmp_path / "other.yaml"
    other.write_text("name: Other\nsteps: [{use: quads}]\n")
    app.sessions.controller.start_by_id("quads")
    app.import_file(gift)
    app.import_file(str(other))
    finish(app)
    app.sessions._back_home()
    page = app.sharing._page
    qtbot.waitUntil(lambda: page.isVisible() and "gift" in page._title.text())
    page.left.emit()

    qtbot.waitUntil(lambda: page.isVisible() and "other" in page._title.text())


def test_a_file_chosen_in_a_dialog_that_outlived_its_page_waits(app: App, gift: str) -> None:
    """A session may be started while the file dialog is open."""
    app.sharing.choose_file()
    (dialog,) = (one for one in app.window.findChildren(QFileDialog) if one.isVisible())
    app.sessions.controller.start_by_id("quads")
    dialog.fileSelected.emit(gift)

    assert app.window.page_name == "session"


def test_another_start_does_not_replace_a_session(app: App) -> None:
    """The session goes on, and a message names the requested routine."""
    app.sessions.controller.start_by_id("bedtime")
    apply_command(app, ("start", "quads", "-", "-"))

    run = app.sessions.controller.run
    assert run is not None
    assert run.word == "bedtime"
    assert status(app) is Status.RUNNING
    assert "was not started" in app.window.toast.shown


def test_another_start_does_not_replace_a_cramp(app: App) -> None:
    """The help with the cramp goes on."""
    app.cramp.cramp_now()
    apply_command(app, ("start", "quads", "-", "-"))

    assert app.window.page_name == "cramp"
    assert app.is_cramp_under_way


def test_another_start_of_what_runs_says_nothing(app: App) -> None:
    """The window only comes to the front."""
    app.sessions.controller.start_by_id("quads")
    apply_command(app, ("start", "quads", "-", "-"))

    assert app.window.toast.shown == ""


def test_a_maximised_window_comes_back_maximised(app: App) -> None:
    """Another start restores a minimised window as it was."""
    app.window.showMaximized()
    app.window.showMinimized()
    apply_command(app, ())

    assert app.window.isMaximized()
    assert not app.window.isMinimized()


def test_what_a_headset_lets_go_on_is_seen(app: App) -> None:
    """A session that a headset resumes on the settings page is shown."""
    read_settings(app)
    app.sessions._on_media(MediaCommand.PLAY)

    assert app.window.page_name == "session"
    assert status(app) is Status.RUNNING


def test_a_headset_lets_no_session_go_on_behind_a_cramp(app: App) -> None:
    """The session stays paused until the cramp is over."""
    app.sessions.controller.start_by_id("quads")
    app.cramp.cramp_now()
    app.sessions._on_media(MediaCommand.PLAY_PAUSE)

    assert app.window.page_name == "cramp"
    assert status(app) is Status.PAUSED


def test_no_session_runs_unseen(app: App) -> None:
    """A session whose page is left is paused and can be resumed."""
    app.sessions.controller.start_by_id("quads")
    app.library_page.show()
    assert status(app) is Status.PAUSED

    app.sessions.controller.continue_session()
    assert app.window.page_name == "session"


def test_settings_and_help_lead_back_to_the_session(app: App) -> None:
    """This holds also after several switches between them."""
    app.sessions.controller.start_by_id("quads")
    app.settings_page.show()
    app.cramp.show_help()
    app.settings_page.show()
    QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)

    assert app.window.page_name == "session"
    assert status(app) is Status.RUNNING


def test_help_leads_back_to_the_editor_from_a_step_that_is_tried(app: App) -> None:
    """The tried session ended when its page was left."""
    app.editor.edit("quads")
    draft = app.shared.routines.entry("quads")
    assert draft is not None
    assert draft.routine is not None
    app.navigation.step_preview_requested.emit(draft.routine.steps[0])
    app.cramp.show_help()
    QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)

    assert app.window.page_name == "editor"


def test_who_does_not_take_a_file_goes_on_editing(app: App, gift: str) -> None:
    """Esc on the preview goes back to the editor."""
    app.editor.edit("quads")
    app.import_file(gift)
    QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)

    assert app.window.page_name == "editor"
