"""What is killed while it saves, keeps, deletes and brings back a routine with comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain import editing
from legato.domain.documents import Opened
from legato.resources import find_bundled
from legato.storage.draft_json import draft_of_json
from legato.storage.editor_files import open_editor_files
from legato.storage.library import Library
from legato.storage.routine_reader import read_routine

if TYPE_CHECKING:
    from legato.domain.ports import PictureData
    from legato.storage.paths import Paths

ODD = Path(__file__).parents[1] / "data" / "odd" / "comments-everywhere.yaml"
NAMES = ("Evening", "Night", "Evening of a day that was longer than others " * 4)


class RoutineSaver:
    """The editor's stores of one data folder, saving one routine.

    Args:
        paths: The data folder.
    """

    longest_seconds = 0.08
    """A little more than a round of saving takes: the kills fall on all of it."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        shipped = find_bundled().routines
        library = Library(shipped, paths.routines)
        self.files = open_editor_files(paths, shipped, library, _NoScaler())

    def prepare(self) -> None:
        """Write the routine and its picture, before anything is killed."""
        own = self._paths.routines
        (own / "evening").mkdir(parents=True)
        (own / "evening.yaml").write_bytes(ODD.read_bytes())
        (own / "evening" / "picture.png").write_bytes(b"whole")

    def do(self, number: int) -> None:
        """Store a draft, save, delete and restore; `number` gives the saved name."""
        opened = self._opened()
        assert opened.draft is not None
        moved = editing.move_steps(opened.draft, [0], 4).draft
        assert self.files.store.keep_draft(opened, moved) is None
        named = editing.rename(moved, NAMES[number % len(NAMES)]).draft
        assert isinstance(self.files.store.save(opened, named), Opened)
        deleted = self.files.trash.delete("evening")
        assert self.files.trash.restore(deleted.key) == "evening"  # type: ignore[union-attr]

    def check(self, done: int | None) -> None:
        """Raise AssertionError if a file is missing or not whole; `done` is the last save."""
        opened = self._opened()
        assert not opened.problems
        assert opened.draft is not None
        assert opened.draft.name in _names(done)
        assert len(opened.draft.steps) == 4
        assert opened.text.count("#") == ODD.read_text().count("#"), "a comment is missing"
        assert (self._paths.routines / "evening" / "picture.png").read_bytes() == b"whole"
        for path in (self._paths.versions / "evening").glob("[!.]*.yaml"):
            reading = read_routine(path)
            assert not reading.problems, path
            assert reading.draft is not None
            assert len(reading.draft.steps) == 4, path
        for path in self._paths.drafts.glob("[!.]*.json"):
            assert len(draft_of_json(path.read_bytes()).draft.steps) == 4, path

    def _opened(self) -> Opened:
        """Open the routine, or restore it from the trash if a deletion was interrupted."""
        opened = self.files.store.open("evening")
        if not isinstance(opened, Opened):
            for deleted in self.files.trash.deleted():
                assert self.files.trash.restore(deleted.key) == "evening"
            opened = self.files.store.open("evening")
        assert isinstance(opened, Opened)
        return opened


class _NoScaler:
    """A scaler for pictures that are all small enough."""

    def shrunk(self, picture: PictureData, longest: int) -> PictureData:
        """Return the picture unchanged."""
        del longest
        return picture


def _names(done: int | None) -> set[str]:
    """Return the possible names: that of the last save, or of the interrupted one."""
    numbers = range(len(NAMES)) if done is None else (done, done + 1)
    return {NAMES[number % len(NAMES)].strip() for number in numbers}
