"""What every controller uses: the window, the stores, and navigation to other pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from legato.controllers.content import open_body_map, open_care
from legato.domain.routine import PLAN_ID
from legato.domain.settings import Motion, ThemeChoice
from legato.ui import text
from legato.ui.pictures.loader import PictureLoader
from legato.ui.theme import NIGHT, THEMES, ThemeSource, in_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from legato.controllers.interruptions import Interruptions
    from legato.controllers.settings_model import HistoryModel, SettingsModel
    from legato.devices.audio.output import SoundOutput
    from legato.devices.clocks import Clocks
    from legato.devices.keep_awake import ThreadedKeepAwake
    from legato.domain.care import Care
    from legato.domain.draft import Draft
    from legato.domain.leg_map import LegChart
    from legato.domain.plan import BodyMap
    from legato.domain.ports import Figures, Listed, OpenedPicture, PictureScaler
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine
    from legato.storage.library import Library
    from legato.storage.paths import Paths
    from legato.ui.icons import Icons
    from legato.ui.leg_map.layout import MapQuestion
    from legato.ui.leg_map.map import LegMap
    from legato.ui.main_window import MainWindow
    from legato.ui.theme import Theme, ThemeManager

T = TypeVar("T")


class Navigation(QObject):
    """Asks for pages and actions that belong to another controller.

    A controller emits; the composition root connects each signal to the controller that answers.
    Every answer is given before `emit` returns.
    """

    library_requested = Signal()
    settings_requested = Signal()
    cramp_requested = Signal()
    help_requested = Signal(str)
    """Show when to get help, from the section of this id on, or from the top where it is empty."""
    why_requested = Signal(object)
    """Show the evidence for this Step."""
    report_requested = Signal()
    """Show the text of an error report."""

    plan_requested = Signal(object)
    """Show the plan for these painful places: a tuple of PainfulPlace."""
    last_plan_requested = Signal()
    last_plan_start_requested = Signal()

    start_requested = Signal(str, object)
    """Start the routine of this id on this Side, or on the one chosen last where it is None."""
    run_requested = Signal(str, object)
    """Start this Routine, known by this word, as it is written."""
    continue_requested = Signal()
    forget_requested = Signal()
    """Clear the session that could be continued."""

    new_requested = Signal()
    edit_requested = Signal(str)
    copy_requested = Signal(str)
    """Begin a copy of the routine of this id in the editor."""
    delete_requested = Signal(str)
    trash_requested = Signal()
    import_requested = Signal(str)
    """Preview the file at this path, once that disturbs nothing."""
    import_choice_requested = Signal()
    """Ask which file to import."""
    export_requested = Signal(str)
    """Ask where to write the routine of this id."""
    step_preview_requested = Signal(object)
    """Try one Step for a few seconds."""
    rehearsal_requested = Signal(object)
    """Run a whole Routine at high speed."""
    routine_saved = Signal(str)
    """The editor has written the routine of this id."""
    reload_requested = Signal()
    """Reload the files of the routines that have changed."""


class SessionControl(Protocol):
    """The part of the session's controller that other controllers call."""

    @property
    def is_under_way(self) -> bool:
        """Whether a session runs or is paused."""

    def pause(self) -> bool:
        """Pause a running session; return whether one ran."""

    def resume(self) -> None:
        """Resume a paused session."""

    def start_in_between(self, routine: Routine) -> None:
        """Run a short routine without storing its use."""


class PictureService(Protocol):
    """The user's own images, and the child process that opens them."""

    @property
    def child(self) -> PictureScaler:
        """The child process; it is started for the first image."""

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the image `name` of a routine's folder; `then` gets it later."""

    def do(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run `job` in a thread; `then` gets its result in the window's thread."""


class Devices(NamedTuple):
    """The devices of sessions, of the cramp page and of the settings page.

    Attributes:
        clocks: Monotonic seconds awake, and since the machine was switched on.
        sound: Cues and spoken lines.
        keep_awake: Keeps the screen on.
        icons: The icons of the session page's buttons.
    """

    clocks: Clocks
    sound: SoundOutput
    keep_awake: ThreadedKeepAwake
    icons: Icons


class Look:
    """Theme, text size and motion, from the command line and the settings.

    Args:
        themes: Applies a theme to the application.
        settings: The settings.
        theme: The theme that the command line asks for; None leaves it to the settings.
        motion: Whether the command line asks for motion; None leaves it to the settings.

    Attributes:
        theme: The theme of now, observable; what paints by itself follows it.
    """

    def __init__(
        self,
        themes: ThemeManager,
        settings: SettingsModel,
        *,
        theme: str | None = None,
        motion: bool | None = None,
    ) -> None:
        self._themes = themes
        self._settings = settings
        self._theme_option = theme
        self._motion_option = motion
        self.theme = ThemeSource(self._chosen_theme())

    def _chosen_theme(self) -> Theme:
        wanted = self._theme_option or self._settings.current.theme.value
        if wanted == ThemeChoice.SYSTEM.value:
            theme = self._themes.system_theme()
        else:
            theme = THEMES[wanted]
        return in_size(theme, self._settings.current.text_size)

    @property
    def animations_enabled(self) -> bool:
        """Whether pictures move."""
        if self._motion_option is not None:
            return self._motion_option
        return self._settings.current.motion is not Motion.OFF

    def apply(self) -> None:
        """Apply theme and text size where the settings or the desktop have changed them."""
        theme = self._chosen_theme()
        self._themes.apply(theme, self._settings.current.text_size)
        self.theme.change(theme)

    def night_sheet(self, text_percent: int) -> str:
        """Return the style sheet of the night, for a page that is dark by day too."""
        return self._themes.sheet(NIGHT, text_percent)


class PlanEntry(NamedTuple):
    """The plan that was picked last, as the library would show it; it has no file."""

    path: Path
    routine: Routine
    id: str = PLAN_ID
    own: bool = True
    is_move: bool = False
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The plan's name."""
        return self.routine.name


class RoutineCatalog:
    """All routines by id or path, and the plan that was picked last.

    Args:
        open_library: Opens the library when the first routine is needed.
        history: Stores what was picked.
        folder: The user's routines.
    """

    def __init__(
        self, open_library: Callable[[], Library], history: HistoryModel, folder: Path
    ) -> None:
        self._open_library = open_library
        self._history = history
        self._folder = folder

    @cached_property
    def library(self) -> Library:
        """The files; opened on first use, which the first frame seldom needs."""
        return self._open_library()

    @cached_property
    def body(self) -> BodyMap:
        """The map from places on the leg to moves; reloaded after `refresh` found changes."""
        return open_body_map(self.library)

    def entry(self, word: str) -> Listed | None:
        """Return the routine of that id or path, or the plan that was picked last, or None."""
        if word == PLAN_ID:
            routine = self.last_plan()
            return PlanEntry(path=self._folder, routine=routine) if routine else None
        if Path(word).is_absolute():
            return self.library.open_path(Path(word))
        return self.library.entry(word)

    def last_plan(self) -> Routine | None:
        """Return the plan that was picked last as it would run, or None."""
        from legato.domain.plan import make_plan  # noqa: PLC0415 - not for the first frame

        wish = self._history.current.pick
        plan = make_plan(self.body, wish) if wish and wish.sore else None
        return plan.routine if plan else None

    def scan(self) -> Iterator[Listed]:
        """Yield all routines; each file is read when it is reached."""
        return self.library.scan()

    def refresh(self) -> frozenset[str]:
        """Look for edited, new and deleted files; return the ids whose entries have changed."""
        return self._after(self.library.refresh())

    def refresh_saved(self, routine_id: str) -> frozenset[str]:
        """Reload a routine that the editor saved; return the ids whose entries have changed."""
        return self._after(self.library.refresh_saved(routine_id))

    def _after(self, changed: frozenset[str]) -> frozenset[str]:
        if changed:
            self.__dict__.pop("body", None)
        return changed


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What every page's controller is given.

    Attributes:
        window: The window with its pages.
        settings: The settings, observable.
        history: What was used and chosen last, observable.
        paths: Where the user's files are.
        assets: The folder of the bundled assets.
        figures: The drawn figures.
        pictures: The user's own images.
        look: Colours, text size and motion.
        routines: All routines.
        navigation: Requests pages and actions of other controllers.
        interruptions: Delays pages that would disturb a session.
    """

    window: MainWindow
    settings: SettingsModel
    history: HistoryModel
    paths: Paths
    assets: Path
    figures: Figures
    pictures: PictureService
    look: Look
    routines: RoutineCatalog
    navigation: Navigation
    interruptions: Interruptions

    @cached_property
    def care(self) -> Care:
        """The health texts, read on first use."""
        return open_care()

    @cached_property
    def loader(self) -> PictureLoader:
        """Loads the pictures of steps."""
        return PictureLoader(self.figures, self.pictures, self.look.theme)

    @cached_property
    def _chart(self) -> LegChart:
        from legato.storage.body_map import read_leg_chart  # noqa: PLC0415 - after the first frame

        return read_leg_chart(self.assets / "body" / "legs.svg")

    def make_map(self, question: MapQuestion | None = None) -> LegMap:
        """Return a leg map; each page has one of its own.

        Args:
            question: What the map asks for; None asks where it hurts.
        """
        from legato.ui.leg_map.layout import SORE  # noqa: PLC0415 - after the first frame
        from legato.ui.leg_map.map import LegMap  # noqa: PLC0415 - likewise

        return LegMap(self._chart, self.look.theme, question or SORE)

    def report(self, problem: Problem) -> None:
        """Show a problem in the toast, without its place in the file."""
        whole = replace(problem, line=1, column=1, field="")
        self.window.toast.say(f"{text.problem(whole)}.")
