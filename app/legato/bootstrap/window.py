"""Builds the window with all its parts, runs it, and lets them go at the end."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from legato import resources
from legato.devices.boot_clock import boot_seconds
from legato.domain.hearing import as_heard
from legato.domain.settings import Motion, ThemeChoice
from legato.storage.figure_files import FigureFolder
from legato.storage.pictures import PictureFiles
from legato.storage.resume_file import ResumeStore
from legato.storage.settings_file import SettingsFile
from legato.ui.choices import Choices
from legato.ui.conductor import Conductor, Machine
from legato.ui.dressing import Wardrobe
from legato.ui.main_window import MainWindow
from legato.ui.pages.library_page import KEYS as LIBRARY_KEYS
from legato.ui.pages.library_page import LibraryPage
from legato.ui.session_driver import SessionDriver
from legato.ui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from legato.bootstrap import Options
    from legato.domain.ports import Listed
    from legato.storage.library import Library
    from legato.storage.paths import Paths
    from legato.ui.theme import Theme

WATCH_EVERY_MS = 2_000


@dataclass(frozen=True, slots=True)
class _Look:
    """How this run looks."""

    theme: Theme
    text_percent: int
    moves: bool


class App:
    """The parts of one run of the window, joined.

    Args:
        app: The application, not yet running.
        options: What the command line says.
        paths: Where the user's files are.
        library: All routines.
    """

    def __init__(
        self, app: QApplication, options: Options, paths: Paths, library: Library
    ) -> None:
        self._app = app
        self._options = options
        self._bundled = resources.find_bundled()
        self._library = library
        self._choices = Choices(SettingsFile(paths.settings))
        self._wardrobe = Wardrobe(app, _style())
        self._figures = FigureFolder(self._bundled.assets / "figures")
        self._pictures = PictureFiles()
        self._look = self._choose_look()
        self._wardrobe.dress(self._look.theme, self._look.text_percent)
        self.window = MainWindow()
        self._library_page = LibraryPage(self._figures, self._pictures, self._look.theme)
        self.window.add_page("library", self._library_page, keys=LIBRARY_KEYS)

    def _choose_look(self) -> _Look:
        settings = self._choices.settings
        wanted = self._options.theme or settings.theme.value
        system = wanted == ThemeChoice.SYSTEM.value
        theme = self._wardrobe.system_theme() if system else THEMES[wanted]
        moves = self._options.motion
        if moves is None:
            moves = settings.motion is not Motion.OFF
        return _Look(theme, settings.text_size, moves)

    def show(self) -> None:
        """Show the first page, with what ships and what is the user's on it."""
        self._library_page.show_routines(list(self._library.scan()))
        self._library_page.set_recent(self._choices.settings.by_last_use())
        self.window.show_page("library")
        self.window.show()


def _style() -> str:
    from legato.ui import dressing  # noqa: PLC0415

    return (Path(dressing.__file__).parent / "style.qss").read_text(encoding="utf-8")


def run(options: Options, when_built: Callable[[QWidget], None] | None = None) -> int:
    """Open the window and run until it is closed."""
    from legato.bootstrap import open_library, open_paths

    app = QApplication(sys.argv[:1])
    paths = open_paths(options.data_dir)
    joined = App(app, options, paths, open_library(paths))
    if when_built:
        when_built(joined.window)
    joined.show()
    return app.exec()
