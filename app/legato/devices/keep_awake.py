"""Keeps the machine awake while a session runs, without ever making the window wait."""

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
"""How long the program waits at its end for a lock to be given back."""


class Reach(Enum):
    """What was granted: the screen stays on, the machine alone stays awake, or neither."""

    SCREEN = auto()
    MACHINE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Grant:
    """The machine's answer, and the name of the service that gave it."""

    reach: Reach
    by: str = ""


_WAYS = {
    Reach.SCREEN: "The screen stays on while a session runs (by {by}).",
    Reach.MACHINE: "The computer stays awake while a session runs, though its screen may go dark"
    " (by {by}).",
    Reach.NOTHING: "This computer cannot be asked to stay awake. Should it fall asleep during a"
    " session, choose a longer time in its power settings.",
}
NOT_ASKED = "The computer is asked to stay awake when a session begins."


class ThreadedKeepAwake:
    """Holds the machine awake from a thread of its own, where a service may take its time.

    The thread is made at the first hold and does one thing: bring what is held in line with what
    was last asked for. A hold and its release that come while a service is slow leave nothing
    behind. When the process dies, however it does, the system takes the lock back.

    Args:
        ask: Asks the machine, which may take seconds, and leaves on the stack what gives the
            lock back; called in the thread.
        on_change: Called in the thread that made this, when `granted` has an answer.
    """

    def __init__(
        self, ask: Callable[[ExitStack], Grant], on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._ask = ask
        self._wanted = False
        self._closed = False
        self._answer: Grant | None = None
        self._last: Grant | None = None
        self._news = threading.Event()
        self._thread: threading.Thread | None = None
        self._answered = MainThreadCall(on_change)

    def hold(self) -> None:
        """Ask for it; the first hold after a release asks again where it was refused."""
        serving = self._thread is not None and self._thread.is_alive()
        if self._closed or (self._wanted and serving):
            return
        self._answer = None
        self._wanted = True
        if not serving:
            self._thread = threading.Thread(target=self._serve, name="keep-awake", daemon=True)
            self._thread.start()
        self._news.set()

    def release(self) -> None:
        """Let the machine sleep again."""
        self._wanted = False
        self._news.set()

    def granted(self) -> bool | None:
        """Whether it is granted; None while it is not asked for or not yet answered."""
        answer = self._answer
        if not self._wanted or answer is None:
            return None
        return answer.reach is not Reach.NOTHING

    def way(self) -> str:
        """Say in words for a person by what the machine is kept awake, or what to do without."""
        last = self._last
        return NOT_ASKED if last is None else _WAYS[last.reach].format(by=last.by)

    def close(self) -> None:
        """Release and end; waits a moment for a slow service, and no longer."""
        self._closed = True
        self.release()
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)

    def _serve(self) -> None:
        held: Grant | None = None
        with ExitStack() as lock:
            while not self._closed:
                self._news.wait()
                self._news.clear()
                held = self._settle(held, lock)

    def _settle(self, held: Grant | None, lock: ExitStack) -> Grant | None:
        """Bring what is held in line with what is wanted; return what is held now."""
        if not self._wanted:
            lock.close()
            return None
        if held is None or held.reach is Reach.NOTHING:
            held = self._ask(lock)
        self._answer = self._last = held
        self._answered.ring()
        return held


def open_keep_awake(on_change: Callable[[], None] = lambda: None) -> ThreadedKeepAwake:
    """Return what keeps this machine awake; nothing is asked or imported before the first hold.

    Args:
        on_change: Called in this thread when `granted` has an answer.
    """
    return ThreadedKeepAwake(ask, on_change)


WORDS = {"wakepy": "Legato", "wakelock active": "A stretch session is running"}
"""What desktops show in their list of who keeps the machine awake."""


def ask(lock: ExitStack) -> Grant:
    """Ask for the screen, else for the machine alone; takes up to 2 s for each silent service.

    Args:
        lock: Takes what gives the lock back; all of it belongs to this thread.
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
