"""Who opens a file that somebody gave when it is double clicked: us, if the person wants that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.devices.file_type import open_file_type

if TYPE_CHECKING:
    from legato.bootstrap.app import App
    from legato.ui.widgets.file_type_row import FileTypeRow


class FileTypeParts(QObject):
    """Has the desktop open files of ours with Legato, when the person asks for it.

    Args:
        app: The window and what it was built from.
        row: Where it is asked for.
    """

    def __init__(self, app: App, row: FileTypeRow) -> None:
        super().__init__(row)
        self._app = app
        self._row = row
        self._kind = open_file_type(app.assets / "desktop")
        row.turned.connect(self._turn)
        if self._kind is not None:
            row.show_state(ours=self._kind.is_ours)

    def _turn(self) -> None:
        kind = self._kind
        if kind is None:
            return
        failure = kind.give_back() if kind.is_ours else kind.take()
        self._row.show_state(ours=kind.is_ours)
        if failure:
            self._app.window.toast.say(f"It could not be changed: {failure}.")
