"""The idle queue: tasks with the event loop running in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.ui.idle import IdleQueue

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_tasks_run_in_order_and_added_ones_last(qtbot: QtBot) -> None:
    """One task runs in each turn of the event loop."""
    parent = QObject()
    turns, done = IdleQueue(parent), list[str]()

    def first() -> None:
        done.append("first")
        turns.add((lambda: done.append("third"),))

    turns.add((first, lambda: done.append("second")))
    qtbot.waitUntil(lambda: len(done) == 3)

    assert done == ["first", "second", "third"]
