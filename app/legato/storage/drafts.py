"""What somebody types and has not saved: one file a routine, written as they pause."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.editor_ports import LeftDraft
from legato.domain.problems import BadData, Problem
from legato.domain.routine import Step
from legato.storage.atomic import write_atomic
from legato.storage.draft_json import KeptDraft, draft_json, draft_of_json
from legato.storage.regular_file import read_regular
from legato.storage.routine_yaml import parse_routine
from legato.storage.yaml_nodes import MOST_BYTES as MOST_YAML_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread

MOST_BYTES = 20_000_000
"""A routine and the text it began from, a megabyte each, every character of them escaped."""


class DraftFolder:
    """Drafts as JSON files, which give back every character that was typed.

    Earlier versions wrote a routine file for each. Those are still read, until the draft is written
    or forgotten.

    Args:
        folder: Where they are kept; it need not exist.
        own_dir: The user's routines, where the pictures of their steps lie.
    """

    def __init__(self, folder: Path, own_dir: Path) -> None:
        self._folder = folder
        self._own_dir = own_dir

    def keep(
        self, draft: Draft, unread: tuple[Unread, ...] = (), begun: str = ""
    ) -> Problem | None:
        """Keep `draft` in the place of what was kept; return why it could not be.

        Args:
            draft: The routine as it was typed.
            unread: The texts of fields that were not understood.
            begun: The text of the file that it began from; empty for a new routine.
        """
        path = self._path(draft.id)
        kept = KeptDraft(_unplaced(draft), unread, begun)
        try:
            data = draft_json(kept)
            same = draft_of_json(data) == kept
        except ValueError:
            same = False
        if not same:
            hint = "save the routine before you leave it"
            return Problem(where=str(path), text="what is not saved cannot be kept", hint=hint)
        try:
            # After a crash of the program it is whole; a disk need not be waited for at each word.
            write_atomic(path, data, lasting=False)
        except BadData as error:
            return error.problems[0]
        self._forget_yaml(draft.id)
        return None

    def forget(self, routine_id: str) -> None:
        """Forget what was kept of a routine; a file that cannot be taken away is harmless."""
        with contextlib.suppress(OSError):
            self._path(routine_id).unlink(missing_ok=True)
        self._forget_yaml(routine_id)

    def left(self, routine_id: str) -> LeftDraft | None:
        """Return what was left of a routine, or None; what cannot be read is nothing."""
        path = self._path(routine_id)
        try:
            at_ns = path.stat().st_mtime_ns
            kept = draft_of_json(read_regular(path, most_bytes=MOST_BYTES))
        except (OSError, ValueError, BadData):
            return self._left_yaml(routine_id)
        draft = replace(self._placed(kept.draft, routine_id), id=routine_id)
        places = range(len(draft.steps))
        unread = tuple(one for one in kept.unread if all(at in places for at in one.steps))
        return LeftDraft(draft=draft, at_ns=at_ns, unread=unread, begun=kept.begun)

    def all_left(self) -> tuple[LeftDraft, ...]:
        """Return what was left of all routines, the latest first."""
        try:
            paths = [
                path for kind in ("json", "yaml") for path in self._folder.glob(f"[!.]*.{kind}")
            ]
        except OSError:
            return ()
        stems = dict.fromkeys(path.stem for path in paths)
        found = [left for stem in stems if (left := self.left(stem))]
        return tuple(sorted(found, key=lambda one: one.at_ns, reverse=True))

    def _left_yaml(self, routine_id: str) -> LeftDraft | None:
        """Return a draft of an earlier version, as far as it can be read as a routine file."""
        path = self._yaml_path(routine_id)
        try:
            at_ns = path.stat().st_mtime_ns
            data = read_regular(path, most_bytes=MOST_YAML_BYTES)
        except (OSError, ValueError, BadData):
            return None
        folder = str(self._own_dir / routine_id)
        reading = parse_routine(data, routine_id=routine_id, where=str(path), folder=folder)
        return LeftDraft(draft=reading.draft, at_ns=at_ns) if reading.draft else None

    def _placed(self, draft: Draft, routine_id: str) -> Draft:
        """Return `draft` with its pictures looked up where they lie, as a file's are."""
        folder = str(self._own_dir / routine_id)
        lines = (
            replace(line, folder=folder if line.picture else "") if isinstance(line, Step) else line
            for line in draft.steps
        )
        return replace(draft, steps=tuple(lines))

    def _forget_yaml(self, routine_id: str) -> None:
        with contextlib.suppress(OSError):
            self._yaml_path(routine_id).unlink(missing_ok=True)

    def _path(self, routine_id: str) -> Path:
        return self._folder / f"{routine_id}.json"

    def _yaml_path(self, routine_id: str) -> Path:
        return self._folder / f"{routine_id}.yaml"


def _unplaced(draft: Draft) -> Draft:
    """Return `draft` without what its steps have only where they were read."""
    lines = (
        replace(line, folder="", move="") if isinstance(line, Step) else line
        for line in draft.steps
    )
    return replace(draft, steps=tuple(lines))
