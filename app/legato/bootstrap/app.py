"""The window and all that it is made of: what it shows first, and what it leads to."""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QKeySequence, QShortcut

from legato import resources, ui
from legato.bootstrap.remote_command import apply_command
from legato.bootstrap.startup import IdleStartup
from legato.bootstrap.stores import LazyFigures, LazyPictures, open_library
from legato.controllers.home import HomeController
from legato.controllers.interruptions import Interruptions
from legato.controllers.settings_model import SettingsModel
from legato.domain.guard import report_errors
from legato.domain.plan import PLAN_ID
from legato.domain.problems import BadData
from legato.domain.settings import Motion, ThemeChoice
from legato.storage.session_state import HomeSnapshotFile
from legato.storage.settings import SettingsFile
from legato.ui import text
from legato.ui.idle import FirstFrame
from legato.ui.main_window import MainWindow
from legato.ui.theme import NIGHT, THEMES, ThemeManager, in_size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from legato.bootstrap.error_hooks import ErrorHooks
    from legato.bootstrap.stores import Options
    from legato.controllers.cramp import CrampController
    from legato.controllers.editor import EditorController
    from legato.controllers.errors import ErrorController
    from legato.controllers.library import LibraryController
    from legato.controllers.plan import PlanController
    from legato.controllers.session_machine import SessionServices
    from legato.controllers.settings import SettingsController
    from legato.devices.single_instance import SingleInstance
    from legato.domain.ports import Listed
    from legato.domain.problems import Problem
    from legato.domain.settings import Settings
    from legato.storage.library import Library
    from legato.storage.paths import Paths
    from legato.ui.theme import Theme

MOST_GEOMETRY_BYTES = 4096


class App(QObject):
    """One run of the window.

    Args:
        app: The application, not yet running.
        options: What the command line says.
        paths: Where the user's files are.
        instance: Takes what later starts ask for; None takes nothing.
        hooks: Hear of errors nobody expected; None hears of none.
    """

    def __init__(
        self,
        app: QApplication,
        options: Options,
        paths: Paths,
        instance: SingleInstance | None = None,
        hooks: ErrorHooks | None = None,
    ) -> None:
        super().__init__()
        self.options = options
        self.paths = paths
        self._instance = instance
        self._hooks = hooks
        self.assets = resources.find_bundled().assets
        self.choices = SettingsModel(SettingsFile(paths.settings))
        self.glance_file = HomeSnapshotFile(paths.glance)
        self.figures = LazyFigures(self.assets / "figures")
        self.pictures = LazyPictures()
        self._wardrobe = ThemeManager(app, _template())
        self._parts: SessionServices | None = None
        self._care: CrampController | None = None
        self._plans: PlanController | None = None
        self._editing: EditorController | None = None
        self._shelf: LibraryController | None = None
        self._settings_parts: SettingsController | None = None
        self._faults: ErrorController | None = None
        self._continue_line: str | None = None
        self._furnishing = IdleStartup(self)
        self._dressed_as = self.theme.name
        self._wardrobe.dress(self.theme, self.choices.settings.text_size)
        self.window = MainWindow()
        self._stand_as_last_time()
        self.interruptions = Interruptions(self)
        self.home = HomeController(self)
        self.choices.changed.connect(self._follow)
        self.choices.troubled.connect(self._tell_of_choices)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @cached_property
    def library(self) -> Library:
        """All routines; opened when the first is needed, which the first frame seldom does."""
        return open_library(self.paths)

    @property
    def theme(self) -> Theme:
        """The look of this run."""
        wanted = self.options.theme or self.choices.settings.theme.value
        if wanted == ThemeChoice.SYSTEM.value:
            theme = self._wardrobe.system_theme()
        else:
            theme = THEMES[wanted]
        return in_size(theme, self.choices.settings.text_size)

    @property
    def moves(self) -> bool:
        """Whether pictures move in this run."""
        if self.options.motion is not None:
            return self.options.motion
        return self.choices.settings.motion is not Motion.OFF

    @property
    def is_reading(self) -> bool:
        """Whether there are routines still to be read."""
        return self._shelf is None or self._shelf.is_reading

    @property
    def is_session_under_way(self) -> bool:
        """Whether a session is on, paused or not."""
        return self._parts is not None and self._parts.conductor.is_under_way

    @property
    def is_cramp_under_way(self) -> bool:
        """Whether help with a cramp is on."""
        return self._care is not None and self._care.is_counting

    @property
    def is_under_way(self) -> bool:
        """Whether a session or a cramp is on, or the question before one is being asked."""
        asks = self._parts is not None and self._parts.conductor.is_asking
        return self.is_session_under_way or self.is_cramp_under_way or asks

    @property
    def parts(self) -> SessionServices:
        """All that a session needs, built when it is first needed."""
        if self._parts is None:
            from legato.controllers.session_machine import SessionServices  # noqa: PLC0415 - see above

            self._parts = SessionServices(self)
        return self._parts

    @property
    def care(self) -> CrampController:
        """Help with a cramp and when to get help, built when they are first needed."""
        if self._care is None:
            from legato.controllers.cramp import CrampController  # noqa: PLC0415 - see above

            self._care = CrampController(self, self.parts)
        return self._care

    @property
    def plans(self) -> PlanController:
        """From a place on the leg to a routine, built when it is first needed."""
        if self._plans is None:
            from legato.controllers.plan import PlanController  # noqa: PLC0415 - see above

            self._plans = PlanController(self)
        return self._plans

    @property
    def editing(self) -> EditorController:
        """The editor, built when something is first edited."""
        if self._editing is None:
            from legato.controllers.editor import EditorController  # noqa: PLC0415 - see above

            self._editing = EditorController(self)
        return self._editing

    @property
    def shelf(self) -> LibraryController:
        """All routines as cards, built when they are first needed."""
        if self._shelf is None:
            from legato.controllers.library import LibraryController  # noqa: PLC0415 - see above

            self._shelf = LibraryController(self, self.look_again)
            self._shelf.page.show_continue(self._continue_line)
        return self._shelf

    @property
    def faults(self) -> ErrorController:
        """What tells of errors nobody expected, and the text of a report."""
        if self._faults is None:
            from legato.bootstrap.error_hooks import ErrorHooks  # noqa: PLC0415 - see above
            from legato.controllers.errors import ErrorController  # noqa: PLC0415 - see above

            self._faults = ErrorController(self, self._hooks or ErrorHooks(self.paths.log))
        return self._faults

    def night_sheet(self, text_percent: int) -> str:
        """Return the style sheet of the night, for a page that is dark by day too."""
        return self._wardrobe.sheet(NIGHT, text_percent)

    def entry(self, word: str) -> Listed | None:
        """Return the routine of that id or path, or the plan that was picked last, or None."""
        if word == PLAN_ID:
            return self.plans.last_entry()
        if Path(word).is_absolute():
            return self.library.open_path(Path(word))
        return self.library.entry(word)

    def show(self) -> None:
        """Show what was asked for, and get the rest ready once it is on the screen."""
        self._connect()
        if self.options.cramp:
            self.care.cramp_now()
        elif self.options.start:
            self.parts.start(self.options.start)
        else:
            self._offer_to_continue()
            self.window.show_page("home")
        self.window.show()
        FirstFrame(self.window, self._begin)

    def _begin(self) -> None:
        # Only now is the window's frame known, and the screen that the window manager chose.
        self.window.landing.on_first_shown()
        self._furnishing.begin()
        if self.options.bring:
            self.bring_in(self.options.bring)

    def close(self) -> None:
        """Let all parts go, each whatever went wrong with another."""
        self._furnishing.close()
        parts = (self.pictures, self._shelf, self._care, self._parts, self._faults, self._instance)
        for part in parts:
            if part is not None:
                with report_errors():
                    part.close()

    def _stand_as_last_time(self) -> None:
        """Stand where the window stood when it was closed, which Qt fits to the screen, or fit it."""
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

    def listen(self) -> None:
        """Take what later starts ask for."""
        if self._instance is not None:
            self._instance.listen(lambda other: apply_command(self, other.arguments))

    def hear_of_faults(self) -> None:
        """Hear of errors in threads and of what Qt says, too, and tell of them when nothing runs."""
        if self._hooks is not None:
            self.faults.begin()

    def keep_what_is_edited(self) -> None:
        """Keep what is typed and not saved."""
        if self._editing is not None:
            self._editing.keep()

    def report_problem(self) -> None:
        """Show the text of a report."""
        self.faults.show_report()

    def tell(self, problem: Problem) -> None:
        """Tell what could not be done, and why."""
        self.window.toast.say(text.problem(problem))

    def _tell_of_choices(self, problem: Problem) -> None:
        self.window.toast.say(text.choices_not_kept(problem))

    def cramp_now(self) -> None:
        """Help with a cramp."""
        self.care.cramp_now()

    def show_help(self) -> None:
        """Show when to get help."""
        self.care.show_help()

    def new_routine(self) -> None:
        """Ask how a new routine is to begin."""
        self.editing.new()

    def edit_routine(self, routine_id: str) -> None:
        """Open a routine in the editor."""
        self.editing.edit(routine_id)

    def delete_routine(self, routine_id: str) -> None:
        """Put a routine into the trash."""
        self.editing.delete(routine_id)

    def bring_in(self, path: str) -> None:
        """Show what is in a file that may hold routines, once nothing is disturbed by it."""
        self.interruptions.show(Path(path).name, lambda: self.editing.sharing.look_into(path))

    def bring_back(self) -> None:
        """Offer what was deleted."""
        self.editing.bring_back()

    def show_library(self) -> None:
        """Show all routines."""
        self.shelf.show()

    def show_continue(self, line: str | None) -> None:
        """Offer to take up again what `line` says, or nothing."""
        self._continue_line = line
        self.home.page.show_continue(line)
        if self._shelf is not None:
            self._shelf.page.show_continue(line)

    def _connect(self) -> None:
        self.window.cramp_wanted.connect(self.cramp_now)
        self.window.help_wanted.connect(self.show_help)
        settings_key = QShortcut(QKeySequence("Ctrl+,"), self.window)
        settings_key.activated.connect(self.show_settings)

    def show_settings(self) -> None:
        """Show the settings page; it is built when it is first wanted."""
        if self._settings_parts is None:
            from legato.controllers.settings import SettingsController  # noqa: PLC0415 - seldom

            self._settings_parts = SettingsController(self, self.parts)
        self._settings_parts.show()

    def start_routine(self, routine_id: str) -> None:
        """Go straight into a session."""
        self.parts.conductor.start_by_id(routine_id)

    def continue_session(self) -> None:
        """Take up what was left."""
        self.parts.conductor.continue_session()

    def forget_session(self) -> None:
        """Offer it no more."""
        self.parts.conductor.forget()

    def look_again(self) -> None:
        """Show what the editor or another program has changed."""
        if self.shelf.look_again() and self._plans is not None:
            self._plans.look_again()
        if self._editing is not None:
            self._editing.look_again()

    def _offer_to_continue(self) -> None:
        # Without anything to continue its parts need not be there for the first frame.
        if self.paths.resume.exists():
            self.parts.conductor.offer_to_continue()

    def _follow_system(self) -> None:
        """Go from day to night with the desktop, where that is chosen."""
        if self.theme.name != self._dressed_as:
            self.choices.changed.emit(self.choices.settings)

    def _follow(self, settings: Settings) -> None:
        self._dressed_as = self.theme.name
        self._wardrobe.dress(self.theme, settings.text_size)
        self.home.page.show_theme(self.theme)
        self.home.follow(settings)
        if self._plans is not None:
            self._plans.show_theme(self.theme)
        if self._editing is not None:
            self._editing.show_theme()
        if self._shelf is not None:
            self._shelf.follow()


def _template() -> str:
    return (Path(ui.__file__).parent / "style.qss").read_text(encoding="utf-8")
