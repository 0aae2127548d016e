"""The preview of a shared file, and the report after the import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from legato.domain.documents import Incoming, Part, PartState
from legato.ui.editor.import_page import ImportPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

GOOD = Part(
    name="mine.yaml",
    state=PartState.RENAMED,
    title="Mine (2)",
    becomes="mine-2",
    note="another mine is here and stays",
    is_routine=True,
    about="From Anna.",
    steps=("Quads", "Calf"),
)
BAD = Part(name="../x.png", state=PartState.REFUSED, title="x.png", note="it leads outside")


@pytest.fixture
def page(qtbot: QtBot) -> ImportPage:
    """Return the page with one part that can be imported and one that cannot."""
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_incoming(Incoming(path=Path("given.legato"), parts=(GOOD, BAD), files={"a": b""}))
    page.show()
    return page


def words(page: ImportPage) -> str:
    """Return all visible text."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def button(page: ImportPage, name: str) -> QPushButton:
    """Return the button with this text."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == name)


def test_each_part_is_previewed(page: ImportPage) -> None:
    """The preview has names, the result for each part, and the reason."""
    assert "Mine (2)\u201d: will be kept under another name (mine-2)." in words(page)
    assert "x.png\u201d: cannot be brought in. It leads outside." in words(page)


def test_a_routine_is_previewed(page: ImportPage) -> None:
    """The preview has its description and its steps."""
    assert "From Anna." in words(page)
    assert "2 steps: Quads, Calf" in words(page)


def test_nothing_is_written_unasked(page: ImportPage, qtbot: QtBot) -> None:
    """Esc leaves without an import."""
    with qtbot.assertNotEmitted(page.bring_wanted), qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_the_button_imports_what_is_shown(page: ImportPage, qtbot: QtBot) -> None:
    """The button emits the previewed content."""
    with qtbot.waitSignal(page.bring_wanted) as wanted:
        button(page, "Bring it in").click()
    assert wanted.args[0].parts == (GOOD, BAD)


def test_a_file_with_nothing_to_bring_offers_nothing(page: ImportPage) -> None:
    """A file with only refused parts cannot be imported."""
    page.show_incoming(Incoming(path=Path("bad.legato"), parts=(BAD,)))
    assert not button(page, "Bring it in").isVisible()


def test_the_report_says_what_became(page: ImportPage, qtbot: QtBot) -> None:
    """After the import each part is reported again."""
    page.show_report(Incoming(path=Path("given.legato"), parts=(GOOD,)))
    qtbot.waitUntil(lambda: "is here now, under another name" in words(page))
