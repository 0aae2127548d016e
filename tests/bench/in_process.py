"""What is measured inside one process: reading files, showing rows, running a session."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from legato import resources
from legato.domain.session import begin, tick
from legato.domain.timeline import lay_out
from legato.storage.library import Library

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

FILES = 1_000
TICK_SECONDS = 0.1
BREATHS = 5
"""Of ten seconds each."""


def fill(folder: Path, count: int) -> None:
    """Write `count` routines, each a copy of one that ships, under names of their own."""
    shipped = [
        path.read_text() for path in sorted(resources.find_bundled().routines.glob("*.yaml"))
    ]
    moves = sorted((resources.find_bundled().routines / "moves").glob("*.yaml"))
    shipped += [path.read_text() for path in moves]
    for number in range(count):
        (folder / f"own-{number:05}.yaml").write_text(shipped[number % len(shipped)])


def files_ratio(rounds: int) -> tuple[float, float]:
    """Return the median processor seconds to list 1,000 files, and of CSafeLoader on the same."""
    library, floor = [], []
    shipped = resources.find_bundled().routines
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, FILES)
        paths = sorted(folder.iterdir())
        for _ in range(rounds):
            began = time.process_time()
            for path in paths:
                yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            floor.append(time.process_time() - began)
            began = time.process_time()
            assert len(Library(shipped, folder).entries()) > FILES
            library.append(time.process_time() - began)
    return statistics.median(library), statistics.median(floor)


def bedtime_ms(rounds: int) -> float:
    """Return the median milliseconds of processor of a bedtime session, ticked ten times a second."""
    entry = Library(resources.find_bundled().routines, Path(os.devnull)).entry("bedtime")
    assert entry is not None
    assert entry.routine is not None
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        now = 0.0
        session, _ = begin(lay_out(entry.routine), now)
        while not session.is_over:
            now += TICK_SECONDS
            session, _ = tick(session, now)
        taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)


def breathing() -> tuple[float, float]:
    """Return how often a breathing figure is painted in a second, and what that costs in ms."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - after the platform is chosen

    from legato.storage.figures import FigureFolder  # noqa: PLC0415
    from legato.ui.figures.view import FigureView  # noqa: PLC0415
    from legato.ui.theme import NIGHT, ThemeSource  # noqa: PLC0415

    painted = 0

    class Counted(FigureView):
        def paintEvent(self, event: QPaintEvent) -> None:
            nonlocal painted
            painted += 1
            super().paintEvent(event)

    app = QApplication.instance() or QApplication([])
    figure = FigureFolder(resources.find_bundled().assets / "figures").figure("ham-strap")
    view = Counted(ThemeSource(NIGHT))
    view.resize(560, 420)
    view.show_figure(figure)
    view.show()
    app.processEvents()
    painted, began = 0, time.process_time()
    for tenth in range(BREATHS * 100):
        view.show_breath(tenth / 10)
        app.processEvents()
    cost = 1000 * (time.process_time() - began)
    seconds = BREATHS * 10
    return painted / seconds, cost / seconds
