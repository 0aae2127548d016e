"""Cleans the data folder up behind writes and deletions that were killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.storage.atomic import sweep
from legato.storage.trash import sweep_trash

if TYPE_CHECKING:
    from pathlib import Path

    from legato.storage.paths import Paths


def sweep_all(paths: Paths, *, before: float) -> None:
    """Take away what was left half-way; what is whole is never touched.

    Args:
        paths: The user's data folder.
        before: Wall time in seconds; what is younger may be under way.
    """
    own = (sub for folder in (paths.versions, paths.routines) for sub in _folders_in(folder))
    for folder in (paths.data, paths.routines, paths.drafts, *own):
        sweep(folder, before=before)
    sweep_trash(paths.trash, before=before)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return []
