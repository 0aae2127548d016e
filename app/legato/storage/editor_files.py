"""Builds the stores that the editor uses, from the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.storage.history import DraftFolder, TrashFolder
from legato.storage.own_pictures import OwnPictureFolder
from legato.storage.routine_files import RoutinePaths
from legato.storage.routine_store import RoutineStore
from legato.storage.share import RoutineSharing
from legato.storage.step_clipboard import StepText

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.ports import PictureScaler
    from legato.storage.paths import Paths
    from legato.storage.sources import Sources


@dataclass(frozen=True, slots=True)
class EditorFiles:
    """The editor's stores.

    Attributes:
        store: Opens and saves routines, stores drafts and versions.
        trash: Deleted routines.
        pictures: The pictures and drawn poses of the user's routines.
        clipboard: Steps as text.
        sharing: Routines as one file for somebody else.
    """

    store: RoutineStore
    trash: TrashFolder
    pictures: OwnPictureFolder
    clipboard: StepText
    sharing: RoutineSharing


def open_editor_files(
    paths: Paths, shipped_dir: Path, sources: Sources, scaler: PictureScaler
) -> EditorFiles:
    """Return the stores; nothing is read or written yet.

    Args:
        paths: The user's data folder.
        shipped_dir: The routines that ship.
        sources: Where used routines are found: the library.
        scaler: Makes large pictures smaller.
    """
    routines = RoutinePaths(paths.routines, shipped_dir)
    return EditorFiles(
        store=RoutineStore(paths, shipped_dir, sources),
        trash=TrashFolder(paths.trash, routines, DraftFolder(paths.drafts, paths.routines)),
        pictures=OwnPictureFolder(paths.routines, scaler),
        clipboard=StepText(paths.routines),
        sharing=RoutineSharing(routines, paths.schema),
    )
