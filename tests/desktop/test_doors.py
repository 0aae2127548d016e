"""What is asked before a session, with the real keyboard and mouse, from the doors people use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFrame, QPushButton

import seen
from legato.bootstrap.stores import Start
from legato.controllers.content import move_step
from legato.domain.routine import Routine, Side
from legato.domain.session import Status
from legato.ui.library.cards import CardGrid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.window import Desktop

LONG_AGO = "2001-01-31T23:10"


@pytest.fixture
def sore_calf(tmp_path: Path) -> None:
    """Store a plan request for a left calf, used last, long ago."""
    history = {"pick": {"sore": [["calf", "left"]]}, "last_used": {"plan": LONG_AGO}}
    (tmp_path / "history.json").write_text(json.dumps(history), encoding="utf-8")


def runs(desktop: Desktop) -> bool:
    """Return whether a session is running."""
    return desktop.window.page_name == "session" and desktop.session.status is Status.RUNNING


def test_the_library_asks_by_keys_alone(desktop: Desktop) -> None:
    """Search, Enter twice; then the leg, then the answer."""
    desktop.press("l")
    desktop.wait_for_page("library")
    desktop.type("just this")
    desktop.let_pass(500)
    grid = desktop.app.library_page.page.findChild(CardGrid)
    assert grid is not None
    desktop.press("Down", "Return", "Return")
    desktop.wait_for_page("question")
    assert isinstance(desktop.window.focusWidget(), QFrame)
    desktop.press("l", "Return", "Return")
    assert desktop.window.page_name == "question"

    desktop.press("n")
    desktop.wait_until(lambda: runs(desktop))
    assert desktop.session.segment.side is Side.LEFT


@pytest.mark.usefixtures("sore_calf")
def test_tonight_asks_though_enter_is_pressed_twice(desktop: Desktop) -> None:
    """The first arrow focuses Yes, the second No."""
    desktop.press("Return", "Return")
    desktop.wait_for_page("question")
    desktop.press("Right", "Right", "Return")

    desktop.wait_until(lambda: runs(desktop))


def test_start_on_one_side_asks_in_the_window(open_desktop: Callable[..., Desktop]) -> None:
    """`legato start calf-straight-knee --side left` and a yes show the emergency first."""
    desktop = open_desktop(start=None)
    entry = desktop.app.shared.routines.entry("calf-straight-knee")
    assert entry is not None
    assert isinstance(entry.routine, Routine)
    again = open_desktop(start=Start("calf-straight-knee", entry.routine, Side.LEFT))
    again.wait_for_page("question")
    again.press("y")
    again.let_pass(300)

    page = again.app.sessions._question_page
    assert seen.question(page).startswith(again.app.shared.care.calf_question.emergency)
    again.press("Escape")
    again.wait_for_page("home")


def test_s_asks_before_the_other_leg(open_desktop: Callable[..., Desktop]) -> None:
    """An answer of another evening is too old; Esc keeps the leg, N works the other one."""
    entry = open_desktop(start=None).app.shared.routines.entry("calf-straight-knee")
    assert entry is not None
    assert isinstance(entry.routine, Routine)
    desktop = open_desktop(start=Start("calf-straight-knee", entry.routine, Side.LEFT))
    desktop.wait_for_page("question")
    desktop.press("n")
    desktop.wait_until(lambda: runs(desktop))
    history = desktop.app.history
    history.change(history.current.with_legs_alike(LONG_AGO))
    desktop.press("s")
    desktop.wait_for_page("question")
    desktop.press("Escape")
    desktop.wait_for_page("session")
    kept = desktop.session.segment.side
    desktop.press("s")
    desktop.wait_for_page("question")
    desktop.press("n")
    desktop.wait_for_page("session")
    assert (kept, desktop.session.segment.side) == (Side.LEFT, Side.RIGHT)


def test_after_it_let_go_it_asks_before_the_rub(desktop: Desktop) -> None:
    """F8, L; a double click does not answer."""
    assert move_step(desktop.app.library, "calf-rub") is not None
    desktop.press("F8")
    desktop.wait_for_page("cramp")
    desktop.press("l")
    desktop.wait_for_page("question")
    desktop.let_pass(800)
    (no,) = (
        one
        for one in desktop.window.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName().startswith("No")
    )
    desktop.click(no)

    desktop.wait_until(lambda: runs(desktop))
    assert desktop.session.timeline.routine.name == "After a cramp"
