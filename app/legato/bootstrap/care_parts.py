"""Help with a cramp and when to get help, joined to the sound and to the pages around them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from legato.bootstrap import move_step, open_care, open_evidence
from legato.devices.boot_clock import SleepGauge
from legato.domain import cramp
from legato.domain.cramp import AFTERWARDS, CrampWay
from legato.domain.routine import Side, VoiceLevel
from legato.ui.cramp_driver import CrampDriver
from legato.ui.pages.cramp_page import KEYS as CRAMP_KEYS
from legato.ui.pages.cramp_page import CrampPage
from legato.ui.pages.help_page import KEYS as HELP_KEYS
from legato.ui.pages.help_page import HelpPage
from legato.ui.pages.why_page import KEYS as WHY_KEYS
from legato.ui.pages.why_page import WhyPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.bootstrap.app import App
    from legato.bootstrap.session_parts import SessionParts
    from legato.domain.cramp import Cramp
    from legato.domain.routine import Step
    from legato.domain.settings import Settings

SPEAKING = frozenset({VoiceLevel.FULL, VoiceLevel.QUIET})
"""At the other levels a cramp's lines are only shown."""


class CareParts(QObject):
    """What is one key away from everywhere: cramp now, and when to get help.

    Args:
        app: The window and what it was built from.
        parts: The sound, the machine, and the sessions that wait meanwhile.
    """

    cramp_begun = Signal()
    """A cramp has been called, and its first line is on its way to the ear."""

    def __init__(self, app: App, parts: SessionParts) -> None:
        super().__init__()
        self._app = app
        self._parts = parts
        self.care = open_care()
        self._why_page: WhyPage | None = None
        self._goes_on = False
        self._driver = CrampDriver(
            parts.clock,
            parts.sound,
            parts.keep_awake,
            self._steps(way.value for way in CrampWay),
            has_slept=SleepGauge(parts.clocks).has_slept,
        )
        self._cramp_page = CrampPage(app.figures, self.care)
        app.window.add_page("cramp", self._cramp_page, keys=CRAMP_KEYS)
        self._connect()
        self._follow(app.choices.settings)

    @cached_property
    def _help_page(self) -> HelpPage:
        """When to get help; built when it is first wanted, for it is long and seldom read."""
        page = HelpPage(self.care)
        page.left.connect(self._leave_help)
        self._app.window.add_page("help", page, back_to="home", keys=HELP_KEYS)
        return page

    def _connect(self) -> None:
        page, driver = self._cramp_page, self._driver
        driver.changed.connect(self._show)
        driver.slept_through.connect(self._leave_cramp)
        self._parts.falls_asleep.connect(self._sleep_through)
        page.still_holding.connect(driver.still_holding)
        page.other_leg_wanted.connect(driver.other_leg)
        page.way_chosen.connect(driver.choose)
        page.let_go.connect(self._go_on_after)
        page.help_wanted.connect(self.show_help)
        page.left.connect(self._leave_cramp)
        self._app.choices.changed.connect(self._follow)

    def close(self) -> None:
        """Let a cramp last no longer than the window."""
        self._driver.stop()

    @property
    def is_counting(self) -> bool:
        """Whether a cramp lasts."""
        return self._driver.cramp is not None

    def cramp_now(self) -> None:
        """Help with a cramp: at once, whatever else goes on; a session waits meanwhile."""
        if self._driver.cramp is not None:
            self._app.window.show_page("cramp")
            return
        self._parts.conductor.pause()
        settings = self._app.choices.settings
        self._parts.sound.set_gain(1.0)
        self._cramp_page.begin()
        self._driver.start(_likely_side(settings), speaks=settings.voice in SPEAKING)
        self.cramp_begun.emit()
        self._app.window.show_page("cramp")

    def show_help(self, section: str = "") -> None:
        """Show when to get help; a session waits meanwhile, a cramp counts on."""
        self._parts.conductor.pause()
        page = self._help_page
        self._app.window.show_over("help")
        page.show_section(section)

    def show_why(self, step: Step) -> None:
        """Show what is known about a step; a session waits meanwhile and goes on after."""
        if self._why_page is None:
            self._why_page = WhyPage(open_evidence())
            self._why_page.left.connect(self._leave_why)
            self._app.window.add_page("why", self._why_page, back_to="home", keys=WHY_KEYS)
        self._goes_on = self._parts.conductor.pause()
        self._why_page.show_step(step)
        self._app.window.show_over("why")

    def _leave_why(self) -> None:
        self._app.window.go_back()
        if self._goes_on:
            self._parts.conductor.resume()

    def _show(self, lasting: Cramp, now: float) -> None:
        step = self._driver.step
        if step is not None:
            self._cramp_page.show_cramp(lasting, step, now)

    def _go_on_after(self) -> None:
        """Rub, move and drink, now that it has let go."""
        lasting = self._driver.cramp
        if lasting is None:
            return
        self._driver.stop()
        after = cramp.afterwards(
            self._steps(AFTERWARDS),
            lasting.side,
            lasting.way,
            last_words=self.care.after_cramp,
        )
        if after is None:
            self._leave_cramp()
        else:
            self._parts.conductor.start_in_between(after)

    def _leave_cramp(self) -> None:
        self._driver.stop()
        under_way = self._parts.conductor.is_under_way
        self._app.window.show_page("session" if under_way else "home")

    def _sleep_through(self) -> None:
        if self.is_counting:
            self._leave_cramp()

    def _leave_help(self) -> None:
        self._app.window.go_back()

    def _steps(self, moves: Iterable[str]) -> dict[str, Step]:
        steps = {move: move_step(self._app.library, move) for move in moves}
        return {move: step for move, step in steps.items() if step is not None}

    def _follow(self, settings: Settings) -> None:
        self._cramp_page.set_style(self._app.night_sheet(settings.text_size))
        self._cramp_page.set_motion(self._app.moves)


def _likely_side(settings: Settings) -> Side:
    """Return the leg that hurt last, or the one that comes first."""
    sore = settings.pick.sore if settings.pick else ()
    single = (side for _, side in sore if side is not Side.BOTH)
    return next(single, settings.first_side or Side.RIGHT)
