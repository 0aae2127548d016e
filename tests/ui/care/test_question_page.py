"""The question before a session, by keys and by mouse, and the advice after a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from fixtures_plan import care
from legato.domain.doors import Question
from legato.domain.routine import Side
from legato.ui.care.question_page import QuestionPage
from legato.ui.main_window import MainWindow
from legato.ui.theme import NIGHT, in_size
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager

LEG = Question(name="Just this leg", which_leg=True)
CLOT = Question(name="Lower leg", side=Side.LEFT)
AFTER = Question(name="After a cramp", after_cramp=True)
WORDS = care().calf_question
Key = Qt.Key


class Answers:
    """The page in a window, and the answers that it gave."""

    def __init__(self, page: QuestionPage, window: MainWindow) -> None:
        self.page, self.window = page, window
        self.given: list[object] = []
        page.leg_chosen.connect(self.given.append)
        page.alike.connect(lambda: self.given.append("alike"))
        page.unlike.connect(lambda: self.given.append("unlike"))
        page.left.connect(lambda: self.given.append("left"))
        page.help_wanted.connect(self.given.append)

    def ask(self, question: Question) -> None:
        """Ask, and wait until the double click that led there is over."""
        self.page.show_question(question)
        self.page.take_clicks()

    def press(self, *keys: Key) -> None:
        """Press keys on the focused widget."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.page, key)

    def button(self, words: str) -> QPushButton:
        """Return the visible button with that text."""
        (found,) = (
            one
            for one in self.page.findChildren(QPushButton)
            if one.isVisible() and one.accessibleName() == words
        )
        return found

    @property
    def shown(self) -> list[str]:
        """Return the visible texts, from the top."""
        return [one.text() for one in self.page.findChildren(QLabel) if one.isVisible()]


@pytest.fixture
def asked(qtbot: QtBot, theme_manager: ThemeManager) -> Iterator[Answers]:
    """Yield the page in a window of the usual size."""
    del theme_manager
    page, window = QuestionPage(care()), MainWindow()
    qtbot.addWidget(window)
    window.add_page("question", page)
    window.show_page("question")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Answers(page, window)
    window.close()


@pytest.mark.parametrize(("key", "side"), [(Key.Key_L, Side.LEFT), (Key.Key_R, Side.RIGHT)])
def test_a_single_key_chooses_the_leg(asked: Answers, key: Key, side: Side) -> None:
    """Left is L, right is R."""
    asked.ask(LEG)
    asked.press(key)

    assert asked.given == [side]


@pytest.mark.parametrize(
    ("key", "answer"), [(Key.Key_N, "alike"), (Key.Key_Y, "unlike"), (Key.Key_H, "unlike")]
)
def test_a_single_key_answers(asked: Answers, key: Key, answer: str) -> None:
    """H, the key for pain, does not start the session."""
    asked.ask(CLOT)
    asked.press(key)

    assert asked.given == [answer]


@pytest.mark.parametrize("question", [LEG, CLOT])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_a_key_pressed_once_too_often_answers_nothing(
    asked: Answers, question: Question, key: Key
) -> None:
    """A second Enter after the one that started a session does not answer."""
    asked.ask(question)
    asked.press(key, key, key)

    assert asked.given == []


def test_the_next_question_does_not_begin_on_the_last_answer(asked: Answers) -> None:
    """The text has the keyboard again, though a button had it before."""
    asked.ask(CLOT)
    asked.button(WORDS.choose_no).setFocus()
    asked.window.show_page("question")
    asked.ask(CLOT)
    asked.press(Key.Key_Return)

    assert asked.given == []


@pytest.mark.parametrize("question", [LEG, CLOT])
def test_a_key_that_is_held_down_answers_nothing(asked: Answers, question: Question) -> None:
    """Auto-repeat of a key that opened the page does not answer."""
    asked.ask(question)
    focus = asked.window.focusWidget()
    assert focus is not None
    for letter in "LRYN":
        held = QKeyEvent(
            QEvent.Type.KeyPress,
            getattr(Key, f"Key_{letter}"),
            Qt.KeyboardModifier.NoModifier,
            letter.lower(),
            autorep=True,
        )
        QApplication.sendEvent(focus, held)

    assert asked.given == []


@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Down, Key.Key_Tab])
def test_the_arrows_lead_to_the_answers_the_safe_one_first(asked: Answers, key: Key) -> None:
    """The first arrow focuses the safe answer, and Enter presses it."""
    asked.ask(CLOT)
    asked.press(key)
    assert asked.window.focusWidget() is asked.button(WORDS.choose_yes)
    asked.press(Key.Key_Return)

    assert asked.given == ["unlike"]


def test_no_is_one_arrow_further(asked: Answers) -> None:
    """The second arrow focuses "no"."""
    asked.ask(CLOT)
    asked.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)

    assert asked.given == ["alike"]


@pytest.mark.parametrize("question", [LEG, CLOT])
def test_escape_answers_nothing(asked: Answers, question: Question) -> None:
    """Esc goes back without an answer."""
    asked.ask(question)
    asked.press(Key.Key_Escape)

    assert asked.given == ["left"]


def test_a_click_answers(asked: Answers) -> None:
    """A click on an answer's text answers."""
    asked.ask(CLOT)
    QTest.mouseClick(asked.button(WORDS.choose_no), Qt.MouseButton.LeftButton)

    assert asked.given == ["alike"]


def test_the_second_click_of_a_double_click_answers_nothing(asked: Answers) -> None:
    """The first click started a card, and an answer may be below the pointer now."""
    asked.page.show_question(CLOT)
    button = asked.button(WORDS.choose_no)
    place = button.mapTo(asked.window, button.rect().center())
    window = asked.window.windowHandle()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
    assert asked.given == []

    asked.page.take_clicks()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
    assert asked.given == ["alike"]


def test_it_says_what_it_is_about(asked: Answers) -> None:
    """The session and its leg are above the question."""
    asked.ask(CLOT)

    assert asked.shown == ["Lower leg, left leg", WORDS.ask, WORDS.detail]


def test_a_screen_reader_hears_the_question(asked: Answers) -> None:
    """The description has the question and the keys of its answers."""
    asked.ask(CLOT)
    focus = asked.window.focusWidget()

    assert focus is not None
    assert focus.accessibleName() == f"Lower leg, left leg. {WORDS.ask} {WORDS.detail}"
    assert f"{WORDS.choose_no}: the key is N" in focus.accessibleDescription()


def test_after_a_cramp_it_says_what_is_usual(asked: Answers) -> None:
    """The usual effects of a cramp are shown only after one."""
    asked.ask(AFTER)
    assert asked.shown[-1] == " ".join(care().after_cramp)
    asked.ask(CLOT)
    assert asked.shown[-1] == WORDS.detail


def test_yes_shows_the_emergency_first(asked: Answers) -> None:
    """Then what to avoid and whom to ask, then the signs, the most urgent first."""
    asked.ask(CLOT)
    asked.press(Key.Key_Y)
    signs = care().sections

    assert asked.shown[:2] == [WORDS.emergency, WORDS.reply_yes]
    assert asked.shown.index(signs["emergency"].signs[0]) < asked.shown.index(
        signs["same_day"].signs[0]
    )


def test_nothing_starts_from_the_advice(asked: Answers) -> None:
    """Neither the keys of the answers nor Enter start a session."""
    asked.ask(CLOT)
    asked.press(Key.Key_Y, Key.Key_N, Key.Key_L, Key.Key_Return, Key.Key_Space)

    assert asked.given == ["unlike"]


def test_help_opens_at_the_emergency(asked: Answers) -> None:
    """The page "When to get help" opens at its first section."""
    asked.ask(CLOT)
    asked.press(Key.Key_Y)
    asked.button("When to get help").click()

    assert asked.given == ["unlike", "emergency"]


def test_the_advice_is_read_on_by_keys(asked: Answers) -> None:
    """The advice scrolls by keys if the window is too small."""
    asked.window.resize(800, 600)
    asked.ask(CLOT)
    asked.press(Key.Key_Y)
    QApplication.processEvents()
    (reader,) = (one for one in asked.page.findChildren(QScrollArea) if one.isVisible())
    asked.press(Key.Key_PageDown)

    assert reader.verticalScrollBar().value() > 0


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
@pytest.mark.parametrize("text_percent", [100, 200])
def test_the_answers_are_in_sight(
    asked: Answers, theme_manager: ThemeManager, size: tuple[int, int], text_percent: int
) -> None:
    """The answers are visible at every text size."""
    theme_manager.apply(in_size(NIGHT, text_percent), text_percent)
    asked.window.resize(*size)
    asked.ask(AFTER)
    QApplication.processEvents()
    for words in (WORDS.choose_yes, WORDS.choose_no, "Back"):
        button = asked.button(words)
        corner = button.mapTo(asked.window, button.rect().bottomRight())
        assert asked.window.rect().contains(corner)


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
@pytest.mark.parametrize("text_percent", [100, 200])
@pytest.mark.parametrize("says_yes", [False, True])
def test_it_gives_little_light(
    asked: Answers,
    theme_manager: ThemeManager,
    size: tuple[int, int],
    text_percent: int,
    says_yes: bool,
) -> None:
    """Question and advice stay within the budget of the night."""
    theme_manager.apply(in_size(NIGHT, text_percent), text_percent)
    asked.window.resize(*size)
    asked.ask(CLOT)
    if says_yes:
        asked.press(Key.Key_Y)
    QApplication.processEvents()

    assert luminance(asked.window.grab().toImage()) <= BRIGHTEST
