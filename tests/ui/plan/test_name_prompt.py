"""The prompt for the name under which a plan is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from legato.ui.plan.choices import NamePrompt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("name", ["", "   "])
def test_without_a_name_it_asks_on_and_says_why(qtbot: QtBot, name: str) -> None:
    """Enter in an empty field shows a message."""
    field = NamePrompt()
    qtbot.addWidget(field)
    field.ask("Calf plan")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setText(name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    words = [one.text() for one in field.findChildren(QLabel) if not one.isHidden()]
    assert field.isVisible()
    assert "It needs a name." in words
