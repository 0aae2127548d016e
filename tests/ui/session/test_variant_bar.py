"""Why this, and other ways, below a step's picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from legato.domain.personalize import VariantName, VariantOption
from legato.ui.session.controls import VariantBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WAYS = (
    VariantOption(VariantName.EASIER, "glute-knee", "Knee across"),
    VariantOption(VariantName.SEATED, "glute-seat", "Seated figure four"),
)


@pytest.fixture
def extras(qtbot: QtBot) -> Iterator[VariantBar]:
    """Give the row with two ways and a reason."""
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(900, 300)
    extras = VariantBar(stage)
    extras.resize(800, 40)
    extras.show_extras(WAYS, why=True)
    stage.show()
    yield extras
    stage.close()


def shown(extras: VariantBar) -> list[str]:
    """Return the words that can be pressed."""
    return [one.text() for one in extras.findChildren(QPushButton) if not one.isHidden()]


def test_the_ways_are_named_by_what_they_are_like(extras: VariantBar) -> None:
    """Their moves are told to who cannot see them."""
    assert shown(extras) == ["Why this", "Easier", "Seated"]
    names = [one.accessibleName() for one in extras.findChildren(QPushButton)]
    assert "Another way, easier: Knee across" in names


def test_a_way_asks_for_its_move(extras: VariantBar, qtbot: QtBot) -> None:
    """One press."""
    easier = next(b for b in extras.findChildren(QPushButton) if b.text() == "Easier")
    with qtbot.waitSignal(extras.way_wanted) as told:
        easier.click()
    assert told.args == ["glute-knee"]


def test_without_a_reason_none_is_offered(extras: VariantBar) -> None:
    """Nothing leads to an empty page."""
    extras.show_extras(WAYS, why=False)
    assert "Why this" not in shown(extras)


def test_what_has_no_room_is_left_out_whole(extras: VariantBar) -> None:
    """Rather than cut."""
    extras.resize(160, 40)
    assert shown(extras) == ["Why this"]
    extras.resize(800, 40)
    assert shown(extras) == ["Why this", "Easier", "Seated"]


def test_a_click_leaves_the_keyboard_to_the_session(extras: VariantBar) -> None:
    """Else Space would press it again instead of pausing."""
    policies = {button.focusPolicy() for button in extras.findChildren(QPushButton)}
    assert policies == {Qt.FocusPolicy.TabFocus}
