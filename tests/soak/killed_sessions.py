"""Kills the whole program in a session at a random moment, and looks how much of it is missing.

python -m soak.killed_sessions FOLDER TIMES
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from legato.resources import find_bundled
from legato.storage.library import Library
from legato.storage.paths import Paths
from legato.storage.session_state import ResumeStore
from legato.storage.settings import open_settings

if TYPE_CHECKING:
    from legato.domain.problems import Problem

MOST_LOST_SECONDS = 1.2
"""A second between two writes, and the look at the clock that was under way."""
LONGEST_SECONDS = 3.0

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from legato.bootstrap import stores as bootstrap
from legato.bootstrap.app import App
from legato.domain.session import Move, position

app = QApplication([])
joined = App(app, bootstrap.Options(data_dir=sys.argv[1]), bootstrap.open_paths(sys.argv[1]))
joined.show()

def tell(session):
    sys.stdout.write(f"{position(session)}\\n")
    sys.stdout.flush()

joined.sessions._driver.changed.connect(tell)
if joined.paths.resume.exists():
    joined.sessions.controller.continue_session()
else:
    joined.sessions.controller.start_by_id("bedtime")
app.exec()
"""


def kill_once(paths: Paths, random: Random) -> float:
    """Resume the session, kill the program, and return how many seconds are missing."""
    command = [sys.executable, "-c", PROGRAM, str(paths.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        assert first, "the program did not begin"
        time.sleep(random.uniform(0.0, LONGEST_SECONDS))
        os.kill(program.pid, signal.SIGKILL)
        lines = [first, *program.stdout.read().splitlines(keepends=True)]
    last = float([line for line in lines if line.endswith("\n")][-1])
    left = ResumeStore(paths.resume).load()
    assert left is not None, "the session cannot be resumed"
    return last - left.position


def main(folder: Path, times: int) -> None:
    """Kill a session that is resumed each time; return 1 if more than a second is lost."""
    paths, random = Paths(folder), Random(20)  # noqa: S311 - no secret
    losses: list[float] = []
    for _ in range(times):
        losses.append(kill_once(paths, random))
        assert losses[-1] <= MOST_LOST_SECONDS, losses
        assert not open_settings(paths).load()[1]
        assert not any(problems(paths))
    sys.stdout.write(
        f"{times} kills of the program in one session, at most {max(losses):.2f} s missing\n"
    )


def problems(paths: Paths) -> list[Problem]:
    """Return the problems of the routines."""
    library = Library(find_bundled().routines, paths.routines)
    return [problem for entry in library.entries() for problem in entry.problems]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
