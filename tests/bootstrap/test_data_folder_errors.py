"""The window while its data folder is full, read-only, missing, or no folder at all."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

import seen
from broken_ports import LEAVES_ALL, TROUBLES, small_disk
from fakes import FakeClock
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.controllers import session_machine
from legato.devices.clocks import Clocks
from legato.domain import editing
from legato.domain.routine import Side
from legato.domain.session import Move, Status
from legato.storage.session_state import ResumeStore
from legato.storage.settings import open_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.slow

MINE = "name: Mine  # from Anna\nsteps:\n  - use: quads\n"
REASONS = {
    "full": "The disk is full",
    "no room": "The disk is full",
    "read-only": "The folder may not be written to",
    "a file in its place": "A file is where the folder should be",
}


class Troubled:
    """A window on a folder with the routine `mine`, and a failure of that folder."""

    def __init__(self, app: App, clock: FakeClock, trouble: str) -> None:
        self.app = app
        self.clock = clock
        self.name = trouble
        self._over = ExitStack()

    def begin(self) -> None:
        """Start the failure."""
        self._over.enter_context(TROUBLES[self.name](self.app.paths.data))

    def end(self) -> None:
        """End the failure."""
        self._over.close()

    @property
    def why(self) -> str:
        """The reason as the user reads it."""
        return REASONS[self.name].lower()

    def told(self) -> str:
        """Return all that the window has to say, in small letters, as somebody reads it."""
        toast, lines = self.app.window.toast, []
        while toast.shown:
            lines.append(toast.shown)
            toast._show_next()
        return "\n".join(lines).lower()

    def pass_seconds(self, seconds: int) -> None:
        """Let a session run."""
        for _ in range(2 * seconds):
            self.clock.pass_seconds(0.5)
            self.app.sessions._driver.tick()


@pytest.fixture(params=list(TROUBLES))
def troubled(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Troubled]:
    """Return a window for each kind of failure."""
    yield from troubled_by(request.param, qtbot, tmp_path, monkeypatch)


@pytest.fixture(params=sorted(LEAVES_ALL))
def unwritable(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Troubled]:
    """Return a window for each failure that prevents writing."""
    yield from troubled_by(request.param, qtbot, tmp_path, monkeypatch)


def troubled_by(
    trouble: str, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Troubled]:
    """Open a window on a folder of its own, and close it after the failure."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    clock = FakeClock()
    monkeypatch.setattr(session_machine, "find_clocks", lambda: Clocks(clock, clock))
    with ExitStack() as stack:
        if trouble == "full":
            stack.enter_context(small_disk(folder / "disk"))
        paths = stores.open_paths(str(folder / "disk" / "data"))
        paths.routines.mkdir(parents=True)
        (paths.routines / "mine.yaml").write_text(MINE)
        app = App(running, stores.Options(motion=False), paths)
        qtbot.addWidget(app.window)
        app.show()
        qtbot.waitUntil(lambda: not app.is_reading, timeout=20_000)
        made = Troubled(app, clock, trouble)
        assert made.told() == ""
        stack.callback(app.close)
        stack.callback(made.end)
        yield made


def test_a_session_runs_on(troubled: Troubled) -> None:
    """The session has the same position after each second as without the failure."""
    troubled.app.sessions.controller.start_by_id("mine")
    before = troubled.app.sessions._driver.session
    assert before is not None
    troubled.begin()
    troubled.pass_seconds(10)

    session = troubled.app.sessions._driver.session
    assert session is not None
    assert session.status is Status.RUNNING
    assert session.spent == before.spent + 10


def test_a_session_notes_once_that_it_cannot_be_saved(unwritable: Troubled) -> None:
    """The note comes with the next phase; until then the old file does."""
    unwritable.app.sessions.controller.start_by_id("mine")
    unwritable.begin()
    unwritable.pass_seconds(30)

    assert unwritable.told().count(unwritable.why) == 1


def test_a_session_is_saved_again_afterwards(troubled: Troubled) -> None:
    """It is saved within a second after the failure."""
    troubled.app.sessions.controller.start_by_id("mine")
    troubled.begin()
    troubled.pass_seconds(5)
    troubled.end()
    troubled.pass_seconds(1)

    left = ResumeStore(troubled.app.paths.resume).load()
    assert left is not None
    assert left.position == 6


def test_settings_that_cannot_be_saved_apply(unwritable: Troubled) -> None:
    """They apply while the window is open, and a message says that they are not saved."""
    unwritable.begin()
    choices = unwritable.app.settings
    choices.change(replace(choices.current, text_size=150))

    assert choices.current.text_size == 150
    assert unwritable.why in unwritable.told()


def test_unsaved_settings_are_saved_with_the_next(troubled: Troubled) -> None:
    """A failed save is made up for by the next."""
    choices = troubled.app.settings
    choices.change(replace(choices.current, first_side=Side.LEFT))
    troubled.begin()
    choices.change(replace(choices.current, text_size=150))
    troubled.end()
    choices.change(replace(choices.current, cue_volume=50))

    kept, problems = open_settings(troubled.app.paths).load()
    assert not problems
    assert kept == choices.current


def test_what_is_edited_stays_in_the_editor(unwritable: Troubled) -> None:
    """The file is unchanged, and the reason is shown."""
    unwritable.app.editor.edit("mine")
    editor = unwritable.app.editor.document
    unwritable.begin()
    assert editor.draft is not None
    editor.do(editing.rename(editor.draft, "Mine at night"))
    editor.save()

    assert unwritable.why in unwritable.told()
    assert editor.is_changed
    assert editor.draft.name == "Mine at night"
    unwritable.end()
    assert (unwritable.app.paths.routines / "mine.yaml").read_text() == MINE


def test_what_is_edited_can_be_saved_afterwards(troubled: Troubled) -> None:
    """The save after the failure keeps the comments."""
    troubled.app.editor.edit("mine")
    editor = troubled.app.editor.document
    troubled.begin()
    assert editor.draft is not None
    editor.do(editing.rename(editor.draft, "Mine at night"))
    editor.keep()
    editor.save()
    troubled.end()
    editor.save()

    text = (troubled.app.paths.routines / "mine.yaml").read_text()
    assert text.count("name: Mine at night  # from Anna") == 1


def test_what_cannot_be_deleted_stays(unwritable: Troubled) -> None:
    """A routine that cannot be moved to the trash is still there."""
    unwritable.begin()
    unwritable.app.editor.delete("mine")

    assert unwritable.told()
    unwritable.end()
    assert (unwritable.app.paths.routines / "mine.yaml").read_text() == MINE
    unwritable.app.reload()
    assert unwritable.app.library.entry("mine") is not None


def test_a_plan_that_cannot_be_saved_says_why(unwritable: Troubled) -> None:
    """The reason is on the plan page."""
    unwritable.app.plan.show_for((("calf", Side.RIGHT),))  # type: ignore[arg-type]
    page = unwritable.app.plan._page
    unwritable.begin()
    page._keep_as("Calf")

    assert unwritable.why in seen.kept_note(page).lower()


@pytest.mark.parametrize("troubled", ["gone"], indirect=True)
def test_a_missing_folder_is_reported(troubled: Troubled, qtbot: QtBot) -> None:
    """Its name is shown; a session is saved in a new one."""
    troubled.app.sessions.controller.start_by_id("mine")
    troubled.begin()
    qtbot.waitUntil(lambda: bool(troubled.app.window.toast.shown))

    assert str(troubled.app.paths.routines).lower() in troubled.told()
    troubled.app.sessions._driver.move(Move.GO_ON)
    assert troubled.app.paths.resume.exists()


def test_the_data_folder_cannot_be_shown_where_none_can_be(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button in the settings shows why."""
    for troubled in troubled_by("a file in its place", qtbot, tmp_path, monkeypatch):
        troubled.app.settings_page.show()
        troubled.begin()
        troubled.app.settings_page._open_folder()

        assert troubled.why in troubled.told()


def test_leftovers_of_killed_writes_are_removed(tmp_path: Path, qtbot: QtBot) -> None:
    """Old ones are removed everywhere once the window is built; new ones may be in use."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    folders = [tmp_path / name for name in ("routines/mine", "drafts", "versions/mine")]
    left = [folder / ".one.yaml.0123abcd.tmp" for folder in (tmp_path, *folders)]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
        os.utime(path, (0, 0))
    (tmp_path / "drafts" / ".two.yaml.0123abcd.tmp").write_text("under way")
    (tmp_path / "trash" / "000001").mkdir(parents=True)
    os.utime(tmp_path / "trash" / "000001", (0, 0))
    app = App(running, stores.Options(), stores.open_paths(str(tmp_path)))
    qtbot.addWidget(app.window)
    app.show()

    qtbot.waitUntil(lambda: not any(path.exists() for path in left), timeout=20_000)
    assert (tmp_path / "drafts" / ".two.yaml.0123abcd.tmp").exists()
    assert not (tmp_path / "trash" / "000001").exists()
    app.close()
