"""The page "When to get help": all signs, the most urgent first, and a section to open at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from fixtures_plan import care
from legato.ui.care.pages import HelpPage
from legato.ui.main_window import MainWindow
from legato.ui.widgets.basic import AdviceCard
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager


@pytest.fixture
def page(qtbot: QtBot, theme_manager: ThemeManager) -> Iterator[HelpPage]:
    """Yield the page in a small window."""
    del theme_manager
    page, window = HelpPage(care()), MainWindow()
    qtbot.addWidget(window)
    window.add_page("help", page)
    window.resize(800, 600)
    window.show_page("help")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield page
    window.close()


def test_every_sign_is_written(page: HelpPage) -> None:
    """The page has every sign, the notes and the disclaimer, word for word."""
    written = {label.text() for label in page.findChildren(QLabel)}
    for advice in care().sections.values():
        assert {advice.title, advice.advice, *advice.signs, *advice.notes} <= written
    assert care().disclaimer in written


def test_the_most_urgent_comes_first(page: HelpPage) -> None:
    """The emergency is first, then what needs a doctor today."""
    cards = sorted(page.findChildren(AdviceCard), key=lambda card: card.y())
    assert [card.accessibleName() for card in cards[:2]] == ["Emergency", "Today"]


@pytest.mark.parametrize("section", ["emergency", "same_day"])
def test_a_section_can_be_opened(page: HelpPage, section: str) -> None:
    """The page scrolls to the heading of the given section."""
    page.show_section(section)
    QApplication.processEvents()
    title = care().sections[section].title
    card = next(c for c in page.findChildren(AdviceCard) if c.accessibleName() == title)
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    assert 0 <= card.mapTo(scroll, card.rect().topLeft()).y() < scroll.height() // 2


def test_arrows_read_on(page: HelpPage) -> None:
    """The scroll area has the keyboard at first."""
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    focus = page.window().focusWidget()
    assert focus is scroll
    for _ in range(3):
        QTest.keyClick(focus, Qt.Key.Key_Down)
    assert scroll.verticalScrollBar().value() > 0


def test_escape_leads_back(page: HelpPage, qtbot: QtBot) -> None:
    """Esc goes back to the page that opened it."""
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)


def test_it_gives_little_light(page: HelpPage) -> None:
    """Even with much text the page stays within the light budget of the night."""
    assert luminance(page.window().grab().toImage()) <= BRIGHTEST
