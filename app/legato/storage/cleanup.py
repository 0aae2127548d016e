"""Removes what killed writes and deletions left in the data folder."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from legato.storage.atomic import remove_leftovers

if TYPE_CHECKING:
    from pathlib import Path

    from legato.storage.paths import Paths


def remove_all_leftovers(paths: Paths, *, before: float) -> None:
    """Delete temporary files and incomplete trash entries; keep everything that is whole.

    Args:
        paths: The user's data folder.
        before: Wall time in seconds; younger files may still be in use.
    """
    own = (sub for folder in (paths.versions, paths.routines) for sub in _folders_in(folder))
    for folder in (paths.data, paths.routines, paths.drafts, *own):
        remove_leftovers(folder, before=before)
    _clean_trash(paths.trash, before=before)


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / one.name for one in entries if one.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _clean_trash(folder: Path, *, before: float) -> None:
    """Delete the records of routines that were never moved into the trash."""
    if not folder.is_dir():
        return
    from legato.storage.history import FILE, FOLDER, keys  # noqa: PLC0415 - most have no trash
    from legato.storage.routine_files import beside  # noqa: PLC0415 - likewise

    for key in keys(folder):
        place = folder / key
        with contextlib.suppress(OSError):
            if beside(place, FILE) or (place / FOLDER).exists():
                continue
            if place.stat().st_mtime < before:
                shutil.rmtree(place, ignore_errors=True)
