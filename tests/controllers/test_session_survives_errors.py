"""A session runs to its end, at the right times, with any error around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from PySide6.QtWidgets import QWidget

from builders import routine, step
from fakes import FakeClock, FakeKeepAwake, FakeSound
from fixtures_session import FakePictures, icons, is_ticking
from legato.controllers.cramp import CrampDriver
from legato.controllers.session import SessionController, SystemServices
from legato.controllers.session_driver import SessionDriver
from legato.controllers.settings_model import RecordModel
from legato.domain.history import NO_HISTORY, History
from legato.domain.ports import NullMediaKeys
from legato.domain.session import Session, Status
from legato.domain.settings import Settings
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.main_window import MainWindow
from legato.ui.pictures.loader import PictureLoader
from legato.ui.session.page import SessionPage
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from legato.domain.events import Event
    from legato.storage.sources import Entry

STEP_SECONDS = 1.0

ROUTINE = routine(
    step("One", hold=20, ready=3, switch=3, picture="figure:ham-strap"),
    step("Two", hold=20, ready=3, switch=3, picture="two.png", folder="somewhere"),
)


class Broken:
    """A port whose calls fail, except those that were given; it counts the failures."""

    def __init__(self, **working: Callable[..., object]) -> None:
        self.failures = 0
        self.__dict__.update(working)

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        """Return a call that fails."""

        def fail(*_arguments: object, **_named: object) -> NoReturn:
            self.failures += 1
            raise RuntimeError(f"{name} failed")

        return fail


@dataclass
class Ports:
    """The ports of a session, which work until a test breaks one."""

    sound: Any = field(default_factory=FakeSound)
    keep_awake: Any = field(default_factory=FakeKeepAwake)
    media_keys: Any = field(default_factory=NullMediaKeys)
    resume: Any = field(
        default_factory=lambda: Broken(**dict.fromkeys(("save", "clear"), _nothing))
    )
    settings: Any = field(default_factory=lambda: Broken(load=_no_settings, save=_nothing))
    history: Any = field(default_factory=lambda: Broken(load=_no_history, save=_nothing))
    pictures: Any = field(default_factory=FakePictures)
    figures: Any = field(default_factory=lambda: FigureFolder(find_bundled().assets / "figures"))


def _nothing(*_arguments: object, **_named: object) -> None:
    """Do it."""


def _no_settings() -> tuple[Settings, tuple[()]]:
    return Settings(), ()


def _no_history() -> tuple[History, tuple[()]]:
    return NO_HISTORY, ()


@dataclass
class Evening:
    """A session on its page, with all its ports, and a record of its signals."""

    ports: Ports
    told: list[tuple[float, str]] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Connect everything as the program does."""
        ports = self.ports
        self.clock = FakeClock()
        self.window = MainWindow()
        self.driver = SessionDriver(self.clock, self.clock, ports.sound, parent=self.window)
        self.page = SessionPage(
            PictureLoader(ports.figures, ports.pictures, ThemeSource(NIGHT)), icons()
        )
        self.window.add_page("session", self.page)
        self.window.add_page("end", QWidget())
        machine = SystemServices(
            keep_awake=ports.keep_awake,
            media_keys=ports.media_keys,
            wall_seconds=lambda: 5.0,
            wall_words=lambda: "2026-01-31T23:10",
        )
        self.controller = SessionController(
            self.window,
            _NoShelf(),
            RecordModel(lambda: ports.settings),
            RecordModel(lambda: ports.history),
            resume=ports.resume,
            driver=self.driver,
            machine=machine,
        )
        self.controller.session_begun.connect(self.page.begin)
        self.driver.changed.connect(self.page.show_session)
        self.driver.happened.connect(self.page.show_events)
        self.driver.happened.connect(self._remember)
        self.controller.session_over.connect(self.sessions.append)

    def _remember(self, events: Sequence[Event]) -> None:
        self.told += [(self.clock.now, type(event).__name__) for event in events]

    def run(self) -> None:
        """Run a session to its end, as the timer would."""
        self.controller.start("evening", ROUTINE)
        for _ in range(round(600 / STEP_SECONDS)):
            assert self.driver.session is not None
            if self.driver.session.is_over:
                return
            assert is_ticking(self.driver)
            self.clock.pass_seconds(STEP_SECONDS)
            self.driver.tick()


class _NoShelf:
    def entry(self, routine_id: str) -> Entry | None:
        del routine_id
        return None

    def scan(self) -> Iterator[Entry]:
        return iter(())

    def refresh(self) -> frozenset[str]:
        return frozenset()


def evening(qtbot: QtBot, ports: Ports) -> Evening:
    """Yield an evening, and close its window after the test."""
    joined = Evening(ports)
    qtbot.addWidget(joined.window)
    return joined


@pytest.fixture
def undisturbed(qtbot: QtBot) -> list[tuple[float, str]]:
    """Return the signals and their times without an error."""
    well = evening(qtbot, Ports())
    well.run()
    assert len(well.told) > 10
    return well.told


@pytest.mark.parametrize(
    ("port", "working"),
    [
        ("sound", {}),
        ("sound", {"cancel": _nothing}),
        ("keep_awake", {}),
        ("media_keys", {}),
        ("resume", {}),
        ("history", {"load": _no_history}),
        ("pictures", {}),
        ("figures", {}),
    ],
)
def test_a_port_that_fails_at_every_call_changes_no_time(
    qtbot: QtBot,
    undisturbed: list[tuple[float, str]],
    port: str,
    working: dict[str, Callable[..., object]],
) -> None:
    """All signals have the same times as without the error, up to the end page."""
    broken = Broken(**working)
    disturbed = evening(qtbot, replace(Ports(), **{port: broken}))
    with qtbot.captureExceptions() as met:
        disturbed.run()

    assert len(met) == broken.failures > 0
    assert disturbed.told == undisturbed
    assert [session.status for session in disturbed.sessions] == [Status.FINISHED]
    assert disturbed.window.page_name == "end"


@pytest.mark.parametrize("signal", ["changed", "happened", "position_changed"])
def test_a_page_that_fails_at_every_signal_changes_no_time(
    qtbot: QtBot, undisturbed: list[tuple[float, str]], signal: str
) -> None:
    """With an error at every repaint the session still ends at its time."""
    disturbed = evening(qtbot, Ports())
    page = Broken()
    getattr(disturbed.driver, signal).connect(page.redraw)
    with qtbot.captureExceptions() as met:
        disturbed.run()

    assert len(met) == page.failures > 0
    assert disturbed.told == undisturbed
    assert disturbed.window.page_name == "end"


def test_a_page_that_cannot_be_shown_is_no_reason_not_to_begin(
    qtbot: QtBot, undisturbed: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in a showEvent does not prevent the session."""
    disturbed = evening(qtbot, Ports())
    page = Broken()
    monkeypatch.setattr(disturbed.window, "show_page", page.show_page)
    with qtbot.captureExceptions():
        disturbed.run()

    assert page.failures > 0
    assert disturbed.told == undisturbed


def test_a_failed_tick_is_followed_by_another(
    qtbot: QtBot, undisturbed: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the rules costs one tick, not the timer."""
    disturbed = evening(qtbot, Ports())
    disturbed.controller.start("evening", ROUTINE)
    with monkeypatch.context() as patch:
        patch.setattr("legato.controllers.session_driver.rules", Broken())
        disturbed.clock.pass_seconds(STEP_SECONDS)
        with pytest.raises(RuntimeError):
            disturbed.driver.tick()

    assert is_ticking(disturbed.driver)
    assert undisturbed


@pytest.mark.parametrize("port", ["sound", "keep_awake"])
def test_a_cramp_is_counted_whatever_fails(qtbot: QtBot, port: str) -> None:
    """The page gets the time at once and at every tick."""
    clock, broken = FakeClock(), Broken()
    ports = replace(Ports(), **{port: broken})
    driver = CrampDriver(clock, ports.sound, ports.keep_awake, {"calf-bed": ROUTINE.steps[0]})
    told: list[float] = []
    driver.changed.connect(lambda _cramp, now: told.append(now))
    with qtbot.captureExceptions() as met:
        driver.start(ROUTINE.steps[0].worked_sides[0])
        clock.pass_seconds(1.0)
        driver.tick()
        driver.stop()

    assert len(met) == broken.failures > 0
    assert told == [clock.now - 1.0, clock.now]
    assert driver.cramp is None
