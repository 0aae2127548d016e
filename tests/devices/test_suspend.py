"""Tests of being told before the machine sleeps, with a logind of our own on a bus of our own."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusUnixFileDescriptor
from shiboken6 import delete

from legato.devices.bus_link import dbus_interface
from legato.devices.suspend import watch_sleep
from legato.devices.suspend_logind import LOGIND
from legato.domain.ports import NullSleepWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.domain.ports import SleepWatch
    from private_bus import PrivateBus

GUI_BUDGET_SECONDS = 0.05


@dbus_interface(LOGIND.interface)
class FakeManager(QDBusAbstractAdaptor):
    """Gives delay locks and announces sleep, as logind does."""

    PrepareForSleep = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked: list[tuple[str, ...]] = []
        self._ours: list[int] = []

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> QDBusUnixFileDescriptor:
        """Hand out one end of a pipe."""
        self.asked.append((what, who, why, mode))
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        self._ours.append(ours)
        lock = QDBusUnixFileDescriptor(theirs)
        os.close(theirs)
        return lock

    def held(self) -> int:
        """Return how many locks are not given back: a pipe that is given back reads as ended."""
        return sum(not self._is_back(ours) for ours in self._ours)

    def close(self) -> None:
        """Close our ends."""
        for ours in self._ours:
            os.close(ours)

    @staticmethod
    def _is_back(ours: int) -> bool:
        try:
            return os.read(ours, 1) == b""
        except BlockingIOError:
            return False


@pytest.fixture
def logind(bus: PrivateBus, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeManager]:
    """Put a logind on a bus that stands for the system's."""
    del qapp
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    connection = QDBusConnection.connectToBus(bus.address, "test-logind")
    thing = QObject()
    made = FakeManager(thing)
    assert connection.registerObject(LOGIND.path, thing)
    assert connection.registerService(LOGIND.service)
    yield made
    made.close()
    delete(thing)
    QDBusConnection.disconnectFromBus("test-logind")


class Told:
    """What a watch told, and how many locks were held at that moment."""

    def __init__(self, manager: FakeManager) -> None:
        self.words: list[tuple[str, int]] = []
        self._manager = manager
        self.watch: SleepWatch = watch_sleep(self._before, self._after)

    def _before(self) -> None:
        self.words.append(("before", self._manager.held()))

    def _after(self) -> None:
        self.words.append(("after", self._manager.held()))


@pytest.fixture
def told(logind: FakeManager, qtbot: QtBot) -> Iterator[Told]:
    """Watch, and wait until the machine is held back for us."""
    made = Told(logind)
    qtbot.waitUntil(lambda: logind.held() == 1)
    yield made
    made.watch.close()


def test_logind_is_asked_to_wait_a_moment(logind: FakeManager, told: Told) -> None:
    """The lock delays a sleep and does not forbid it."""
    del told
    assert logind.asked == [("sleep", "Legato", "The session pauses first", "delay")]


def test_before_the_sleep_it_is_told_while_the_machine_waits(
    logind: FakeManager, told: Told, qtbot: QtBot
) -> None:
    """The session is paused first; then the lock is given back and the machine sleeps."""
    logind.PrepareForSleep.emit(True)
    qtbot.waitUntil(lambda: bool(told.words))
    assert told.words == [("before", 1)]
    qtbot.waitUntil(lambda: logind.held() == 0)


def test_after_the_sleep_it_is_told_and_ready_for_the_next(
    logind: FakeManager, told: Told, qtbot: QtBot
) -> None:
    """A second night of the same program is announced like the first."""
    for number in (1, 2):
        logind.PrepareForSleep.emit(True)
        qtbot.waitUntil(lambda: logind.held() == 0)
        logind.PrepareForSleep.emit(False)
        qtbot.waitUntil(lambda: logind.held() == 1)
        words = [word for word, _held in told.words]
        assert words == ["before", "after"] * number


def test_closing_holds_the_machine_back_no_more(
    logind: FakeManager, told: Told, qtbot: QtBot
) -> None:
    """A closed program delays no sleep and hears of none."""
    told.watch.close()
    qtbot.waitUntil(lambda: logind.held() == 0)


def test_without_a_system_bus_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bus that is not there is no error."""
    monkeypatch.setattr("legato.devices.suspend.system_address", lambda _environ: None)
    assert isinstance(watch_sleep(lambda: None, lambda: None), NullSleepWatch)


def test_a_bus_without_logind_is_no_error(
    bus: PrivateBus, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that does not use systemd has a bus and nobody who announces sleep."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    watch = watch_sleep(lambda: None, lambda: None)
    qtbot.waitUntil(lambda: has_listener(bus))
    watch.close()


def test_a_frozen_system_bus_holds_up_nothing(
    bus: PrivateBus, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beginning and ending to watch return at once, whoever is silent."""
    del qapp
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    bus.freeze()
    began = time.perf_counter()
    watch_sleep(lambda: None, lambda: None).close()
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS
    bus.thaw()


def has_listener(bus: PrivateBus) -> bool:
    """Ask whether somebody besides us is on the bus."""
    asking = QDBusConnection.connectToBus(bus.address, "test-asking")
    names: list[str] = asking.interface().registeredServiceNames().value()
    QDBusConnection.disconnectFromBus("test-asking")
    return sum(name.startswith(":") for name in names) > 1
