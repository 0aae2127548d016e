"""The history file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from legato.domain.history import NO_HISTORY
from legato.storage.settings import JsonFile, open_settings

if TYPE_CHECKING:
    from legato.domain.history import History
    from legato.domain.problems import Problem
    from legato.storage.paths import Paths


class HistoryFile:
    """Stores the history; at first it is taken from the settings file, where it used to be.

    Args:
        paths: The user's data folder.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._file = JsonFile(paths.history, NO_HISTORY)

    def load(self) -> tuple[History, tuple[Problem, ...]]:
        """Return the history, and what in the file could not be used."""
        if os.path.lexists(self._paths.history) or not os.path.lexists(self._paths.settings):
            return self._file.load()
        history, _ = JsonFile(self._paths.settings, NO_HISTORY).load()
        if history != NO_HISTORY and self._file.save(history) is None:
            # Dropped there at once: a deleted history file must not bring it back.
            settings = open_settings(self._paths)
            settings.save(settings.load()[0])
        return history, ()

    def save(self, history: History) -> Problem | None:
        """Write `history`; return what kept it from being written. Never raises."""
        return self._file.save(history)
