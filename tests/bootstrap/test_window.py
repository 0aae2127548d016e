"""The whole window: its first page, and the requests of a second start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFileOpenEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from builders import routine
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.remote_command import apply_command, encode_command
from legato.bootstrap.stores import Options, Start
from legato.domain.routine import Side, VoiceLevel
from legato.domain.session import Move
from legato.domain.settings import ThemeChoice
from legato.storage.home_snapshot import HomeSnapshotFile
from legato.ui.main_window import Application
from legato.ui.theme import DAY, NIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """Return the visible window on an empty data folder, completely built."""
    yield from opened(qtbot, tmp_path / "data")


def opened(qtbot: QtBot, data: Path, options: Options | None = None) -> Iterator[App]:
    """Open a window on a data folder and close it afterwards."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    paths = stores.open_paths(str(data))
    joined = App(running, options or Options(), paths)
    qtbot.addWidget(joined.window)
    joined.show()
    if options is None:
        qtbot.waitUntil(lambda: not joined.is_reading)
    yield joined
    joined.close()


def test_the_first_page_is_home(app: App) -> None:
    """The page has "Cramp now", tonight's routine, and the leg map."""
    assert app.window.page_name == "home"


def test_what_the_first_page_showed_is_kept_for_the_next_start(app: App) -> None:
    """The next first frame need not read a routine."""
    glance = HomeSnapshotFile(app.paths.glance).load()

    assert glance is not None
    assert (glance.tonight, glance.name) == ("bedtime", "Full bedtime")


def test_a_second_start_begins_what_it_was_asked_for(app: App) -> None:
    """`legato start quads --side left` starts in the open window."""
    start = Start("quads", routine(), Side.LEFT, VoiceLevel.SILENT)
    apply_command(app, encode_command(Options(start=start)))

    assert app.window.page_name == "session"
    run = app.sessions.controller.run
    assert run is not None
    assert (run.word, run.side) == ("quads", Side.LEFT)


def test_a_second_start_with_a_cramp_helps_at_once(app: App) -> None:
    """`legato cramp` shows the help in the open window."""
    apply_command(app, encode_command(Options(cramp=True)))

    assert app.window.page_name == "cramp"


def test_a_file_that_is_double_clicked_is_shown(app: App, tmp_path: Path) -> None:
    """A second start passes the file; nothing is written before the user agrees."""
    file = tmp_path / "given.yaml"
    file.write_text("name: Given\nsteps: [{use: quads}]\n")
    apply_command(app, encode_command(Options(bring=str(file))))

    assert app.window.page_name == "import"
    assert not app.paths.routines.exists()


def test_a_file_that_the_system_hands_over_is_shown(app: App, tmp_path: Path) -> None:
    """MacOS passes a file by an event to the application."""
    file = tmp_path / "given.yaml"
    file.write_text("name: Given\nsteps: [{use: quads}]\n")
    running = QApplication.instance()
    assert isinstance(running, Application)
    running.file_given.connect(app.import_file)
    QApplication.sendEvent(running, QFileOpenEvent(str(file)))
    running.file_given.disconnect(app.import_file)

    assert app.window.page_name == "import"


def test_a_file_is_shown_on_the_first_page(qtbot: QtBot, tmp_path: Path) -> None:
    """`legato FILE.legato` shows the preview, with the library behind it."""
    file = tmp_path / "given.yaml"
    file.write_text("name: Given\nsteps: [{use: quads}]\n")
    opening = opened(qtbot, tmp_path / "data", Options(bring=str(file)))
    app = next(opening)
    qtbot.waitUntil(lambda: app.window.page_name == "import")
    qtbot.waitUntil(lambda: not app.is_reading)


@pytest.mark.parametrize("words", [(), ("start", "nowhere", "-", "-"), ("nonsense",) * 9])
def test_a_second_start_that_asks_nothing_changes_nothing(app: App, words: tuple[str, ...]) -> None:
    """It only brings the window to the front."""
    apply_command(app, words)

    assert app.window.page_name == "home"


def test_a_session_that_is_left_is_offered_on_the_first_page(qtbot: QtBot, tmp_path: Path) -> None:
    """After a close the next start offers to continue."""
    first = opened(qtbot, tmp_path / "data")
    joined = next(first)
    joined.sessions.controller.start_by_id("quads", Side.LEFT)
    joined.sessions.controller.do(Move.GO_ON)
    next(first, None)
    again = opened(qtbot, tmp_path / "data")
    joined = next(again)
    joined.sessions.controller.continue_session()

    assert joined.window.page_name == "session"
    next(again, None)


def test_who_goes_straight_into_a_session_pays_for_no_other_page(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """The library is not read before the session is shown."""
    start = Start("bedtime", routine(), None, VoiceLevel.SILENT)
    opening = opened(qtbot, tmp_path / "data", Options(start=start))
    joined = next(opening)

    assert joined.window.page_name == "session"
    assert joined.is_reading
    next(opening, None)


def test_a_routine_that_is_added_outside_comes_into_the_library(app: App, qtbot: QtBot) -> None:
    """A file written by another program appears."""
    app.paths.routines.mkdir(parents=True)
    (app.paths.routines / "mine.yaml").write_text("name: Mine\nsteps:\n  - use: quads\n")

    qtbot.waitUntil(lambda: app.shared.routines.entry("mine") is not None)
    entry = app.shared.routines.entry("mine")
    assert entry is not None
    assert entry.name == "Mine"


def test_a_change_of_the_desktop_is_followed_where_that_is_chosen(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the setting "As the system" the theme follows the desktop."""
    app.settings.change(replace(app.settings.current, theme=ThemeChoice.SYSTEM))
    before = QApplication.palette().color(QPalette.ColorRole.Window).name()
    monkeypatch.setattr(app._themes, "system_theme", lambda: DAY)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)

    assert before.upper() == NIGHT.ground
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == DAY.ground


def test_a_session_waits_while_the_settings_are_open(app: App) -> None:
    """It resumes when they are left, with the changed settings."""
    app.sessions.controller.start_by_id("bedtime")
    app.settings_page.show()
    driver = app.sessions.controller
    waited = driver.is_under_way and not driver.pause()
    QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)

    assert waited
    assert app.window.page_name == "session"
    assert driver.pause()


def test_help_is_a_button_after_a_session_too(app: App) -> None:
    """The end page has a button for the help, not only a key."""
    app.sessions.controller.start_by_id("bedtime")
    app.sessions.controller.do(Move.STOP)
    buttons = app.window.findChildren(QPushButton)
    here = (b for b in buttons if b.text() == "When to get help" and b.isVisibleTo(app.window))
    next(here).click()

    assert app.window.page_name == "help"
