"""A logind of a test's own: it gives delay locks and announces sleep."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusUnixFileDescriptor
from shiboken6 import delete

from legato.devices.dbus import dbus_interface
from legato.devices.suspend import LOGIND

if TYPE_CHECKING:
    from collections.abc import Iterator


@dbus_interface(LOGIND.interface)
class FakeLogind(QDBusAbstractAdaptor):
    """Gives delay locks and announces sleep, as logind does."""

    PrepareForSleep = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked: list[tuple[str, ...]] = []
        self._ours: list[int] = []

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> QDBusUnixFileDescriptor:
        """Return one end of a pipe as a lock."""
        self.asked.append((what, who, why, mode))
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        self._ours.append(ours)
        lock = QDBusUnixFileDescriptor(theirs)
        os.close(theirs)
        return lock

    def held(self) -> int:
        """Return how many locks are not released: a released pipe reads as ended."""
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


@contextmanager
def fake_logind(address: str) -> Iterator[FakeLogind]:
    """Run a fake logind on the bus at an address."""
    connection = QDBusConnection.connectToBus(address, "test-logind")
    thing = QObject()
    made = FakeLogind(thing)
    assert connection.registerObject(LOGIND.path, thing)
    assert connection.registerService(LOGIND.service)
    yield made
    made.close()
    delete(thing)
    QDBusConnection.disconnectFromBus("test-logind")
