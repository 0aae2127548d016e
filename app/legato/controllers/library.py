"""Joins the library's page to the files: reads them a few at a time, and again when they change."""

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
    from collections.abc import Callable, Iterator

    from legato.bootstrap.app import App
    from legato.domain.ports import Listed

SLICE_SECONDS = 0.01

FIRST_TIME = ("bedtime",)
"""What stands first for who has used nothing yet."""


class LibraryController:
    """All routines as cards.

    Args:
        app: What the window is made of.
        when_changed: Called when files have changed under the window.
    """

    def __init__(self, app: App, when_changed: Callable[[], None]) -> None:
        self._app = app
        self._when_changed = when_changed
        self._unread: Iterator[Listed] | None = None
        self._watch: FolderWatch | None = None
        self._has_own = False
        self.page = page = LibraryPage(app.figures, app.pictures, app.theme)
        page.start_wanted.connect(app.start_routine)
        page.continue_wanted.connect(app.continue_session)
        page.forget_continue_wanted.connect(app.forget_session)
        page.open_file_wanted.connect(_open_file)
        page.cramp_wanted.connect(app.cramp_now)
        page.new_wanted.connect(app.new_routine)
        page.edit_wanted.connect(app.edit_routine)
        page.delete_wanted.connect(app.delete_routine)
        page.import_wanted.connect(app.bring_in)
        page.bring_back_wanted.connect(app.bring_back)
        self._show_recent()
        app.window.add_page("library", page, back_to="home", keys=KEYS)

    @property
    def is_reading(self) -> bool:
        """Whether there are routines still to be read."""
        return self._watch is None

    def close(self) -> None:
        """Follow the files no more."""
        if self._watch is not None:
            self._watch.close()

    def show(self) -> None:
        """Show all routines."""
        self._show_recent()
        self._app.window.show_page("library")

    def follow(self) -> None:
        """Follow the settings."""
        self.page.show_theme(self._app.theme)
        self._show_recent()

    def read_on(self) -> bool:
        """Read as many files as the window can do without its thread; tell whether some are left."""
        until = time.monotonic() + SLICE_SECONDS
        some: list[Listed] = []
        if self._unread is None:
            self._unread = self._app.library.scan()
        for listed in self._unread:
            some.append(listed)
            if time.monotonic() > until:
                break
        # What was read stays: the collector need not look through ten thousand files each time.
        gc.freeze()
        self.page.add_routines(some)
        if some:
            return True
        self._watch = FolderWatch(self._app.paths.routines, self._when_changed)
        self._has_own = self._app.paths.routines.is_dir()
        return False

    def look_again(self) -> bool:
        """Show what another program has changed in the files; tell whether something was."""
        changed = self._app.library.refresh()
        self._tell_of_folder()
        if changed:
            self.page.show_routines(list(self._app.library.scan()))
        return bool(changed)

    def _tell_of_folder(self) -> None:
        """Say it when the folder of the user's routines is gone, or no folder any more."""
        folder, had_own = self._app.paths.routines, self._has_own
        self._has_own = folder.is_dir()
        if had_own and not self._has_own:
            self._app.window.toast.say(text.folder_gone(str(folder)))

    def _show_recent(self) -> None:
        self.page.set_recent(self._app.choices.settings.by_last_use() or FIRST_TIME)


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
