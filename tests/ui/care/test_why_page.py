"""The page "Why this": the evidence for an exercise, with its strength and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from builders import step
from fixtures_plan import library
from legato.controllers import content
from legato.ui.care.pages import NOTHING, WhyPage
from legato.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

EVIDENCE = content.open_evidence()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[WhyPage]:
    """Yield the page in a window."""
    page, window = WhyPage(EVIDENCE), MainWindow()
    qtbot.addWidget(window)
    window.add_page("why", page)
    window.show_page("why")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield page
    window.close()


def written(page: WhyPage) -> str:
    """Return all text of the page."""
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_all_that_is_known_is_written_as_it_is_graded(page: WhyPage) -> None:
    """The page has claim, finding, strength and source."""
    calf = content.move_step(library(), "calf1-strap")
    assert calf is not None
    page.show_step(calf)

    words = written(page)
    assert calf.evidence
    for one in calf.evidence:
        known = EVIDENCE[one]
        for part in (known.claim, known.text, known.strength, known.source):
            assert part in words


def test_when_to_leave_it_out_is_there_too(page: WhyPage) -> None:
    """The page says when to leave the exercise out, without naming a leg."""
    page.show_step(step(skip_if="Your {side} calf is warm.", evidence=()))
    assert "Leave it out: Your calf is warm." in written(page)


def test_missing_evidence_is_shown(page: WhyPage) -> None:
    """Without evidence the page says so."""
    page.show_step(step("Doorway stretch"))

    assert page.heading == "Why this: Doorway stretch"
    assert NOTHING in written(page)


def test_another_step_takes_the_place_of_the_first(page: WhyPage) -> None:
    """Nothing of the first step is left."""
    page.show_step(step(skip_if="First."))
    page.show_step(step(skip_if="Second."))

    assert "First." not in written(page)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_W])
def test_escape_and_w_lead_back(page: WhyPage, qtbot: QtBot, key: Qt.Key) -> None:
    """The key that opened it closes it."""
    page.show_step(step())
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page.window().focusWidget(), key)
