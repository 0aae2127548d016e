"""Saves a routine over and over in a child that is killed at a random moment; looks what is left.

python tests/killed_saves.py FOLDER TIMES
"""

from __future__ import annotations

import os
import signal
import sys
import time
from itertools import cycle
from pathlib import Path
from random import Random
from typing import NoReturn

from legato.domain import editing, routine_edits
from legato.domain.editor_ports import Opened
from legato.resources import find_bundled
from legato.storage.drafts import DraftFolder
from legato.storage.library import Library
from legato.storage.own_shelf import OwnShelf
from legato.storage.paths import Paths
from legato.storage.routine_store import RoutineStore
from legato.storage.routine_yaml import read_routine
from legato.storage.trash import TrashFolder

ODD = Path(__file__).parent / "data" / "odd" / "comments-everywhere.yaml"
LONGEST_SECONDS = 0.06
"""A little more than a round of saving takes: the kills fall on all of it."""
NAMES = ("Evening", "Night", "Evening of a day that was longer than others " * 4)


class Desk:
    """The stores of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder)
        shipped = find_bundled().routines
        library = Library(shipped, self.paths.routines)
        shelf = OwnShelf(self.paths.routines, shipped)
        drafts = DraftFolder(self.paths.drafts, self.paths.routines)
        self.store = RoutineStore(self.paths, shipped, library)
        self.trash = TrashFolder(self.paths.trash, shelf, drafts)

    def opened(self) -> Opened:
        """Open the routine, which is there, or in the trash if a deletion was cut off."""
        opened = self.store.open("evening")
        if not isinstance(opened, Opened):
            for deleted in self.trash.deleted():
                assert self.trash.restore(deleted.key) == "evening"
            opened = self.store.open("evening")
        assert isinstance(opened, Opened)
        return opened

    def save_for_ever(self, saying: int) -> NoReturn:
        """Save, keep drafts, delete and bring back until killed; a byte says it has begun."""
        os.write(saying, b".")
        for name in cycle(NAMES):
            opened = self.opened()
            assert opened.draft is not None
            moved = editing.move_steps(opened.draft, [0], 4).draft
            assert self.store.keep_draft(opened, moved) is None
            saved = self.store.save(opened, routine_edits.rename(moved, name).draft)
            assert isinstance(saved, Opened)
            deleted = self.trash.delete("evening")
            assert self.trash.restore(deleted.key) == "evening"  # type: ignore[union-attr]
        raise AssertionError("names come round again")

    def check(self) -> None:
        """Raise AssertionError if anything is missing or half."""
        opened = self.opened()
        assert not opened.problems
        assert opened.draft is not None
        assert opened.draft.name in {name.strip() for name in NAMES}
        assert len(opened.draft.steps) == 4
        assert opened.text.count("#") == ODD.read_text().count("#"), "a comment is missing"
        assert (self.paths.routines / "evening" / "picture.png").read_bytes() == b"whole"
        for folder in (self.paths.versions / "evening", self.paths.drafts):
            for path in folder.glob("[!.]*.yaml"):
                reading = read_routine(path)
                assert not reading.problems, path
                assert reading.draft is not None
                assert len(reading.draft.steps) == 4, path


def main(folder: Path, times: int) -> None:
    """Kill a saving child `times` times, and look at the files after each."""
    desk = Desk(folder)
    own = desk.paths.routines
    (own / "evening").mkdir(parents=True)
    (own / "evening.yaml").write_bytes(ODD.read_bytes())
    (own / "evening" / "picture.png").write_bytes(b"whole")
    random = Random(30)  # noqa: S311 - no secret
    for _ in range(times):
        hearing, saying = os.pipe()
        child = os.fork()
        if not child:
            desk.save_for_ever(saying)
        os.close(saying)
        assert os.read(hearing, 1) == b"."
        os.close(hearing)
        time.sleep(random.uniform(0.0, LONGEST_SECONDS))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the child fell over by itself"
        desk.check()
    kept = len(desk.store.versions("evening"))
    sys.stdout.write(f"{times} kills, {kept} versions kept, nothing lost\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
