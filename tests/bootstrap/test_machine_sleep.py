"""The whole window through a night in which the machine sleeps for eight hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from fixtures_devices import HOUR, MachineRoom
from legato.domain.session import Status
from legato.ui.session.text import SLEPT
from logind import FakeLogind, fake_logind
from private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

IN_READY, IN_HOLD, IN_SWITCH = 12.0, 50.0, 145.0


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MachineRoom]:
    """Open the window on a machine without logind."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    room = MachineRoom(tmp_path / "data", monkeypatch)
    qtbot.addWidget(room.joined.window)
    yield room
    room.joined.close()


@pytest.fixture
def logind(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLogind]:
    """Run a system bus for the test, with a fake logind."""
    with private_bus() as bus, fake_logind(bus.address) as made:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
        yield made


@pytest.fixture
def watched_room(
    logind: FakeLogind, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MachineRoom]:
    """Open the window on a machine with logind, with a running session and a sleep lock."""
    room = MachineRoom(tmp_path / "data", monkeypatch)
    qtbot.addWidget(room.joined.window)
    room.start()
    qtbot.waitUntil(lambda: logind.held() == 1)
    yield room
    room.joined.close()


@pytest.mark.parametrize("at", [IN_READY, IN_HOLD, IN_SWITCH])
def test_a_closed_lid_pauses_first_and_then_lets_the_machine_sleep(
    watched_room: MachineRoom, logind: FakeLogind, qtbot: QtBot, at: float
) -> None:
    """In any phase the lock is released after the session is paused."""
    watched_room.run(at)
    stood = watched_room.session.spent
    held_when_paused: list[int] = []
    watched_room.joined.sessions._driver.changed.connect(
        lambda _session: held_when_paused.append(logind.held())
    )
    logind.PrepareForSleep.emit(True)
    qtbot.waitUntil(lambda: logind.held() == 0)

    assert watched_room.session.status is Status.INTERRUPTED
    assert held_when_paused == [1]
    assert watched_room.session.spent == pytest.approx(stood)


def test_in_the_morning_it_is_said_and_nothing_rings(
    watched_room: MachineRoom, logind: FakeLogind, qtbot: QtBot
) -> None:
    """The session is paused without a sound, and the next sleep is announced again."""
    watched_room.run(IN_HOLD)
    logind.PrepareForSleep.emit(True)
    qtbot.waitUntil(lambda: logind.held() == 0)
    scheduled, cancels = len(watched_room.sound.scheduled), watched_room.sound.cancels
    watched_room.sleep()
    logind.PrepareForSleep.emit(False)
    qtbot.waitUntil(lambda: logind.held() == 1)
    watched_room.run(600.0, step_seconds=10.0)

    assert cancels > 0
    assert len(watched_room.sound.scheduled) == scheduled
    assert watched_room.shown_phase == SLEPT


@pytest.mark.parametrize("at", [IN_READY, IN_HOLD, IN_SWITCH])
def test_without_logind_the_clocks_detect_the_sleep(room: MachineRoom, at: float) -> None:
    """The first tick after the night pauses at the last one before it."""
    room.start()
    room.run(at)
    stood, scheduled = room.session.spent, len(room.sound.scheduled)
    room.sleep()
    room.run(1.0)

    assert room.session.status is Status.INTERRUPTED
    assert room.session.spent == pytest.approx(stood, abs=0.26)
    assert len(room.sound.scheduled) == scheduled
    assert room.shown_phase == SLEPT


def test_space_goes_on_where_it_was(room: MachineRoom) -> None:
    """The hold continues with the time that was left."""
    room.start()
    room.run(IN_HOLD)
    room.sleep()
    room.run(1.0)
    stood = room.session.spent
    room.press(Qt.Key.Key_Space)
    room.run(30.0)

    assert room.session.status is Status.RUNNING
    assert room.session.spent == pytest.approx(stood + 30.0)


def test_a_pause_of_the_users_own_stays_one(room: MachineRoom) -> None:
    """After a pause by the user and a sleep, the page shows the pause."""
    room.start()
    room.run(IN_HOLD)
    room.press(Qt.Key.Key_Space)
    room.sleep()
    room.run(1.0)

    assert room.session.status is Status.PAUSED


def test_the_machine_may_sleep_while_a_session_waits(room: MachineRoom) -> None:
    """The machine is kept awake only while a session runs."""
    room.start()
    room.run(IN_HOLD)
    wanted = [room.joined.sessions.keep_awake._wanted]
    room.sleep()
    room.run(1.0)
    wanted.append(room.joined.sessions.keep_awake._wanted)

    assert wanted == [True, False]


def test_a_cramp_is_not_asked_about_in_the_morning(
    watched_room: MachineRoom, logind: FakeLogind, qtbot: QtBot
) -> None:
    """The cramp has ended, and the paused session is still paused."""
    watched_room.run(IN_HOLD)
    watched_room.joined.cramp.cramp_now()
    logind.PrepareForSleep.emit(True)
    qtbot.waitUntil(lambda: logind.held() == 0)

    assert not watched_room.joined.cramp.is_counting
    assert watched_room.joined.window.page_name == "session"


def test_a_cramp_ends_by_the_clocks_too(room: MachineRoom) -> None:
    """A sleep that is not announced ends the cramp."""
    room.joined.cramp.cramp_now()
    room.sleep(9 * HOUR)
    room.joined.cramp._driver.tick()

    assert not room.joined.cramp.is_counting
    assert room.joined.window.page_name == "home"
