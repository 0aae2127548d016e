"""The library's controller: reads the files a few at a time, and again when they change."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from legato.devices.folder_watch import FolderWatch
from legato.ui import text
from legato.ui.library.page import KEYS, LibraryPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.controllers.shared import Shared
    from legato.domain.ports import Listed

SLICE_SECONDS = 0.01
MOST_LOOKED_AT = 1000
"""Routines whose files are looked at in one turn of the window: each takes 10 microseconds."""

FIRST_TIME = ("bedtime",)
"""The routines that come first before any was used."""


class LibraryController:
    """All routines as cards.

    Args:
        shared: What every controller is given.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._unread: Iterator[Listed] | None = None
        self._watch: FolderWatch | None = None
        self._has_own = False
        self._saved = ""
        self.page = page = LibraryPage(shared.loader)
        navigation = shared.navigation
        page.start_wanted.connect(lambda routine: navigation.start_requested.emit(routine, None))
        page.continue_wanted.connect(navigation.continue_requested)
        page.forget_continue_wanted.connect(navigation.forget_requested)
        page.open_file_wanted.connect(_open_file)
        page.cramp_wanted.connect(navigation.cramp_requested)
        page.new_wanted.connect(navigation.new_requested)
        page.edit_wanted.connect(navigation.edit_requested)
        page.delete_wanted.connect(navigation.delete_requested)
        page.copy_wanted.connect(navigation.copy_requested)
        page.export_wanted.connect(navigation.export_requested)
        page.import_wanted.connect(navigation.import_requested)
        page.bring_back_wanted.connect(navigation.trash_requested)
        self._show_recent()
        shared.window.add_page("library", page, back_to="home", keys=KEYS)

    @property
    def is_reading(self) -> bool:
        """Whether there are routines still to be read."""
        return self._watch is None

    def close(self) -> None:
        """Stop watching the files."""
        if self._watch is not None:
            self._watch.close()

    def show(self) -> None:
        """Show all routines, with the changes that no notification has told."""
        self._look_again()
        self._show_recent()
        self._shared.window.show_page("library")
        # Who comes from the editor finds what was saved there.
        self.page.choose(self._saved)
        self._saved = ""

    def read_on(self) -> bool:
        """Read files for one slice of time; return whether some are left."""
        until = time.monotonic() + SLICE_SECONDS
        some: list[Listed] = []
        if self._unread is None:
            self._unread = self._shared.routines.scan()
        for listed in self._unread:
            some.append(listed)
            if time.monotonic() > until:
                break
        # The entries stay in memory: the collector need not scan ten thousand of them each time.
        gc.freeze()
        self.page.add_routines(some)
        if some:
            return True
        self._watch = FolderWatch(
            self._shared.paths.routines, self._shared.navigation.reload_requested.emit
        )
        self._has_own = self._shared.paths.routines.is_dir()
        self._shared.window.activated.connect(self._look_again)
        return False

    def _look_again(self) -> None:
        """Read what has changed; the system may refuse to watch files, or say nothing of a network.

        Among thousands of files that would delay the window: they have the notifications alone.
        """
        if (
            self._watch is not None
            and len(self._shared.routines.library.known_ids()) <= MOST_LOOKED_AT
        ):
            self._shared.navigation.reload_requested.emit()

    def reload(self) -> bool:
        """Show changes that another program made to the files; return whether there are any."""
        changed = self._shared.routines.refresh()
        self._report_missing_folder()
        if changed:
            self.page.show_routines(list(self._shared.routines.scan()))
        return bool(changed)

    def show_saved(self, routine_id: str) -> None:
        """Show a routine that the editor saved, and those that use it."""
        self._saved = routine_id
        for changed in self._shared.routines.refresh_saved(routine_id):
            entry = self._shared.routines.entry(changed)
            if entry is not None:
                self.page.update_routine(entry)

    def _report_missing_folder(self) -> None:
        """Notify once if the folder of the user's routines was removed or replaced by a file."""
        folder, had_own = self._shared.paths.routines, self._has_own
        self._has_own = folder.is_dir()
        if had_own and not self._has_own:
            self._shared.window.toast.say(text.folder_gone(str(folder)))

    def _show_recent(self) -> None:
        self.page.set_recent(self._shared.history.current.by_last_use() or FIRST_TIME)


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
