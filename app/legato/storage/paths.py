"""The paths of the user's files, computed once at the start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "LEGATO_DATA_DIR"


class Paths(NamedTuple):
    """The user's data folder and the paths in it; folders are created by the first write.

    Attributes:
        data: The folder itself.
    """

    data: Path

    @property
    def routines(self) -> Path:
        """The user's routines; a routine's own pictures and figures lie in `ID/`."""
        return self.data / "routines"

    @property
    def trash(self) -> Path:
        """The trash: deleted routines."""
        return self.data / "trash"

    @property
    def versions(self) -> Path:
        """Earlier versions of the user's routines."""
        return self.data / "versions"

    @property
    def drafts(self) -> Path:
        """Unsaved drafts."""
        return self.data / "drafts"

    @property
    def settings(self) -> Path:
        """The settings."""
        return self.data / "settings.json"

    @property
    def history(self) -> Path:
        """What was used and chosen last."""
        return self.data / "history.json"

    @property
    def glance(self) -> Path:
        """The snapshot of the home page."""
        return self.data / "glance.json"

    @property
    def glance_pictures(self) -> Path:
        """The pictures of the home page."""
        return self.data / "glance.pixels"

    @property
    def geometry(self) -> Path:
        """Position and size of the window."""
        return self.data / "window.geometry"

    @property
    def resume(self) -> Path:
        """The state of the last session."""
        return self.data / "resume.json"

    @property
    def schema(self) -> Path:
        """The JSON Schema of routine files, for text editors."""
        return self.data / "routine.schema.json"

    @property
    def log(self) -> Path:
        """The folder of the log."""
        return self.data / "log"


def find_paths(data_dir: str | None = None, environ: Mapping[str, str] = os.environ) -> Paths:
    """Return the paths in `data_dir`, else LEGATO_DATA_DIR, else the system's data folder."""
    chosen = data_dir or environ.get(VARIABLE)
    if chosen:
        # Not resolved: whoever uses a missing or unreadable folder reports it.
        return Paths(Path(os.path.abspath(os.path.expanduser(chosen))))  # noqa: PTH100, PTH111
    import platformdirs  # noqa: PLC0415 - not needed where the folder is named

    return Paths(platformdirs.user_data_path("legato", appauthor=False))
