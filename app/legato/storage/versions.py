"""The last ten texts of each of the user's routines, each in a file of its own."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from legato.domain.editor_ports import Version
from legato.domain.problems import BadData
from legato.storage.atomic import write_atomic
from legato.storage.regular_file import read_regular, refusal
from legato.storage.yaml_nodes import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

MOST_VERSIONS = 10
_KEY = re.compile(r"[0-9]{6,12}-[0-9]{1,20}")


class VersionFolder:
    """Earlier texts, in `ID/NUMBER-TIME.yaml`: a clock that was wrong does not change their order.

    Args:
        folder: Where they are kept; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, routine_id: str, data: bytes, at_ns: int) -> None:
        """Keep a text that is about to be replaced, unless it is the latest that is kept.

        Args:
            routine_id: Whose text.
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
        """Return what is kept of a routine, the latest first."""
        found = []
        for key in self._keys(routine_id)[:MOST_VERSIONS]:
            with contextlib.suppress(OSError):
                size = self._path(routine_id, key).stat().st_size
                found.append(Version(key=key, at_ns=int(key.partition("-")[2]), size=size))
        return tuple(found)

    def read(self, routine_id: str, key: str) -> bytes:
        """Return one of the texts; raises BadData where there is none such."""
        if key not in self._keys(routine_id):
            raise refusal(routine_id, "there is no such version of it")
        return read_regular(self._path(routine_id, key), most_bytes=MOST_BYTES)

    def _holds(self, routine_id: str, key: str, data: bytes) -> bool:
        try:
            return self.read(routine_id, key) == data
        except BadData:
            return False

    def _keys(self, routine_id: str) -> list[str]:
        """Return the keys of what is kept, the latest first."""
        try:
            stems = [path.stem for path in (self._folder / routine_id).glob("*.yaml")]
        except OSError:
            return []
        return sorted(filter(_KEY.fullmatch, stems), key=_number, reverse=True)

    def _path(self, routine_id: str, key: str) -> Path:
        return self._folder / routine_id / f"{key}.yaml"


def _number(key: str) -> int:
    return int(key.partition("-")[0])
