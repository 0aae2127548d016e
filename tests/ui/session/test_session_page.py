"""The session page: every key in every state, what it shows, and when it is dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

import seen
from builders import routine, step
from fixtures_session import Room
from legato.domain.routine import Kind, Sides
from legato.domain.session import Move, Status
from legato.domain.timeline import Phase
from legato.ui.session.controls import CONTROLS, Action
from legato.ui.session.dark import SideMark
from ring_pixels import glow, is_blank, numerals

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.domain.routine import Routine

MOVE_KEYS = {
    Qt.Key.Key_Right: Move.NEXT,
    Qt.Key.Key_Left: Move.BACK,
    Qt.Key.Key_Up: Move.MORE,
    Qt.Key.Key_Down: Move.LESS,
    Qt.Key.Key_R: Move.AGAIN,
    Qt.Key.Key_S: Move.OTHER_SIDE,
    Qt.Key.Key_H: Move.HURTS,
    Qt.Key.Key_Return: Move.GO_ON,
    Qt.Key.Key_Enter: Move.GO_ON,
    Qt.Key.Key_Escape: Move.STOP,
}
STATES = ("ready", "hold", "release", "switch", "paused", "slept", "waiting", "open", "dark")


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    """Return a session page that is visible and has the focus."""
    room = Room()
    qtbot.addWidget(room.page)
    room.page.resize(1280, 800)
    with qtbot.waitActive(room.page):
        room.page.show()
        room.page.activateWindow()
    room.page.setFocus()
    return room


def brought_to(room: Room, state: str) -> None:
    """Start a session and bring it to a state."""
    some: Routine | None = None
    if state == "open":
        some = routine(step(hold=None))
    elif state == "release":
        some = routine(step(hold=20.0, repeat=2))
    room.start(some, waits=state == "waiting")
    seconds = {"ready": 5, "release": 41, "switch": 145}.get(state, 30)
    room.run(seconds)
    if state == "paused":
        room.driver.toggle_pause()
    elif state == "slept":
        room.driver.interrupt(900.0)
    elif state == "dark":
        room.page.darken()
    room.moves.clear()


@pytest.mark.parametrize("state", [state for state in STATES if state != "dark"])
@pytest.mark.parametrize("key", MOVE_KEYS, ids=lambda key: Qt.Key(key).name)
def test_every_key_is_its_move_in_every_state(room: Room, state: str, key: Qt.Key) -> None:
    """A key requests its move; the driver refuses impossible ones."""
    brought_to(room, state)
    room.press(key)

    assert room.moves == [MOVE_KEYS[key]]


@pytest.mark.parametrize("state", STATES)
def test_space_always_pauses_or_goes_on(room: Room, state: str) -> None:
    """In every state, also in the dark, Space toggles running and paused."""
    brought_to(room, state)
    was_paused = room.session.is_paused
    room.press(Qt.Key.Key_Space)

    assert room.session.is_paused is not was_paused
    assert room.moves == []


@pytest.mark.parametrize("does", [control.does for control in CONTROLS], ids=str)
def test_space_pauses_whatever_button_has_the_keyboard(room: Room, does: Move | Action) -> None:
    """Space does not press a focused button."""
    brought_to(room, "hold")
    seen.control(room.page.stage.controls, does).setFocus()
    room.press(Qt.Key.Key_Space)

    assert (room.wishes, room.moves) == (["pause"], [])


def test_enter_presses_the_button_that_was_reached_by_tab(room: Room) -> None:
    """The whole bar works without a mouse."""
    brought_to(room, "hold")
    seen.control(room.page.stage.controls, Action.MUTE).setFocus()
    room.press(Qt.Key.Key_Return)

    assert (room.wishes, room.moves) == (["mute"], [])


def test_a_click_leaves_the_keyboard_with_the_page(room: Room) -> None:
    """Enter after a click does not repeat the click."""
    brought_to(room, "ready")
    QTest.mouseClick(seen.control(room.page.stage.controls, Move.MORE), Qt.MouseButton.LeftButton)
    room.press(Qt.Key.Key_Return)

    assert room.moves == [Move.MORE, Move.GO_ON]
    assert room.session.segment.phase is Phase.HOLD


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.words)
def test_every_button_does_what_it_says(room: Room, control: object) -> None:
    """Each button emits its move or action once, by mouse."""
    brought_to(room, "hold")
    does = control.does  # type: ignore[attr-defined]
    QTest.mouseClick(seen.control(room.page.stage.controls, does), Qt.MouseButton.LeftButton)

    if isinstance(does, Move):
        assert room.moves == [does]
    elif does is Action.DIM:
        assert room.page.is_dark
    else:
        assert room.wishes == [does.name.lower().replace("_", " ")]


def test_a_key_held_down_skips_once(room: Room) -> None:
    """Only more and less repeat."""
    brought_to(room, "hold")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.sendKeyEvent(QTest.KeyAction.Press, room.page, key, "", Qt.KeyboardModifier(0))
    repeated = _repeat(Qt.Key.Key_Right), _repeat(Qt.Key.Key_Up)
    for event in repeated:
        room.page.keyPressEvent(event)

    assert room.moves == [Move.NEXT, Move.MORE, Move.MORE]


def test_a_shortcut_of_others_is_left_alone(room: Room) -> None:
    """Ctrl+R is not the key R."""
    brought_to(room, "hold")
    QTest.keyClick(room.page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    assert room.moves == []


@pytest.mark.parametrize("key", MOVE_KEYS, ids=lambda key: Qt.Key(key).name)
def test_a_key_in_the_dark_acts_at_its_first_press(room: Room, key: Qt.Key) -> None:
    """One press acts and lights the page, since the user may be in pain."""
    brought_to(room, "dark")
    room.press(key)

    assert not room.page.is_dark
    assert room.moves == [MOVE_KEYS[key]]


def test_mute_in_the_dark_mutes(room: Room) -> None:
    """M mutes at its first press."""
    brought_to(room, "dark")
    room.press(Qt.Key.Key_M)

    assert room.wishes == ["mute"]


LOOKING = [Qt.Key.Key_D, Qt.Key.Key_W, Qt.Key.Key_X, Qt.Key.Key_F, Qt.Key.Key_Question]


@pytest.mark.parametrize("key", LOOKING, ids=lambda key: Qt.Key(key).name)
def test_a_key_that_only_looks_wakes_the_dark_and_does_no_more(room: Room, key: Qt.Key) -> None:
    """Such a key, and one without a meaning, only lights the page."""
    brought_to(room, "dark")
    room.press(key)

    assert not room.page.is_dark
    assert (room.moves, room.wishes) == ([], [])


def test_the_light_stays_for_as_long_as_it_was_set_after_the_automatic_dark(room: Room) -> None:
    """A lit page stays lit for the set time, even late in a hold.

    As in the program, the driver is asked to look at once when the page becomes light.
    """
    room.page.dark_changed.connect(lambda dark: room.driver.set_lively(not dark))
    room.page.set_dim_after(2.0)
    room.start(routine(step(evidence=("x",))))
    room.run(30, 1.0)
    room.clock.pass_seconds(0.9)
    was_dark = room.page.is_dark
    room.press(Qt.Key.Key_X)
    room.run(1.5)

    assert was_dark
    assert not room.page.is_dark


def test_a_question_mark_typed_with_shift_only_wakes_the_dark(room: Room) -> None:
    """Shift lights the page, and the key that follows still counts as pressed in the dark."""
    brought_to(room, "dark")
    QTest.keyPress(room.page, Qt.Key.Key_Shift)

    assert not room.page.is_dark
    assert _is_taken(room, Qt.Key.Key_Question)


def test_the_key_that_darkens_may_be_held_down(room: Room) -> None:
    """The repeats of D do not light the page."""
    brought_to(room, "dark")
    room.page.keyPressEvent(_repeat(Qt.Key.Key_D))

    assert room.page.is_dark


def test_resuming_a_long_hold_begins_with_light(room: Room) -> None:
    """The user who resumes is still on the way to bed."""
    room.page.set_dim_after(10.0)
    room.start(index=1, spent=60.0)
    room.run(8)

    assert not room.page.is_dark


def test_what_lies_over_the_page_keeps_the_keyboard(room: Room, qtbot: QtBot) -> None:
    """Neither inactivity nor the automatic dark takes the focus from the list of keys."""
    brought_to(room, "hold")
    over = QWidget()
    qtbot.addWidget(over)
    over.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(over)
    column.addWidget(room.page)
    above = QLineEdit(over)
    over.show()
    above.setFocus()
    room.page.on_stillness()
    room.page.darken()

    assert over.focusWidget() is above
    room.page.setParent(None)


def test_space_on_a_dark_screen_wakes_and_pauses(room: Room) -> None:
    """Space must never need two presses."""
    brought_to(room, "dark")
    room.press(Qt.Key.Key_Space)

    assert not room.page.is_dark
    assert room.session.status is Status.PAUSED


def test_a_click_on_a_dark_screen_wakes(room: Room) -> None:
    """A click lights the page and presses nothing."""
    brought_to(room, "dark")
    QTest.mouseClick(room.page, Qt.MouseButton.LeftButton, pos=QPoint(640, 760))

    assert not room.page.is_dark
    assert (room.moves, room.wishes) == ([], [])


def test_a_pointer_that_trembles_wakes_nothing(room: Room) -> None:
    """A small movement leaves it dark; a larger one does not."""
    brought_to(room, "dark")
    QTest.mouseMove(room.page, QPoint(600, 400))
    room.page.darken()
    QTest.mouseMove(room.page, QPoint(601, 401))
    assert room.page.is_dark
    QTest.mouseMove(room.page, QPoint(640, 420))

    assert not room.page.is_dark


def test_the_dark_shows_phase_time_and_side_faintly(room: Room) -> None:
    """The dark ring has the same text as the lit one."""
    brought_to(room, "dark")
    room.run(10)

    assert room.page.dark.ring.shown_time == "1:40"
    assert room.page.dark.ring.accessibleDescription() == "Hold, Right leg"


def test_it_darkens_by_itself_in_a_hold(room: Room) -> None:
    """It darkens some seconds into a hold, and not during ready."""
    room.page.set_dim_after(10.0)
    room.start()
    room.run(25)
    assert not room.page.is_dark
    room.run(6)

    assert room.page.is_dark


def test_it_is_light_again_when_the_sides_change(room: Room) -> None:
    """An automatic dark ends when the user has something to do."""
    room.page.set_dim_after(10.0)
    room.start()
    room.run(141)

    assert room.session.segment.phase is Phase.SWITCH
    assert not room.page.is_dark


def test_what_the_user_darkened_stays_dark(room: Room) -> None:
    """D lasts for the whole session."""
    room.start()
    room.run(30)
    room.page.darken()
    room.run(150)

    assert room.page.is_dark


def test_a_key_delays_the_dark(room: Room) -> None:
    """After a key the page stays lit for the whole time again."""
    room.page.set_dim_after(10.0)
    room.start()
    room.run(28)
    room.press(Qt.Key.Key_X)
    room.run(8)
    assert not room.page.is_dark
    room.run(3)

    assert room.page.is_dark


def test_with_the_setting_off_it_never_darkens(room: Room) -> None:
    """The value 0 means never."""
    room.start()
    room.run(135)

    assert not room.page.is_dark


def test_stillness_takes_buttons_and_pointer_away(room: Room) -> None:
    """After ten seconds without input only picture, ring and text are left."""
    room.page.set_motion(False)
    brought_to(room, "hold")
    room.page.on_stillness()

    assert is_blank(room.page.stage.controls)
    assert room.page.cursor().shape() is Qt.CursorShape.BlankCursor


def test_a_key_brings_them_back(room: Room) -> None:
    """Any key shows them, even one without a meaning."""
    room.page.set_motion(False)
    brought_to(room, "hold")
    room.page.on_stillness()
    room.press(Qt.Key.Key_X)

    assert not is_blank(room.page.stage.controls)
    assert room.page.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_faded_button_is_not_pressed(room: Room) -> None:
    """A click on a hidden button only shows the buttons."""
    room.page.set_motion(False)
    brought_to(room, "hold")
    room.page.on_stillness()
    stop = seen.control(room.page.stage.controls, Move.STOP)
    where = stop.mapTo(room.page, stop.rect().center())
    QTest.mouseClick(room.page.windowHandle(), Qt.MouseButton.LeftButton, pos=where)

    assert room.moves == []
    assert not is_blank(room.page.stage.controls)


def test_a_tap_in_the_dark_presses_no_button(room: Room) -> None:
    """The click that lights the page presses nothing below it."""
    brought_to(room, "dark")
    stop = seen.control(room.page.stage.controls, Move.STOP)
    where = stop.mapTo(room.page, stop.rect().center())
    QTest.mouseClick(room.page.windowHandle(), Qt.MouseButton.LeftButton, pos=where)

    assert room.moves == []
    assert not room.page.is_dark


def test_a_button_that_came_back_can_be_pressed(room: Room) -> None:
    """The next click presses it."""
    brought_to(room, "hold")
    room.page.on_stillness()
    room.page.wake()
    room.page.stage.controls.on_awake()
    more = seen.control(room.page.stage.controls, Move.MORE)
    where = more.mapTo(room.page, more.rect().center())
    QTest.mouseClick(room.page.windowHandle(), Qt.MouseButton.LeftButton, pos=where)

    assert room.moves == [Move.MORE]


@pytest.mark.parametrize("state", ["paused", "slept", "waiting"])
def test_the_buttons_stay_while_the_session_is_paused(room: Room, state: str) -> None:
    """The user who has to act sees the buttons."""
    room.page.set_motion(False)
    brought_to(room, state)
    room.page.on_stillness()

    assert not is_blank(room.page.stage.controls)


def test_the_window_s_letters_are_taken_in_the_dark(room: Room) -> None:
    """F, G and ? only light the page; F8 and C are "Cramp now" at once."""
    brought_to(room, "dark")
    keys = (Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_Question, Qt.Key.Key_C, Qt.Key.Key_F8)

    assert [_is_taken(room, key) for key in keys] == [True, True, True, False, False]


def test_the_window_s_letters_are_its_own_in_the_light(room: Room) -> None:
    """The lit page leaves C and F to the window."""
    brought_to(room, "hold")

    assert not _is_taken(room, Qt.Key.Key_C)


def test_a_dark_page_needs_nothing_to_move(room: Room) -> None:
    """The page signals it, so that the driver ticks once a second."""
    brought_to(room, "hold")
    told: list[bool] = []
    room.page.dark_changed.connect(told.append)
    room.page.darken()
    room.page.wake()
    room.page.hide()

    assert told == [True, False, True]


def test_it_waits_for_nothing_while_out_of_sight(room: Room) -> None:
    """A hidden page has no running timer."""
    brought_to(room, "hold")
    room.page.hide()

    assert not room.page._stillness.isActive()


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        ("ready", "Get ready"),
        ("hold", "Hold"),
        ("release", "Let go"),
        ("switch", "Change sides"),
        ("paused", "Paused"),
        ("slept", "Paused while the computer slept"),
        ("waiting", "Ready?"),
    ],
)
def test_the_ring_says_the_phase(room: Room, state: str, phase: str) -> None:
    """The accessible text of the ring begins with the phase."""
    brought_to(room, state)

    assert room.page.stage.ring.accessibleDescription().partition(", ")[0] == phase


def test_the_side_is_on_its_side_of_the_screen(room: Room) -> None:
    """The right leg marks the right edge, the left leg the left one."""
    brought_to(room, "hold")
    assert _lit_edges(room) == ["right"]
    room.driver.move(Move.NEXT)

    assert _lit_edges(room) == ["left"]
    assert room.page.stage.ring.accessibleDescription().endswith("Left leg")


def test_a_drink_has_no_side(room: Room) -> None:
    """A step without a leg marks no edge and names no leg."""
    room.start(routine(step("Water", kind=Kind.DRINK, sides=Sides.BOTH)))

    assert _lit_edges(room) == []
    assert "leg" not in room.page.stage.ring.accessibleDescription()


def test_an_open_hold_counts_up(room: Room) -> None:
    """The ring has no end."""
    brought_to(room, "open")

    assert room.page.stage.ring.shown_time == "0:10"


def test_captions_follow_the_lines(room: Room) -> None:
    """Spoken lines are also shown."""
    room.start(routine(step("Calf", setup=("Lie down.",))))
    first = seen.caption(room.page.stage)
    room.run(11)

    assert (first, seen.caption(room.page.stage)) == ("Next: Calf, right leg.", "Lie down.")


def test_two_lines_of_one_moment_are_both_written(room: Room) -> None:
    """The announcement does not replace the line of the release."""
    room.start(routine(step("One", sides=Sides.LEFT), step("Two", sides=Sides.LEFT)))
    room.run(140)

    assert seen.caption(room.page.stage) == "And slowly release.\nNext: Two, left leg."


def test_pain_is_answered(room: Room) -> None:
    """H shows what will happen next."""
    brought_to(room, "hold")
    room.press(Qt.Key.Key_H)

    assert seen.caption(room.page.stage).startswith("Ease out slowly.")


def test_name_next_and_time_in_all_are_there(room: Room) -> None:
    """The step's title, the next step and the total time are shown."""
    brought_to(room, "hold")

    assert seen.around_the_ring(room.page.stage) == (
        "Calf",
        "Next: the left leg",
        "5 min left in all",
    )


def test_a_note_is_written_until_the_next_step(room: Room) -> None:
    """The reason for missing sound is shown once."""
    room.start(routine(step("One", sides=Sides.LEFT), step("Two", sides=Sides.LEFT)))
    room.page.show_note("There is no sound on this computer.")
    first = seen.notes(room.page.stage)
    room.driver.move(Move.NEXT)

    assert "no sound" in first
    assert "no sound" not in seen.notes(room.page.stage)


def test_nothing_moves_when_digits_change(room: Room) -> None:
    """From 2:00 to 0:00 every part, and the colon between the numerals, keeps its position."""
    room.start(routine(step(ready=0.0, sides=Sides.LEFT, hold=120.0)))
    stage = room.page.stage
    places = set()
    for _ in range(119):
        parts = tuple(part.geometry().getRect() for part in stage.findChildren(QWidget))
        _minute, colon, *_seconds = numerals(stage.ring)
        places.add((parts, colon.left(), colon.right()))
        room.run(1, 1.0)

    assert len(places) == 1


@pytest.mark.parametrize("size", [(1280, 800), (800, 600), (1920, 1080), (600, 900)])
def test_numerals_are_a_seventh_of_the_window(room: Room, size: tuple[int, int]) -> None:
    """They are readable from two metres."""
    room.page.resize(*size)
    room.start()

    assert numerals(room.page.stage.ring)[0].height() >= min(size) / 7


def test_a_cue_lights_up(room: Room) -> None:
    """The ring glows half a second into the hold, and later it does not."""
    room.start()
    room.run(20.5)
    light = glow(room.page.stage.ring)
    room.run(5)

    assert light > 0
    assert glow(room.page.stage.ring) == 0


def test_without_motion_the_light_does_not_swell(room: Room) -> None:
    """The light is switched on and off without a transition."""
    room.page.set_motion(False)
    room.start()
    room.run(20, 1.0)
    lights = []
    for _ in range(3):
        lights.append(glow(room.page.stage.ring) > 0)
        room.run(1, 1.0)

    assert lights == [True, False, False]


def test_the_dark_lights_up_too(room: Room) -> None:
    """A user who cannot hear sees the switch in the dark."""
    brought_to(room, "dark")
    room.run(110.5)

    assert glow(room.page.dark.ring) > 0


def test_the_buttons_offer_what_makes_sense(room: Room) -> None:
    """Steps for both legs have no other side, and open holds have no length to change."""
    room.start(routine(step(sides=Sides.BOTH, hold=None)))
    room.driver.move(Move.GO_ON)
    controls = room.page.stage.controls

    assert not seen.control(controls, Move.OTHER_SIDE).isEnabled()
    assert not seen.control(controls, Move.MORE).isEnabled()


def test_pause_becomes_resume(room: Room) -> None:
    """The large button is labelled with its next action."""
    brought_to(room, "paused")

    assert seen.control(room.page.stage.controls, Action.PAUSE).accessibleName() == "Resume"


@pytest.mark.parametrize("dark", [False, True])
def test_a_screen_reader_hears_phases_and_no_seconds(
    room: Room, monkeypatch: pytest.MonkeyPatch, *, dark: bool
) -> None:
    """One sentence is announced at each phase, lit or dark."""
    said: list[str] = []
    monkeypatch.setattr("legato.ui.session.page.announce", lambda _page, words: said.append(words))
    room.start(routine(step("Calf", hold=30.0)))
    if dark:
        room.page.darken()
    room.run(66)

    assert said == [
        "Get ready, Calf, Right leg, 20 seconds",
        "Hold, Calf, Right leg, 30 seconds",
        "Change sides, Calf, Left leg, 15 seconds",
        "Hold, Calf, Left leg, 30 seconds",
    ]


def test_mute_is_seen_when_the_buttons_are_gone(room: Room) -> None:
    """A text below says that the sound is muted."""
    brought_to(room, "hold")
    room.press(Qt.Key.Key_M)

    assert seen.around_the_ring(room.page.stage)[2] == "Muted · 5 min left in all"


def test_another_session_begins_clean(room: Room) -> None:
    """No dark, line or light of the last session is left."""
    brought_to(room, "dark")
    room.start(routine(step("Other")))

    assert not room.page.is_dark
    assert seen.caption(room.page.stage) == "Next: Other, right leg."


def _repeat(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)


def _lit_edges(room: Room) -> list[str]:
    """Return the edges of the page at which a mark is lit."""
    lit = [mark for mark in room.page.stage.findChildren(SideMark) if not is_blank(mark)]
    return ["left" if mark.x() < room.page.width() / 2 else "right" for mark in lit]


def _is_taken(room: Room, key: Qt.Key) -> bool:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QCoreApplication.sendEvent(room.page, event)
    return event.isAccepted()
