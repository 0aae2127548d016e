"""Reads and writes the file with the last home page, which makes the start faster."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from legato.domain.home_snapshot import HomeSnapshot
from legato.domain.problems import BadData
from legato.storage.safe_read import read_object

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 2000


class HomeSnapshotFile:
    """Reads and writes the snapshot of the home page.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> HomeSnapshot | None:
        """Return the last snapshot, or None."""
        try:
            _, values = read_object(self._path)
        except BadData:
            return None
        words = {name: values.get(name) for name in HomeSnapshot._fields}
        if not all(isinstance(word, str) and len(word) <= LONGEST for word in words.values()):
            return None
        return HomeSnapshot(**{name: str(word) for name, word in words.items()})

    def save(self, glance: HomeSnapshot) -> None:
        """Write the snapshot; a failure only makes the next start a little slower."""
        # Imported late, because writing is no part of the start.
        import json  # noqa: PLC0415

        from legato.storage.atomic import write_atomic  # noqa: PLC0415

        with contextlib.suppress(BadData):
            write_atomic(self._path, json.dumps(glance._asdict()).encode(), lasting=False)
