"""Ten minutes after a session, with every timer of the whole window driven by hand."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer
from PySide6.QtWidgets import QApplication

import seen
from builders import routine, step
from fakes import FakeClock, FakeSound
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options, Start
from legato.controllers import session_machine
from legato.devices.clocks import Clocks
from legato.domain.cues import Cue
from legato.domain.session import Status
from legato.ui.session.end_page import EndPage
from luminance import luminance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.domain.cues import ScheduledCue
    from legato.domain.sound import SoundSettings

TEN_MINUTES_MS = 600_000
STEP_SECONDS = 0.5
LIT_MS = 10_000
BLACK_AFTER_MS = 25_000
HAVE_NOTHING_TO_SAY = {"EndPage", "FolderWatch", "QFileSystemWatcher", "Library"}
"""The owners of allowed timers: the fading light, and the watch of files."""


class Recorder(FakeSound):
    """A complete sound port that records when cues are scheduled."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.asked_at: list[float] = []

    def schedule(self, due: tuple[ScheduledCue, ...]) -> None:  # type: ignore[override]
        """Record the cues and the time."""
        super().schedule(due)
        self.asked_at.append(self._clock())

    def use(self, settings: SoundSettings) -> None:
        """Do nothing."""

    def set_gain(self, gain: float) -> None:
        """Do nothing."""

    def warm_up(self) -> None:
        """Do nothing."""

    def backend(self) -> str:
        """Return an empty text."""
        return ""

    voice = voice_problem = backend

    def notes(self) -> tuple[str, ...]:
        """Return none."""
        return ()

    def close(self) -> None:
        """Do nothing."""


class Night:
    """A window whose session has just ended, with time driven by hand."""

    def __init__(self, joined: App, clock: FakeClock, sound: Recorder) -> None:
        self.joined, self.clock, self.sound = joined, clock, sound
        self.passed_ms = 0
        self.fired: list[str] = []
        self._due: dict[QTimer, int] = {}

    def run_session(self) -> None:
        """Run the session to its end."""
        driver = self.joined.sessions._driver
        while driver.session is not None and driver.session.status is Status.RUNNING:
            self.clock.pass_seconds(STEP_SECONDS)
            driver.tick()

    def pass_ms(self, milliseconds: int) -> None:
        """Fire every running timer as often as it is due, in order of time."""
        end = self.passed_ms + milliseconds
        self._look_for_timers()
        while self._due and (at := min(self._due.values())) <= end:
            timer = next(one for one, due in self._due.items() if due == at)
            self._move_to(at)
            del self._due[timer]
            self._fire(timer)
            self._look_for_timers()
        self._move_to(end)

    def _look_for_timers(self) -> None:
        """Register timers that were started, and drop those that were stopped."""
        running = active_timers(self.joined)
        begun = {one: self.passed_ms + max(1, one.interval()) for one in running}
        self._due = {one: self._due.get(one, due) for one, due in begun.items()}

    def _fire(self, timer: QTimer) -> None:
        if timer.isSingleShot():
            timer.stop()
        self.fired.append(type(timer.parent()).__name__)
        timer.timeout.emit()

    def _move_to(self, at_ms: int) -> None:
        self.clock.pass_seconds((at_ms - self.passed_ms) / 1000)
        self.passed_ms = at_ms

    def light(self) -> float:
        """Return the mean luminance of the window."""
        return luminance(self.joined.window.grab().toImage())


def held(one: object) -> Iterator[object]:
    """Yield the objects that an object refers to, also in containers."""
    for value in vars(one).values() if hasattr(one, "__dict__") else ():
        yield value
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list | tuple):
            yield from value


def living(joined: App) -> list[QObject]:
    """Return all Qt objects of a window: referenced ones and their children."""
    known: dict[int, object] = {id(joined): joined}
    waiting: list[object] = [joined]
    while waiting:
        for value in held(waiting.pop()):
            if id(value) not in known and type(value).__module__.startswith("legato."):
                known[id(value)] = value
                waiting.append(value)
    found = [one for one in known.values() if isinstance(one, QObject) and shiboken6.isValid(one)]
    return [*found, *(child for one in found for child in one.findChildren(QObject))]


def active_timers(joined: App) -> list[QTimer]:
    """Return the running timers, each once."""
    timers = (one for one in living(joined) if isinstance(one, QTimer) and one.isActive())
    return list(dict.fromkeys(timers))


def owners(joined: App) -> set[str]:
    """Return the class names of the owners of running timers."""
    return {type(one.parent()).__name__ for one in active_timers(joined)}


def other_timers(joined: App) -> set[str]:
    """Return the classes with a timer that is not a QTimer."""
    loop = QAbstractEventDispatcher.instance()
    if loop is None:
        return set()
    plain = (one for one in living(joined) if not isinstance(one, QTimer))
    return {type(one).__name__ for one in plain if loop.registeredTimers(one)}


@pytest.fixture
def threads_before() -> frozenset[threading.Thread]:
    """Return the threads of earlier tests."""
    return frozenset(threading.enumerate())


@pytest.fixture
def night(
    threads_before: frozenset[threading.Thread],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Night]:
    """Run a session in the whole window to its end."""
    assert threads_before
    clock = FakeClock()
    sound = Recorder(clock)
    monkeypatch.setattr(session_machine, "find_clocks", lambda: Clocks(clock, clock))
    monkeypatch.setattr(session_machine, "open_sound", lambda *_: sound)
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    start = Start("calf", routine(step(hold=30.0)), None, None)
    options = Options(start=start, theme="night", motion=False)
    joined = App(running, options, stores.open_paths(str(tmp_path / "data")))
    qtbot.addWidget(joined.window)
    joined.window.resize(1280, 800)
    joined.show()
    qtbot.waitUntil(lambda: joined.built("cramp") and "IdleQueue" not in owners(joined))
    night = Night(joined, clock, sound)
    night.run_session()
    yield night
    joined.close()


def test_good_night_is_the_last_scheduled_cue(night: Night) -> None:
    """The tone is followed by the lines of the end and of the good night."""
    last = sorted(night.sound.scheduled, key=lambda due: due.at)[-3:]

    assert [due.cue for due in last] == [Cue.GOOD_NIGHT, Cue.LINE, Cue.LINE]
    assert last[-1].text.endswith("Good night.")


def test_nothing_sounds_for_ten_minutes_after_it(night: Night) -> None:
    """With all timers firing, no cue is scheduled."""
    asked, ended = len(night.sound.scheduled), night.clock()
    night.pass_ms(TEN_MINUTES_MS)

    assert night.clock() == pytest.approx(ended + 600.0)
    assert len(night.sound.scheduled) == asked
    assert max(night.sound.asked_at) <= ended


def test_only_the_light_still_has_a_timer(night: Night) -> None:
    """No timer that could play a sound is running."""
    here = owners(night.joined)
    night.pass_ms(TEN_MINUTES_MS)
    left = owners(night.joined) | other_timers(night.joined)

    assert "EndPage" in here
    assert here <= HAVE_NOTHING_TO_SAY
    assert left <= HAVE_NOTHING_TO_SAY - {"EndPage"}
    assert set(night.fired) <= HAVE_NOTHING_TO_SAY


def test_no_thread_that_plays_or_speaks_is_left(
    threads_before: frozenset[threading.Thread], night: Night
) -> None:
    """The sound is a fake, so any other new thread is an error."""
    night.pass_ms(TEN_MINUTES_MS)
    begun = {one.name for one in threading.enumerate() if one not in threads_before}

    assert not begun & {"sound", "voice"}


def test_the_window_goes_black(night: Night) -> None:
    """The window is dim at first, and black half a minute later."""
    night.pass_ms(LIT_MS)
    first = night.light()
    night.pass_ms(BLACK_AFTER_MS - LIT_MS)
    then = night.light()
    night.pass_ms(TEN_MINUTES_MS)

    page = night.joined.window.findChild(EndPage)
    assert page is not None
    assert seen.is_dark(page)
    assert 0.0 < first <= 0.03
    assert (then, night.light()) == (0.0, 0.0)
