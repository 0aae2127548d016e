"""How the trash is laid out: a numbered folder for each routine that was deleted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "record.json"
"""The routine's id and name, written first and taken away last."""
FILE = "routine"
"""The stem of the routine's own file."""
FOLDER = "own"
"""Its pictures and figures."""

_KEY = re.compile(r"[0-9]{6,12}")


def keys(folder: Path) -> list[str]:
    """Return the names of the folders in the trash, the oldest first; none where there is none."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return []
    return sorted(filter(_KEY.fullmatch, names), key=int)
