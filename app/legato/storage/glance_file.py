"""Keeps what the first page showed last time; whatever is wrong with the file, it is as if none."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from legato.domain.glance import Glance
from legato.domain.problems import BadData
from legato.storage.json_file import read_object

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 2000


class GlanceFile:
    """One small file beside the settings.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Glance | None:
        """Return what was shown last time, or None."""
        try:
            _, values = read_object(self._path)
        except BadData:
            return None
        words = {one.name: values.get(one.name) for one in fields(Glance)}
        if not all(isinstance(word, str) and len(word) <= LONGEST for word in words.values()):
            return None
        return Glance(**{name: str(word) for name, word in words.items()})

    def save(self, glance: Glance) -> None:
        """Keep it; a file that cannot be written only makes the next start a little slower."""
        import json  # noqa: PLC0415 - writing is not part of the start, which is waited for

        from legato.storage.atomic import write_atomic  # noqa: PLC0415 - likewise

        with contextlib.suppress(BadData):
            write_atomic(self._path, json.dumps(asdict(glance)).encode(), lasting=False)
