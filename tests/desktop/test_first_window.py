"""The first window fits the screen, whatever its size and scale, with all that belongs on it."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, TypedDict

import pytest
from PySide6.QtCore import QRect

from desktop.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop.window import Desktop

PATIENCE_SECONDS = 60.0
SCREENS = [("1920x1080", "1.5"), ("1366x768", "1.25"), ("800x600", "1"), ("800x600", "1.5")]

PROGRAM = """
import json, sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QScrollArea
from legato.bootstrap.stores import Options
from legato.bootstrap import main as program
from legato.bootstrap.app import App

data, percent = sys.argv[1:]

def bottom(widget):
    return widget.mapTo(widget.window(), widget.rect().bottomLeft()).y()

class Watched(App):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.settings.change(replace(self.settings.current, text_size=int(percent)))

    def listen(self):
        super().listen()
        self.said = {"window": int(self.window.winId()), "maximised": self.window.isMaximized()}
        self.said["home"] = self.below(QScrollArea)
        self.sessions.controller.start_by_id("quads")
        QTimer.singleShot(500, self.report)

    def below(self, kind):
        # By how much the lowest widget of a kind reaches out of the window; negative: it does not.
        seen = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return max(bottom(one) for one in seen) - self.window.height()

    def report(self):
        self.said["session"] = self.below(QAbstractButton)
        self.window.closing.emit(self.window.saveGeometry())
        part = Path(data, "said.part")
        part.write_text(json.dumps(self.said))
        part.rename(Path(data, "said.json"))

program.App = Watched
sys.exit(program.run(Options(data_dir=data)))
"""


class Report(TypedDict):
    """The program's report of its window, and its place on the screen."""

    window: int
    maximised: bool
    home: int
    session: int


def started(screen: Screen, data: Path, scale: str, percent: int = 100) -> tuple[Report, QRect]:
    """Start the program and return its report, and the place of its window with the frame."""
    data.mkdir(exist_ok=True)
    words = (sys.executable, "-P", "-c", PROGRAM, str(data), str(percent))
    program = screen.run(*words, QT_SCALE_FACTOR=scale)
    end, file = time.monotonic() + PATIENCE_SECONDS, data / "said.json"
    while not file.exists():
        assert program.poll() is None, "the program ended"
        assert time.monotonic() < end, "the program said nothing"
        time.sleep(0.05)
    said: Report = json.loads(file.read_text())
    frame = frame_of(screen, said["window"])
    program.kill()
    program.wait()
    file.unlink()
    return said, frame


def frame_of(screen: Screen, window: int) -> QRect:
    """Return the rectangle of a window with its frame, in pixels of the screen."""
    lines = screen.ask("xwininfo", "-id", str(window)).splitlines()
    told = {name.strip(): value for name, _, value in (line.partition(":") for line in lines)}
    names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    inner = QRect(*(int(told[name]) for name in names))
    words = screen.ask("xprop", "-id", str(window), "_NET_FRAME_EXTENTS").partition("=")[2]
    left, right, top, bottom = (int(one) for one in words.split(","))
    return inner.adjusted(-left, -top, right, bottom)


@pytest.fixture(params=SCREENS, ids=lambda one: f"{one[0]}-at-{one[1]}")
def small(request: pytest.FixtureRequest) -> Iterator[tuple[Screen, QRect, str]]:
    """Return a small screen, its pixels, and its scale."""
    size, scale = request.param
    width, _, height = size.partition("x")
    with Screen(size) as screen:
        yield screen, QRect(0, 0, int(width), int(height)), scale


@pytest.mark.parametrize("percent", [100, 200])
def test_it_lies_on_a_small_screen_with_its_frame(
    small: tuple[Screen, QRect, str], tmp_path: Path, percent: int
) -> None:
    """The first page and the session's buttons are above the lower edge."""
    screen, pixels, scale = small
    said, frame = started(screen, tmp_path, scale, percent)

    assert pixels.contains(frame)
    assert said["home"] < 0
    assert said["session"] < 0


def test_on_a_large_screen_it_is_not_maximised(tmp_path: Path) -> None:
    """The window has its usual size if that fits."""
    with Screen("1920x1080") as screen:
        said, frame = started(screen, tmp_path, "1")

    assert not said["maximised"]
    assert QRect(0, 0, 1920, 1080).contains(frame)


def test_what_is_remembered_of_a_larger_screen_is_fitted(tmp_path: Path) -> None:
    """The window was closed on a higher screen of the same width."""
    with Screen("1366x1024") as screen:
        before, _ = started(screen, tmp_path, "1")
    with Screen("1366x600") as screen:
        _, frame = started(screen, tmp_path, "1")

    assert not before["maximised"]
    assert QRect(0, 0, 1366, 600).contains(frame)


def test_on_a_screen_that_becomes_smaller_it_follows(
    open_desktop: Callable[..., Desktop], screen: Screen
) -> None:
    """The resolution is lowered while the window is open."""
    desktop = open_desktop()
    desktop.window.showNormal()
    before = desktop.window.height()
    with screen.lowered_to(1024, 640):
        desktop.wait_until(lambda: desktop.window.height() < before)
        window = int(desktop.window.winId())
        desktop.wait_until(lambda: QRect(0, 0, 1024, 640).contains(frame_of(screen, window)))
