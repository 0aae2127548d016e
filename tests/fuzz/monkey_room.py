"""The room of the monkey: a data folder of odd files, a clock, and nothing that leads outside."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from fuzz.asset_trials import FIGURE_TARGET
from fuzz.mutation import ODD_TEXT
from fuzz.picture_trials import DRAWING_TARGET, IMAGE_TARGET
from fuzz.routine_trials import ROUTINE_TARGET
from fuzz.sharing_trials import ARCHIVE_TARGET
from fuzz.state_trials import (
    CHOSEN,
    GLANCE_TARGET,
    HISTORY_TARGET,
    LEFT,
    REMEMBERED,
    RESUME_TARGET,
    SETTINGS_TARGET,
)
from legato.controllers import session_machine
from legato.devices.clocks import Clocks

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random
    from types import ModuleType

    from fuzz.target import Target
    from legato.storage.paths import Paths

MINE = """name: Mine
about: "{side} leg"
eases: [calf]
steps:
  - title: Doorway stretch
    hold: 20 s
    picture: photo.png
    setup: [Rest your {side} forearm on the door frame.]
    say: {0:05: Soften., 0:15: Breathe.}
  - title: Drawn
    hold: open
    picture: drawing.svg
  - title: Own pose
    hold: 90
    picture: figure:own-pose
  - use: hamstrings
    hold: 30 s
"""


class LeapingClock:
    """The machine's clocks, with additional seconds: awake or asleep."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept = 0.0

    def awake(self) -> float:
        """Return the seconds awake."""
        return time.monotonic() + self.passed

    def boot(self) -> float:
        """Return the seconds since the start, asleep or not."""
        return self.awake() + self.slept

    def install(self) -> None:
        """Use this clock for sessions."""
        module: ModuleType = session_machine
        module.find_clocks = lambda: Clocks(self.awake, self.boot)  # type: ignore[attr-defined]


def close_doors(paths: Paths, random: Random) -> None:
    """Open nothing outside, and answer file dialogs with one of the unusual files."""

    def answer(dialog: QFileDialog) -> None:
        if random.random() < 0.8:
            dialog.fileSelected.emit(str(random.choice(odd_files(paths))))
        dialog.done(0)

    for kind, name, fake in (
        (QDesktopServices, "openUrl", lambda _url: True),
        (QFileDialog, "open", answer),
    ):
        setattr(kind, name, fake)


def mine(random: Random) -> str:
    """Return a routine that runs, sometimes with unusual text."""
    text = MINE
    for word in ("Doorway stretch", "Drawn", "Soften.", "Mine"):
        if random.random() < 0.3:
            odd_word = random.choice([one for one in ODD_TEXT if one.strip() and len(one) < 200])
            text = text.replace(word, json.dumps(odd_word, ensure_ascii=False))
    return text


def odd_files(paths: Paths) -> list[Path]:
    """Return every test file, and paths without a file."""
    found = [path for path in paths.data.parent.rglob("*") if path.is_file()]
    return [*found, paths.data, paths.data / "nowhere.legato", paths.data / ("x" * 300)]


def furnish(paths: Paths, random: Random) -> None:
    """Put good, unusual and bad files into a data folder, and files to import beside it."""
    own = paths.routines
    (own / "mine").mkdir(parents=True)
    (own / "mine.yaml").write_text(mine(random))
    for number in range(6):
        (own / f"odd-{number}.yaml").write_bytes(odd(ROUTINE_TARGET, random))
    (own / "\udce9.yaml").write_text(MINE)
    (own / "mine" / "photo.png").write_bytes(odd(IMAGE_TARGET, random, good=0.5))
    (own / "mine" / "drawing.svg").write_bytes(odd(DRAWING_TARGET, random, good=0.5))
    (own / "mine" / "own-pose.yaml").write_bytes(odd(FIGURE_TARGET, random, good=0.5))
    for path, target, good in (
        (paths.settings, SETTINGS_TARGET, json.dumps(CHOSEN)),
        (paths.history, HISTORY_TARGET, json.dumps(REMEMBERED)),
        (paths.resume, RESUME_TARGET, json.dumps(LEFT)),
        (paths.glance, GLANCE_TARGET, ""),
    ):
        what = random.randrange(3)
        if what:
            path.write_bytes(odd(target, random) if what == 1 else good.encode())
    paths.geometry.write_bytes(random.randbytes(random.choice((0, 40, 66, 5000))))
    for number in range(3):
        given = paths.data.parent / f"given-{number}.legato"
        given.write_bytes(odd(ARCHIVE_TARGET, random, good=0.5))


def odd(target: Target, random: Random, good: float = 0.2) -> bytes:
    """Return a file of a kind, sometimes a good one."""
    if random.random() < good:
        return random.choice(target.seeds())
    return target.maker()(random)
