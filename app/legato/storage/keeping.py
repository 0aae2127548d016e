"""Keeps new routines among the user's own, each under a name that nothing has yet."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from legato.domain.problems import BadData, Problem
from legato.storage.atomic import write_atomic
from legato.storage.routine_text import routine_file_text, routine_text
from legato.storage.routine_yaml import parse_routine
from legato.storage.shelf import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from legato.domain.draft import Draft

LONGEST_ID = 60
NAMELESS = "routine"


class RoutineFolder:
    """The folder of the user's routines.

    Args:
        folder: Where their files are; it need not exist.
        known_ids: Gives every id of the library; a new routine hides none of them.
        schema: Where the JSON Schema is kept, if the first line of new files is to point to it.
    """

    def __init__(
        self, folder: Path, known_ids: Callable[[], Collection[str]], schema: Path | None = None
    ) -> None:
        self._folder = folder
        self._known_ids = known_ids
        self._schema = schema

    def keep(self, draft: Draft) -> str | Problem:
        """Write `draft` as a new file; return the name that it got, or why it was not written.

        Nothing is ever overwritten: where the name is taken it becomes `Name (2)`.
        """
        known = set(self._known_ids())
        for number in count(1):
            name = draft.name if number == 1 else f"{draft.name} ({number})"
            routine_id = id_for(draft.name) if number == 1 else f"{id_for(draft.name)}-{number}"
            if routine_id not in known and not self._exists(routine_id):
                return self._write(replace(draft, id=routine_id, name=name))
        raise AssertionError("numbers do not end")

    def _exists(self, routine_id: str) -> bool:
        return any(os.path.lexists(self._folder / f"{routine_id}{ending}") for ending in ENDINGS)

    def _write(self, draft: Draft) -> str | Problem:
        path = self._folder / f"{draft.id}{ENDINGS[0]}"
        if self._schema is not None:
            from legato.storage.schema_file import keep_schema  # noqa: PLC0415 - seldom

            keep_schema(self._schema)
        write = routine_text if self._schema is None else routine_file_text
        data = write(draft).encode()
        reading = parse_routine(data, routine_id=draft.id, where=str(path))
        if reading.problems:
            return reading.problems[0]
        try:
            write_atomic(path, data)
        except BadData as error:
            return error.problems[0]
        return draft.name


def id_for(name: str) -> str:
    """Return the id that a name becomes: plain letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST_ID].strip("-") or NAMELESS
