"""Tests of keeping the machine awake."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection
from shiboken6 import delete

from legato.devices.dbus import dbus_interface
from legato.devices.keep_awake import NOT_ASKED, Grant, Reach, ThreadedKeepAwake, open_keep_awake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from pytestqt.qtbot import QtBot

    from private_bus import PrivateBus

GUI_BUDGET_SECONDS = 1.0
"""A call that waited for the bus would take many times as long; a busy machine does not."""


class FakeMachine:
    """Grants locks at once or on request, and records which are held."""

    def __init__(self, reach: Reach = Reach.SCREEN) -> None:
        self.reach = reach
        self.asked = 0
        self.held = 0
        self.may_answer = threading.Event()
        self.may_answer.set()

    def ask(self, lock: ExitStack) -> Grant:
        """Request a lock as wakepy does, in the calling thread."""
        self.asked += 1
        assert self.may_answer.wait(10)
        if self.reach is Reach.NOTHING:
            return Grant(Reach.NOTHING)
        self.held += 1
        lock.callback(self._take_back)
        return Grant(self.reach, "a fake")

    def _take_back(self) -> None:
        self.held -= 1


class Kept:
    """A keep-awake on a fake machine, with the number of notifications."""

    def __init__(self, reach: Reach = Reach.SCREEN) -> None:
        self.machine = FakeMachine(reach)
        self.told = 0
        self.awake = ThreadedKeepAwake(self.machine.ask, self._count)

    def _count(self) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.told += 1


def asking_threads() -> list[threading.Thread]:
    """Return the threads that ask the machine to stay awake."""
    return [thread for thread in threading.enumerate() if thread.name == "keep-awake"]


@pytest.fixture
def kept(qapp: object) -> Iterator[Kept]:
    """Return a keep-awake on a machine that grants the screen."""
    del qapp
    made = Kept()
    yield made
    made.machine.may_answer.set()
    made.awake.close()


def test_nothing_is_asked_before_the_first_hold(kept: Kept) -> None:
    """Before the first hold no lock is requested."""
    assert (kept.awake.granted(), kept.awake.description(), kept.machine.asked) == (
        None,
        NOT_ASKED,
        0,
    )


def test_a_hold_is_granted_and_told_in_the_windows_thread(kept: Kept, qtbot: QtBot) -> None:
    """The answer is notified in the thread of the window."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.told == 1)
    assert kept.awake.granted() is True


def test_the_way_is_named_after_the_session_too(kept: Kept, qtbot: QtBot) -> None:
    """The description still names the last service after the release."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.told == 1)
    kept.awake.release()
    assert kept.awake.description() == "The screen stays on while a session runs (by a fake)."


def test_a_release_gives_the_lock_back(kept: Kept, qtbot: QtBot) -> None:
    """After the release the lock is free."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.machine.held == 1)
    kept.awake.release()
    qtbot.waitUntil(lambda: kept.machine.held == 0)
    assert kept.awake.granted() is None


def test_holding_twice_asks_once(kept: Kept, qtbot: QtBot) -> None:
    """A held lock is not requested again, and stays granted."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.told == 1)
    kept.awake.hold()
    assert (kept.machine.asked, kept.awake.granted()) == (1, True)


def test_a_pause_of_a_moment_leaves_it_held(kept: Kept, qtbot: QtBot) -> None:
    """A release followed by a hold ends with a held lock."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.told == 1)
    kept.awake.release()
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.awake.granted() is True)
    assert kept.machine.held == 1


def test_a_release_while_a_service_is_slow_leaves_nothing_held(kept: Kept, qtbot: QtBot) -> None:
    """A lock granted after the release is given back."""
    kept.machine.may_answer.clear()
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.machine.asked == 1)
    kept.awake.release()
    kept.machine.may_answer.set()
    qtbot.waitUntil(lambda: kept.told == 1)
    qtbot.waitUntil(lambda: kept.machine.held == 0)


def test_an_answer_after_the_close_is_not_reported(kept: Kept, qtbot: QtBot) -> None:
    """The page that would show it may be deleted by the time a slow service answers."""
    kept.machine.may_answer.clear()
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.machine.asked == 1)
    kept.awake.close()
    kept.machine.may_answer.set()
    qtbot.waitUntil(lambda: kept.machine.held == 0 and not asking_threads())
    QCoreApplication.sendPostedEvents()
    assert kept.told == 0


def test_a_slow_service_holds_up_no_call(kept: Kept) -> None:
    """All methods return while the service is silent."""
    kept.machine.may_answer.clear()
    began = time.perf_counter()
    for _ in range(20):
        kept.awake.hold()
        kept.awake.granted()
        kept.awake.release()
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS


def test_closing_gives_the_lock_back(kept: Kept, qtbot: QtBot) -> None:
    """After closing no lock is held."""
    kept.awake.hold()
    qtbot.waitUntil(lambda: kept.machine.held == 1)
    kept.awake.close()
    assert kept.machine.held == 0


def test_after_closing_nothing_is_asked(kept: Kept) -> None:
    """A hold after closing starts no thread."""
    kept.awake.close()
    kept.awake.hold()
    assert kept.machine.asked == 0


def test_a_refusal_says_what_to_do(qtbot: QtBot) -> None:
    """The description has a hint, and the next hold asks again."""
    kept = Kept(Reach.NOTHING)
    for number in (1, 2):
        kept.awake.hold()
        qtbot.waitUntil(lambda number=number: kept.told == number)  # type: ignore[misc]
        assert kept.awake.granted() is False
        assert "power settings" in kept.awake.description()
        kept.awake.release()
    assert kept.machine.asked == 2
    kept.awake.close()


def test_without_a_bus_the_real_one_is_refused(qtbot: QtBot) -> None:
    """A machine without a desktop refuses without a warning."""
    told: list[bool | None] = []
    awake = open_keep_awake(lambda: told.append(awake.granted()))
    awake.hold()
    qtbot.waitUntil(lambda: told == [False])
    awake.close()


@dbus_interface("org.freedesktop.ScreenSaver")
class FakeScreenSaver(QDBusAbstractAdaptor):
    """A desktop's screen saver."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.inhibited: list[tuple[str, str]] = []
        self.released: list[int] = []

    @Slot(str, str, result="uint")
    def Inhibit(self, who: str, why: str) -> int:
        """Keep the screen on."""
        self.inhibited.append((who, why))
        return 7

    @Slot("uint")
    def UnInhibit(self, cookie: int) -> None:
        """Let the screen turn off."""
        self.released.append(cookie)


@pytest.fixture
def saver(bus: PrivateBus, qapp: object) -> Iterator[FakeScreenSaver]:
    """Start a screen saver on a private bus."""
    del qapp
    connection = QDBusConnection.connectToBus(bus.address, "test-screen-saver")
    thing = QObject()
    made = FakeScreenSaver(thing)
    assert connection.registerObject("/org/freedesktop/ScreenSaver", thing)
    assert connection.registerService("org.freedesktop.ScreenSaver")
    yield made
    delete(thing)
    QDBusConnection.disconnectFromBus("test-screen-saver")


def test_a_desktop_sees_the_programs_own_name(saver: FakeScreenSaver, qtbot: QtBot) -> None:
    """The desktop is given the name Legato and the reason."""
    awake = open_keep_awake()
    awake.hold()
    qtbot.waitUntil(lambda: awake.granted() is True)
    assert saver.inhibited == [("Legato", "A stretch session is running")]
    assert awake.description() == (
        "The screen stays on while a session runs (by org.freedesktop.ScreenSaver)."
    )
    awake.release()
    qtbot.waitUntil(lambda: saver.released == [7])
    awake.close()


HOLD = """
import time
from legato.devices.keep_awake import open_keep_awake
awake = open_keep_awake()
awake.hold()
time.sleep(60)
"""


def guests(bus: PrivateBus) -> set[str]:
    """Return the connections on the bus, except that of the query."""
    asking = QDBusConnection.connectToBus(bus.address, "test-asking")
    names: list[str] = asking.interface().registeredServiceNames().value()
    asked_by = asking.baseService()
    QDBusConnection.disconnectFromBus("test-asking")
    return {name for name in names if name.startswith(":") and name != asked_by}


def test_a_program_that_is_killed_keeps_nothing_awake(
    bus: PrivateBus, saver: FakeScreenSaver, qtbot: QtBot
) -> None:
    """Its connection ends, and desktops release the lock."""
    before = guests(bus)
    with subprocess.Popen([sys.executable, "-c", HOLD]) as child:
        qtbot.waitUntil(lambda: bool(saver.inhibited), timeout=20_000)
        meanwhile = guests(bus) - before
        child.kill()
    qtbot.waitUntil(lambda: guests(bus) == before)

    assert len(meanwhile) == 1
    assert saver.released == []


def test_a_desktop_that_froze_holds_up_nothing(
    bus: PrivateBus, saver: FakeScreenSaver, qtbot: QtBot
) -> None:
    """With a frozen bus, hold and release return at once."""
    awake = open_keep_awake()
    bus.freeze()
    began = time.perf_counter()
    awake.hold()
    awake.release()
    assert time.perf_counter() - began < GUI_BUDGET_SECONDS
    bus.thaw()
    qtbot.waitUntil(lambda: len(saver.released) == len(saver.inhibited))
    awake.close()
