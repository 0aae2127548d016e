"""The whole window, by keys: from a pain to a session, and help with a cramp from anywhere."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import seen
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.domain.routine import Side
from legato.domain.session import Status
from legato.ui.cramp.page import CrampPage
from legato.ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LAST_NIGHT = {"pick": {"sore": [["calf", "left"]], "feeling": "cramping"}}
SOON_SECONDS = 0.3
"""From the key to the first line on the screen."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder in which a left calf, cramping, was picked last."""
    (tmp_path / "settings.json").write_text(json.dumps(LAST_NIGHT), encoding="utf-8")
    return tmp_path


@pytest.fixture
def app(data: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[App]:
    """Yield the window after its start."""
    paths = stores.open_paths(str(data))
    app = App(qapp, stores.Options(data_dir=str(data)), paths)
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=20_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    yield app
    app.close()


def press(app: App, *keys: Qt.Key) -> None:
    """Press keys, each where the keyboard is by then."""
    for key in keys:
        QTest.keyClick(app.window.focusWidget() or app.window, key)
        QApplication.processEvents()


def status(app: App) -> Status | None:
    """Return the status of the session."""
    session = app.sessions._driver.session
    return session.status if session else None


def test_left_calf_cramping_is_three_keys_away(app: App) -> None:
    """P, Enter and N, and it runs for that leg."""
    press(app, Qt.Key.Key_P, Qt.Key.Key_Return, Qt.Key.Key_N)

    assert app.window.page_name == "session"
    assert status(app) is Status.RUNNING
    session = app.sessions._driver.session
    assert session is not None
    assert session.segment.side is Side.LEFT
    assert session.segment.step.title == "Straight-knee calf"


def test_a_plan_can_be_resumed(app: App, data: Path) -> None:
    """It has no file, and still its place is found."""
    press(app, Qt.Key.Key_P, Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_Escape)
    app.sessions.controller.continue_session()

    assert status(app) is Status.RUNNING
    assert json.loads((data / "resume.json").read_text())["routine"] == "plan"


def test_cramp_now_is_on_the_screen_at_once(app: App) -> None:
    """From the key to the first line, in time of this thread: others may be busy meanwhile."""
    began = time.thread_time()
    press(app, Qt.Key.Key_F8)
    app.window.grab()
    took = time.thread_time() - began

    page = app.window.findChild(CrampPage)
    assert page is not None
    assert seen.cramp_line(page) == "You're all right. Stay in bed."
    assert page.isVisible()
    assert took < SOON_SECONDS


def test_a_cramp_in_a_session_pauses_it(app: App) -> None:
    """Leaving leads back, and the session waits there."""
    app.sessions.controller.start_by_id("bedtime")
    press(app, Qt.Key.Key_F8)
    assert app.window.page_name == "cramp"
    assert status(app) is Status.PAUSED

    press(app, Qt.Key.Key_Escape)
    assert app.window.page_name == "session"
    press(app, Qt.Key.Key_Space)
    assert status(app) is Status.RUNNING


def test_when_it_let_go_it_goes_on_softly(app: App) -> None:
    """Rub, pumps and water as a session that leaves what was left before it."""
    app.sessions.controller.start_by_id("bedtime")
    press(app, Qt.Key.Key_F8, Qt.Key.Key_L, Qt.Key.Key_N)

    session = app.sessions._driver.session
    assert session is not None
    assert session.timeline.routine.name == "After a cramp"
    assert session.segment.side is Side.LEFT
    assert json.loads(app.paths.resume.read_text())["routine"] == "bedtime"


def test_help_is_one_key_away_and_leads_back(app: App) -> None:
    """From a cramp too, which goes on."""
    for page in ("home", "library", "cramp"):
        if page == "cramp":
            press(app, Qt.Key.Key_F8)
        else:
            app.window.show_page(page)
            app.window.setFocus()
        app.cramp.show_help()
        assert app.window.page_name == "help"
        press(app, Qt.Key.Key_Escape)
        assert app.window.page_name == page


def test_why_in_a_session_waits_and_goes_on(app: App) -> None:
    """Reading costs no time of the session."""
    app.sessions.controller.start_by_id("bedtime")
    press(app, Qt.Key.Key_W)
    assert app.window.page_name == "why"
    assert status(app) is Status.PAUSED

    press(app, Qt.Key.Key_Escape)
    assert app.window.page_name == "session"
    assert status(app) is Status.RUNNING


def test_another_variant_is_one_key_away(app: App) -> None:
    """V takes the first way that is offered, and it is remembered."""
    app.sessions.controller.start_by_id("bedtime")
    page = app.window.findChild(SessionPage)
    assert page is not None
    offered = page.stage.variants
    press(app, Qt.Key.Key_V)

    assert app.history.current.variants == {"ham-strap": offered[0].move}


def test_a_broken_move_of_ones_own_does_not_stand_in_the_way(app: App) -> None:
    """The map goes on with the move that ships."""
    app.paths.routines.mkdir(exist_ok=True)
    (app.paths.routines / "calf1-strap.yaml").write_text("name: [", encoding="utf-8")
    app.reload()
    press(app, Qt.Key.Key_P, Qt.Key.Key_Return, Qt.Key.Key_N)

    assert status(app) is Status.RUNNING
