"""Asks the machine to stay awake by whatever wakepy finds on it."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from wakepy import keep

from legato.devices.keep_awake import Grant, Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from wakepy import DBusAdapter, Mode
    from wakepy.core import DBusMethodCall

WORDS = {"wakepy": "Legato", "wakelock active": "A stretch session is running"}
"""What desktops show in their list of who keeps the machine awake."""


def ask(lock: ExitStack) -> Grant:
    """Ask for the screen, else for the machine alone; takes up to 2 s for each silent service.

    Args:
        lock: Takes what gives the lock back; all of it belongs to this thread.
    """
    for reach, mode in ((Reach.SCREEN, keep.presenting), (Reach.MACHINE, keep.running)):
        by = _enter(mode, lock)
        if by:
            return Grant(reach, by)
    return Grant(Reach.NOTHING)


def _enter(make_mode: Callable[..., Mode], lock: ExitStack) -> str:
    """Enter a mode and return the name of the service that granted it, or an empty string."""
    by = ""
    with ExitStack() as attempt:
        mode = make_mode(on_fail="pass", dbus_adapter=_adapter(attempt))
        mode.__enter__()
        attempt.callback(_leave, mode)
        if mode.method is not None:
            by = mode.method.name
            lock.push(attempt.pop_all())
    return by


def _leave(mode: Mode) -> None:
    # A service that is gone cannot take its lock back: closing the connection does it.
    with suppress(RuntimeError):
        mode.__exit__(None, None, None)


def _adapter(attempt: ExitStack) -> type[DBusAdapter] | None:
    """Return the way to the bus, or None where there is none.

    The connection is closed at the end of the attempt also where a service stayed silent, so that
    a lock which it grants too late holds nobody awake. wakepy's own closing collects all garbage
    of the process, which would be felt in the window.
    """
    try:
        from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter  # noqa: PLC0415 - Linux only
    except ImportError:
        return None

    class LegatoOnTheBus(JeepneyDBusAdapter):
        """Speaks under the program's own name."""

        def __init__(self) -> None:
            super().__init__()
            attempt.callback(self.close_connections)

        def process(self, call: DBusMethodCall) -> object:
            call.args = tuple(
                WORDS.get(value, value) if isinstance(value, str) else value for value in call.args
            )
            return super().process(call)

        def close_connections(self) -> None:
            while self._connections:
                self.close_connection(self._connections.popitem()[1])

    return LegatoOnTheBus
