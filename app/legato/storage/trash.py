"""Deleted routines with their pictures, kept until they are brought back."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.editor_ports import Deleted
from legato.domain.problems import BadData, Problem
from legato.storage.atomic import make_folder, why_not_written, write_atomic
from legato.storage.json_file import read_object
from legato.storage.regular_file import read_regular
from legato.storage.routine_writer import rewritten
from legato.storage.routine_yaml import parse_routine, read_routine
from legato.storage.shelf import beside, is_id
from legato.storage.trash_places import FILE, FOLDER, RECORD, keys
from legato.storage.yaml_nodes import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from legato.storage.drafts import DraftFolder
    from legato.storage.own_shelf import OwnShelf

_HALF = re.compile(r"[\ud800-\udfff]")
"""Half a character, which JSON can hold and a file cannot."""


class TrashFolder:
    """What was deleted, each in a folder of its own: the routine, its pictures, a record.

    The record is written first and taken away last, and the routine's file moves before its
    pictures go and after they are back: at no moment is a routine without its pictures.

    Args:
        folder: The trash; it need not exist.
        shelf: Where routines are deleted from and brought back to.
        drafts: What is typed and not saved, which goes with its routine.
    """

    def __init__(self, folder: Path, shelf: OwnShelf, drafts: DraftFolder) -> None:
        self._folder = folder
        self._shelf = shelf
        self._drafts = drafts

    def delete(self, routine_id: str) -> Deleted | Problem:
        """Put the user's routine and its pictures into the trash; a copy of what ships: reset."""
        path = self._shelf.own(routine_id)
        if path is None:
            hint = "what ships with Legato stays" if self._shelf.shipped(routine_id) else ""
            return Problem(where=routine_id, text="you have no routine of this id", hint=hint)
        draft = read_routine(path).draft
        record = {"id": routine_id, "name": draft.name if draft else routine_id}
        try:
            place = self._new_place()
            write_atomic(place / RECORD, json.dumps(record, ensure_ascii=False).encode())
            shutil.move(path, place / f"{FILE}{path.suffix}")
            folder = self._shelf.folder(routine_id)
            if folder.is_dir() and not folder.is_symlink():
                shutil.move(folder, place / FOLDER)
        except OSError as error:
            return _problem(path, error)
        except BadData as error:
            return error.problems[0]
        self._drafts.forget(routine_id)
        return self._record(place.name) or Problem(where=str(path), text="it cannot be deleted")

    def deleted(self) -> tuple[Deleted, ...]:
        """Return what is in the trash, the latest first; what is not whole is left out."""
        return tuple(found for key in reversed(keys(self._folder)) if (found := self._record(key)))

    def restore(self, key: str) -> str | Problem:
        """Bring a deleted routine back; return its id, another one where its own is taken."""
        found = self._record(key)
        file = beside(self._folder / key, FILE) if found else None
        if found is None or file is None:
            return Problem(where=key, text="it is no longer in the trash")
        routine_id, name = self._home(found)
        target = self._shelf.own_dir / f"{routine_id}{file.suffix}"
        try:
            if routine_id != found.id:
                _rename(file, found.id, name)
            make_folder(target.parent)
            folder = self._folder / key / FOLDER
            if folder.is_dir():
                shutil.move(folder, self._shelf.folder(routine_id))
            shutil.move(file, target)
            shutil.rmtree(self._folder / key, ignore_errors=True)
        except OSError as error:
            return _problem(target, error)
        except BadData as error:
            return error.problems[0]
        return routine_id

    def _home(self, deleted: Deleted) -> tuple[str, str]:
        """Return the id and the name under which a routine comes back; nothing is overwritten."""
        own = self._shelf.own(deleted.id)
        has_pictures = (self._folder / deleted.key / FOLDER).is_dir()
        if own is None and not (has_pictures and self._shelf.folder(deleted.id).exists()):
            return deleted.id, deleted.name
        return self._shelf.free_id(deleted.id, deleted.name)

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
        if not isinstance(name, str) or not name.strip() or _HALF.search(name):
            name = routine_id
        return Deleted(key=key, id=routine_id, name=name, at_ns=at_ns)

    def _new_place(self) -> Path:
        """Make and return a new folder in the trash; raises OSError."""
        make_folder(self._folder)
        taken = keys(self._folder)
        place = self._folder / f"{int(taken[-1]) + 1 if taken else 1:06d}"
        place.mkdir(mode=0o700)
        return place


def _rename(file: Path, routine_id: str, name: str) -> None:
    """Give the routine in `file` another name, as far as it can be read; raises BadData."""
    data = read_regular(file, most_bytes=MOST_BYTES)
    draft = parse_routine(data, routine_id=routine_id, where=str(file)).draft
    if draft is not None:
        text = rewritten(data.decode(), replace(draft, name=name), str(file))
        write_atomic(file, text.encode())


def _problem(path: Path, error: OSError) -> Problem:
    text, hint = why_not_written(error)
    return Problem(where=str(path), text=text.replace("written", "moved", 1), hint=hint)
