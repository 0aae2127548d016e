"""The cramp page: one line at a time, a question that does not insist, a card after ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHoverEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import seen
from fixtures_plan import NoPictures, care, figures, library
from legato.controllers import content
from legato.domain import cramp
from legato.domain.routine import Side
from legato.ui.cramp.page import NEAR_BLACK, WAYS, CrampPage
from legato.ui.figures.view import FigureView
from legato.ui.main_window import MainWindow
from legato.ui.pictures.loader import PictureLoader
from legato.ui.theme import NIGHT, ThemeSource
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.domain.cramp import Cramp, CrampVariant
    from legato.ui.theme import ThemeManager

NOW = 500.0
BED = content.move_step(library(), "cramp-bed")
CRAMP = cramp.begin(NOW, Side.LEFT)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[CrampPage]:
    """Yield the page at the beginning of a cramp."""
    page = CrampPage(PictureLoader(figures(), NoPictures(), ThemeSource(NIGHT)), care())
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("cramp", page)
    window.resize(1280, 800)
    page.begin()
    window.show_page("cramp")
    window.show()
    show(page, 0.0)
    yield page
    window.close()


def show(page: CrampPage, seconds: float, lasting: Cramp = CRAMP) -> None:
    """Show the cramp `seconds` after it began."""
    assert BED is not None
    page.show_cramp(lasting, BED, NOW + seconds)


def test_the_first_line_is_there_at_once(page: CrampPage) -> None:
    """The first line is shown at 0 seconds."""
    assert seen.cramp_line(page) == "You're all right. Stay in bed."


def test_lines_follow_one_another(page: CrampPage) -> None:
    """One line is shown at a time."""
    show(page, 7.0)
    assert seen.cramp_line(page) == "Straighten the knee, slowly."


def test_it_asks_after_half_a_minute_and_goes_on(page: CrampPage) -> None:
    """The question is shown until it is answered, and the lines go on."""
    show(page, 29.0)
    assert not seen.asks(page)
    show(page, 31.0)
    assert seen.asks(page)

    show(page, 41.0, cramp.still_holding(CRAMP, NOW + 40))
    assert not seen.asks(page)


def test_the_card_comes_at_ten_minutes_once(page: CrampPage) -> None:
    """A card that was closed is not shown again."""
    show(page, 599.0)
    assert not page.shows_card
    show(page, 600.0)
    assert page.shows_card

    press(page, "Show the picture")
    show(page, 700.0)
    assert not page.shows_card


def test_the_next_cramp_has_its_card_again(page: CrampPage) -> None:
    """The card is shown once in each cramp."""
    show(page, 600.0)
    page.begin()
    show(page, 601.0)

    assert page.shows_card


def press(page: CrampPage, words: str) -> None:
    """Press the button with this text."""
    button = next(one for one in page.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("section", ["same_day", "emergency"])
def test_the_card_leads_to_its_sections(page: CrampPage, qtbot: QtBot, section: str) -> None:
    """A button of the card opens its section."""
    show(page, 600.0)
    with qtbot.waitSignal(page.help_wanted) as told:
        press(page, care().sections[section].title)
    assert told.args == [section]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_H, "still_holding"),
        (Qt.Key.Key_L, "let_go"),
        (Qt.Key.Key_O, "other_leg_wanted"),
        (Qt.Key.Key_Escape, "left"),
    ],
)
def test_answers_are_single_keys(page: CrampPage, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    """Each answer has a key."""
    with qtbot.waitSignal(getattr(page, signal)):
        QTest.keyClick(page, key)


@pytest.mark.parametrize(("number", "way"), tuple(enumerate(WAYS, 1)))
def test_variants_are_single_keys(
    page: CrampPage, qtbot: QtBot, number: int, way: CrampVariant
) -> None:
    """The variants have the keys 1 to 6."""
    with qtbot.waitSignal(page.way_chosen) as told:
        QTest.keyClicks(page, str(number))
    assert told.args == [way]


def test_enter_in_a_panic_ends_nothing(page: CrampPage) -> None:
    """The button "Still holding" has the keyboard at first."""
    focus = page.focusProxy()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Still holding"


@pytest.mark.parametrize("size", [(1280, 800), (800, 600), (480, 700)])
def test_it_gives_little_light(
    page: CrampPage, theme_manager: ThemeManager, size: tuple[int, int]
) -> None:
    """The page is nearly black in both themes."""
    page.set_style(theme_manager.sheet(NIGHT))
    page.window().resize(*size)
    show(page, 31.0)

    assert luminance(page.grab().toImage()) <= BRIGHTEST * 2 / 3


def move_pointer(page: CrampPage, x: float) -> None:
    """Move the pointer to a place on the page."""
    place, before = QPointF(x, 20.0), QPointF(x - 1.0, 20.0)
    move = QHoverEvent(QEvent.Type.HoverMove, place, place, before)
    QCoreApplication.sendEvent(page, move)


def test_the_picture_has_the_ground_of_the_page(page: CrampPage) -> None:
    """Near black up to its corners: no lighter box around the figure."""
    figure = page.findChild(FigureView)
    assert figure is not None
    image = page.grab().toImage()
    corner = figure.mapTo(page, QPoint(2, 2))

    assert image.pixelColor(corner).name() == image.pixelColor(2, 2).name() == NEAR_BLACK


def test_the_pointer_is_hidden_until_it_is_moved(page: CrampPage) -> None:
    """The pointer would be the brightest thing on the page."""
    move_pointer(page, 20.0)
    page.on_stillness()
    hidden = page.cursor().shape()
    move_pointer(page, 21.0)
    bumped = page.cursor().shape()
    move_pointer(page, 60.0)

    assert (hidden, bumped) == (Qt.CursorShape.BlankCursor, Qt.CursorShape.BlankCursor)
    assert page.cursor().shape() is Qt.CursorShape.ArrowCursor
