"""The settings page, joined to what it changes and tries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from legato.ui.pages.settings_page import KEYS, Found, SettingsPage

if TYPE_CHECKING:
    from legato.bootstrap.app import App
    from legato.bootstrap.session_parts import SessionParts
    from legato.domain.ports import Cue

SPECIMEN = "Find a mild pull and stay there. Now the left leg."
SOUND_FILES = "Sounds (*.wav *.mp3 *.flac *.ogg)"


class SettingsParts(QObject):
    """Keeps what is chosen on the settings page, and lets it be heard.

    Args:
        app: The window and what it was built from.
        parts: The sound and the machine.
    """

    def __init__(self, app: App, parts: SessionParts) -> None:
        super().__init__()
        self._app = app
        self._parts = parts
        self._from = "library"
        self._page = SettingsPage()
        page = self._page
        page.changed.connect(app.choices.change)
        page.cue_tried.connect(parts.sound.preview)
        page.voice_tried.connect(self._speak)
        page.cue_file_wanted.connect(self._choose_file)
        page.folder_wanted.connect(self._open_folder)
        page.left.connect(self._leave)
        app.choices.changed.connect(page.show_settings)
        app.window.add_page("settings", page, back_to="library", keys=KEYS)

    def show(self) -> None:
        """Show the page as things are now."""
        if self._app.window.page_name != "settings":
            self._from = self._app.window.page_name
        self._page.show_settings(self._app.choices.settings)
        self._show_found()
        self._app.window.show_page("settings")

    def _show_found(self) -> None:
        sound, awake = self._parts.sound, self._parts.keep_awake
        found = Found(
            sound=sound.problem() or sound.way() or "Sounds were not tried yet: press Hear.",
            voice=sound.voice() or "Nothing here can speak; what is said is shown.",
            awake=awake.way(),
            folder=str(self._app.paths.data),
            notes=sound.notes(),
        )
        self._page.show_found(found)

    def _speak(self) -> None:
        self._parts.sound.say(SPECIMEN)
        self._show_found()

    def _choose_file(self, cue: Cue) -> None:
        dialog = QFileDialog(self._page, "A sound of your own", "", SOUND_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._use_file(cue, path))
        dialog.open()

    def _use_file(self, cue: Cue, path: str) -> None:
        settings = self._app.choices.settings
        self._app.choices.change(replace(settings, cue_files={**settings.cue_files, cue: path}))
        self._parts.sound.preview(cue)
        self._show_found()

    def _open_folder(self) -> None:
        self._app.paths.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._app.paths.data)))

    def _leave(self) -> None:
        self._app.window.show_page(self._from)
