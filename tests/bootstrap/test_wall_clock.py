"""A session does not depend on the wall clock: set back, or daylight saving."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

import legato
from fakes import FakeClock
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.controllers import session_machine
from legato.devices.clocks import Clocks
from legato.domain.session import Move, Session, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytestqt.qtbot import QtBot

HOUR = 3600.0
EVENING = datetime(2026, 10, 24, 23, 30, tzinfo=UTC).timestamp()
READS_IT = re.compile(
    r"\btime\.(time|time_ns|localtime|gmtime|ctime|strftime)\b|\btime\(\)"
    r"|\b(datetime|date)\.(now|today|utcnow)\b|CLOCK_REALTIME|\.current(DateTime|Time|Date|MSecs)"
)
MAY_READ_IT = {
    "controllers/session_machine.py": "what is kept on disk says when, and the night offers other ways",
    "bootstrap/startup.py": "what was left by writes of an hour ago is swept",
    "storage/log.py": "the log says when",
}


class Wall:
    """A wall clock: each reading is the next of the given ones, then the last."""

    def __init__(self, jumps: Iterable[float]) -> None:
        self._jumps: Iterator[float] = chain(jumps)
        self._now = EVENING
        self.readings = 0

    def time(self) -> float:
        """Return seconds since 1970."""
        self.readings += 1
        self._now += next(self._jumps, 0.0)
        return self._now

    def now(self) -> datetime:
        """Return the same as a date."""
        return datetime.fromtimestamp(self.time(), tz=UTC)


def evening(wall: Wall, data: Path, qtbot: QtBot, patch: pytest.MonkeyPatch) -> list[object]:
    """Run a routine to its end under that clock; return all that its page was shown."""
    clock = FakeClock()
    patch.setattr(session_machine, "find_clocks", lambda: Clocks(clock, clock))
    patch.setattr(session_machine, "time", SimpleNamespace(time=wall.time))
    patch.setattr(session_machine, "datetime", wall)
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    app = App(running, stores.Options(motion=False), stores.open_paths(str(data)))
    qtbot.addWidget(app.window)
    app.show()
    driver, shown = app.sessions._driver, list[object]()

    def note(session: Session) -> None:
        shown.append((clock.now, session.index, session.spent, session.status, session.remaining))

    driver.changed.connect(note)
    driver.happened.connect(lambda told: shown.append([type(event).__name__ for event in told]))
    app.sessions.controller.start_by_id("tiny-starter")
    for second in range(400):
        clock.pass_seconds(1.0)
        driver.tick()
        if second == 100:
            driver.move(Move.PAUSE)
            driver.move(Move.RESUME)
    assert driver.session is not None
    assert driver.session.status is Status.FINISHED
    app.close()
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "jumps",
    [
        pytest.param(chain(repeat(1.0, 50), [-HOUR]), id="set back an hour"),
        pytest.param(chain(repeat(1.0, 50), [HOUR]), id="daylight saving begins"),
        pytest.param(chain(repeat(1.0, 50), [-20 * 365 * 24 * HOUR]), id="the battery is empty"),
        pytest.param(repeat(-HOUR, 500), id="back at every look"),
    ],
)
def test_a_session_runs_as_it_would(
    jumps: Iterable[float], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Times, positions and events are the same, to the end."""
    steady = Wall(repeat(1.0, 1000))
    as_ever = evening(steady, tmp_path / "steady", qtbot, monkeypatch)
    jumping = Wall(jumps)

    assert evening(jumping, tmp_path / "jumping", qtbot, monkeypatch) == as_ever
    assert jumping.readings > 100, "the place is kept with the time at every second"


def test_what_reads_the_wall_clock_is_known() -> None:
    """Three places read it, none of which changes a session; all else is monotonic."""
    root = Path(legato.__file__).parent
    readers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if READS_IT.search(path.read_text(encoding="utf-8"))
    }

    assert readers == MAY_READ_IT.keys()
