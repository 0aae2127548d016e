"""Notifies before the machine sleeps and after it wakes, where logind announces it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

from legato.devices.dbus import BusLink, SignalSource
from legato.devices.dbus_probe import system_address
from legato.domain.ports import NullSleepMonitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtDBus import QDBusConnection

    from legato.domain.ports import SleepMonitor


def monitor_sleep(before: Callable[[], None], after: Callable[[], None]) -> SleepMonitor:
    """Start to monitor sleep and return at once; without logind nothing is ever announced.

    Not every sleep is announced: compare the two clocks of `clocks` as well where it matters.

    Args:
        before: Called in the calling thread when the machine is about to sleep; the machine waits.
        after: Called in the calling thread when it woke.
    """
    address = system_address(os.environ)
    if address is None:
        return NullSleepMonitor()
    return LogindSleepMonitor(before, after, BusLink(address, "legato-sleep"))


LOGIND = SignalSource(
    "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
)


class LogindSleepMonitor:
    """Monitors sleep from the moment the bus answers until it is closed.

    Args:
        before: Called when the machine is about to sleep.
        after: Called when it woke.
        link: To the system bus, not yet open.
    """

    def __init__(
        self, before: Callable[[], None], after: Callable[[], None], link: BusLink
    ) -> None:
        self._link = link
        self._receiver = _SignalReceiver(before, after)
        self._link.open(self._receiver.listen)

    def close(self) -> None:
        """Stop monitoring and release the delay lock; returns at once."""
        self._receiver.let_sleep()
        self._link.close(self._receiver)


class _SignalReceiver(QObject):
    """Receives the signals of logind, and holds the delay lock while the machine is awake."""

    def __init__(self, before: Callable[[], None], after: Callable[[], None]) -> None:
        super().__init__()
        self._before = before
        self._after = after
        self._connection: QDBusConnection | None = None
        self._asking: QDBusPendingCallWatcher | None = None
        self._lock: int | None = None
        self._sleeping = False

    def listen(self, connection: QDBusConnection) -> None:
        """Subscribe to the signals, and request the delay lock."""
        self._connection = connection
        LOGIND.listen(connection, "PrepareForSleep", self, "on_prepare_for_sleep(bool)")
        self._ask_for_lock()

    @Slot(bool)
    def on_prepare_for_sleep(self, begins: bool) -> None:  # noqa: FBT001 - logind's own signature
        """Notify, then let the machine sleep; or notify that it woke."""
        self._sleeping = begins
        if not begins:
            self._ask_for_lock()
            self._after()
            return
        try:
            self._before()
        finally:
            self.let_sleep()

    def let_sleep(self) -> None:
        """Release the delay lock, so that the machine can sleep."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @Slot(QDBusPendingCallWatcher)
    def on_lock_answered(self, asked: QDBusPendingCallWatcher) -> None:
        """Keep the lock, unless the machine fell asleep meanwhile; without one nothing changes."""
        values = asked.reply().arguments()
        asked.deleteLater()
        self._asking = None
        if values and isinstance(values[0], QDBusUnixFileDescriptor) and values[0].isValid():
            self.let_sleep()
            # All copies of the answer share the descriptor; once taken, it is ours to close.
            self._lock = values[0].takeFileDescriptor()
        if self._sleeping:
            self.let_sleep()

    def _ask_for_lock(self) -> None:
        if self._connection is None:
            return
        place = (LOGIND.service, LOGIND.path, LOGIND.interface)
        message = QDBusMessage.createMethodCall(*place, "Inhibit")
        message.setArguments(["sleep", "Legato", "The session pauses first", "delay"])
        self._asking = QDBusPendingCallWatcher(self._connection.asyncCall(message), self)
        self._asking.finished.connect(self.on_lock_answered)
