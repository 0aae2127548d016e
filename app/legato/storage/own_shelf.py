"""Where the file of an id lies, the user's or the one that ships, and which ids are free."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from legato.storage.keeping import id_for
from legato.storage.shelf import ENDINGS, MOVES, beside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


_NUMBERED = re.compile(r"(.+) \(([0-9]{1,4})\)")


@dataclass(frozen=True, slots=True)
class OwnShelf:
    """The two places of routine files, looked at on the disk each time.

    Attributes:
        own_dir: The user's routines; it need not exist.
        shipped_dir: The shipped ones, with the single moves in `moves/`.
    """

    own_dir: Path
    shipped_dir: Path

    def own(self, routine_id: str) -> Path | None:
        """Return the user's file of that id, or None."""
        return beside(self.own_dir, routine_id)

    def shipped(self, routine_id: str) -> Path | None:
        """Return the shipped file of that id, or None."""
        return beside(self.shipped_dir, routine_id) or beside(self.shipped_dir / MOVES, routine_id)

    def found(self, routine_id: str) -> Path | None:
        """Return the file that counts: the user's, or else the one that ships."""
        return self.own(routine_id) or self.shipped(routine_id)

    def new_path(self, routine_id: str) -> Path:
        """Return where a new file of that id goes."""
        return self.own_dir / f"{routine_id}{ENDINGS[0]}"

    def folder(self, routine_id: str) -> Path:
        """Return the routine's own folder, for its pictures and figures."""
        return self.own_dir / routine_id

    def is_free(self, routine_id: str) -> bool:
        """Say whether neither a routine nor a folder of pictures has that id."""
        return self.found(routine_id) is None and not os.path.lexists(self.folder(routine_id))

    def free_name(self, name: str, taken: Collection[str] = ()) -> tuple[str, str]:
        """Return an id that is free, and the name that goes with it: `name`, or `name (2)`.

        Args:
            name: The name that is wanted.
            taken: Ids that are promised to others.
        """
        wanted = id_for(name)
        return self.free_id(wanted, name, taken)

    def free_id(self, wanted: str, name: str, taken: Collection[str] = ()) -> tuple[str, str]:
        """Return `wanted` or the next id that is free, and the name that goes with it."""
        pairs = self.numbered(wanted, name)
        return next(pair for pair in pairs if pair[0] not in taken and self.is_free(pair[0]))

    @staticmethod
    def numbered(wanted: str, name: str) -> Iterator[tuple[str, str]]:
        """Give an id and a name as they are, then with 2, 3 and so on; it does not end."""
        yield wanted, name
        numbered = _NUMBERED.fullmatch(name)
        if numbered and wanted.endswith(f"-{numbered[2]}"):  # a copy of a copy
            name, wanted = numbered[1], wanted.removesuffix(f"-{numbered[2]}")
        for number in count(2):
            yield f"{wanted}-{number}", f"{name} ({number})"
