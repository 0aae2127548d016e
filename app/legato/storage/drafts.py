"""What somebody types and has not saved: one file a routine, written as they pause."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from legato.domain.editor_ports import LeftDraft
from legato.domain.problems import BadData
from legato.storage.atomic import write_atomic
from legato.storage.regular_file import read_regular
from legato.storage.routine_text import routine_text
from legato.storage.routine_yaml import parse_routine
from legato.storage.yaml_nodes import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.domain.problems import Problem


class DraftFolder:
    """Drafts as routine files of their own, so that a person could read them too.

    Args:
        folder: Where they are kept; it need not exist.
        own_dir: The user's routines, where the pictures of their steps lie.
    """

    def __init__(self, folder: Path, own_dir: Path) -> None:
        self._folder = folder
        self._own_dir = own_dir

    def keep(self, draft: Draft) -> Problem | None:
        """Keep `draft` in the place of what was kept; return why it could not be."""
        try:
            # After a crash of the program it is whole; a disk need not be waited for at each word.
            write_atomic(self._path(draft.id), routine_text(draft).encode(), lasting=False)
        except BadData as error:
            return error.problems[0]
        return None

    def forget(self, routine_id: str) -> None:
        """Forget what was kept of a routine; a file that cannot be taken away is harmless."""
        with contextlib.suppress(OSError):
            self._path(routine_id).unlink(missing_ok=True)

    def left(self, routine_id: str) -> LeftDraft | None:
        """Return what was left of a routine, or None; what cannot be read is nothing."""
        path = self._path(routine_id)
        try:
            at_ns = path.stat().st_mtime_ns
            data = read_regular(path, most_bytes=MOST_BYTES)
        except (OSError, ValueError, BadData):
            return None
        folder = str(self._own_dir / routine_id)
        reading = parse_routine(data, routine_id=routine_id, where=str(path), folder=folder)
        return LeftDraft(draft=reading.draft, at_ns=at_ns) if reading.draft else None

    def all_left(self) -> tuple[LeftDraft, ...]:
        """Return what was left of all routines, the latest first."""
        try:
            stems = [path.stem for path in self._folder.glob("[!.]*.yaml")]
        except OSError:
            return ()
        found = [left for stem in stems if (left := self.left(stem))]
        return tuple(sorted(found, key=lambda one: one.at_ns, reverse=True))

    def _path(self, routine_id: str) -> Path:
        return self._folder / f"{routine_id}.yaml"
