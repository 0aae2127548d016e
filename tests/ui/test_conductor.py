"""From the first page into a session, to its end, and back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from builders import five_steps, routine, step
from fakes import FakeClock, FakeSound
from legato.domain.ports import NullMediaKeys
from legato.domain.routine import Routine, Side
from legato.domain.session import Move, Status
from legato.domain.settings import Advance, Settings
from legato.storage.entry import Entry
from legato.ui.choices import Choices
from legato.ui.conductor import Conductor, Machine
from legato.ui.main_window import MainWindow
from legato.ui.session_driver import SessionDriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.domain.problems import Problem
    from legato.domain.resume import Resume


class FakeStore:
    """Keeps settings in memory."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def load(self) -> tuple[Settings, tuple[Problem, ...]]:
        """Return them."""
        return self.settings, ()

    def save(self, settings: Settings) -> Problem | None:
        """Remember them."""
        self.settings = settings
        return None


class FakeResume:
    """Keeps one place in memory, and counts how often it was to last."""

    def __init__(self) -> None:
        self.kept: Resume | None = None
        self.lasting = 0

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Remember it."""
        self.kept = resume
        self.lasting += lasting
        return None

    def load(self) -> Resume | None:
        """Return it."""
        return self.kept

    def clear(self) -> None:
        """Forget it."""
        self.kept = None


class FakeKeepAwake:
    """Remembers whether it is held."""

    held = False

    def hold(self) -> None:
        """Be held."""
        self.held = True

    def release(self) -> None:
        """Be held no more."""
        self.held = False

    def granted(self) -> bool | None:
        """Grant it."""
        return self.held

    def way(self) -> str:
        """Return nothing."""
        return ""


@dataclass
class FakeShelf:
    """Knows a few routines."""

    folder: Path
    routines: dict[str, Routine | None] = field(default_factory=dict)

    def entry(self, routine_id: str) -> Entry | None:
        """Return the entry of a routine that it knows."""
        if routine_id not in self.routines:
            return None
        return Entry(
            id=routine_id,
            path=self.folder / routine_id,
            own=False,
            is_move=False,
            name=routine_id.capitalize(),
            draft=None,
            routine=self.routines[routine_id],
        )

    def scan(self) -> Iterator[Entry]:
        """Give all entries."""
        return filter(None, map(self.entry, self.routines))

    def refresh(self) -> frozenset[str]:
        """Find nothing changed."""
        return frozenset()


@dataclass
class House:
    """A conductor with fakes around it."""

    conductor: Conductor
    driver: SessionDriver
    window: MainWindow
    clock: FakeClock
    store: FakeStore
    resume: FakeResume
    keep_awake: FakeKeepAwake
    shelf: FakeShelf
    sound: FakeSound

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass in steps that no machine sleeps through."""
        for _ in range(int(seconds)):
            self.clock.pass_seconds(1.0)
            self.driver.tick()


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> House:
    """Return a conductor whose library knows `bedtime` and the broken `torn`."""
    return furnished(qtbot, tmp_path, Settings())


def furnished(qtbot: QtBot, folder: Path, settings: Settings) -> House:
    """Return a conductor with these settings."""
    window, clock, sound = MainWindow(), FakeClock(), FakeSound()
    qtbot.addWidget(window)
    for name in ("library", "session", "end"):
        window.add_page(name, QWidget())
    driver = SessionDriver(clock, clock, sound, parent=window)
    store, resume, awake = FakeStore(settings), FakeResume(), FakeKeepAwake()
    shelf = FakeShelf(folder, {"bedtime": five_steps(), "torn": None})
    machine = Machine(
        keep_awake=awake,
        media_keys=NullMediaKeys(),
        wall_seconds=lambda: 5.0,
        wall_words=lambda: "2026-01-31T23:10",
    )
    conductor = Conductor(window, shelf, Choices(store), resume, driver, machine)
    return House(conductor, driver, window, clock, store, resume, awake, shelf, sound)


def running(house: House) -> Status:
    """Return the status of the session."""
    assert house.driver.session is not None
    return house.driver.session.status


def test_a_routine_is_started_by_its_id(house: House) -> None:
    """The session page is shown, the machine kept awake and the use remembered."""
    house.conductor.start_by_id("bedtime")

    assert house.window.page_name == "session"
    assert running(house) is Status.RUNNING
    assert house.keep_awake.held
    assert house.store.settings.by_last_use() == ("bedtime",)


def test_a_broken_routine_is_not_started(house: House, qtbot: QtBot) -> None:
    """It is said, and the page stays."""
    with qtbot.waitSignal(house.conductor.could_not) as said:
        house.conductor.start_by_id("torn")

    assert "Torn" in said.args[0]
    assert house.driver.session is None


def test_the_side_that_was_chosen_is_remembered(house: House) -> None:
    """Started for the left leg once, it is started for the left leg again."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.start_by_id("bedtime")

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.LEFT,)


def test_a_pause_lets_the_machine_sleep(house: House) -> None:
    """And going on keeps it awake again."""
    house.conductor.start_by_id("bedtime")
    house.driver.toggle_pause()
    assert not house.keep_awake.held

    house.driver.toggle_pause()
    assert house.keep_awake.held


def test_where_it_stands_is_kept_as_it_goes(house: House) -> None:
    """Every second a little, at each new phase for good."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)

    assert house.resume.kept is not None
    assert (house.resume.kept.label, house.resume.kept.remaining) == ("Hamstrings", 90.0)
    assert house.resume.lasting == 2


def test_what_was_left_can_be_taken_up_again(house: House, qtbot: QtBot, tmp_path: Path) -> None:
    """Another run of the program offers it and goes on in the same second."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    later = furnished(qtbot, tmp_path, house.store.settings)
    later.resume.kept = house.resume.kept

    with qtbot.waitSignal(later.conductor.continue_offered) as offered:
        later.conductor.offer_to_continue()
    assert offered.args == ["Continue: Hamstrings, right, 1:30 left"]

    later.conductor.continue_session()
    assert later.driver.session is not None
    assert later.driver.session.remaining == 90.0


def test_a_routine_that_has_changed_is_not_offered(house: House, qtbot: QtBot) -> None:
    """Its place means nothing any more."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.shelf.routines["bedtime"] = routine(step(hold=60.0))

    with qtbot.waitSignal(house.conductor.continue_offered) as offered:
        house.conductor.offer_to_continue()
    assert offered.args == [None]


def test_a_finished_session_is_not_offered(house: House) -> None:
    """Its place is forgotten, the end page shown, the machine let go."""
    house.shelf.routines["short"] = routine(step(hold=10.0, ready=1.0, switch=1.0))
    house.conductor.start_by_id("short")
    house.pass_seconds(25)

    assert house.resume.kept is None
    assert house.window.page_name == "end"
    assert not house.keep_awake.held


def test_a_stopped_session_can_be_taken_up_again(house: House) -> None:
    """Esc asks nothing because nothing is lost."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.conductor.do(Move.STOP)

    assert house.window.page_name == "end"
    assert house.resume.kept is not None


def test_again_and_the_other_side(house: House) -> None:
    """Both are one touch from the end."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.do(Move.STOP)
    house.conductor.start_again(Side.RIGHT)

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.RIGHT,)


def test_closing_the_window_keeps_the_place(house: House) -> None:
    """For good, and the machine is let go."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(3)
    house.conductor.leave()

    assert house.resume.kept is not None
    assert not house.keep_awake.held


def test_who_wishes_is_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    """With "wait for me" the hold does not begin by itself."""
    house = furnished(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(60)

    assert house.driver.session is not None
    assert house.driver.session.is_waiting
