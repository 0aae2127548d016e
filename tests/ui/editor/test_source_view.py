"""The file as text: its colours, its problems, and what is handed over; two texts to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from editor_desk import opened
from legato.domain.documents import Conflict
from legato.domain.problems import Problem
from legato.ui.editor.source_view import ConflictPanel, SourceView
from legato.ui.theme import DAY, NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager

TEXT = "# a note\nname: Mine\nsteps:\n  - title: Calf\n    hold: soon\n"
SOON = Problem(where="mine.yaml", line=5, column=11, field="steps[0].hold", text="no time")


@pytest.fixture
def view(theme_manager: ThemeManager, theme: ThemeSource, qtbot: QtBot) -> SourceView:
    """Return the view with a text whose fifth line has a problem."""
    del theme_manager
    view = SourceView(theme)
    qtbot.addWidget(view)
    view.show()
    view.show_source(TEXT, [SOON])
    return view


def field(view: SourceView) -> QPlainTextEdit:
    """Return the text."""
    found = view.findChild(QPlainTextEdit)
    assert found is not None
    return found


def test_the_first_problem_is_gone_to(view: SourceView) -> None:
    """The cursor is at the problem."""
    cursor = field(view).textCursor()
    assert (cursor.blockNumber(), cursor.columnNumber()) == (4, 10)


def test_a_problem_is_marked_on_its_line(view: SourceView) -> None:
    """One line is underlined for one problem."""
    assert len(field(view).extraSelections()) == 1


def test_a_mark_follows_the_theme(view: SourceView, theme: ThemeSource) -> None:
    """The line below a problem has the warning colour of the current theme."""
    theme.change(DAY)
    (mark,) = field(view).extraSelections()
    assert mark.format.underlineColor() == QColor(DAY.caution)


def test_keys_are_coloured(view: SourceView, theme: ThemeSource) -> None:
    """A key has the accent of the theme, and that of another theme after a change."""
    for current in (NIGHT, DAY):
        theme.change(current)
        (look, *_) = field(view).document().findBlockByNumber(1).layout().formats()
        assert look.format.foreground().color() == QColor(current.accent)


def test_the_text_is_handed_over_as_typed(view: SourceView, qtbot: QtBot) -> None:
    """Saving gives every letter."""
    button = next(one for one in view.findChildren(QPushButton) if "Save" in one.text())
    with qtbot.waitSignal(view.save_wanted) as saved:
        button.click()
    assert saved.args == [TEXT]


def test_either_text_can_be_chosen(theme_manager: ThemeManager, qtbot: QtBot) -> None:
    """Both texts are shown, and the choice is signalled with them."""
    del theme_manager
    panel = ConflictPanel(ThemeSource(NIGHT))
    qtbot.addWidget(panel)
    conflict = Conflict(mine="name: Mine", theirs=opened(text="name: Theirs"))
    panel.show_conflict(conflict)
    texts = [one.toPlainText() for one in panel.findChildren(QPlainTextEdit)]
    assert texts == ["name: Mine", "name: Theirs"]
    take = next(one for one in panel.findChildren(QPushButton) if "Take" in one.text())
    with qtbot.waitSignal(panel.theirs_wanted) as taken:
        take.click()
    assert taken.args == [conflict]


@pytest.mark.parametrize(
    "text",
    [
        "name: A\r\nsteps:\r\n  - use: quads\r\n",
        "name: 5\u00a0min\nsteps: []\n",
        'name: "a\u2028b"\n# c\u2029d\n',
        "\ufeffname: A\n",
        "name: A\tB",
    ],
)
def test_showing_a_text_types_nothing(view: SourceView, text: str) -> None:
    """Line ends, hard spaces, separators and a byte order mark stay as they are in the file."""
    view.show_source(text, ())

    assert not view.is_typed
    assert view.text == text
