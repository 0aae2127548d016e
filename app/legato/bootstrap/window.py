"""Builds the window, shows its first page, and joins the rest once that is on the screen."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from legato import resources, ui
from legato.bootstrap import open_library, open_paths
from legato.bootstrap.late import LateFigures, LatePictures
from legato.devices.folder_watch import FolderWatch
from legato.domain.settings import Motion, ThemeChoice
from legato.storage.settings_file import SettingsFile
from legato.ui.choices import Choices
from legato.ui.dressing import Wardrobe
from legato.ui.main_window import MainWindow
from legato.ui.pages.library_page import KEYS as LIBRARY_KEYS
from legato.ui.pages.library_page import LibraryPage
from legato.ui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from legato.bootstrap import Options
    from legato.bootstrap.session_parts import SessionParts
    from legato.bootstrap.settings_parts import SettingsParts
    from legato.domain.ports import Listed
    from legato.domain.settings import Settings
    from legato.storage.library import Library
    from legato.storage.paths import Paths
    from legato.ui.theme import Theme

AT_FIRST = 24
"""Routines that are read before the first frame: more than a screen shows."""

SLICE_SECONDS = 0.01

FIRST_TIME = ("bedtime",)
"""What stands first for who has used nothing yet."""


class App(QObject):
    """One run of the window.

    Args:
        app: The application, not yet running.
        options: What the command line says.
        paths: Where the user's files are.
        library: All routines.
    """

    def __init__(self, app: QApplication, options: Options, paths: Paths, library: Library) -> None:
        super().__init__()
        self.options = options
        self.paths = paths
        self.library = library
        self.assets = resources.find_bundled().assets
        self.choices = Choices(SettingsFile(paths.settings))
        self.figures = LateFigures(self.assets / "figures")
        self.pictures = LatePictures()
        self._wardrobe = Wardrobe(app, _template())
        self._parts: SessionParts | None = None
        self._settings_parts: SettingsParts | None = None
        self._unread = library.scan()
        self._watch: FolderWatch | None = None
        self._wardrobe.dress(self.theme, self.choices.settings.text_size)
        self.window = MainWindow()
        self.library_page = LibraryPage(self.figures, self.pictures, self.theme)
        self.window.add_page("library", self.library_page, keys=LIBRARY_KEYS)
        self.choices.changed.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The look of this run."""
        wanted = self.options.theme or self.choices.settings.theme.value
        if wanted == ThemeChoice.SYSTEM.value:
            return self._wardrobe.system_theme()
        return THEMES[wanted]

    @property
    def moves(self) -> bool:
        """Whether pictures move in this run."""
        if self.options.motion is not None:
            return self.options.motion
        return self.choices.settings.motion is not Motion.OFF

    @property
    def is_reading(self) -> bool:
        """Whether there are routines still to be read."""
        return self._watch is None

    @property
    def parts(self) -> SessionParts:
        """All that a session needs, built when it is first needed."""
        if self._parts is None:
            from legato.bootstrap.session_parts import SessionParts  # noqa: PLC0415 - see above

            self._parts = SessionParts(self)
        return self._parts

    def show(self) -> None:
        """Show what was asked for, and get the rest ready once it is on the screen."""
        self._connect()
        self._show_library()
        if self.options.start:
            self.parts.start(self.options.start)
        else:
            self._offer_to_continue()
            self.window.show_page("library")
        self.window.show()
        QTimer.singleShot(0, self._after_first_frame)

    def close(self) -> None:
        """Let all parts go."""
        if self._parts is not None:
            self._parts.close()

    def _connect(self) -> None:
        page = self.library_page
        page.start_wanted.connect(self._start)
        page.continue_wanted.connect(self._continue)
        page.forget_continue_wanted.connect(self._forget)
        page.open_file_wanted.connect(_open_file)
        settings_key = QShortcut(QKeySequence("Ctrl+,"), self.window)
        settings_key.activated.connect(self.show_settings)

    def show_settings(self) -> None:
        """Show the settings page; it is built when it is first wanted."""
        if self._settings_parts is None:
            from legato.bootstrap.settings_parts import SettingsParts  # noqa: PLC0415 - seldom

            self._settings_parts = SettingsParts(self, self.parts)
        self._settings_parts.show()

    def _start(self, routine_id: str) -> None:
        self.parts.conductor.start_by_id(routine_id)

    def _continue(self) -> None:
        self.parts.conductor.continue_session()

    def _forget(self) -> None:
        self.parts.conductor.forget()

    def _show_library(self) -> None:
        self.library_page.show_routines(list(itertools.islice(self._unread, AT_FIRST)))
        self.library_page.set_recent(self._recent())

    def _read_on(self) -> None:
        """Read some more files, as long as the window can do without its thread."""
        until = time.monotonic() + SLICE_SECONDS
        some: list[Listed] = []
        for listed in self._unread:
            some.append(listed)
            if time.monotonic() > until:
                break
        self.library_page.add_routines(some)
        if some:
            QTimer.singleShot(0, self._read_on)
        else:
            self._watch = FolderWatch(self.paths.routines, self._look_again)

    def _look_again(self) -> None:
        """Show what other programs have changed."""
        changed = self.library.refresh()
        if changed:
            self.library_page.show_routines(list(self.library.scan()))

    def _recent(self) -> tuple[str, ...]:
        return self.choices.settings.by_last_use() or FIRST_TIME

    def _offer_to_continue(self) -> None:
        # Without anything to continue its parts need not be there for the first frame.
        if self.paths.resume.exists():
            self.parts.conductor.offer_to_continue()

    def _after_first_frame(self) -> None:
        self.parts.get_ready()
        self._read_on()
        for problem in (*self.choices.problems, *self.library.problems):
            self.window.toast.say_once(str(problem))

    def _follow(self, settings: Settings) -> None:
        self._wardrobe.dress(self.theme, settings.text_size)
        self.library_page.show_theme(self.theme)
        self.library_page.set_recent(self._recent())


def _template() -> str:
    return (Path(ui.__file__).parent / "style.qss").read_text(encoding="utf-8")


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def run(options: Options, when_built: Callable[[QWidget], None] | None = None) -> int:
    """Open the window and run until it is closed; return the exit code.

    Args:
        options: What the command line says.
        when_built: Called with the window before it is shown.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Legato")
    paths = open_paths(options.data_dir)
    joined = App(app, options, paths, open_library(paths))
    if when_built:
        when_built(joined.window)
    joined.show()
    code = app.exec()
    joined.close()
    return code
