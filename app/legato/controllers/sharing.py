"""Exports a routine as one file, and imports one after a preview."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from legato.domain.problems import Problem
from legato.ui.editor.import_page import KEYS, ImportPage
from legato.ui.file_dialogs import ask_for_file, ask_where_to_write
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from collections.abc import Generator

    from legato.controllers.shared import Shared
    from legato.domain.documents import Incoming
    from legato.storage.share import RoutineSharing

    Inspection = Generator[None, None, Incoming | Problem]

READABLE = "Routines (*.legato *.yaml *.yml)"
WRITTEN = "Legato routine (*.legato)"
ENDING = ".legato"
SLICE_SECONDS = 0.03
"""How long a file is read in one turn of the window."""
KEPT = frozenset({"editor", "plan"})
"""Pages with unfinished work, to which a cancelled import returns."""


class SharingController(QObject):
    """Asks for files, and shows a preview before anything is written.

    Args:
        shared: What every controller is given.
        sharing: Writes and reads the files.
    """

    def __init__(self, shared: Shared, sharing: RoutineSharing) -> None:
        super().__init__()
        self._shared = shared
        self._sharing = sharing
        self._back_to = "library"
        self._reading: Inspection | None = None
        self._page = ImportPage()
        self._page.bring_wanted.connect(self._bring_in)
        self._page.left.connect(self._leave)
        shared.window.add_page("import", self._page, keys=KEYS)

    def choose_file(self) -> None:
        """Ask which file to import."""
        take = self._shared.navigation.import_requested.emit
        ask_for_file(self._shared.window, "Bring in a routine", READABLE, take)

    def look_into(self, path: str) -> None:
        """Show the preview of a file; a large one is read between the turns of the window."""
        self._reading = self._sharing.inspection(Path(path))
        self._read_on(self._reading, Path(path).name)

    def _read_on(self, reading: Inspection, name: str, told: str = "") -> None:
        """Read parts of a file for one slice of time, until all are read or another is looked into.

        Args:
            reading: Reads one part at each step.
            name: The name of the file.
            told: The line that tells that it takes a while; empty if it was not shown yet.
        """
        until = time.monotonic() + SLICE_SECONDS
        try:
            while reading is self._reading:
                next(reading)
                if time.monotonic() > until:
                    break
            else:
                return
        except StopIteration as done:
            self._shared.window.toast.take_back(told)
            self._show(done.value)
            return
        if not told:
            told = f"Looking into {name} …"
            self._shared.window.toast.say(told, Action("Leave it", self._stop_reading))
        QTimer.singleShot(0, self, partial(self._read_on, reading, name, told))

    def _stop_reading(self) -> None:
        self._reading = None

    def _show(self, incoming: Incoming | Problem) -> None:
        if isinstance(incoming, Problem):
            self._shared.report(incoming)
        else:
            page = self._shared.window.page_name
            if page != "import":
                self._back_to = page if page in KEPT else "library"
            self._page.show_incoming(incoming)
            self._shared.window.show_page("import")

    def export(self, routine_id: str) -> None:
        """Ask where to export the saved version of a routine."""
        title, take = "Give this routine away", partial(self.export_to, routine_id)
        ask_where_to_write(
            self._shared.window, title, take, name=routine_id, kinds=WRITTEN, ending=ENDING
        )

    def export_to(self, routine_id: str, path: str) -> None:
        """Export a routine with all files that it uses."""
        problem = self._sharing.export(routine_id, Path(path))
        if problem is None:
            self._shared.window.toast.say(f"Written: {Path(path).name}")
        else:
            self._shared.report(problem)

    def _leave(self) -> None:
        if self._back_to in KEPT:
            self._shared.window.show_page(self._back_to)
        else:
            self._shared.navigation.library_requested.emit()

    def _bring_in(self, incoming: Incoming) -> None:
        brought = self._sharing.import_parts(incoming)
        if isinstance(brought, Problem):
            self._shared.report(brought)
            return
        self._back_to = "library"
        self._page.show_report(brought)
        self._shared.navigation.reload_requested.emit()
