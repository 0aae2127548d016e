"""Unexpected errors are reported once, and never while something runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

import faulty_program
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options
from legato.controllers.error_hooks import INTERRUPTED, ErrorHooks
from legato.controllers.errors import LAST_TIME, NOTHING_LOST, NOW
from legato.domain.routine import Side
from legato.domain.session import Move
from legato.ui.errors_page import ErrorsPage
from legato.ui.settings.devices import DeviceStatusRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Room:
    """The window, and hooks that receive the errors of a test."""

    def __init__(self, qtbot: QtBot, data: Path) -> None:
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        paths = stores.open_paths(str(data))
        self.hooks = ErrorHooks(paths.log)
        self.app = App(running, Options(), paths, None, self.hooks)
        qtbot.addWidget(self.app.window)
        self.app._connect_window()
        self.app.window.show_page("home")
        self.app.window.show()

    def record(self, error: Exception) -> None:
        """Pass an error to the hooks, and process events."""
        self.hooks.record(error)
        self.app.errors.report_when_due()

    @property
    def page(self) -> ErrorsPage:
        """The page that reports it."""
        (page,) = self.app.window.findChildren(ErrorsPage)
        return page

    @property
    def shown(self) -> str:
        """The name of the current page."""
        QApplication.processEvents()
        return self.app.window.page_name

    def press(self, key: Qt.Key) -> None:
        """Press a key on the focused widget."""
        QTest.keyClick(self.app.window.focusWidget() or self.app.window, key)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    """Return a window on an empty data folder."""
    room = Room(qtbot, tmp_path / "data")
    yield room
    room.app.close()


def test_it_is_reported_at_once_when_nothing_runs(room: Room) -> None:
    """The page names the log, and says that nothing was lost."""
    room.record(RuntimeError("a bug"))

    assert room.shown == "fault"
    assert room.page.accessibleName() == NOW
    assert NOTHING_LOST in room.page.accessibleDescription()
    assert room.app.paths.log.joinpath("legato.log").is_file()


def test_esc_leads_back_to_where_one_was(room: Room) -> None:
    """Enter goes back, too: "Go on" has the focus."""
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        room.app.settings_page.show()
        room.record(RuntimeError(f"a bug {key}"))
        told = room.shown
        room.press(key)

        assert (told, room.shown) == ("fault", "settings")


def test_the_same_error_is_reported_once(room: Room) -> None:
    """An error at each repaint is not shown again."""
    for _ in range(3):
        room.record(RuntimeError("a bug"))
    room.press(Qt.Key.Key_Escape)
    room.record(RuntimeError("a bug"))

    assert room.shown == "home"


def test_several_errors_are_one_page_with_a_count(room: Room) -> None:
    """Errors that wait are reported together."""
    room.app.sessions.controller.start_by_id("quads", Side.LEFT)
    for number in range(3):
        room.record(RuntimeError("a bug"))
        room.record(TypeError(f"another {number}"))
    room.app.sessions.controller.do(Move.STOP)
    room.press(Qt.Key.Key_Escape)

    assert room.shown == "fault"
    assert "in 4 places, 6 times in all" in room.page.accessibleDescription()


def test_nothing_is_reported_in_a_session_nor_on_its_end_page(room: Room) -> None:
    """A user who has fallen asleep is not disturbed by light."""
    room.app.sessions.controller.start_by_id("quads", Side.LEFT)
    room.record(RuntimeError("a bug"))
    pages = [room.shown]
    room.app.cramp.show_help()
    pages.append(room.shown)
    room.app.window.show_page("session")
    room.app.sessions.controller.do(Move.STOP)
    pages.append(room.shown)
    room.press(Qt.Key.Key_Escape)

    assert pages == ["session", "help", "end"]
    assert room.shown == "fault"


def test_nothing_is_reported_in_a_cramp(room: Room) -> None:
    """The page is shown after the cramp."""
    room.app.cramp.cramp_now()
    room.record(RuntimeError("a bug"))
    first = room.shown
    room.app.cramp._leave_cramp()

    assert (first, room.shown) == ("cramp", "fault")


def test_what_is_copied_is_the_text_of_a_report(room: Room) -> None:
    """The text has the error, the versions and the end of the log, and no path."""
    room.record(RuntimeError("a bug"))
    room.page._copy.click()
    copied = QGuiApplication.clipboard().text()

    assert copied == room.page.text
    assert "RuntimeError: a bug" in copied
    assert "an error" in copied
    assert "/" not in copied


def test_a_problem_can_be_reported_without_an_error(room: Room) -> None:
    """The settings open a report to fill in, and Esc goes back."""
    room.app.settings_page.show()
    (found,) = room.app.window.findChildren(DeviceStatusRows)
    found.report_wanted.emit()
    shown = room.shown
    report = room.page.findChild(QPlainTextEdit)
    is_reporting = report is not None and report.isVisible()
    room.press(Qt.Key.Key_Escape)

    assert (shown, is_reporting) == ("fault", True)
    assert room.page.accessibleName() == "Report a problem"
    assert room.shown == "settings"


def test_an_unsaved_draft_is_not_promised(
    room: Room, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The page does not say that a draft is stored if it is not."""
    monkeypatch.setattr(App, "keep_drafts", lambda _app: 1 / 0)
    with qtbot.captureExceptions():
        room.record(RuntimeError("a bug"))

    assert room.shown == "fault"
    assert NOTHING_LOST not in room.page.accessibleDescription()


def test_what_cannot_be_opened_keeps_nobody_from_a_session(
    room: Room, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A system without a D-Bus library still runs sessions."""

    def refuse(*_: object) -> NoReturn:
        raise ImportError("no bus")

    for name in ("open_media_keys", "monitor_sleep"):
        monkeypatch.setattr(f"legato.controllers.session_machine.{name}", refuse)
    with qtbot.captureExceptions() as met:
        room.app.sessions.controller.start_by_id("quads", Side.LEFT)

    assert len(met) == 2
    assert room.shown == "session"


def run(data: Path, *ways: str, words: tuple[str, ...] = ()) -> tuple[int, list[list[str]]]:
    """Run the whole program with a failure; return its exit code and output."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "faulty_program", *ways, "--", *words, f"--data-dir={data}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(faulty_program.__file__).parent,
        env={**os.environ, "PYTHONPATH": str(Path(faulty_program.__file__).parent)},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_errors_of_every_kind_are_reported_after_a_session(tmp_path: Path) -> None:
    """Errors in slots, threads, finalisers and painters, and Qt's messages, are logged."""
    ways = ("slot", "slot", "thread", "finaliser", "paint", "qt")
    code, told = run(
        tmp_path,
        *(f"fail_in_{way}" for way in ways),
        *("rest", "leave", "rest", "leave", "rest"),
        words=("start", "one-minute", "--voice", "silent"),
    )
    pages = [page for kind, *(page, *_) in told if kind == "page"]
    _, title, words, text, focus = told[-1]
    log = (tmp_path / "log" / "legato.log").read_text()

    assert code == 0
    assert pages[: len(ways) + 1] == ["session"] * (len(ways) + 1)
    assert "end" in pages
    assert pages[-1] == "fault"
    assert title == NOW
    assert "in 4 places" in words
    assert focus == "Go on"
    for part in ("ValueError", "KeyError", "TypeError: in a finaliser", "cannot open …: denied"):
        assert part in text
        assert part in log
    assert "my knee" not in log
    assert "/" not in log
    assert not (tmp_path / "log" / "crash.txt").exists()


@pytest.mark.slow
def test_a_crash_is_reported_by_the_next_start(tmp_path: Path) -> None:
    """The crash was written by `faulthandler` to an open file."""
    code, _ = run(tmp_path, "crash")
    _, told = run(tmp_path, "rest", "rest")
    _, again = run(tmp_path, "rest", "rest")
    log = (tmp_path / "log" / "legato.log").read_text()

    assert code != 0
    assert told[-1][1] == LAST_TIME
    assert "Segmentation fault" in told[-1][3]
    assert "faulty_program.py" in log
    assert "/home" not in log
    assert str(tmp_path) not in log
    assert [kind for kind, *_ in again] == ["page"] * 3


@pytest.mark.slow
def test_ctrl_c_is_no_error(tmp_path: Path) -> None:
    """The program ends as by closing its window, without a report."""
    code, told = run(tmp_path, "interrupt", "rest", "rest")

    assert code == INTERRUPTED
    assert [kind for kind, *_ in told] == ["page"]
    assert (tmp_path / "log" / "legato.log").read_text().endswith(" end\n")


def test_an_error_before_the_window_is_reported_by_the_next_start(
    tmp_path: Path,
) -> None:
    """It is in the log, and in the file that the next start reads."""
    with pytest.raises(KeyError), ErrorHooks(tmp_path) as hooks:
        raise KeyError("at the start")

    assert len(hooks.counts) == 1
    assert "KeyError" in (tmp_path / "legato.log").read_text()
    assert (tmp_path / "crash.txt").read_text().startswith("KeyError\n")
