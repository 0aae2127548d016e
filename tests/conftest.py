"""What holds for every test: no screen, no home folder, no desktop, no chance."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import NoReturn

# Qt's platform is chosen once a process, before Qt loads: the tests in desktop/ bring a screen of
# their own and run by themselves, all others do without one. A test never talks to the session bus
# of the person who runs it. Tests that want a bus bring their own.
#
# The offscreen platform has a screen of 800x800, to which the program would fit its window; this
# one is larger.
os.environ["QT_QPA_PLATFORM"] = (
    "xcb"
    if os.environ.get("LEGATO_TESTS_ON_A_SCREEN") == "yes"
    else f"offscreen:configfile={Path(__file__).parent / 'data' / 'large_screen.json'}"
)
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
os.environ["LC_ALL"] = "C.UTF-8"

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox

collect_ignore = [] if os.environ["QT_QPA_PLATFORM"] == "xcb" else ["desktop"]

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Let pytest-qt create the program's application."""
    from legato.ui.main_window import Application  # noqa: PLC0415 - for tests with a window

    return Application


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Redirect every folder of the user's to an empty one, and return it."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for kind in ("CONFIG", "DATA", "CACHE", "STATE", "RUNTIME"):
        place = folder / kind.lower()
        place.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{kind}_{'DIR' if kind == 'RUNTIME' else 'HOME'}", str(place))
    monkeypatch.setenv("LEGATO_DATA_DIR", str(folder / "legato"))
    return folder


@pytest.fixture(autouse=True)
def _no_modal_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that opens a modal window, rather than hang."""

    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("a modal window was opened; it would wait for ever")

    for kind in (QDialog, QMenu, QMessageBox):
        monkeypatch.setattr(kind, "exec", refuse)
    for name in ("about", "aboutQt", "critical", "information", "question", "warning"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    for name in ("getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, refuse)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how long the tests of each area took, summed over all workers."""
    areas: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                path = report.nodeid.partition("::")[0].removeprefix("tests/")
                areas[path.partition("/")[0]] += report.duration
    if areas:
        shares = (
            f"{name} {seconds:.0f} s"
            for name, seconds in sorted(areas.items(), key=lambda area: -area[1])
        )
        terminalreporter.write_line(f"time by area: {', '.join(shares)}")
