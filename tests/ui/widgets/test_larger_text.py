"""Widgets side by side are put below each other when the text becomes larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from fixtures_plan import plan_page
from legato.ui.leg_map.map import LegMap
from legato.ui.settings.devices import CueSettings
from legato.ui.settings.rows import SettingRow
from legato.ui.theme import NIGHT
from legato.ui.widgets.basic import CheckBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager


def is_below(lower: QWidget, upper: QWidget) -> bool:
    """Return whether one widget is wholly below another."""
    bottom = upper.mapToGlobal(upper.rect().bottomLeft()).y()
    return lower.mapToGlobal(lower.rect().topLeft()).y() > bottom


def before_and_after(
    widget: QWidget, lower: QWidget, upper: QWidget, theme_manager: ThemeManager, width: int
) -> list[bool]:
    """Return whether `lower` is below `upper`, with 100 % and then with 200 % text."""
    told: list[bool] = []
    widget.resize(width, 600)
    widget.show()
    for percent in (100, 200):
        theme_manager.apply(NIGHT, percent)
        QApplication.processEvents()
        told.append(is_below(lower, upper))
    return told


def test_a_setting_goes_below_its_label(qtbot: QtBot, theme_manager: ThemeManager) -> None:
    """The settings page changes its own text size."""
    button = QPushButton("Try")
    row = SettingRow("Text size", button)
    qtbot.addWidget(row)

    assert before_and_after(row, button, row.label, theme_manager, 400) == [False, True]


def test_buttons_of_a_cue_go_below_its_label(qtbot: QtBot, theme_manager: ThemeManager) -> None:
    """The rows of cues on the settings page wrap, too."""
    rows = CueSettings()
    qtbot.addWidget(rows)
    button, words = rows.findChildren(QPushButton)[0], rows.findChildren(CheckBox)[0]

    assert before_and_after(rows, button, words, theme_manager, 400) == [False, True]


def test_the_plan_goes_below_the_legs(qtbot: QtBot, theme_manager: ThemeManager) -> None:
    """The plan page follows a text size that changes after its layout."""
    page = plan_page()
    qtbot.addWidget(page)
    legs, plan = page.findChild(LegMap), page.findChild(QScrollArea)
    assert legs is not None
    assert plan is not None

    def is_beside() -> bool:
        return plan.mapTo(page, plan.rect().topLeft()).x() >= legs.width()

    page.resize(1000, 700)
    page.show()
    QApplication.processEvents()
    assert is_beside()

    theme_manager.apply(NIGHT, 200)
    QApplication.processEvents()
    assert not is_beside()
