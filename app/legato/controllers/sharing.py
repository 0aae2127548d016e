"""Routines given away as one file, and taken in after a preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.domain.problems import Problem
from legato.ui.editor.import_page import KEYS, ImportPage
from legato.ui.file_dialogs import ask_for_file, ask_where_to_write

if TYPE_CHECKING:
    from legato.bootstrap.app import App
    from legato.controllers.editor import EditorController
    from legato.domain.documents import Incoming, Sharing

READABLE = "Routines (*.legato *.yaml *.yml)"
WRITTEN = "Legato routine (*.legato)"
ENDING = ".legato"
KEPT = frozenset({"editor", "plan"})
"""Pages with something half done: whoever does not take a file goes on there."""


class SharingController(QObject):
    """Asks for files, and shows what is in them before anything is written.

    Args:
        app: The window and what it was built from.
        parts: The editor, whose routine is given away.
        sharing: Writes and reads the files.
    """

    def __init__(self, app: App, parts: EditorController, sharing: Sharing) -> None:
        super().__init__(parts)
        self._app = app
        self._parts = parts
        self._sharing = sharing
        self._back_to = "library"
        self._page = ImportPage()
        self._page.bring_wanted.connect(self._bring_in)
        self._page.left.connect(self._leave)
        app.window.add_page("import", self._page, keys=KEYS)

    def choose_file(self) -> None:
        """Ask which file is to be brought in."""
        ask_for_file(self._app.window, "Bring in a routine", READABLE, self._app.bring_in)

    def look_into(self, path: str) -> None:
        """Show what is in a file."""
        incoming = self._sharing.look_into(Path(path))
        if isinstance(incoming, Problem):
            self._parts.say(incoming)
        else:
            page = self._app.window.page_name
            if page != "import":
                self._back_to = page if page in KEPT else "library"
            self._page.show_incoming(incoming)
            self._app.window.show_page("import")

    def export(self) -> None:
        """Ask where the routine that is edited is to be written, as it is saved."""
        opened = self._parts.editor.opened
        if opened is None or self._parts.editor.is_changed:
            self._parts.tell("Save it first: what is given away is what is saved.")
            return
        title, take = "Give this routine away", partial(self.export_to, opened.id)
        ask_where_to_write(
            self._app.window, title, take, name=opened.id, kinds=WRITTEN, ending=ENDING
        )

    def export_to(self, routine_id: str, path: str) -> None:
        """Write a routine with all that it uses."""
        problem = self._sharing.export(routine_id, Path(path))
        if problem is None:
            self._parts.tell(f"Written: {Path(path).name}")
        else:
            self._parts.say(problem)

    def _leave(self) -> None:
        if self._back_to in KEPT:
            self._app.window.show_page(self._back_to)
        else:
            self._app.show_library()

    def _bring_in(self, incoming: Incoming) -> None:
        brought = self._sharing.bring_in(incoming)
        if isinstance(brought, Problem):
            self._parts.say(brought)
            return
        self._back_to = "library"
        self._page.show_report(brought)
        self._app.look_again()
