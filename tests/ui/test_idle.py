"""Work in pieces, with the window answering in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.ui.idle import IdleQueue

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_pieces_are_done_in_order_and_those_they_add_come_last(qtbot: QtBot) -> None:
    """One in each turn."""
    parent = QObject()
    turns, done = IdleQueue(parent), list[str]()

    def first() -> None:
        done.append("first")
        turns.add((lambda: done.append("third"),))

    turns.add((first, lambda: done.append("second")))
    qtbot.waitUntil(lambda: len(done) == 3)

    assert done == ["first", "second", "third"]
