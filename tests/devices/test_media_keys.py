"""Tests of media keys: those of the window, and buttons pressed on a real bus."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtDBus import QDBusConnection
from shiboken6 import delete

from builders import routine, step
from fakes import FakeClock
from legato.devices.dbus import BusLink, SignalSource
from legato.devices.dbus_probe import PingResult, ping
from legato.devices.media_keys import command_for_key, open_media_keys
from legato.devices.mpris import NAME, PATH, PLAYER, MprisMediaKeys
from legato.domain.ports import MediaCommand, NullMediaKeys
from legato.domain.session import Move, begin, move, tick
from legato.domain.timeline import lay_out
from playerctl import Playerctl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.domain.routine import Step
    from legato.domain.session import Session
    from private_bus import PrivateBus

START = 1000.0
GUI_BUDGET_SECONDS = 1.0
"""A call that waited for the bus would take many times as long; a busy machine does not."""
SLIDER_SECONDS = 5.0
PROPERTIES = SignalSource(NAME, PATH, "org.freedesktop.DBus.Properties")
CONTROLS = SignalSource(NAME, PATH, PLAYER)


def session_of(*steps: Step, index: int = 0) -> Session:
    """Return a session that runs since START."""
    timeline = lay_out(routine(*steps or (step("Calf"),), name="Bedtime"))
    return begin(timeline, START, index=index)[0]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_MediaPlay, MediaCommand.PLAY_PAUSE),
        (Qt.Key.Key_MediaTogglePlayPause, MediaCommand.PLAY_PAUSE),
        (Qt.Key.Key_MediaPause, MediaCommand.PAUSE),
        (Qt.Key.Key_MediaNext, MediaCommand.NEXT),
        (Qt.Key.Key_MediaPrevious, MediaCommand.PREVIOUS),
        (Qt.Key.Key_MediaStop, MediaCommand.STOP),
        (Qt.Key.Key_Space, None),
    ],
)
def test_media_keys_of_the_window_are_known(key: Qt.Key, expected: MediaCommand | None) -> None:
    """Keys of the window have the same commands as on the bus."""
    assert command_for_key(key.value) is expected


def test_without_a_bus_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a session bus nothing happens."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert isinstance(open_media_keys(lambda _move: None, FakeClock(START)), NullMediaKeys)


class Shown:
    """Media keys on a private bus, with the commands that they received."""

    def __init__(
        self,
        address: str,
        name: str = "test-media-keys",
        ping_bus: Callable[[str], PingResult] = ping,
    ) -> None:
        self.moves: list[MediaCommand] = []
        self.clock = FakeClock(START)
        link = BusLink(address, name, ping_bus=ping_bus, interval_seconds=0.0)
        self.keys = MprisMediaKeys(self.moves.append, self.clock, link)


def has_name(bus: PrivateBus, name: str) -> bool:
    """Return whether the name has an owner on the bus."""
    asking = QDBusConnection.connectToBus(bus.address, "test-asking")
    found = asking.interface().isServiceRegistered(name).value()
    QDBusConnection.disconnectFromBus("test-asking")
    return bool(found)


@pytest.fixture
def shown(bus: PrivateBus, qtbot: QtBot) -> Iterator[Shown]:
    """Show a new session, and wait until it is on the bus."""
    made = Shown(bus.address)
    made.keys.show(session_of())
    qtbot.waitUntil(lambda: has_name(bus, NAME))
    yield made
    made.keys.close()


@pytest.fixture
def playerctl(qtbot: QtBot, tmp_path: Path) -> Playerctl:
    """Return playerctl, or skip the test without it."""
    return Playerctl(qtbot, tmp_path)


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("play", MediaCommand.PLAY),
        ("pause", MediaCommand.PAUSE),
        ("play-pause", MediaCommand.PLAY_PAUSE),
        ("next", MediaCommand.NEXT),
        ("previous", MediaCommand.PREVIOUS),
        ("stop", MediaCommand.STOP),
    ],
)
def test_each_button_arrives(
    shown: Shown, playerctl: Playerctl, button: str, expected: MediaCommand
) -> None:
    """Each button becomes its command."""
    playerctl(button)
    assert shown.moves == [expected]


def test_a_player_reads_what_runs(shown: Shown, playerctl: Playerctl) -> None:
    """Title with side, artist, album, length and position are on the bus."""
    shown.clock.pass_seconds(12.0)
    lines = "{{status}}|{{title}}|{{artist}}|{{album}}|{{mpris:length}}"
    assert playerctl("metadata", "--format", lines) == (
        "Playing|Calf, right leg|Legato|Bedtime|140000000"
    )
    assert float(playerctl("position")) == pytest.approx(12.0, abs=0.5)


def test_a_pause_and_a_switch_are_reported(shown: Shown, playerctl: Playerctl) -> None:
    """Changes are signalled on the bus."""
    other_side = session_of(index=2)
    paused = move(other_side, Move.PAUSE, START)[0]
    playerctl.follow(lambda: shown.keys.show(paused), "Paused|Calf, left leg")


def test_seeking_is_refused_and_harmless(shown: Shown, playerctl: Playerctl) -> None:
    """Seeking changes nothing."""
    playerctl("position", "60")
    playerctl("position", "30+")
    assert shown.moves == []
    assert float(playerctl("position")) < SLIDER_SECONDS


def test_after_the_session_nothing_plays(shown: Shown, playerctl: Playerctl) -> None:
    """After the session the status is stopped, and buttons have no effect."""
    shown.keys.show(None)
    assert playerctl("status") == "Stopped"
    playerctl("play")
    assert shown.moves == []


class Listener(QObject):
    """Records the signals of the player."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.changes: list[dict[str, object]] = []
        self.jumps: list[int] = []
        bus = QDBusConnection.connectToBus(address, "test-listener")
        changed = "on_changed(QString,QVariantMap,QStringList)"
        assert PROPERTIES.listen(bus, "PropertiesChanged", self, changed)
        assert CONTROLS.listen(bus, "Seeked", self, "on_seeked(qlonglong)")

    def hears(self, qtbot: QtBot, keys: MprisMediaKeys) -> list[str]:
        """Return the names that changed so far; ends the session to mark that point."""
        keys.show(None)
        qtbot.waitUntil(lambda: "CanPlay" in str(self.changes[-1:]))
        return [" ".join(sorted(change)) for change in self.changes[:-1]]

    @Slot(str, "QVariantMap", "QStringList")
    def on_changed(self, _interface: str, changes: dict[str, object], invalid: list[str]) -> None:
        """Record which properties changed; only signals of these types arrive."""
        assert invalid == []
        self.changes.append(changes)

    @Slot("qlonglong")
    def on_seeked(self, position: int) -> None:
        """Record the position after a jump."""
        self.jumps.append(position)


@pytest.fixture
def listener(bus: PrivateBus, shown: Shown) -> Iterator[Listener]:
    """Return a listener to the player that is shown."""
    del shown
    made = Listener(bus.address)
    yield made
    delete(made)
    QDBusConnection.disconnectFromBus("test-listener")


def test_nothing_is_reported_where_nothing_changed(
    shown: Shown, listener: Listener, qtbot: QtBot
) -> None:
    """Ticks of a session send no signals."""
    running = session_of()
    for _ in range(40):
        shown.clock.pass_seconds(0.2)
        running = tick(running, shown.clock.now)[0]
        shown.keys.show(running)
    assert listener.hears(qtbot, shown.keys) == []
    assert listener.jumps == []


def test_a_pause_tells_the_status_alone(shown: Shown, listener: Listener, qtbot: QtBot) -> None:
    """Only changed properties are sent."""
    shown.keys.show(move(session_of(), Move.PAUSE, START)[0])
    shown.keys.show(session_of())
    assert listener.hears(qtbot, shown.keys) == ["PlaybackStatus", "PlaybackStatus"]


def test_going_back_to_the_start_is_reported_as_a_jump(
    shown: Shown, listener: Listener, qtbot: QtBot
) -> None:
    """Restarting a hold is signalled as a jump."""
    shown.clock.pass_seconds(10.0)
    shown.keys.show(begin(lay_out(routine(step("Calf"), name="Bedtime")), START + 10.0)[0])
    qtbot.waitUntil(lambda: listener.jumps == [0])


def test_a_second_legato_takes_a_name_of_its_own(
    bus: PrivateBus, shown: Shown, qtbot: QtBot
) -> None:
    """Two programs are two players."""
    del shown
    second = Shown(bus.address, "test-media-keys-2")
    second.keys.show(session_of())
    qtbot.waitUntil(lambda: has_name(bus, f"{NAME}.instance{os.getpid()}"))
    second.keys.close()


def test_closing_takes_the_player_away(bus: PrivateBus, shown: Shown, qtbot: QtBot) -> None:
    """Closing unregisters the player."""
    shown.keys.close()
    qtbot.waitUntil(lambda: not has_name(bus, NAME))


def test_a_silent_bus_holds_up_no_call(bus: PrivateBus, qtbot: QtBot) -> None:
    """With a frozen bus all calls return; the player appears later."""
    bus.freeze()
    answers: list[PingResult] = []

    def ping_and_thaw(address: str) -> PingResult:
        answers.append(ping(address, timeout_seconds=0.05))
        bus.thaw()
        return answers[-1]

    shown = Shown(bus.address, ping_bus=ping_and_thaw)
    began = time.perf_counter()
    shown.keys.show(session_of())
    shown.keys.show(None)
    shown.keys.show(session_of())
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS
    qtbot.waitUntil(lambda: PingResult.YES in answers)
    qtbot.waitUntil(lambda: has_name(bus, NAME))
    assert answers == [PingResult.SILENT, PingResult.YES]
    shown.keys.close()


def test_a_bus_that_freezes_later_holds_up_no_call(
    bus: PrivateBus, shown: Shown, qtbot: QtBot
) -> None:
    """With a bus that freezes in a session all calls return at once."""
    del qtbot
    bus.freeze()
    began = time.perf_counter()
    for number in range(50):
        shown.keys.show(session_of(index=number % 2 * 2))
    shown.keys.close()
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS
    bus.thaw()


def test_a_bus_that_ends_ends_nothing_else(bus: PrivateBus, shown: Shown) -> None:
    """The session goes on when the bus ends."""
    bus.kill()
    shown.keys.show(None)
    shown.keys.show(session_of(index=2))
    shown.keys.close()
