"""All ways to start a session, and the question before one that works a single calf."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.remote_command import apply_command, encode_command
from legato.bootstrap.stores import Options, Start
from legato.domain.routine import Side
from legato.domain.session import Move, Status
from legato.ui.plan.page import PlanPage
from legato.ui.session.end_page import EndPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.domain.routine import Routine

Key = Qt.Key
LONG_AGO = "2001-01-31T23:10"
HISTORY = {
    "pick": {"sore": [["calf", "left"]], "feeling": "cramping"},
    "last_used": {"plan": LONG_AGO},
    "sides": {"lower-leg": "left"},
    "legs_alike": LONG_AGO,
}
OWN = """
name: From my physiotherapist
steps:
  - {title: Heel drop, sides: left, hold: 1 min}
  - {title: Chair, sides: each}
"""


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[App]:
    """Yield the window after its start, with a left calf picked long ago."""
    (tmp_path / "history.json").write_text(json.dumps(HISTORY), encoding="utf-8")
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "own.yaml").write_text(OWN, encoding="utf-8")
    paths = stores.open_paths(str(tmp_path))
    app = App(qapp, Options(data_dir=str(tmp_path)), paths)
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=20_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    yield app
    app.close()


def press(app: App, *keys: Key) -> None:
    """Press keys, each on the focused widget."""
    for key in keys:
        QTest.keyClick(app.window.focusWidget() or app.window, key)
        QApplication.processEvents()


def routine_of(app: App, routine_id: str) -> Routine:
    """Return a routine of the library."""
    entry = app.library.entry(routine_id)
    assert entry is not None
    assert entry.routine is not None
    return entry.routine


def runs(app: App) -> bool:
    """Return whether a session is running."""
    session = app.sessions._driver.session
    return session is not None and session.status is Status.RUNNING


def from_the_map(app: App) -> None:
    """Pick the last calf, and start its plan."""
    press(app, Key.Key_P, Key.Key_Return)


def by_a_ready_made_routine(app: App) -> None:
    """Start one of the routines below a plan."""
    press(app, Key.Key_P)
    page = app.window.findChild(PlanPage)
    assert page is not None
    next(one for one in page.findChildren(QPushButton) if "Lower leg" in one.text()).click()


def by_a_kept_plan(app: App) -> None:
    """Save a plan, and start it from the library."""
    press(app, Key.Key_P, Key.Key_K, Key.Key_Return)
    app.library_page.page.start_wanted.emit("for-your-left-calf")
    press(app, Key.Key_L)


def from_the_library(app: App) -> None:
    """Start a routine of the user's own by its card."""
    app.library_page.show()
    app.library_page.page.start_wanted.emit("own")


def with_a_remembered_side(app: App) -> None:
    """Start a routine that was last started on one leg."""
    app.library_page.page.start_wanted.emit("lower-leg")


def tonight(app: App) -> None:
    """Start the last used plan, on the home page."""
    press(app, Key.Key_Return)


def tonight_by_its_own_file(app: App) -> None:
    """Start the last used routine, on the home page."""
    app.history.change(app.history.current.with_use("own", "2001-02-01T23:10"))
    press(app, Key.Key_Return)


def by_one_leg_of_a_routine(app: App) -> None:
    """Choose the leg of a routine for one leg."""
    app.library_page.page.start_wanted.emit("just-this-leg")
    press(app, Key.Key_R)


def by_the_command_line(app: App) -> None:
    """Start as `legato start bedtime --side left` does."""
    app.start(Start("bedtime", routine_of(app, "bedtime"), Side.LEFT))


def by_the_path_of_a_file(app: App) -> None:
    """Start as `legato start FILE` does."""
    path = app.paths.routines / "own.yaml"
    app.start(Start(str(path), routine_of(app, "own")))


def by_a_second_start(app: App) -> None:
    """Start like `legato start` while a window is open."""
    start = Start("massage-and-stretch", routine_of(app, "massage-and-stretch"), Side.LEFT)
    apply_command(app, encode_command(Options(start=start)))


def by_continue(app: App) -> None:
    """Resume a session of another evening."""
    from_the_library(app)
    press(app, Key.Key_N)
    app.sessions.controller.do(Move.STOP)
    forget(app)
    app.window.show_page("home")
    app.sessions.controller.continue_session()


def by_once_more(app: App) -> None:
    """Repeat the last session, long after."""
    from_the_library(app)
    press(app, Key.Key_N)
    app.sessions.controller.do(Move.STOP)
    forget(app)
    page = app.window.findChild(EndPage)
    assert page is not None
    page.again_wanted.emit(None)


def after_it_let_go(app: App) -> None:
    """Answer that a cramp is over."""
    press(app, Key.Key_F8, Key.Key_L)


DOORS = [
    from_the_map,
    by_a_ready_made_routine,
    by_a_kept_plan,
    from_the_library,
    with_a_remembered_side,
    tonight,
    tonight_by_its_own_file,
    by_one_leg_of_a_routine,
    by_the_command_line,
    by_the_path_of_a_file,
    by_a_second_start,
    by_continue,
    by_once_more,
    after_it_let_go,
]
every_door = pytest.mark.parametrize("enter", DOORS, ids=lambda one: one.__name__)


def forget(app: App) -> None:
    """Make the last answer one of an earlier evening."""
    app.history.change(replace(app.history.current, legs_alike=LONG_AGO))


@every_door
def test_every_door_asks_and_no_begins_at_once(app: App, enter: Callable[[App], None]) -> None:
    """Nothing runs before the answer, and a no asks nothing else."""
    enter(app)
    assert app.window.page_name == "question"
    assert not runs(app)

    press(app, Key.Key_N)
    assert app.window.page_name == "session"
    assert runs(app)


@every_door
def test_behind_no_door_a_yes_is_an_exercise(app: App, enter: Callable[[App], None]) -> None:
    """After a yes no session starts, and the next start asks again."""
    enter(app)
    press(app, Key.Key_Y, Key.Key_N, Key.Key_Return)
    assert app.window.page_name == "question"
    assert app.sessions._question_page.has_said_yes

    press(app, Key.Key_Escape)
    assert app.window.page_name != "session"
    assert not app.sessions.controller.is_under_way
    assert app.history.current.legs_alike == LONG_AGO


@every_door
def test_esc_leads_back_from_every_door(app: App, enter: Callable[[App], None]) -> None:
    """No session has started, and nothing is stored as tonight's routine."""
    enter(app)
    used = app.history.current.last_used
    press(app, Key.Key_Escape)

    assert app.window.page_name in {"home", "plan", "library"}
    assert not runs(app)
    assert app.history.current.last_used == used


def test_once_an_evening_is_enough(app: App) -> None:
    """After the answer another start does not ask."""
    from_the_library(app)
    press(app, Key.Key_N)
    by_a_second_start(app)

    assert app.window.page_name == "session"
    assert runs(app)


def test_a_restart_in_the_same_evening_does_not_ask_again(
    app: App, qapp: QApplication, tmp_path: Path
) -> None:
    """The answer is stored with the settings."""
    from_the_library(app)
    press(app, Key.Key_N)
    app.close()
    again = App(qapp, Options(data_dir=str(tmp_path)), stores.open_paths(str(tmp_path)))
    again.show()
    by_the_command_line(again)
    page = again.window.page_name
    again.close()

    assert page == "session"


@pytest.mark.parametrize("routine_id", ["bedtime", "quads", "outer-hip"])
def test_both_legs_and_what_spares_the_calf_begin_at_once(app: App, routine_id: str) -> None:
    """Such routines start without a question."""
    app.library_page.page.start_wanted.emit(routine_id)

    assert app.window.page_name == "session"


def test_both_questions_come_in_one_flow(app: App) -> None:
    """One page asks for the leg, then about a clot; then the session runs on that leg."""
    app.library_page.page.start_wanted.emit("just-this-leg")
    page = app.sessions._question_page
    assert page.asks_leg
    press(app, Key.Key_L)
    assert not page.asks_leg
    press(app, Key.Key_N)

    session = app.sessions._driver.session
    assert session is not None
    assert {step.sides.value for step in session.timeline.routine.steps} == {"left"}


def test_the_leg_is_remembered_for_the_evening(app: App) -> None:
    """A second start uses the same leg."""
    app.library_page.page.start_wanted.emit("just-this-leg")
    press(app, Key.Key_L, Key.Key_N)
    app.library_page.page.start_wanted.emit("just-this-leg")

    session = app.sessions._driver.session
    assert app.window.page_name == "session"
    assert session is not None
    assert session.segment.side is Side.LEFT


def test_cramp_now_waits_for_no_answer(app: App) -> None:
    """The key and the routine start at once; the massage after it asks."""
    press(app, Key.Key_F8)
    assert app.window.page_name == "cramp"
    press(app, Key.Key_Escape)
    app.library_page.page.start_wanted.emit("cramp-now")
    assert app.window.page_name == "session"

    app.sessions.controller.do(Move.NEXT)
    QApplication.processEvents()
    assert app.window.page_name == "question"
    assert not runs(app)
    press(app, Key.Key_N)
    assert app.window.page_name == "session"
    assert runs(app)


def test_an_unanswered_massage_does_not_go_on(app: App) -> None:
    """Back in the session it is paused, and resuming asks again."""
    app.library_page.page.start_wanted.emit("cramp-now")
    app.sessions.controller.do(Move.NEXT)
    QApplication.processEvents()
    press(app, Key.Key_Escape)
    assert app.window.page_name == "session"
    press(app, Key.Key_Space)
    QApplication.processEvents()

    assert app.window.page_name == "question"


def test_what_rests_the_leg_is_said_after_every_cramp(app: App) -> None:
    """The last step has the usual effects and the warning signs."""
    after_it_let_go(app)
    press(app, Key.Key_N)
    session = app.sessions._driver.session

    assert session is not None
    last = session.timeline.routine.steps[-1]
    assert last.setup[-len(app.shared.care.after_cramp) :] == app.shared.care.after_cramp


def test_a_waiting_session_is_stopped_by_a_yes(app: App) -> None:
    """It can be resumed, which asks again."""
    app.library_page.page.start_wanted.emit("bedtime")
    from_the_library(app)
    press(app, Key.Key_Y, Key.Key_Escape)

    assert app.window.page_name == "library"
    assert json.loads(app.paths.resume.read_text(encoding="utf-8"))["routine"] == "bedtime"


def test_a_waiting_session_is_shown_again_by_esc(app: App) -> None:
    """It is paused, as it was before the question."""
    app.library_page.page.start_wanted.emit("bedtime")
    from_the_library(app)
    press(app, Key.Key_Escape)

    session = app.sessions._driver.session
    assert app.window.page_name == "session"
    assert session is not None
    assert session.status is Status.PAUSED


def test_help_leads_back_to_the_advice(app: App) -> None:
    """G opens the help, and Esc goes back."""
    from_the_library(app)
    press(app, Key.Key_Y)
    app.cramp.show_help()
    press(app, Key.Key_Escape)

    assert app.window.page_name == "question"
    assert app.sessions._question_page.has_said_yes
