"""Notifies of files in a folder that another program edits, adds or removes."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTLE_MS = 200
"""Editors write in several steps; one notification follows the last of them."""

LONGEST_MS = 1000
"""A folder that is written to without a pause is looked at once in this time."""

MOST_FILES = 1000
"""In a larger folder only added and removed files are noticed: the system limits watches."""


class FolderWatch(QObject):
    """Watches one folder and the files in it, not the folders below.

    The folder need not exist yet: its nearest parent is watched until it does. No timer runs while
    nothing changes.

    Args:
        folder: The folder to watch.
        on_change: Called once after changes have settled.
    """

    def __init__(self, folder: Path, on_change: Callable[[], None]) -> None:
        super().__init__()
        self._folder = folder
        self._on_change = on_change
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._settled)
        self._is_there = False
        self._first_change = QElapsedTimer()
        self._watcher.directoryChanged.connect(self._on_changed)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watch()

    def close(self) -> None:
        """Stop watching."""
        self._settling.stop()
        self._unwatch()

    @Slot()
    def _on_changed(self) -> None:
        """Wait until changes have settled, but not for ever while another program writes on."""
        if not self._settling.isActive():
            self._first_change.start()
        if self._first_change.elapsed() < LONGEST_MS:
            self._settling.start()

    def _settled(self) -> None:
        # A replaced file is another file to the system: watch it again.
        was_there = self._is_there
        self._unwatch()
        self._watch()
        if was_there or self._is_there:  # else only files beside a missing folder changed
            self._on_change()

    def _unwatch(self) -> None:
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        folder = next((one for one in (self._folder, *self._folder.parents) if one.is_dir()), None)
        paths = [str(folder)] if folder else []
        self._is_there = folder == self._folder
        if self._is_there:
            with contextlib.suppress(OSError), os.scandir(self._folder) as found:
                files = [entry.path for entry in found if entry.is_file()]
                paths += files[:MOST_FILES]
        if paths:
            self._watcher.addPaths(paths)
