"""Exports and imports routines as `.legato` files, which are ZIP archives."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.documents import Incoming, PartState
from legato.domain.problems import BadData, Problem
from legato.storage.atomic import write_atomic
from legato.storage.file_names import ENDINGS, is_routine_file
from legato.storage.routine_format import keep_schema
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_store import own_pictures
from legato.storage.safe_read import read_regular, refusal, size
from legato.storage.share_import import (
    MOST_ENTRIES,
    MOST_UNPACKED,
    ImportPlan,
    read_archive,
    used_ids,
)
from legato.storage.yaml.nodes import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from legato.domain.documents import Part
    from legato.storage.routine_files import RoutinePaths

ENDING = ".legato"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""A fixed date for every part, so that the same routine always gives the same file."""
_READABLE_BY_ALL = 0o644 << 16


class RoutineSharing:
    """Exports and imports routines; an import overwrites nothing.

    Args:
        routines: Finds the routines.
        schema_path: Path of the JSON Schema.
    """

    def __init__(self, routines: RoutinePaths, schema_path: Path) -> None:
        self._routines = routines
        self._schema_path = schema_path

    def export(self, routine_id: str, target: Path) -> Problem | None:
        """Write a routine as one file, with the pictures and the own routines that it uses.

        Routines that ship with Legato are left out, because every machine has them.
        """
        try:
            files = self._gathered(routine_id)
            total = sum(map(len, files.values()))
            if len(files) > MOST_ENTRIES or total > MOST_UNPACKED:
                text = f"with its pictures it is more than {MOST_ENTRIES} files"
                raise refusal(target, f"{text} or {size(MOST_UNPACKED)}", "share a part of it")
            write_atomic(target, _zipped(files), shared=True)
        except BadData as error:
            return error.problems[0]
        return None

    def inspect(self, path: Path) -> Incoming | Problem:
        """Read a `.legato` or `.yaml` file and return what an import would do with its parts.

        A single routine file is imported with the pictures beside it.
        """
        steps = self.inspection(path)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                found: Incoming | Problem = done.value
                return found

    def inspection(self, path: Path) -> Generator[None, None, Incoming | Problem]:
        """Return what `inspect` returns, with a yield after each part of the file."""
        try:
            files = self._beside(path) if is_routine_file(path.name) else read_archive(path)
        except BadData as error:
            return error.problems[0]
        incoming = yield from ImportPlan(self._routines, files).look(path)
        if not any(part.is_routine for part in incoming.parts):
            return Problem(where=str(path), text="there is no routine in this file")
        return incoming

    def import_parts(self, incoming: Incoming) -> Incoming | Problem:
        """Write the parts that are not refused; return the result of each.

        A part is refused too if its path was taken since `inspect`.
        """
        refused: dict[str, str] = {}
        if incoming.files:
            keep_schema(self._schema_path)
        for name, data in incoming.files.items():
            target = self._routines.own_dir / name
            try:
                if os.path.lexists(target):
                    raise refusal(target, "something else was put there meanwhile")
                write_atomic(target, data)
            except BadData as error:
                refused[name] = error.problems[0].text
        return replace(incoming, parts=tuple(_result(part, refused) for part in incoming.parts))

    def _beside(self, path: Path) -> dict[str, bytes]:
        """Return a routine file from outside the library and its pictures; raise BadData on failure."""
        data = read_regular(path, most_bytes=MOST_BYTES)
        folder = path.parent / path.stem
        reading = parse_routine(data, routine_id=path.stem, where=str(path), folder=str(folder))
        if reading.draft is None:
            raise BadData(reading.problems)
        pictures = own_pictures(reading.draft)
        return {path.name: data} | {f"{path.stem}/{rest}": one for rest, one in pictures.items()}

    def _gathered(self, routine_id: str) -> dict[str, bytes]:
        """Return the files of a routine and of all that it uses; raise BadData on failure."""
        files: dict[str, bytes] = {}
        waiting, seen = [routine_id], {routine_id}
        while waiting:
            one = waiting.pop(0)
            path = self._routines.own(one) or (
                self._routines.found(one) if one == routine_id else None
            )
            if path is None:
                if one == routine_id:
                    raise refusal(routine_id, "there is no such routine")
                continue
            data = read_regular(path, most_bytes=MOST_BYTES)
            folder = path.parent / path.stem
            draft = parse_routine(data, routine_id=one, where=str(path), folder=str(folder)).draft
            if draft is None:
                raise refusal(path, "the file cannot be read", "mend it first")
            files[f"{one}{ENDINGS[0]}"] = data
            files |= {f"{one}/{rest}": content for rest, content in own_pictures(draft).items()}
            for used in sorted(used_ids(draft)):
                if used not in seen:
                    seen.add(used)
                    waiting.append(used)
        return files


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _FIXED_DATE)
            info.external_attr = _READABLE_BY_ALL
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def _result(part: Part, refused: dict[str, str]) -> Part:
    """Return a part with its result after the import."""
    name = f"{part.becomes}{ENDINGS[0]}" if part.is_routine else part.becomes
    if name not in refused:
        return part
    return replace(part, state=PartState.REFUSED, note=refused[name])
