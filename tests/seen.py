"""Reads what the pages show, for tests: the words and states of parts that the program only writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legato.domain.figure.model import Figure
    from legato.domain.plan import Plan, PlanRequest
    from legato.domain.session import Move
    from legato.ui.care.question_page import QuestionPage
    from legato.ui.cramp.page import CrampPage
    from legato.ui.editor.pose_editor import PoseEditor
    from legato.ui.plan.page import PlanPage
    from legato.ui.session.controls import Action, SessionControls
    from legato.ui.session.end_page import EndPage
    from legato.ui.session.round_button import RoundButton
    from legato.ui.session.view import SessionView


def caption(view: SessionView) -> str:
    """Return the last spoken line."""
    return view._caption.text()


def notes(view: SessionView) -> str:
    """Return the notes below the caption."""
    return view._notes.text()


def around_the_ring(view: SessionView) -> tuple[str, str, str]:
    """Return the title of the step, what comes next, and the total time left."""
    return view._title.text(), view._following.text(), view._total.text()


def control(controls: SessionControls, does: Move | Action) -> RoundButton:
    """Return the button of a move or an action."""
    return controls._buttons[does]


def farewell(page: EndPage) -> str:
    """Return the farewell, or that the session was stopped."""
    return page._words.text()


def is_dark(page: EndPage) -> bool:
    """Return whether the end page is dark."""
    return page._is_dark


def request(page: PlanPage) -> PlanRequest:
    """Return what is picked."""
    return page._wish


def plan(page: PlanPage) -> Plan:
    """Return the plan for what is picked."""
    assert page._plan is not None
    return page._plan


def kept_note(page: PlanPage) -> str:
    """Return the message on keeping the plan, or an empty string."""
    return "" if page._kept.isHidden() else page._kept.text()


def cramp_line(page: CrampPage) -> str:
    """Return the line that is shown."""
    return page._line.text()


def asks(page: CrampPage) -> bool:
    """Return whether the page asks how the cramp is."""
    return bool(page._question.text())


def question(page: QuestionPage) -> str:
    """Return the visible text without the advice cards."""
    return page._stage.accessibleName()


def posed(poser: PoseEditor) -> Figure:
    """Return the figure as it is now."""
    assert poser._figure is not None
    return poser._figure
