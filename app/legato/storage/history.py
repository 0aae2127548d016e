"""Keeps earlier versions of routines, unsaved drafts, and deleted routines (the trash)."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.documents import Deleted, LeftDraft, Version
from legato.domain.problems import BadData, Problem
from legato.domain.routine import Step
from legato.storage.atomic import make_folder, why_not_written, write_atomic
from legato.storage.draft_json import KeptDraft, draft_json, draft_of_json
from legato.storage.routine_files import beside, is_id
from legato.storage.routine_reader import parse_routine, read_routine
from legato.storage.safe_read import read_object, read_regular, refusal
from legato.storage.yaml.nodes import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread
    from legato.storage.routine_files import RoutinePaths

MOST_VERSIONS = 10
_VERSION_KEY = re.compile(r"[0-9]{6,12}-[0-9]{1,20}")


class VersionFolder:
    """The last ten texts of each routine, as `ID/NUMBER-TIME.yaml`.

    They are ordered by number, so that a wrong clock does not change their order.

    Args:
        folder: The folder of versions; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, routine_id: str, data: bytes, at_ns: int) -> None:
        """Store a text that is about to be replaced, unless the latest version is the same.

        Args:
            routine_id: The routine's id.
            data: The text.
            at_ns: When it was written, in nanoseconds of wall time.

        Raises:
            BadData: It cannot be written.
        """
        kept = self._keys(routine_id)
        if kept and self._holds(routine_id, kept[0], data):
            return
        number = int(kept[0].partition("-")[0]) + 1 if kept else 1
        write_atomic(self._path(routine_id, f"{number:06d}-{max(at_ns, 0)}"), data)
        for old in kept[MOST_VERSIONS - 1 :]:
            with contextlib.suppress(OSError):
                self._path(routine_id, old).unlink()

    def versions(self, routine_id: str) -> tuple[Version, ...]:
        """Return the versions of a routine, the latest first."""
        found = []
        for key in self._keys(routine_id)[:MOST_VERSIONS]:
            with contextlib.suppress(OSError):
                size = self._path(routine_id, key).stat().st_size
                found.append(Version(key=key, at_ns=int(key.partition("-")[2]), size=size))
        return tuple(found)

    def read(self, routine_id: str, key: str) -> bytes:
        """Return the text of a version; raise BadData if there is no such version."""
        if key not in self._keys(routine_id):
            raise refusal(routine_id, "there is no such version of it")
        return read_regular(self._path(routine_id, key), most_bytes=MOST_BYTES)

    def _holds(self, routine_id: str, key: str, data: bytes) -> bool:
        try:
            return self.read(routine_id, key) == data
        except BadData:
            return False

    def _keys(self, routine_id: str) -> list[str]:
        """Return the keys of the versions, the latest first."""
        try:
            stems = [path.stem for path in (self._folder / routine_id).glob("*.yaml")]
        except OSError:
            return []
        return sorted(filter(_VERSION_KEY.fullmatch, stems), key=_number, reverse=True)

    def _path(self, routine_id: str, key: str) -> Path:
        return self._folder / routine_id / f"{key}.yaml"


def _number(key: str) -> int:
    return int(key.partition("-")[0])


MOST_DRAFT_BYTES = 20_000_000
"""A routine and the text it began from, a megabyte each, every character of them escaped."""


class DraftFolder:
    """Unsaved drafts, a JSON file for each routine.

    Earlier releases wrote YAML files instead. They are still read, until the draft is written or
    deleted.

    Args:
        folder: The folder of drafts; it need not exist.
        own_dir: The user's routines, with the pictures of their steps.
    """

    def __init__(self, folder: Path, own_dir: Path) -> None:
        self._folder = folder
        self._own_dir = own_dir

    def keep(
        self, draft: Draft, unread: tuple[Unread, ...] = (), begun: str = ""
    ) -> Problem | None:
        """Store `draft` instead of the earlier one; return why that failed, or None.

        Args:
            draft: The routine as typed.
            unread: The texts of fields that were not understood.
            begun: The file's text when editing began; empty for a new routine.
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
            # It survives a crash of the program; waiting for the disk at each pause would be too slow.
            write_atomic(path, data, lasting=False)
        except BadData as error:
            return error.problems[0]
        self._forget_yaml(draft.id)
        return None

    def forget(self, routine_id: str) -> None:
        """Delete the draft of a routine; a file that cannot be deleted is harmless."""
        with contextlib.suppress(OSError):
            self._path(routine_id).unlink(missing_ok=True)
        self._forget_yaml(routine_id)

    def left(self, routine_id: str) -> LeftDraft | None:
        """Return the draft of a routine, or None if there is none or it cannot be read."""
        path = self._path(routine_id)
        try:
            at_ns = path.stat().st_mtime_ns
            kept = draft_of_json(read_regular(path, most_bytes=MOST_DRAFT_BYTES))
        except (OSError, ValueError, BadData):
            return self._left_yaml(routine_id)
        draft = replace(self._placed(kept.draft, routine_id), id=routine_id)
        places = range(len(draft.steps))
        unread = tuple(one for one in kept.unread if all(at in places for at in one.steps))
        return LeftDraft(draft=draft, at_ns=at_ns, unread=unread, begun=kept.begun)

    def all_left(self) -> tuple[LeftDraft, ...]:
        """Return the drafts of all routines, the latest first."""
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
        """Return a draft that an earlier release wrote as a routine file."""
        path = self._yaml_path(routine_id)
        try:
            at_ns = path.stat().st_mtime_ns
            data = read_regular(path, most_bytes=MOST_BYTES)
        except (OSError, ValueError, BadData):
            return None
        folder = str(self._own_dir / routine_id)
        reading = parse_routine(data, routine_id=routine_id, where=str(path), folder=folder)
        return LeftDraft(draft=reading.draft, at_ns=at_ns) if reading.draft else None

    def _placed(self, draft: Draft, routine_id: str) -> Draft:
        """Return `draft` with the folder of the routine on each step that has a picture."""
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
    """Return `draft` without the attributes that steps get when they are read."""
    lines = (
        replace(line, folder="", move="") if isinstance(line, Step) else line
        for line in draft.steps
    )
    return replace(draft, steps=tuple(lines))


RECORD = "record.json"
"""File with the routine's id and name; written first and deleted last."""
FILE = "routine"
"""The stem of the routine's own file."""
FOLDER = "own"
"""Its pictures and figures."""

_TRASH_KEY = re.compile(r"[0-9]{6,12}")


def keys(folder: Path) -> list[str]:
    """Return the keys of the trash, the oldest first."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return []
    return sorted(filter(_TRASH_KEY.fullmatch, names), key=int)


_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate, which JSON can hold and UTF-8 cannot."""


class TrashFolder:
    """Deleted routines, each in a folder of its own with its pictures and a record.

    The record is written first and deleted last. The routine's file is moved before its pictures on
    the way in and after them on the way out, so that a routine never lacks its pictures.

    Args:
        folder: The trash; it need not exist.
        routines: Finds the routines to delete and to restore.
        drafts: The unsaved drafts, which are deleted with their routines.
    """

    def __init__(self, folder: Path, routines: RoutinePaths, drafts: DraftFolder) -> None:
        self._folder = folder
        self._routines = routines
        self._drafts = drafts

    def delete(self, routine_id: str) -> Deleted | Problem:
        """Move the user's routine and its pictures into the trash; this resets a copy of a shipped one."""
        path = self._routines.own(routine_id)
        if path is None:
            hint = "what ships with Legato stays" if self._routines.shipped(routine_id) else ""
            return Problem(where=routine_id, text="you have no routine of this id", hint=hint)
        draft = read_routine(path).draft
        record = {"id": routine_id, "name": draft.name if draft else routine_id}
        try:
            place = self._new_place()
            write_atomic(place / RECORD, json.dumps(record, ensure_ascii=False).encode())
            shutil.move(path, place / f"{FILE}{path.suffix}")
            folder = self._routines.folder(routine_id)
            if folder.is_dir() and not folder.is_symlink():
                shutil.move(folder, place / FOLDER)
        except OSError as error:
            return _problem(path, error)
        except BadData as error:
            return error.problems[0]
        self._drafts.forget(routine_id)
        return self._record(place.name) or Problem(where=str(path), text="it cannot be deleted")

    def deleted(self) -> tuple[Deleted, ...]:
        """Return the deleted routines, the latest first; skip incomplete ones."""
        return tuple(found for key in reversed(keys(self._folder)) if (found := self._record(key)))

    def restore(self, key: str) -> str | Problem:
        """Restore a deleted routine; return its id, a new one if its own is taken."""
        found = self._record(key)
        file = beside(self._folder / key, FILE) if found else None
        if found is None or file is None:
            return Problem(where=key, text="it is no longer in the trash")
        routine_id, name = self._home(found)
        target = self._routines.own_dir / f"{routine_id}{file.suffix}"
        try:
            if routine_id != found.id:
                _rename(file, found.id, name)
            make_folder(target.parent)
            folder = self._folder / key / FOLDER
            if folder.is_dir():
                shutil.move(folder, self._routines.folder(routine_id))
            shutil.move(file, target)
            shutil.rmtree(self._folder / key, ignore_errors=True)
        except OSError as error:
            return _problem(target, error)
        except BadData as error:
            return error.problems[0]
        return routine_id

    def _home(self, deleted: Deleted) -> tuple[str, str]:
        """Return a free id and name for a restored routine."""
        own = self._routines.own(deleted.id)
        has_pictures = (self._folder / deleted.key / FOLDER).is_dir()
        if own is None and not (has_pictures and self._routines.folder(deleted.id).exists()):
            return deleted.id, deleted.name
        return self._routines.free_id(deleted.id, deleted.name)

    def _record(self, key: str) -> Deleted | None:
        if key not in keys(self._folder) or beside(self._folder / key, FILE) is None:
            return None
        path = self._folder / key / RECORD
        try:
            _, values = read_object(path)
            at_ns = path.stat().st_mtime_ns
        except (BadData, OSError):
            return None
        routine_id, name = values.get("id"), values.get("name")
        if not isinstance(routine_id, str) or not is_id(routine_id):
            return None
        if not isinstance(name, str) or not name.strip() or _SURROGATE.search(name):
            name = routine_id
        return Deleted(key=key, id=routine_id, name=name, at_ns=at_ns)

    def _new_place(self) -> Path:
        """Create and return a new folder in the trash; raise OSError on failure."""
        make_folder(self._folder)
        taken = keys(self._folder)
        place = self._folder / f"{int(taken[-1]) + 1 if taken else 1:06d}"
        place.mkdir(mode=0o700)
        return place


def _rename(file: Path, routine_id: str, name: str) -> None:
    """Rename the routine in `file` if it can be read; raise BadData on failure."""
    from legato.storage.routine_writer import rewritten  # noqa: PLC0415 - cleaning up does without

    data = read_regular(file, most_bytes=MOST_BYTES)
    draft = parse_routine(data, routine_id=routine_id, where=str(file)).draft
    if draft is not None:
        text = rewritten(data.decode(), draft, replace(draft, name=name), str(file))
        write_atomic(file, text.encode())


def _problem(path: Path, error: OSError) -> Problem:
    text, hint = why_not_written(error)
    return Problem(where=str(path), text=text.replace("written", "moved", 1), hint=hint)
