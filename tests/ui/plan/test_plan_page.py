"""The plan page: places picked by mouse and by keys, the plan, its start, and saving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

import seen
from fixtures_plan import plan_page
from leg_maps import CHART, inside, region
from legato.domain.draft import Draft
from legato.domain.leg_map import LegView
from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.problems import Problem
from legato.domain.routine import Kind, Place, Side
from legato.ui.leg_map.map import LegMap
from legato.ui.main_window import MainWindow
from legato.ui.plan.list import PlanRow
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.domain.leg_map import Region
    from legato.ui.plan.page import PlanPage
    from legato.ui.theme import ThemeManager

CALF = (Place.CALF, Side.LEFT)
LEFT_CALF = PlanRequest(sore=(CALF,), feeling=FeelingName.CRAMPING)
THIGH = PlanRequest(sore=((Place.FRONT_OF_THIGH, Side.LEFT),))


@pytest.fixture
def page(qtbot: QtBot, theme_manager: ThemeManager) -> Iterator[PlanPage]:
    """Yield the page in a window, with nothing picked."""
    del theme_manager
    page, window = plan_page(), MainWindow()
    qtbot.addWidget(window)
    window.add_page("plan", page)
    window.resize(1280, 800)
    window.show_page("plan")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.begin()
    yield page
    window.close()


def key(page: PlanPage, which: Qt.Key | str) -> None:
    """Press a key on the focused widget."""
    focus = page.window().focusWidget() or page
    if isinstance(which, str):
        QTest.keyClicks(focus, which)
    else:
        QTest.keyClick(focus, which)


def button(page: PlanPage, words: str) -> QPushButton:
    """Return the button with this text."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == words)


def visible_words(widget: QWidget) -> list[str]:
    """Return the texts of the visible labels of a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def titles(page: PlanPage) -> list[str]:
    """Return the titles of the plan's steps."""
    return [step.title for step in seen.plan(page).routine.steps]


@pytest.mark.parametrize(
    "wanted", CHART.regions, ids=lambda one: f"{one.place}-{one.side}-{one.view}"
)
def test_a_touch_on_any_place_is_a_plan_for_that_leg(page: PlanPage, wanted: Region) -> None:
    """A click on a place makes a plan for that side at once."""
    legs = page.findChild(LegMap)
    assert legs is not None
    QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, wanted))

    assert seen.request(page).sore == ((wanted.place, wanted.side),)
    sides = {side for step in seen.plan(page).routine.steps for side in step.worked_sides}
    assert sides <= {wanted.side, Side.BOTH}


def test_before_anything_is_picked_there_is_nothing_to_start(page: PlanPage, qtbot: QtBot) -> None:
    """The page says what to do, and the leg map has the focus."""
    assert "Touch where it hurts, the sorest place first." in visible_words(page)
    assert not button(page, "Start").isEnabled()
    with qtbot.assertNotEmitted(page.start_wanted):
        key(page, Qt.Key.Key_S)


def test_space_chooses_and_enter_starts(page: PlanPage, qtbot: QtBot) -> None:
    """By keys: Space picks the focused place, Enter starts its plan."""
    key(page, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.start_wanted) as told:
        key(page, Qt.Key.Key_Return)
    assert told.args == [seen.plan(page), seen.request(page)]


def test_both_calves_are_one_place_on_each_leg(page: PlanPage) -> None:
    """Two clicks pick the calf on each leg."""
    legs = page.findChild(LegMap)
    assert legs is not None
    for side in (Side.LEFT, Side.RIGHT):
        spot = inside(legs, region(Place.CALF, side, LegView.BACK))
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=spot)

    assert seen.request(page).sore == ((Place.CALF, Side.BOTH),)


@pytest.mark.parametrize(
    ("typed", "feeling"),
    [("1", FeelingName.ACHING), ("2", FeelingName.BURNING), ("4", FeelingName.RESTLESS)],
)
def test_a_number_is_a_feeling(page: PlanPage, typed: str, feeling: FeelingName) -> None:
    """The plan follows the feeling; the same number again removes it."""
    page.show_wish(THIGH)
    key(page, typed)
    assert seen.request(page).feeling is feeling
    key(page, typed)
    assert seen.request(page).feeling is None


def test_t_goes_through_the_times(page: PlanPage) -> None:
    """T sets no limit, 5, 10, 15 minutes in turn, and the plan keeps to each."""
    page.show_wish(THIGH)
    for minutes in (5.0, 10.0, 15.0):
        key(page, Qt.Key.Key_T)
        assert seen.request(page).minutes == minutes
        assert seen.plan(page).routine.seconds <= minutes * 60
    key(page, Qt.Key.Key_T)
    assert seen.request(page).minutes is None


def test_care_can_come_first(page: PlanPage) -> None:
    """Massage and foot bath are steps of the plan."""
    page.show_wish(THIGH)
    key(page, Qt.Key.Key_M)
    key(page, Qt.Key.Key_B)

    kinds = [step.kind for step in seen.plan(page).routine.steps[:2]]
    assert kinds == [Kind.SOAK, Kind.MASSAGE]


def test_care_that_does_not_suit_is_not_offered(page: PlanPage) -> None:
    """No massage is offered for a burning leg."""
    page.show_wish(THIGH)
    assert not button(page, "Massage first").isHidden()
    key(page, "2")
    assert button(page, "Massage first").isHidden()


def test_a_whole_routine_runs_on_the_leg_that_hurts(page: PlanPage, qtbot: QtBot) -> None:
    """A suggested routine starts on the painful side."""
    page.show_wish(LEFT_CALF)
    routine = next(one for one in page.findChildren(QPushButton) if "Lower leg" in one.text())
    with qtbot.waitSignal(page.routine_wanted) as told:
        routine.click()
    assert told.args == ["lower-leg", Side.LEFT]


def test_escape_leaves_the_page(page: PlanPage, qtbot: QtBot) -> None:
    """Esc keeps what was picked."""
    page.show_wish(LEFT_CALF)
    with qtbot.waitSignal(page.left):
        key(page, Qt.Key.Key_Escape)


def test_a_plan_is_saved_under_a_name(page: PlanPage, qtbot: QtBot) -> None:
    """It is saved as written, without the question about a clot."""
    page.show_wish(LEFT_CALF)
    key(page, Qt.Key.Key_K)
    field = page.window().focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "For your left calf"
    QTest.keyClicks(field, "Calf at night")
    with qtbot.waitSignal(page.keep_wanted) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)

    assert told.args is not None
    draft, wish = told.args
    assert isinstance(draft, Draft)
    assert (draft.name, wish) == ("Calf at night", LEFT_CALF)
    assert not draft.about


def test_a_plan_without_a_name_is_not_saved(page: PlanPage, qtbot: QtBot) -> None:
    """The prompt stays open."""
    page.show_wish(THIGH)
    key(page, Qt.Key.Key_K)
    field = page.window().focusWidget()
    assert isinstance(field, QLineEdit)
    field.clear()
    with qtbot.assertNotEmitted(page.keep_wanted):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("Calf (2)", "Kept among your routines as “Calf (2)”."),
        (Problem(where="x", text="the disk is full"), "The disk is full"),
    ],
)
def test_the_result_of_saving_is_shown(page: PlanPage, kept: str | Problem, words: str) -> None:
    """The page shows the name it got, or why it was not written."""
    page.show_wish(THIGH)
    page.show_kept(kept)
    assert seen.kept_note(page) == words


def test_each_row_says_why_and_when_to_leave_it_out(page: PlanPage) -> None:
    """The visible and the accessible text have the leg and the time, too."""
    page.show_wish(LEFT_CALF)
    rows = [row for row in page.findChildren(PlanRow) if row.isVisible()]
    names = [row.accessibleName() for row in rows]
    assert len(names) == len(seen.plan(page).why)
    assert all(why in name for why, name in zip(seen.plan(page).why, names, strict=True))
    assert "Left leg" in names[0]
    assert any("swollen" in words for words in visible_words(rows[0]))


def test_why_is_one_touch_away(page: PlanPage, qtbot: QtBot) -> None:
    """Every row with evidence has a button for it."""
    page.show_wish(LEFT_CALF)
    with qtbot.waitSignal(page.why_wanted) as told:
        button(page, "Why this").click()
    assert told.args is not None
    assert told.args[0].title == titles(page)[0]


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
def test_it_gives_little_light(page: PlanPage, size: tuple[int, int]) -> None:
    """The plan stays within the budget of the night."""
    page.show_wish(LEFT_CALF)
    page.window().resize(*size)
    for _ in range(20):
        page.window().grab()
        QApplication.processEvents()

    assert luminance(page.window().grab().toImage()) <= BRIGHTEST
