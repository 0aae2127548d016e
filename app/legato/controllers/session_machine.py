"""Connects the parts of a session: controller, driver, pages, sound and the machine."""

from __future__ import annotations

import time
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from legato.controllers.session import SessionController, SystemServices
from legato.controllers.session_driver import SessionDriver
from legato.controllers.shared import Devices
from legato.devices.audio.output import open_sound
from legato.devices.clocks import find_clocks
from legato.devices.keep_awake import open_keep_awake
from legato.devices.media_keys import MEDIA_KEYS, command_for_key, open_media_keys
from legato.devices.suspend import monitor_sleep
from legato.domain.guard import report_errors
from legato.domain.ports import MediaCommand, NullMediaKeys, NullSleepMonitor
from legato.domain.session import Move, position
from legato.domain.sound import sound_settings_of
from legato.storage.session_state import ResumeStore
from legato.ui.icons import Icons
from legato.ui.session.end_page import KEYS as END_KEYS
from legato.ui.session.end_page import EndPage
from legato.ui.session.keys import KEYS as SESSION_KEYS
from legato.ui.session.page import SessionPage
from legato.ui.widgets.toast import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from legato.controllers.shared import Shared
    from legato.controllers.variants import LearnedVariant
    from legato.domain.doors import Question
    from legato.domain.ports import MediaKeys, SleepMonitor
    from legato.domain.resume import Resume
    from legato.domain.session import Session
    from legato.domain.settings import Settings
    from legato.domain.timeline import Timeline
    from legato.ui.care.question_page import QuestionPage


SOFTENED_BY = 0.5
"""The share by which sounds are softer at the end of a session than at its beginning."""


class SessionServices(QObject):
    """The parts of sessions, alive as long as the window.

    Args:
        shared: What every controller is given.
        is_cramp_under_way: Returns whether help with a cramp runs; media keys then do nothing.
    """

    falls_asleep = Signal()
    """The machine is about to sleep."""

    def __init__(self, shared: Shared, is_cramp_under_way: Callable[[], bool]) -> None:
        super().__init__()
        self._shared = shared
        self._is_cramp_under_way = is_cramp_under_way
        self.clocks = clocks = find_clocks()
        self.clock = clocks.awake
        settings = shared.settings.current
        self.sound = open_sound(shared.assets / "sounds", sound_settings_of(settings), clocks)
        self._driver = SessionDriver(clocks.awake, clocks.boot, self.sound, parent=self)
        self.keep_awake = open_keep_awake(self._on_keep_awake_changed)
        self._media_keys: MediaKeys = NullMediaKeys()
        with report_errors():
            self._media_keys = open_media_keys(self._on_media, clocks.awake)
        self._sleep_watch: SleepMonitor = NullSleepMonitor()
        with report_errors():
            self._sleep_watch = monitor_sleep(self._fall_asleep, self._driver.tick)
        icons = Icons(lambda name: (shared.assets / "icons" / f"{name}.svg").read_bytes())
        self.devices = Devices(
            clocks=clocks, sound=self.sound, keep_awake=self.keep_awake, icons=icons
        )
        self._page = SessionPage(shared.loader, icons)
        self._warnings = DeviceWarnings(self._page.show_note)
        self._end_page = EndPage(shared.look.theme)
        shared.window.add_page("session", self._page, keys=SESSION_KEYS)
        shared.window.add_page("end", self._end_page, back_to="home", keys=END_KEYS)
        self.controller = SessionController(
            shared.window,
            shared.routines,
            shared.settings,
            shared.history,
            resume=ResumeStore(shared.paths.resume),
            driver=self._driver,
            machine=SystemServices(
                keep_awake=self.keep_awake,
                media_keys=self._media_keys,
                wall_seconds=time.time,
                wall_words=lambda: datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M"),
            ),
        )
        self._connect()
        self._add_media_keys()
        self._follow(settings)

    @cached_property
    def _question_page(self) -> QuestionPage:
        """The page of the questions before a session; built for the first question."""
        from legato.ui.care.question_page import KEYS, QuestionPage  # noqa: PLC0415 - see above

        page, questions = QuestionPage(self._shared.care), self.controller.questions
        page.leg_chosen.connect(questions.answer_leg)
        page.alike.connect(questions.answer_alike)
        page.unlike.connect(questions.answer_unlike)
        page.left.connect(questions.turn_back)
        page.help_wanted.connect(self._shared.navigation.help_requested)
        self._shared.window.add_page("question", page, back_to="home", keys=KEYS)
        return page

    def _ask(self, question: Question) -> None:
        """Show a question on its own page."""
        page = self._question_page
        self._shared.window.show_page("question")
        page.show_question(question)

    def get_ready(self) -> None:
        """Open the sound in threads, so that the first cue does not wait for it."""
        self.sound.warm_up()

    def close(self) -> None:
        """Save the position of a session and close the devices; the last sound plays to its end."""
        self.controller.leave()
        for part in (self._driver, self._sleep_watch, self.keep_awake, self.sound):
            with report_errors():
                part.close()

    def _connect(self) -> None:
        controller, driver, page = self.controller, self._driver, self._page
        controller.session_begun.connect(self._begin)
        controller.session_over.connect(self._end_page.show_end)
        controller.failed.connect(self._shared.window.toast.say)
        controller.questions.asked.connect(self._ask)
        controller.variants_changed.connect(page.show_variants)
        controller.learned.connect(self._offer_unlearn)
        controller.forgotten.connect(self._offer_remembering)
        page.why_wanted.connect(self._shared.navigation.why_requested)
        page.variant_wanted.connect(controller.use_variant)
        driver.changed.connect(page.show_session)
        driver.changed.connect(self._soften)
        driver.changed.connect(self._show_warnings)
        driver.happened.connect(page.show_events)
        driver.mute_changed.connect(page.show_muted)
        page.move_wanted.connect(controller.do)
        page.pause_toggled.connect(driver.toggle_pause)
        page.mute_toggled.connect(driver.toggle_mute)
        page.full_screen_toggled.connect(self._shared.window.toggle_full_screen)
        page.keys_wanted.connect(self._shared.window.show_keys)
        page.dark_changed.connect(self._follow_dark)
        self._end_page.again_wanted.connect(controller.start_again)
        navigation = self._shared.navigation
        self._end_page.help_wanted.connect(lambda: navigation.help_requested.emit(""))
        self._end_page.left.connect(self._back_home)
        self._shared.settings.changed.connect(self._follow)
        self._shared.window.page_shown.connect(self._pause_unseen)

    def _begin(self, timeline: Timeline) -> None:
        self._page.begin(timeline)
        self._warnings.begin()

    def _fall_asleep(self) -> None:
        self._driver.interrupt()
        self.falls_asleep.emit()

    def _offer_unlearn(self, learned: LearnedVariant) -> None:
        undo = Action("Undo", lambda: self.controller.unlearn(learned))
        self._shared.window.toast.say(f"Next time: {learned.title}, which is easier.", undo)

    def _offer_remembering(self, kept: Resume) -> None:
        undo = Action("Undo", partial(self.controller.remember, kept))
        self._shared.window.toast.say("Forgotten.", undo)

    def _soften(self, session: Session) -> None:
        """Make sounds softer towards the end of a session, if the settings say so."""
        share = position(session) / max(session.timeline.seconds, 1.0)
        softens = self._shared.settings.current.soften
        self.sound.set_gain(1.0 - SOFTENED_BY * share if softens else 1.0)

    def _pause_unseen(self, page: str) -> None:
        """Pause a session when another page replaces its own, and offer to resume it."""
        if page != "session" and self.controller.pause():
            self.controller.offer_to_continue()

    def _back_home(self) -> None:
        self._shared.window.show_page("home")
        self.controller.offer_to_continue()

    def _follow(self, settings: Settings) -> None:
        """Apply changed settings."""
        self.sound.use(sound_settings_of(settings))
        self._page.set_motion(self._shared.look.animations_enabled)
        self._end_page.set_motion(self._shared.look.animations_enabled)
        self._page.set_dim_after(settings.dim_after or 0.0)
        self.controller.follow(settings)
        self._driver.set_lively(self._shared.look.animations_enabled and not self._page.is_dark)

    def _follow_dark(self, dark: bool) -> None:
        self._driver.set_lively(self._shared.look.animations_enabled and not dark)

    def _on_keep_awake_changed(self) -> None:
        if self._driver.session is not None:
            self._show_warnings(self._driver.session)

    def _show_warnings(self, session: Session) -> None:
        """Show which services of the machine the session has to do without."""
        refused = self.keep_awake.granted() is False
        problems = {
            "sound": self.sound.problem(),
            "voice": self.sound.voice_problem(),
            "awake": self.keep_awake.description() if refused else "",
        }
        self._warnings.update(session.segment.step_index, problems)

    def _add_media_keys(self) -> None:
        """Add shortcuts for media keys that the desktop does not take first."""
        for key in MEDIA_KEYS:
            what = command_for_key(key)
            if what is not None:
                shortcut = QShortcut(QKeySequence(key), self._shared.window)
                shortcut.activated.connect(partial(self._on_media_key, what))

    def _on_media_key(self, what: MediaCommand) -> None:
        """Carry out a media key of the keyboard; like any key, it wakes a dark page."""
        self._page.wake()
        self._on_media(what)

    def _on_media(self, what: MediaCommand) -> None:
        """Carry out the command of a headset button or a lock screen."""
        session = self._driver.session
        # A session paused by a cramp resumes only when the page of the cramp is left.
        if session is None or session.is_over or self._is_cramp_under_way():
            return
        if self._shared.window.page_name != "session":
            self._shared.window.show_page("session")  # show what is heard
        if what in _MOVES:
            self._driver.move(_MOVES[what])
        elif what is MediaCommand.PLAY_PAUSE or session.is_paused is (what is MediaCommand.PLAY):
            self._driver.toggle_pause()


class DeviceWarnings:
    """Shows each new problem of a device until it is solved, or until the step ends.

    Args:
        show: Shows the notes, one a line; an empty string removes them.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._step = -1
        self._lasting: frozenset[str] = frozenset()
        self._reported: frozenset[str] = frozenset()
        self._shown = ""

    def begin(self) -> None:
        """Begin another session; problems that last are shown again."""
        self._step = -1
        self._lasting = self._reported = frozenset()
        self._shown = ""

    def update(self, step: int, problems: Mapping[str, str]) -> None:
        """Show the problems that are new in this step.

        Args:
            step: The index of the step that runs.
            problems: The problem of each device, by its name; empty if it works.
        """
        if step != self._step:
            self._step, self._reported = step, self._lasting
        self._lasting = frozenset(part for part, words in problems.items() if words)
        self._reported &= self._lasting
        words = "\n".join(
            problems[part] for part in problems if part in self._lasting - self._reported
        )
        if words != self._shown:
            self._shown = words
            self._show(words)


_MOVES = {
    MediaCommand.NEXT: Move.NEXT,
    MediaCommand.PREVIOUS: Move.BACK,
    MediaCommand.STOP: Move.STOP,
}
