"""Builds the window and its controllers, each when it is first used, and connects them."""

# ruff: noqa: PLW0108 - a lambda builds its controller only when it is called

from __future__ import annotations

import weakref
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato import resources, ui
from legato.bootstrap.stores import LazyFigures, LazyPictures, open_history, open_library
from legato.controllers.home import HomeController
from legato.controllers.interruptions import Interruptions
from legato.controllers.settings_model import RecordModel
from legato.controllers.shared import Look, Navigation, RoutineCatalog, Shared
from legato.storage.settings import open_settings
from legato.ui.main_window import MainWindow
from legato.ui.theme import ThemeManager

if TYPE_CHECKING:
    from typing import Self

    from PySide6.QtWidgets import QApplication

    from legato.bootstrap.stores import Options, Start
    from legato.controllers.cramp import CrampController
    from legato.controllers.editor import EditorController
    from legato.controllers.error_hooks import ErrorHooks
    from legato.controllers.errors import ErrorController
    from legato.controllers.library import LibraryController
    from legato.controllers.plan import PlanController
    from legato.controllers.preview_session import PreviewController
    from legato.controllers.session_machine import SessionServices
    from legato.controllers.settings import SettingsController
    from legato.controllers.sharing import SharingController
    from legato.storage.library import Library
    from legato.storage.paths import Paths


class Composition(QObject):
    """The window and its controllers.

    A controller is imported and built when it is first used; the first frame needs only that of
    the home page.

    Args:
        app: The application, not yet running.
        options: The options of the command line.
        paths: The paths of the user's files.
        hooks: Report unexpected errors; None reports none.
    """

    def __init__(
        self, app: QApplication, options: Options, paths: Paths, hooks: ErrorHooks | None = None
    ) -> None:
        super().__init__()
        self.options = options
        self.paths = paths
        self._hooks = hooks
        self._continue_line: str | None = None
        self.settings = RecordModel(partial(open_settings, paths))
        self.history = RecordModel(partial(open_history, paths))
        self._themes = ThemeManager(app, _template())
        look = Look(self._themes, self.settings, theme=options.theme, motion=options.motion)
        look.apply()
        self.window = MainWindow()
        self.navigation = Navigation(self)
        self.pictures = LazyPictures()
        assets = resources.find_bundled().assets
        self.shared = Shared(
            window=self.window,
            settings=self.settings,
            history=self.history,
            paths=paths,
            assets=assets,
            figures=LazyFigures(assets / "figures"),
            pictures=self.pictures,
            look=look,
            routines=RoutineCatalog(lambda: open_library(paths), self.history, paths.routines),
            navigation=self.navigation,
            interruptions=Interruptions(self.window, lambda: self.is_under_way),
        )
        self.home = HomeController(self.shared)
        self._connect_navigation()
        self.settings.changed.connect(self._apply_look)
        app.styleHints().colorSchemeChanged.connect(self._apply_look)

    @property
    def library(self) -> Library:
        """The store of all routine files."""
        return self.shared.routines.library

    @cached_property
    def sessions(self) -> SessionServices:
        """The session's controller, with its devices."""
        from legato.controllers.session_machine import SessionServices  # noqa: PLC0415 - see above

        sessions = SessionServices(self.shared, lambda: self.is_cramp_under_way)
        sessions.controller.continue_offered.connect(self._show_continue)
        return sessions

    @cached_property
    def cramp(self) -> CrampController:
        """The controller of the cramp page, of "When to get help" and of "Why this"."""
        from legato.controllers.cramp import CrampController  # noqa: PLC0415 - see above

        sessions = self.sessions
        cramp = CrampController(self.shared, sessions.devices, sessions.controller)
        sessions.falls_asleep.connect(cramp.sleep_through)
        return cramp

    @cached_property
    def plan(self) -> PlanController:
        """The controller of the plan page."""
        from legato.controllers.plan import PlanController  # noqa: PLC0415 - see above

        return PlanController(self.shared)

    @cached_property
    def editor(self) -> EditorController:
        """The controller of the editor."""
        from legato.controllers.editor import EditorController  # noqa: PLC0415 - see above

        return EditorController(self.shared)

    @cached_property
    def preview(self) -> PreviewController:
        """The controller of the sessions that try an edited routine."""
        from legato.controllers.preview_session import PreviewController  # noqa: PLC0415

        return PreviewController(self.shared, self.sessions.devices, self.editor.loader)

    @cached_property
    def sharing(self) -> SharingController:
        """The controller that imports and exports routines."""
        from legato.controllers.sharing import SharingController  # noqa: PLC0415 - see above

        return SharingController(self.shared, self.editor.files.sharing)

    @cached_property
    def library_page(self) -> LibraryController:
        """The controller of the library page."""
        from legato.controllers.library import LibraryController  # noqa: PLC0415 - see above

        library = LibraryController(self.shared)
        library.page.show_continue(self._continue_line)
        return library

    @cached_property
    def settings_page(self) -> SettingsController:
        """The controller of the settings page."""
        from legato.controllers.settings import SettingsController  # noqa: PLC0415 - see above

        sessions = self.sessions
        return SettingsController(self.shared, sessions.devices, sessions.controller)

    @cached_property
    def errors(self) -> ErrorController:
        """The controller of the page of unexpected errors and of the report."""
        from legato.controllers.error_hooks import ErrorHooks  # noqa: PLC0415 - see above
        from legato.controllers.errors import ErrorController  # noqa: PLC0415 - see above

        hooks, sessions = self._hooks or ErrorHooks(self.paths.log), self.sessions
        errors = ErrorController(self.shared, hooks, sessions.devices, self.keep_drafts)
        sessions.controller.session_begun.connect(lambda _timeline: errors.note_begin())
        sessions.controller.session_over.connect(errors.note_end)
        return errors

    def built(self, name: str) -> bool:
        """Return whether the controller of that attribute is already built."""
        return name in self.__dict__

    @property
    def is_reading(self) -> bool:
        """Whether some routines are not read yet."""
        return not self.built("library_page") or self.library_page.is_reading

    @property
    def is_session_under_way(self) -> bool:
        """Whether a session runs or is paused."""
        return self.built("sessions") and self.sessions.controller.is_under_way

    @property
    def is_cramp_under_way(self) -> bool:
        """Whether the help with a cramp is running."""
        return self.built("cramp") and self.cramp.is_counting

    @property
    def is_under_way(self) -> bool:
        """Whether a session or a cramp runs, or the question before one is open."""
        asks = self.built("sessions") and self.sessions.controller.questions.is_asking
        return self.is_session_under_way or self.is_cramp_under_way or asks

    def start(self, start: Start) -> None:
        """Start the session of the command line."""
        self.sessions.controller.start(start.word, start.routine, start.side, start.level)

    def import_file(self, path: str) -> None:
        """Show the preview of a shared file, after a running session or cramp."""
        show = self.shared.interruptions.show
        show(Path(path).name, lambda: self.sharing.look_into(path))

    def keep_drafts(self) -> None:
        """Store unsaved drafts."""
        if self.built("editor"):
            self.editor.keep()

    def reload(self) -> None:
        """Reload files that the editor or another program has changed."""
        if self.library_page.reload() and self.built("plan"):
            self.plan.reload()
        if self.built("editor"):
            self.editor.reload()

    def _show_saved(self, routine_id: str) -> None:
        self.library_page.show_saved(routine_id)
        if self.built("plan"):
            self.plan.reload()

    def _connect_navigation(self) -> None:
        # Qt keeps these lambdas: a `self` in them would keep the window alive for ever.
        me: Self = weakref.proxy(self)
        to = self.navigation
        to.library_requested.connect(lambda: me.library_page.show())
        to.settings_requested.connect(lambda: me.settings_page.show())
        to.cramp_requested.connect(lambda: me.cramp.cramp_now())
        to.help_requested.connect(lambda section: me.cramp.show_help(section))
        to.why_requested.connect(lambda step: me.cramp.show_why(step))
        to.report_requested.connect(lambda: me.errors.show_report())
        to.plan_requested.connect(lambda spots: me.plan.show_for(spots))
        to.last_plan_requested.connect(lambda: me.plan.show_last())
        to.last_plan_start_requested.connect(lambda: me.plan.start_last())
        to.start_requested.connect(
            lambda routine, side: me.sessions.controller.start_by_id(routine, side)
        )
        to.run_requested.connect(lambda word, routine: me.sessions.controller.start(word, routine))
        to.continue_requested.connect(lambda: me.sessions.controller.continue_session())
        to.forget_requested.connect(lambda: me.sessions.controller.forget())
        to.new_requested.connect(lambda: me.editor.new())
        to.edit_requested.connect(lambda routine: me.editor.edit(routine))
        to.copy_requested.connect(lambda routine: me.editor.copy(routine))
        to.delete_requested.connect(lambda routine: me.editor.delete(routine))
        to.trash_requested.connect(lambda: me.editor.bring_back())
        to.import_requested.connect(self.import_file)
        to.import_choice_requested.connect(lambda: me.sharing.choose_file())
        to.export_requested.connect(lambda routine: me.sharing.export(routine))
        to.step_preview_requested.connect(lambda step: me.preview.try_step(step))
        to.rehearsal_requested.connect(lambda routine: me.preview.rehearse(routine))
        to.routine_saved.connect(self._show_saved)
        to.reload_requested.connect(self.reload)

    def _show_continue(self, line: str | None) -> None:
        """Show the banner with `line`, or hide it if `line` is None."""
        self._continue_line = line
        self.home.page.show_continue(line)
        if self.built("library_page"):
            self.library_page.page.show_continue(line)

    def _apply_look(self) -> None:
        self.shared.look.apply()


def _template() -> str:
    return (Path(ui.__file__).parent / "style.qss").read_text(encoding="utf-8")
