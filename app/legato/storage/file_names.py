"""Tells by its name what a file is: a routine, a copy that a sync program made, or nearly a routine."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

ENDINGS = (".yaml", ".yml")
_NEARLY = (*ENDINGS, ".yaml.txt", ".yml.txt")
"""Endings, in any case, that somebody gave a routine; Windows hides the last one of two."""
_KEEP_ONE = "compare the two, keep what you want in one, and delete the other"
_WORDS = (
    "conflicted copy|conflict|case conflict|konflikt|in konflikt stehende kopie|copie en conflit"
    "|conflit|copia en conflicto|conflicto|copia in conflitto|conflitto|conflicto de"
)


def is_routine_file(name: str) -> bool:
    """Return whether a file of this name is a routine; hidden files are not."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def composed(text: str) -> str:
    """Return `text` with each accent joined to its letter, as keyboards type it.

    A Mac writes file names with the two apart, which looks the same and compares as different.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def named(folder: Path, name: str) -> Path:
    """Return the path of a file, whichever way its accents are written; it need not exist."""
    path = folder / name
    if not name.isascii() and not os.path.lexists(path):
        apart = folder / unicodedata.normalize("NFD", name)
        if os.path.lexists(apart):
            return apart
    return path


def name_problem(folder: Path | str, name: str, names: Collection[str] = ()) -> Problem | None:
    """Return why a file that may be meant as a routine is not listed as one, or None.

    Args:
        folder: Its folder.
        name: Its name.
        names: The names of the files beside it.
    """
    if name.startswith("."):
        return None
    where = str(Path(folder, name))
    if not is_routine_file(name):
        ending = next((one for one in _NEARLY if name.casefold().endswith(one)), "")
        if not ending or len(name) == len(ending):
            return None
        wanted = name[: -len(ending)] + ENDINGS[0]
        text = f"this file is not listed, because its name does not end in {ENDINGS[0]}"
        return Problem(where=where, text=text, hint=f"rename it to {wanted}")
    original = _copied_from(name, names)
    if original is None:
        return None
    text = f"a program that synchronises folders made this copy of {original}"
    return Problem(where=where, text=text, hint=_KEEP_ONE)


def _copied_from(name: str, names: Collection[str]) -> str | None:
    """Return the name of the routine that a sync program copied here, or None."""
    stem, dot, ending = name.rpartition(".")
    if found := _copies().fullmatch(stem):
        return f"{found['of'].rstrip()}{dot}{ending}"
    if found := _beside_its_original().fullmatch(stem):
        original = f"{found['of']}{dot}{ending}"
        return original if original in names else None
    return None


@cache
def _copies() -> re.Pattern[str]:
    """Return the names that Syncthing, Dropbox, Nextcloud and ownCloud give, in their languages."""
    return re.compile(
        r"(?P<of>.+?)(?:"
        r"\.sync-conflict-\d{8}-\d{6}-\w{7}"
        r"|[ _-]*_conflict-\d{8}-\d{6}"
        rf"|\s*\([^()]*\b(?:{_WORDS})\b[^()]*\)"
        r")",
        re.IGNORECASE,
    )


@cache
def _beside_its_original() -> re.Pattern[str]:
    """Return the names of OneDrive and iCloud, which mean a copy only beside an original."""
    return re.compile(r"(?P<of>.+?)(?:-(?:DESKTOP|LAPTOP|PC)-[A-Z0-9]{4,10}| [2-9])")
