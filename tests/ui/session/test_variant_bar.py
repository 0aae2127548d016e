"""The buttons for "Why this" and for variants, below a step's picture."""

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
    """Yield the bar with two variants and a reason."""
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
    """Return the texts of visible buttons."""
    return [one.text() for one in extras.findChildren(QPushButton) if not one.isHidden()]


def test_variants_are_named_by_their_difference(extras: VariantBar) -> None:
    """The accessible text also has the exercise's title."""
    assert shown(extras) == ["Why this", "Easier", "Seated"]
    names = [one.accessibleName() for one in extras.findChildren(QPushButton)]
    assert "Another way, easier: Knee across" in names


def test_a_variant_button_requests_its_exercise(extras: VariantBar, qtbot: QtBot) -> None:
    """One press emits the id."""
    easier = next(b for b in extras.findChildren(QPushButton) if b.text() == "Easier")
    with qtbot.waitSignal(extras.variant_wanted) as told:
        easier.click()
    assert told.args == ["glute-knee"]


def test_without_a_reason_none_is_offered(extras: VariantBar) -> None:
    """Without evidence there is no "Why this"."""
    extras.show_extras(WAYS, why=False)
    assert "Why this" not in shown(extras)


def test_a_button_without_space_is_hidden(extras: VariantBar) -> None:
    """A button is hidden rather than cut."""
    extras.resize(160, 40)
    assert shown(extras) == ["Why this"]
    extras.resize(800, 40)
    assert shown(extras) == ["Why this", "Easier", "Seated"]


def test_a_click_leaves_the_keyboard_to_the_session(extras: VariantBar) -> None:
    """A focused button would take Space, which must pause."""
    policies = {button.focusPolicy() for button in extras.findChildren(QPushButton)}
    assert policies == {Qt.FocusPolicy.TabFocus}
