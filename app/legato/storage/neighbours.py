"""Finds what a file outside the library uses: beside the file first, then in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.storage.shelf import beside
from legato.storage.sources import Source, Sources, read_source

if TYPE_CHECKING:
    from pathlib import Path


class Neighbours:
    """The routine files of one folder, read when they are needed and once.

    Args:
        folder: The folder.
        others: Where an id is looked for that is not in it.
    """

    def __init__(self, folder: Path, others: Sources) -> None:
        self._folder = folder
        self._others = others
        self._found: dict[str, Source | None] = {}

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""
        if routine_id not in self._found:
            path = beside(self._folder, routine_id)
            self._found[routine_id] = read_source(path).slim() if path else None
        return self._found[routine_id] or self._others.source(routine_id)

    def known_ids(self) -> tuple[str, ...]:
        """Return every id there is."""
        return self._others.known_ids()
