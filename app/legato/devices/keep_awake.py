"""Keeps the machine awake while a session runs, without blocking the window."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from legato.devices.main_thread import MainThreadCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from wakepy import DBusAdapter, Mode
    from wakepy.core import DBusMethodCall

CLOSING_SECONDS = 0.5
"""How long the program waits at exit for a lock to be released."""


class Reach(Enum):
    """What was granted: the screen stays on, only the machine stays awake, or neither."""

    SCREEN = auto()
    MACHINE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Grant:
    """The answer of the machine, and the name of the service that gave it."""

    reach: Reach
    by: str = ""


_DESCRIPTIONS = {
    Reach.SCREEN: "The screen stays on while a session runs (by {by}).",
    Reach.MACHINE: "The computer stays awake while a session runs, though its screen may go dark"
    " (by {by}).",
    Reach.NOTHING: "This computer cannot be asked to stay awake. Should it fall asleep during a"
    " session, choose a longer time in its power settings.",
}
NOT_ASKED = "The computer is asked to stay awake when a session begins."


class ThreadedKeepAwake:
    """Keeps the machine awake from a thread of its own, because services may be slow.

    The thread starts at the first hold, and makes the held lock match the last request. A hold and
    a release during one slow request leave no lock behind. When the process dies, the system
    releases the lock.

    Args:
        ask: Requests a lock, which may take seconds, and pushes its release onto the stack;
            called in the thread.
        on_change: Called in the thread that made this object, when `granted` has an answer.
    """

    def __init__(
        self, ask: Callable[[ExitStack], Grant], on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._ask = ask
        self._wanted = False
        self._closed = False
        self._answer: Grant | None = None
        self._last: Grant | None = None
        self._changed = threading.Event()
        self._thread: threading.Thread | None = None
        self._answered = MainThreadCall(on_change)

    def hold(self) -> None:
        """Request a lock; the first hold after a release asks again if it was refused."""
        serving = self._thread is not None and self._thread.is_alive()
        if self._closed or (self._wanted and serving):
            return
        self._answer = None
        self._wanted = True
        if not serving:
            self._thread = threading.Thread(target=self._serve, name="keep-awake", daemon=True)
            self._thread.start()
        self._changed.set()

    def release(self) -> None:
        """Let the machine sleep again."""
        self._wanted = False
        self._changed.set()

    def granted(self) -> bool | None:
        """Return whether the lock is granted; None while it is not requested or not yet answered."""
        answer = self._answer
        if not self._wanted or answer is None:
            return None
        return answer.reach is not Reach.NOTHING

    def description(self) -> str:
        """Return a sentence on what keeps the machine awake, or on what to do if nothing does."""
        last = self._last
        return NOT_ASKED if last is None else _DESCRIPTIONS[last.reach].format(by=last.by)

    def close(self) -> None:
        """Release the lock and end the thread; wait up to `CLOSING_SECONDS` for a slow service.

        An answer that is still on its way is not reported.
        """
        self._closed = True
        self._answered.close()
        self.release()
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)

    def _serve(self) -> None:
        held: Grant | None = None
        with ExitStack() as lock:
            while not self._closed:
                self._changed.wait()
                self._changed.clear()
                held = self._settle(held, lock)

    def _settle(self, held: Grant | None, lock: ExitStack) -> Grant | None:
        """Make the held lock match what is wanted; return what is held now."""
        if not self._wanted:
            lock.close()
            return None
        if held is None or held.reach is Reach.NOTHING:
            held = self._ask(lock)
        self._answer = self._last = held
        self._answered.ring()
        return held


def open_keep_awake(on_change: Callable[[], None] = lambda: None) -> ThreadedKeepAwake:
    """Return the keep-awake of this machine; nothing is requested or imported before a hold.

    Args:
        on_change: Called in the calling thread when `granted` has an answer.
    """
    return ThreadedKeepAwake(ask, on_change)


BUS_NAMES = {"wakepy": "Legato", "wakelock active": "A stretch session is running"}
"""What desktops list as the program that keeps the machine awake, and its reason."""


def ask(lock: ExitStack) -> Grant:
    """Request the screen, else the machine alone; takes up to 2 s for each silent service.

    Args:
        lock: Receives the release of the lock; used in this thread only.
    """
    from wakepy import keep  # noqa: PLC0415 - 30 ms, in the thread that asks

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
    # A service that is gone cannot release its lock: closing the connection does.
    with suppress(RuntimeError):
        mode.__exit__(None, None, None)


def _adapter(attempt: ExitStack) -> type[DBusAdapter] | None:
    """Return an adapter for the bus, or None without jeepney.

    The connection is closed at the end of the attempt even if a service stayed silent, so that a
    lock granted too late has no effect. wakepy's own close runs a full garbage collection, which
    would make the window stutter.
    """
    try:
        from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter  # noqa: PLC0415 - Linux only
    except ImportError:
        return None

    class LegatoOnTheBus(JeepneyDBusAdapter):
        """Requests locks under the program's own name."""

        def __init__(self) -> None:
            super().__init__()
            attempt.callback(self.close_connections)

        def process(self, call: DBusMethodCall) -> object:
            call.args = tuple(
                BUS_NAMES.get(value, value) if isinstance(value, str) else value
                for value in call.args
            )
            return super().process(call)

        def close_connections(self) -> None:
            while self._connections:
                self.close_connection(self._connections.popitem()[1])

    return LegatoOnTheBus
