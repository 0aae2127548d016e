"""A paused session leaves the machine alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from legato.bootstrap import stores
from legato.bootstrap.app import App
from limits import assert_within

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.ui.main_window import Application


def _timers(app: App) -> set[int]:
    """Return the ids of all timers that run in a window and its controllers."""
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    roots = (app, app.window, app.sessions, app.cramp)
    objects = [one for root in roots for one in (root, *root.findChildren(QObject))]
    return {timer.timerId for one in objects for timer in dispatcher.registeredTimers(one)}


def test_a_paused_session_wakes_nobody(qtbot: QtBot, qapp: Application, tmp_path: Path) -> None:
    """A timer runs while a session does, and no more than the limit while it is paused."""
    app = App(qapp, stores.Options(motion=True), stores.open_paths(str(tmp_path)))
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=60_000)

    app.sessions.controller.start_by_id("bedtime")
    assert _timers(app)
    app.sessions.controller.pause()
    qapp.processEvents()

    assert_within("paused_session.timers", len(_timers(app)))
    app.close()
