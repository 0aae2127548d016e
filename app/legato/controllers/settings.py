"""The settings page's controller: stores choices and tries devices."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from legato.devices.file_type import open_file_type
from legato.domain.cues import Cue
from legato.storage.atomic import ready_folder
from legato.ui.file_dialogs import ask_for_file
from legato.ui.settings.devices import DeviceStatus
from legato.ui.settings.page import KEYS, SettingsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.controllers.shared import Devices, SessionControl, Shared
    from legato.ui.settings.rows import FileTypeRow


class FileTypeController(QObject):
    """Registers Legato as the program for its files, when the user asks for it.

    Args:
        shared: What every controller is given.
        row: The row of the settings page with the button.
    """

    def __init__(self, shared: Shared, row: FileTypeRow) -> None:
        super().__init__(row)
        self._shared = shared
        self._row = row
        self._kind = open_file_type(shared.assets / "desktop")
        row.turned.connect(self._turn)
        if self._kind is not None:
            row.show_state(ours=self._kind.is_ours)

    def _turn(self) -> None:
        kind = self._kind
        if kind is None:
            return
        failure = kind.unregister() if kind.is_ours else kind.register()
        self._row.show_state(ours=kind.is_ours)
        if failure:
            self._shared.window.toast.say(f"It could not be changed: {failure}.")


SPECIMEN = "Find a mild pull and stay there. Now the left leg."
SOUND_FILES = "Sounds (*.wav *.mp3 *.flac *.ogg)"
AWAKE_TRIED_MS = 3000
"""How long a test keeps the screen on."""


class SettingsController(QObject):
    """Stores the choices of the settings page and plays samples of them.

    Args:
        shared: What every controller is given.
        devices: The devices to try.
        sessions: Pauses a session while the page is shown.
    """

    def __init__(self, shared: Shared, devices: Devices, sessions: SessionControl) -> None:
        super().__init__()
        self._shared = shared
        self._devices = devices
        self._sessions = sessions
        self._goes_on = False
        self._page = SettingsPage()
        self._awake_tried = QTimer(self)
        self._awake_tried.setSingleShot(True)
        self._awake_tried.setInterval(AWAKE_TRIED_MS)
        self._awake_tried.timeout.connect(devices.keep_awake.release)
        self._connect()
        FileTypeController(shared, self._page.file_type)
        shared.window.add_page("settings", self._page, back_to="home", keys=KEYS)

    def _connect(self) -> None:
        page, sound = self._page, self._devices.sound
        page.changed.connect(self._shared.settings.change)
        page.look_wanted.connect(self._show_found)
        page.voice_tried.connect(lambda: self._try(lambda: sound.say(SPECIMEN)))
        page.cues.tried.connect(lambda cue: self._try(lambda: sound.preview(cue)))
        page.cues.file_wanted.connect(self._choose_file)
        page.found.sound_tried.connect(lambda: self._try(lambda: sound.preview(Cue.BEGIN)))
        page.found.awake_tried.connect(self._try_awake)
        page.found.folder_wanted.connect(self._open_folder)
        page.found.report_wanted.connect(self._shared.navigation.report_requested)
        page.left.connect(self._leave)
        self._shared.settings.changed.connect(page.show_settings)

    def show(self) -> None:
        """Show the page; a session is paused meanwhile and then resumed."""
        waits = self._sessions.pause()
        self._page.show_settings(self._shared.settings.current)
        self._show_found()
        if self._shared.window.show_over("settings"):
            self._goes_on = waits

    def _show_found(self) -> None:
        sound = self._devices.sound
        found = DeviceStatus(
            sound=sound.backend(),
            silence=sound.problem(),
            voice=sound.voice(),
            awake=self._devices.keep_awake.description(),
            folder=str(self._shared.paths.data),
            notes=sound.notes(),
        )
        self._page.show_found(found)

    def _try(self, play: Callable[[], None]) -> None:
        """Play a sample as loud as at the beginning of a session."""
        self._devices.sound.set_gain(1.0)
        play()

    def _try_awake(self) -> None:
        self._devices.keep_awake.hold()
        self._awake_tried.start()

    def _choose_file(self, cue: Cue) -> None:
        take = partial(self._use_file, cue)
        ask_for_file(self._page, "A sound of your own", SOUND_FILES, take)

    def _use_file(self, cue: Cue, path: str) -> None:
        settings = self._shared.settings.current
        self._shared.settings.change(replace(settings, cue_files={**settings.cue_files, cue: path}))
        self._try(lambda: self._devices.sound.preview(cue))

    def _open_folder(self) -> None:
        problem = ready_folder(self._shared.paths.data)
        if problem is not None:
            self._shared.report(problem)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shared.paths.data)))

    def _leave(self) -> None:
        if self._awake_tried.isActive():
            self._awake_tried.stop()
            self._devices.keep_awake.release()
        self._devices.sound.cancel()
        self._shared.window.go_back()
        if self._goes_on:
            self._sessions.resume()
