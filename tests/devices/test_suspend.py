"""Tests of sleep notifications, with a fake logind on a private bus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection

from legato.devices.suspend import monitor_sleep
from legato.domain.ports import NullSleepMonitor
from logind import FakeLogind, fake_logind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.domain.ports import SleepMonitor
    from private_bus import PrivateBus

GUI_BUDGET_SECONDS = 1.0
"""A call that waited for the bus would take many times as long; a busy machine does not."""


@pytest.fixture
def logind(bus: PrivateBus, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLogind]:
    """Start a logind on a bus that replaces the system bus."""
    del qapp
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    with fake_logind(bus.address) as made:
        yield made


class Told:
    """The notifications of a monitor, with the number of held locks at that moment."""

    def __init__(self, manager: FakeLogind) -> None:
        self.words: list[tuple[str, int]] = []
        self._manager = manager
        self.watch: SleepMonitor = monitor_sleep(self._before, self._after)

    def _before(self) -> None:
        self.words.append(("before", self._manager.held()))

    def _after(self) -> None:
        self.words.append(("after", self._manager.held()))


@pytest.fixture
def told(logind: FakeLogind, qtbot: QtBot) -> Iterator[Told]:
    """Start a monitor, and wait until it holds the delay lock."""
    made = Told(logind)
    qtbot.waitUntil(lambda: logind.held() == 1)
    yield made
    made.watch.close()


def test_logind_is_asked_to_wait_a_moment(logind: FakeLogind, told: Told) -> None:
    """The lock delays a sleep and does not block it."""
    del told
    assert logind.asked == [("sleep", "Legato", "The session pauses first", "delay")]


def test_before_the_sleep_it_is_reported_while_the_machine_waits(
    logind: FakeLogind, told: Told, qtbot: QtBot
) -> None:
    """The notification comes before the lock is released."""
    logind.PrepareForSleep.emit(True)
    qtbot.waitUntil(lambda: bool(told.words))
    assert told.words == [("before", 1)]
    qtbot.waitUntil(lambda: logind.held() == 0)


def test_after_the_sleep_it_is_reported_and_ready_for_the_next(
    logind: FakeLogind, told: Told, qtbot: QtBot
) -> None:
    """A second sleep is announced like the first."""
    for number in (1, 2):
        logind.PrepareForSleep.emit(True)
        qtbot.waitUntil(lambda: logind.held() == 0)
        logind.PrepareForSleep.emit(False)
        qtbot.waitUntil(lambda: logind.held() == 1)
        words = [word for word, _held in told.words]
        assert words == ["before", "after"] * number


def test_closing_holds_the_machine_back_no_more(
    logind: FakeLogind, told: Told, qtbot: QtBot
) -> None:
    """A closed monitor holds no lock and notifies nobody."""
    told.watch.close()
    qtbot.waitUntil(lambda: logind.held() == 0)


def test_without_a_system_bus_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing bus is no error."""
    monkeypatch.setattr("legato.devices.suspend.system_address", lambda _environ: None)
    assert isinstance(monitor_sleep(lambda: None, lambda: None), NullSleepMonitor)


def test_a_bus_without_logind_is_no_error(
    bus: PrivateBus, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system without systemd has a bus, but no logind."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    watch = monitor_sleep(lambda: None, lambda: None)
    qtbot.waitUntil(lambda: has_listener(bus))
    watch.close()


def test_a_frozen_system_bus_holds_up_nothing(
    bus: PrivateBus, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a frozen bus all methods return at once."""
    del qapp
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    bus.freeze()
    began = time.perf_counter()
    monitor_sleep(lambda: None, lambda: None).close()
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS
    bus.thaw()


def has_listener(bus: PrivateBus) -> bool:
    """Return whether another connection is on the bus."""
    asking = QDBusConnection.connectToBus(bus.address, "test-asking")
    names: list[str] = asking.interface().registeredServiceNames().value()
    QDBusConnection.disconnectFromBus("test-asking")
    return sum(name.startswith(":") for name in names) > 1
