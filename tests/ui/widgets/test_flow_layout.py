"""The flow layout: widgets in rows that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from legato.ui.widgets.basic import FlowLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return an empty window."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def box(window: QWidget) -> QWidget:
    """Return three labels of 100 by 20, 10 apart, in a visible window."""
    box = QWidget(window)
    flow = FlowLayout(spacing=10)
    box.setLayout(flow)
    for _ in range(3):
        label = QLabel()
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    window.show()
    return box


def places(box: QWidget) -> list[tuple[int, int]]:
    """Return the positions of the visible labels."""
    layout = box.layout()
    assert layout is not None
    layout.activate()
    return [(label.x(), label.y()) for label in box.findChildren(QLabel) if label.isVisible()]


def test_widgets_that_fit_are_in_one_row(box: QWidget) -> None:
    """In a wide window there is one row."""
    box.resize(320, 100)
    assert places(box) == [(0, 0), (110, 0), (220, 0)]


def test_widgets_that_do_not_fit_wrap(box: QWidget) -> None:
    """In a narrow window the others are in the next row."""
    box.resize(319, 100)
    assert places(box) == [(0, 0), (110, 0), (0, 30)]


def test_hidden_widgets_take_no_room(box: QWidget) -> None:
    """A hidden widget leaves no gap."""
    box.findChildren(QLabel)[0].hide()
    box.resize(220, 100)
    assert places(box) == [(0, 0), (110, 0)]


@pytest.mark.parametrize(("width", "height"), [(320, 20), (210, 50), (100, 80)])
def test_its_height_follows_its_width(box: QWidget, width: int, height: int) -> None:
    """A narrow layout has the height of all its rows."""
    layout = box.layout()
    assert layout is not None
    assert layout.heightForWidth(width) == height
