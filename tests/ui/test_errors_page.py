"""The page that reports an unexpected error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from legato.ui.errors_page import COPIED, LEAST_TEXT_HEIGHT, ErrorPageContent, ErrorsPage
from legato.ui.theme import DAY, NIGHT, Theme
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager

TOLD = ErrorPageContent(
    title="Something went wrong",
    words=("It is not your mistake.", "Nothing is lost."),
    log="the log",
    text="What I did: \nLegato 1.0\n",
    send_to="Send it to them.",
)


@pytest.fixture
def page(qtbot: QtBot, theme_manager: ThemeManager) -> ErrorsPage:
    """Return a page that shows an error."""
    assert theme_manager
    return shown(qtbot)


def shown(qtbot: QtBot) -> ErrorsPage:
    """Return a page of 800 by 600 that shows an error."""
    page = ErrorsPage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_content(TOLD)
    page.show()
    page.setFocus()
    return page


def buttons(page: ErrorsPage) -> dict[str, QPushButton]:
    """Return the visible buttons, by their text."""
    return {one.text(): one for one in page.findChildren(QPushButton) if one.isVisible()}


def test_it_begins_with_the_way_on(page: ErrorsPage) -> None:
    """The report is hidden until it is requested."""
    assert page.focusWidget() is buttons(page)["Go on"]
    assert list(buttons(page)) == ["Go on", "Copy the text", "Report a problem"]
    report = page.findChild(QPlainTextEdit)
    assert report is not None
    assert not report.isVisible()


def test_a_screen_reader_hears_all_of_it(page: ErrorsPage) -> None:
    """The accessible name and description have the whole message."""
    assert page.accessibleName() == TOLD.title
    assert page.accessibleDescription() == "It is not your mistake. Nothing is lost."


def test_the_text_is_shown_when_it_is_wanted(page: ErrorsPage) -> None:
    """The cursor is in the first line, which the user fills in."""
    buttons(page)["Report a problem"].click()
    QTest.keyClicks(page.focusWidget(), "fell asleep")

    assert page.text == "What I did: fell asleep\nLegato 1.0\n"
    assert "Report a problem" not in buttons(page)


def test_the_text_comes_into_sight(qtbot: QtBot, theme_manager: ThemeManager) -> None:
    """The page scrolls to the report if the text is large."""
    theme_manager.apply(NIGHT, 200)
    page = shown(qtbot)
    page.show_report()
    qtbot.waitUntil(lambda: page._text.visibleRegion().boundingRect().height() >= LEAST_TEXT_HEIGHT)


def test_the_text_is_copied_as_it_stands(page: ErrorsPage) -> None:
    """The report is copied unchanged, and the page confirms it."""
    buttons(page)["Copy the text"].click()

    assert QGuiApplication.clipboard().text() == TOLD.text
    assert page._copied.text() == COPIED
    assert page._copied.isVisible()


def test_esc_leads_back_from_the_text_as_well(page: ErrorsPage, qtbot: QtBot) -> None:
    """Esc goes back from any focused widget."""
    page.show_report()
    with qtbot.waitSignal(page.left, timeout=1000):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Escape)


def test_it_gives_little_light_at_night(page: ErrorsPage) -> None:
    """The page stays within the light budget, also with a long report."""
    page.show_content(replace(TOLD, text=TOLD.text * 40), report=True)

    assert luminance(page.grab().toImage()) <= BRIGHTEST


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=["night", "day"])
@pytest.mark.parametrize("text_percent", [100, 200])
def test_all_of_it_can_be_read_and_pressed_in_a_small_window(
    qtbot: QtBot, theme_manager: ThemeManager, theme: Theme, text_percent: int
) -> None:
    """Nothing is cut at 800 by 600 with 200 % text."""
    theme_manager.apply(theme, text_percent)
    page = shown(qtbot)
    window = QRect(QPoint(0, 0), page.size())

    for button in buttons(page).values():
        at = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        assert window.contains(at)
        assert button.sizeHint().width() <= button.width()
