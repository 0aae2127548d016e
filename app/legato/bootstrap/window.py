"""Builds the window, shows its first page, and joins the rest once that is on the screen."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from legato import resources, ui
from legato.bootstrap import open_library, open_paths
from legato.bootstrap.home_parts import HomeParts
from legato.bootstrap.late import LateFigures, LatePictures
from legato.bootstrap.second_start import take_up, words_of
from legato.devices.other_start import OtherStart
from legato.devices.single_instance import Outcome, SingleInstance, runtime_folder
from legato.domain.problems import BadData, Problem
from legato.domain.settings import Motion, ThemeChoice
from legato.domain.wish import PLAN_ID
from legato.storage.glance_file import GlanceFile
from legato.storage.settings_file import SettingsFile
from legato.ui.choices import Choices
from legato.ui.dressing import Wardrobe
from legato.ui.first_frame import FirstFrame
from legato.ui.in_turns import InTurns
from legato.ui.main_window import MainWindow
from legato.ui.theme import NIGHT, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from legato.bootstrap import Options
    from legato.bootstrap.care_parts import CareParts
    from legato.bootstrap.editor_parts import EditorParts
    from legato.bootstrap.plan_parts import PlanParts
    from legato.bootstrap.session_parts import SessionParts
    from legato.bootstrap.settings_parts import SettingsParts
    from legato.devices.folder_watch import FolderWatch
    from legato.domain.ports import Listed
    from legato.domain.settings import Settings
    from legato.storage.library import Library
    from legato.storage.paths import Paths
    from legato.ui.pages.library_page import LibraryPage
    from legato.ui.theme import Theme

FOR_SESSIONS = (
    "devices.sound",
    "devices.keep_awake",
    "devices.media_keys",
    "ui.session_driver",
    "ui.conductor",
    "ui.pages.session_stage",
    "ui.pages.session_page",
    "ui.pages.end_page",
    "bootstrap.session_parts",
    "ui.pages.cramp_page",
    "storage.yaml_nodes",
    "storage.care_file",
    "bootstrap.care_parts",
)
FOR_HOME = (
    "storage.library",
    "ui.figure_painter",
    "storage.figure_files",
    "ui.widgets.leg_map",
    "storage.leg_map_file",
    "bootstrap.plan_parts",
    "ui.pages.plan_page",
    "ui.pages.library_page",
)
"""Modules that are imported one a turn after the first frame: together they would be felt."""

MOST_GEOMETRY_BYTES = 4096
SWEPT_AFTER_SECONDS = 3600.0

SLICE_SECONDS = 0.01

FIRST_TIME = ("bedtime",)
"""What stands first for who has used nothing yet."""


class App(QObject):
    """One run of the window.

    Args:
        app: The application, not yet running.
        options: What the command line says.
        paths: Where the user's files are.
        instance: Takes what later starts ask for; None takes nothing.
    """

    def __init__(
        self,
        app: QApplication,
        options: Options,
        paths: Paths,
        instance: SingleInstance | None = None,
    ) -> None:
        super().__init__()
        self.options = options
        self.paths = paths
        self._instance = instance
        self.assets = resources.find_bundled().assets
        self.choices = Choices(SettingsFile(paths.settings))
        self.glance_file = GlanceFile(paths.glance)
        self.figures = LateFigures(self.assets / "figures")
        self.pictures = LatePictures()
        self._wardrobe = Wardrobe(app, _template())
        self._parts: SessionParts | None = None
        self._care: CareParts | None = None
        self._plans: PlanParts | None = None
        self._editing: EditorParts | None = None
        self._library_page: LibraryPage | None = None
        self._settings_parts: SettingsParts | None = None
        self._unread: Iterator[Listed] | None = None
        self._watch: FolderWatch | None = None
        self._continue_line: str | None = None
        self._furnished = False
        self._turns = InTurns(self)
        self._wardrobe.dress(self.theme, self.choices.settings.text_size)
        self.window = MainWindow()
        self._stand_as_last_time()
        self.home = HomeParts(self)
        self.choices.changed.connect(self._follow)

    @cached_property
    def library(self) -> Library:
        """All routines; opened when the first is needed, which the first frame seldom does."""
        return open_library(self.paths)

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

    @property
    def care(self) -> CareParts:
        """Help with a cramp and when to get help, built when they are first needed."""
        if self._care is None:
            from legato.bootstrap.care_parts import CareParts  # noqa: PLC0415 - see above

            self._care = CareParts(self, self.parts)
        return self._care

    @property
    def plans(self) -> PlanParts:
        """From a place on the leg to a routine, built when it is first needed."""
        if self._plans is None:
            from legato.bootstrap.plan_parts import PlanParts  # noqa: PLC0415 - see above

            self._plans = PlanParts(self)
        return self._plans

    @property
    def editing(self) -> EditorParts:
        """The editor, built when something is first edited."""
        if self._editing is None:
            from legato.bootstrap.editor_parts import EditorParts  # noqa: PLC0415 - see above

            self._editing = EditorParts(self)
        return self._editing

    @property
    def library_page(self) -> LibraryPage:
        """All routines as cards, built when they are first needed."""
        if self._library_page is None:
            self._library_page = self._build_library()
        return self._library_page

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
        FirstFrame(self.window, self._after_first_frame)

    def close(self) -> None:
        """Let all parts go."""
        self._turns.close()
        if self._care is not None:
            self._care.close()
        if self._parts is not None:
            self._parts.close()
        if self._instance is not None:
            self._instance.close()

    def _stand_as_last_time(self) -> None:
        """Stand where the window stood when it was closed; Qt sees to it that this is on a screen."""
        with contextlib.suppress(OSError):
            self.window.restore(QByteArray(self.paths.geometry.read_bytes()[:MOST_GEOMETRY_BYTES]))
        self.window.closing.connect(self._keep_geometry)

    def _keep_geometry(self, geometry: QByteArray) -> None:
        from legato.storage.atomic import write_atomic  # noqa: PLC0415 - at the end only

        with contextlib.suppress(BadData):
            write_atomic(self.paths.geometry, bytes(geometry.data()), lasting=False)

    def _listen(self) -> None:
        """Take what later starts ask for, and clean up behind writes that were killed."""
        if self._instance is not None:
            self._instance.listen(lambda other: take_up(self, other.arguments))
        from legato.storage.atomic import sweep  # noqa: PLC0415 - see above

        for folder in (self.paths.data, self.paths.routines):
            sweep(folder, before=time.time() - SWEPT_AFTER_SECONDS)

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
        """Show what is in a file that may hold routines."""
        self.editing.sharing.look_into(path)

    def bring_back(self) -> None:
        """Offer what was deleted."""
        self.editing.bring_back()

    def show_library(self) -> None:
        """Show all routines."""
        self.library_page.set_recent(self._recent())
        self.window.show_page("library")

    def show_continue(self, line: str | None) -> None:
        """Offer to take up again what `line` says, or nothing."""
        self._continue_line = line
        self.home.page.show_continue(line)
        if self._library_page is not None:
            self._library_page.show_continue(line)

    def _build_library(self) -> LibraryPage:
        from legato.ui.pages.library_page import KEYS, LibraryPage  # noqa: PLC0415 - see above

        page = LibraryPage(self.figures, self.pictures, self.theme)
        page.start_wanted.connect(self._start)
        page.continue_wanted.connect(self.continue_session)
        page.forget_continue_wanted.connect(self.forget_session)
        page.open_file_wanted.connect(_open_file)
        page.cramp_wanted.connect(self.cramp_now)
        page.new_wanted.connect(self.new_routine)
        page.edit_wanted.connect(self.edit_routine)
        page.delete_wanted.connect(self.delete_routine)
        page.import_wanted.connect(self.bring_in)
        page.bring_back_wanted.connect(self.bring_back)
        page.set_recent(self._recent())
        page.show_continue(self._continue_line)
        self.window.add_page("library", page, back_to="home", keys=KEYS)
        return page

    def _connect(self) -> None:
        self.window.cramp_wanted.connect(self.cramp_now)
        self.window.help_wanted.connect(self.show_help)
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

    def continue_session(self) -> None:
        """Take up what was left."""
        self.parts.conductor.continue_session()

    def forget_session(self) -> None:
        """Offer it no more."""
        self.parts.conductor.forget()

    def _read_on(self) -> None:
        """Read some more files, as long as the window can do without its thread."""
        until = time.monotonic() + SLICE_SECONDS
        some: list[Listed] = []
        if self._unread is None:
            self._unread = self.library.scan()
        for listed in self._unread:
            some.append(listed)
            if time.monotonic() > until:
                break
        # What was read stays: the collector need not look through ten thousand files each time.
        gc.freeze()
        self.library_page.add_routines(some)
        if some:
            self._turns.add((self._read_on,))
        else:
            from legato.devices.folder_watch import FolderWatch  # noqa: PLC0415 - see above

            self._watch = FolderWatch(self.paths.routines, self.look_again)

    def look_again(self) -> None:
        """Show what the editor or another program has changed."""
        changed = self.library.refresh()
        if changed and self._plans is not None:
            self._plans.look_again()
        if changed:
            self.library_page.show_routines(list(self.library.scan()))
        if self._editing is not None:
            self._editing.look_again()

    def _recent(self) -> tuple[str, ...]:
        return self.choices.settings.by_last_use() or FIRST_TIME

    def _offer_to_continue(self) -> None:
        # Without anything to continue its parts need not be there for the first frame.
        if self.paths.resume.exists():
            self.parts.conductor.offer_to_continue()

    def _after_first_frame(self) -> None:
        self.window.page_shown.connect(self._furnish)
        modules = (partial(import_module, f"legato.{name}") for name in FOR_SESSIONS)
        self._turns.add((*modules, self._build_parts))

    def _build_parts(self) -> None:
        """Build what a session needs; help with a cramp comes before all else."""
        from legato.domain.cramp import CrampWay  # noqa: PLC0415 - see above

        self._turns.add(
            (
                *(partial(self.entry, way.value) for way in CrampWay),
                lambda: self.parts,
                lambda: self.care,
                self._tell_of_settings,
                lambda: self._furnish(self.window.page_name),
                self._listen,
                # Its threads would take their share of every turn before it.
                lambda: self._turns.add((self.parts.get_ready,)),
            )
        )

    def _furnish(self, page: str) -> None:
        """Build what the first page leads to; who goes straight into a session needs none of it."""
        if page != "home" or self._furnished:
            return
        self._furnished = True
        self._turns.add(
            (
                *(partial(import_module, f"legato.{name}") for name in FOR_HOME),
                self.home.read,
                lambda: self.plans,
                self.home.add_map,
                lambda: self.library_page,
                self._tell_of_folders,
                self._read_on,
            )
        )

    def _tell_of_settings(self) -> None:
        for problem in self.choices.problems:
            self.window.toast.say_once(str(problem))

    def _tell_of_folders(self) -> None:
        for problem in self.library.problems:
            self.window.toast.say_once(str(problem))

    def _follow(self, settings: Settings) -> None:
        self._wardrobe.dress(self.theme, settings.text_size)
        self.home.page.show_theme(self.theme)
        self.home.follow(settings)
        if self._plans is not None:
            self._plans.show_theme(self.theme)
        if self._editing is not None:
            self._editing.show_theme()
        if self._library_page is not None:
            self._library_page.show_theme(self.theme)
            self._library_page.set_recent(self._recent())


def _template() -> str:
    return (Path(ui.__file__).parent / "style.qss").read_text(encoding="utf-8")


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def run(options: Options, when_built: Callable[[QWidget], None] | None = None) -> int:
    """Open the window and run until it is closed, or hand over to the one that is open.

    Args:
        options: What the command line says.
        when_built: Called with the window before it is shown.

    Returns:
        The exit code.

    Raises:
        BadData: Legato runs already on the same files and does not answer.
    """
    paths = open_paths(options.data_dir)
    instance = SingleInstance(runtime_folder(), paths.data)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    outcome = instance.start(lambda: OtherStart(words_of(options), str(Path.cwd()), token))
    if outcome is Outcome.HANDED_OVER:
        return 0
    if outcome is Outcome.NO_ANSWER:
        hint = "close it, or use another --data-dir"
        text = "Legato runs already on these files and does not answer"
        raise BadData([Problem(where=str(paths.data), text=text, hint=hint)])
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Legato")
    joined = App(app, options, paths, instance)
    if when_built:
        when_built(joined.window)
    joined.show()
    code = app.exec()
    joined.close()
    return code
