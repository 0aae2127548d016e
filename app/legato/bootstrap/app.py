"""One run of the window: which page is first, the connections to the desktop, and the close."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeySequence, QShortcut

from legato.bootstrap.composition import Composition
from legato.bootstrap.remote_command import apply_command
from legato.bootstrap.startup import IdleStartup
from legato.domain.guard import report_errors
from legato.domain.problems import BadData
from legato.ui import text
from legato.ui.idle import FirstFrame

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from legato.bootstrap.stores import Options
    from legato.controllers.error_hooks import ErrorHooks
    from legato.devices.single_instance import SingleInstance
    from legato.domain.problems import Problem
    from legato.storage.paths import Paths

MOST_GEOMETRY_BYTES = 4096


class App(Composition):
    """One run of the window.

    Args:
        app: The application, not yet running.
        options: The options of the command line.
        paths: The paths of the user's files.
        instance: Receives the requests of later starts; None receives none.
        hooks: Report unexpected errors; None reports none.
    """

    def __init__(
        self,
        app: QApplication,
        options: Options,
        paths: Paths,
        instance: SingleInstance | None = None,
        hooks: ErrorHooks | None = None,
    ) -> None:
        super().__init__(app, options, paths, hooks)
        self._instance = instance
        self._startup = IdleStartup(self, listen=self.listen, set_hooks=self.set_hooks)
        self._restore_geometry()
        for record in (self.settings, self.history):
            record.troubled.connect(self._report_unsaved_settings)

    def show(self) -> None:
        """Show the first page, and build the rest after the first frame."""
        self._connect_window()
        if self.options.cramp:
            self.cramp.cramp_now()
        elif self.options.start:
            self.start(self.options.start)
        else:
            self._offer_to_continue()
            self.window.show_page("home")
        self.window.show()
        FirstFrame(self.window, self._begin)

    def close(self) -> None:
        """Close all parts; an error in one does not keep the others open."""
        self._startup.close()
        with report_errors():
            self.home.close()
        names = ("library_page", "cramp", "sessions", "errors")
        parts = [getattr(self, name) for name in names if self.built(name)]
        for part in (self.pictures, *parts, self._instance):
            if part is not None:
                with report_errors():
                    part.close()

    def listen(self) -> None:
        """Receive the requests of later starts."""
        if self._instance is not None:
            self._instance.listen(lambda other: apply_command(self, other.arguments))

    def set_hooks(self) -> None:
        """Report errors of threads and messages of Qt, too, once nothing runs."""
        if self._hooks is not None:
            self.errors.begin(is_session_under_way=self.is_session_under_way)

    def _begin(self) -> None:
        # Only now is the window's frame known, and the screen that the window manager chose.
        self.window.landing.on_first_shown()
        self._startup.begin()
        if self.options.bring:
            self.import_file(self.options.bring)

    def _connect_window(self) -> None:
        navigation = self.navigation
        self.window.cramp_wanted.connect(navigation.cramp_requested)
        self.window.help_wanted.connect(lambda: navigation.help_requested.emit(""))
        settings_key = QShortcut(QKeySequence("Ctrl+,"), self.window)
        settings_key.activated.connect(navigation.settings_requested)

    def _restore_geometry(self) -> None:
        """Restore the geometry of the last close, or fit the window to the screen."""
        restored = False
        with contextlib.suppress(OSError):
            kept = QByteArray(self.paths.geometry.read_bytes()[:MOST_GEOMETRY_BYTES])
            restored = self.window.restore(kept)
        if not restored:
            self.window.landing.fit()
        self.window.closing.connect(self._keep_geometry)

    def _keep_geometry(self, geometry: QByteArray) -> None:
        from legato.storage.atomic import write_atomic  # noqa: PLC0415 - at the end only

        with contextlib.suppress(BadData):
            write_atomic(self.paths.geometry, bytes(geometry.data()), lasting=False)

    def _report_unsaved_settings(self, problem: Problem) -> None:
        self.window.toast.say(text.choices_not_kept(problem))

    def _offer_to_continue(self) -> None:
        # Most starts have nothing to continue; then the first frame does not need these modules.
        if self.paths.resume.exists():
            self.sessions.controller.offer_to_continue()
