"""A session controlled by a headset, a lock screen or a phone, in the whole window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection

from fixtures_devices import MachineRoom
from legato.domain.routine import Side
from legato.domain.session import Status
from playerctl import Playerctl
from private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from private_bus import PrivateBus

ANOTHER = "org.mpris.MediaPlayer2.another"
READY_SECONDS = 20.0


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """Run a session bus for the test."""
    with private_bus() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made


@pytest.fixture
def playerctl(qtbot: QtBot, tmp_path: Path) -> Playerctl:
    """Return playerctl, or skip the test."""
    return Playerctl(qtbot, tmp_path)


@pytest.fixture
def room(
    bus: PrivateBus,
    playerctl: Playerctl,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MachineRoom]:
    """Run a session with a media player on the bus, beside another player."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    other = QDBusConnection.connectToBus(bus.address, "test-another-player")
    assert other.registerService(ANOTHER)
    room = MachineRoom(tmp_path / "data", monkeypatch)
    qtbot.addWidget(room.joined.window)
    room.start()
    qtbot.waitUntil(lambda: playerctl("status") == "Playing", timeout=20_000)
    yield room
    room.joined.close()
    QDBusConnection.disconnectFromBus("test-another-player")


def test_playerctl_drives_a_session(room: MachineRoom, playerctl: Playerctl) -> None:
    """Pause, resume, next, previous and stop work."""
    stood = []
    for button in ("play-pause", "play-pause", "next", "previous", "pause", "play", "stop"):
        playerctl(button)
        stood.append((room.session.status, room.session.segment.side))

    assert stood == [
        (Status.PAUSED, Side.RIGHT),
        (Status.RUNNING, Side.RIGHT),
        (Status.RUNNING, Side.LEFT),
        (Status.RUNNING, Side.RIGHT),
        (Status.PAUSED, Side.RIGHT),
        (Status.RUNNING, Side.RIGHT),
        (Status.STOPPED, Side.RIGHT),
    ]
    assert room.joined.window.page_name == "end"


def test_playerctl_reads_step_side_and_place(room: MachineRoom, playerctl: Playerctl) -> None:
    """The player shows step, side and position, beside another player."""
    room.run(READY_SECONDS + 12.0)
    right = playerctl("metadata", "--format", "{{status}}|{{title}}|{{album}}")
    place = float(playerctl("position"))
    playerctl("next")
    left = playerctl("metadata", "title")

    assert right == "Playing|Calf, right leg|R"
    assert place == pytest.approx(READY_SECONDS + 12.0, abs=0.5)
    assert left == "Calf, left leg"
