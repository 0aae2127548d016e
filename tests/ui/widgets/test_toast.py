"""The toast: one message after another, each once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from legato.ui.widgets.toast import Action, Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return an empty window."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def toast(window: QWidget) -> Toast:
    """Return an empty toast at the foot of a window."""
    return Toast(window)


def press_ok(toast: Toast) -> None:
    """Press the button that closes a message."""
    button = toast.findChild(QPushButton)
    assert button is not None
    button.click()


def timer_of(toast: Toast) -> QTimer:
    """Return the timer of the toast."""
    timer = toast.findChild(QTimer)
    assert timer is not None
    return timer


def test_it_is_hidden_without_messages(toast: Toast) -> None:
    """Without messages the toast takes no space."""
    assert toast.isHidden()


def test_it_shows_one_message_after_another(toast: Toast) -> None:
    """A new message waits until the current one has been shown long enough."""
    toast.say("first")
    toast.say("second")
    assert toast.shown == "first"
    press_ok(toast)
    assert toast.shown == "second"


def test_it_goes_away_by_itself(toast: Toast) -> None:
    """After its time the message is gone and no timer runs."""
    toast.say("No sound.")
    timer = timer_of(toast)
    timer.timeout.emit()
    assert (toast.isHidden(), toast.shown, timer.isActive()) == (True, "", False)


def test_a_long_line_stays_longer(toast: Toast) -> None:
    """A longer message is shown for longer."""
    timer = timer_of(toast)
    toast.say("Short.")
    short = timer.interval()
    press_ok(toast)
    toast.say("A sentence that takes a good deal longer to read than a single word does.")
    assert timer.interval() > short


def test_once_is_once(toast: Toast) -> None:
    """The same message is not shown again, and an empty one not at all."""
    for line in ("No sound.", "", "No sound."):
        toast.say_once(line)
        press_ok(toast)
    assert toast.isHidden()
    toast.say_once("No sound.")
    assert toast.isHidden()


def test_an_action_is_one_button(qtbot: QtBot) -> None:
    """The button does the action once and closes the message."""
    done: list[str] = []
    toast = Toast()
    qtbot.addWidget(toast)
    toast.say("Next time: Knee across.", Action("Undo", lambda: done.append("undone")))
    undo = next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()

    assert done == ["undone"]
    assert toast.shown == ""


def test_a_line_without_an_action_has_no_such_button(qtbot: QtBot) -> None:
    """The button is hidden even after a message with an action."""
    toast = Toast()
    qtbot.addWidget(toast)
    toast.say("One.", Action("Undo", lambda: None))
    toast.say("Two.")
    undo = next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()

    assert toast.shown == "Two."
    assert undo.isHidden()


def test_an_undo_is_shown_at_once(toast: Toast) -> None:
    """A message with undo is shown before others, which return afterwards."""
    for line in ("first", "second"):
        toast.say(line)
    toast.say("Quads is deleted.", Action("Undo", lambda: None))
    seen = []
    while toast.shown:
        seen.append(toast.shown)
        timer_of(toast).timeout.emit()

    assert seen == ["Quads is deleted.", "first", "second"]


def test_the_newest_undo_comes_first(toast: Toast) -> None:
    """Earlier undo messages are shown again later."""
    done: list[str] = []
    for name in ("one", "two"):
        toast.say(f"{name} is deleted.", Action("Undo", partial(done.append, name)))
    for _ in range(2):
        next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo").click()

    assert done == ["two", "one"]


def test_the_same_message_waits_only_once(toast: Toast) -> None:
    """Pressing a button three times queues one message."""
    for _ in range(3):
        toast.say("There is no earlier version yet.")
    timer_of(toast).timeout.emit()

    assert toast.shown == ""


def test_a_line_is_taken_back(qtbot: QtBot) -> None:
    """What is no longer true is hidden, or not shown at all."""
    toast = Toast()
    qtbot.addWidget(toast)
    for line in ("Looking into it.", "Then this.", "Never this."):
        toast.say(line)
    toast.take_back("Never this.")
    toast.take_back("Looking into it.")

    assert toast.shown == "Then this."
