"""The controllers of the cramp page, of "When to get help" and of "Why this"."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from legato.controllers.content import move_step, open_evidence
from legato.devices.clocks import SleepDetector
from legato.domain import cramp
from legato.domain.cramp import AFTERWARDS, CrampVariant
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.guard import report_errors
from legato.domain.routine import Side, VoiceLevel
from legato.ui.care.pages import HELP_KEYS, WHY_KEYS, HelpPage, WhyPage
from legato.ui.cramp.page import KEYS as CRAMP_KEYS
from legato.ui.cramp.page import CrampPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from legato.controllers.shared import Devices, SessionControl, Shared
    from legato.domain.cramp import Cramp
    from legato.domain.history import History
    from legato.domain.ports import Clock, KeepAwake, Sound
    from legato.domain.routine import Step
    from legato.domain.settings import Settings

TICK_MS = 100
"""Milliseconds between ticks: smooth for an animation, cheap for the processor."""
HORIZON_SECONDS = 2.0


class CrampDriver(QObject):
    """Owns the timer of a cramp, which runs only while the cramp lasts.

    Args:
        clock: Monotonic seconds.
        sound: Plays the lines, which are scheduled shortly before they are due.
        keep_awake: Held while the cramp lasts.
        steps: The step of each treatment, by the id of its move.
        has_slept: Returns whether the machine slept since the last call. That ends a cramp, so
            that nobody is asked about it in the morning.
    """

    changed = Signal(object, float)
    """Time has passed or an answer was given: the cramp, and now in monotonic seconds."""
    slept_through = Signal()
    """The machine slept, so the cramp has ended."""

    def __init__(
        self,
        clock: Clock,
        sound: Sound,
        keep_awake: KeepAwake,
        steps: Mapping[str, Step],
        *,
        has_slept: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._sound = sound
        self._keep_awake = keep_awake
        self._steps = steps
        self._has_slept = has_slept
        self._cramp: Cramp | None = None
        self._speaks = True
        self._handed_until = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def cramp(self) -> Cramp | None:
        """The current cramp, or None."""
        return self._cramp

    @property
    def step(self) -> Step | None:
        """The current treatment."""
        return self._steps.get(self._cramp.variant.value) if self._cramp else None

    def start(self, side: Side, *, speaks: bool = True) -> None:
        """Start the timer and speak the first line at once.

        Args:
            side: The leg that most likely cramps; the other one is a touch away.
            speaks: Whether lines are spoken; otherwise they are only shown.
        """
        now = self._clock()
        self._has_slept()  # a sleep before this cramp does not count
        self._speaks = speaks
        self._timer.start()
        self._set(cramp.begin(now, side), now)
        with report_errors():
            self._keep_awake.hold()

    def choose(self, way: CrampVariant) -> None:
        """Change the treatment."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.choose(self._cramp, way, now), now)

    def other_leg(self) -> None:
        """Treat the other leg."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.other_leg(self._cramp, now), now)

    def still_holding(self) -> None:
        """Answer that the cramp lasts, and continue the guidance."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.still_holding(self._cramp, now), now)

    def stop(self) -> None:
        """Stop the timer and the sound; do nothing if there is no cramp."""
        if self._cramp is None:
            return
        self._timer.stop()
        self._cramp = None
        with report_errors():
            self._sound.cancel()
        with report_errors():
            self._keep_awake.release()

    def tick(self) -> None:
        """Show the time that has passed and schedule the next lines."""
        if self._cramp and self._has_slept():
            self.stop()
            self.slept_through.emit()
        if self._cramp:
            now = self._clock()
            self._hand_on(now)
            self.changed.emit(self._cramp, now)

    def _set(self, now_lasting: Cramp, now: float) -> None:
        self._cramp = now_lasting
        with report_errors():
            self._sound.cancel()
        self._handed_until = now
        self._hand_on(now)
        self.changed.emit(now_lasting, now)

    def _hand_on(self, now: float) -> None:
        lasting, step, until = self._cramp, self.step, now + HORIZON_SECONDS
        if lasting is None or step is None or not self._speaks:
            return
        due = [
            ScheduledCue(lasting.variant_since + line.at, Cue.LINE, line.text)
            for line in cramp.lines(step, lasting.side)
            if self._handed_until <= lasting.variant_since + line.at < until
        ]
        self._handed_until = until
        if due:
            with report_errors():
                self._sound.schedule(due)


SPEAKING = frozenset({VoiceLevel.FULL, VoiceLevel.QUIET})
"""Voice levels at which the lines are spoken; at the others they are only shown."""


class CrampController(QObject):
    """Shows the cramp page, "When to get help" and "Why this".

    Args:
        shared: What every controller is given.
        devices: The sound and the machine.
        sessions: Wait meanwhile.
    """

    cramp_begun = Signal()
    """Help with a cramp has begun, and its first line is scheduled."""

    def __init__(self, shared: Shared, devices: Devices, sessions: SessionControl) -> None:
        super().__init__()
        self._shared = shared
        self._devices = devices
        self._sessions = sessions
        self._why_page: WhyPage | None = None
        self._goes_on = False
        self._driver = CrampDriver(
            devices.clocks.awake,
            devices.sound,
            devices.keep_awake,
            self._steps(way.value for way in CrampVariant),
            has_slept=SleepDetector(devices.clocks).has_slept,
        )
        self._cramp_page = CrampPage(shared.loader, shared.care)
        shared.window.add_page("cramp", self._cramp_page, keys=CRAMP_KEYS)
        self._connect()
        self._follow(shared.settings.current)

    @cached_property
    def _help_page(self) -> HelpPage:
        """The page "When to get help"; built on first use, because it is long and seldom read."""
        page = HelpPage(self._shared.care)
        page.left.connect(self._leave_help)
        self._shared.window.add_page("help", page, back_to="home", keys=HELP_KEYS)
        return page

    def _connect(self) -> None:
        page, driver = self._cramp_page, self._driver
        driver.changed.connect(self._show)
        driver.slept_through.connect(self._leave_cramp)
        page.still_holding.connect(driver.still_holding)
        page.other_leg_wanted.connect(driver.other_leg)
        page.way_chosen.connect(driver.choose)
        page.let_go.connect(self._go_on_after)
        page.help_wanted.connect(self.show_help)
        page.left.connect(self._leave_cramp)
        self._shared.settings.changed.connect(self._follow)

    def close(self) -> None:
        """Stop the cramp before the window closes."""
        self._driver.stop()

    @property
    def is_counting(self) -> bool:
        """Whether help with a cramp is running."""
        return self._driver.cramp is not None

    def cramp_now(self) -> None:
        """Start help with a cramp at once; a running session is paused."""
        if self._driver.cramp is not None:
            self._shared.window.show_page("cramp")
            return
        self._sessions.pause()
        settings, history = self._shared.settings.current, self._shared.history.current
        self._devices.sound.set_gain(1.0)
        self._cramp_page.begin()
        self._driver.start(_likely_side(settings, history), speaks=settings.voice in SPEAKING)
        self.cramp_begun.emit()
        self._shared.window.show_page("cramp")

    def show_help(self, section: str = "") -> None:
        """Show "When to get help"; a session is paused, help with a cramp runs on."""
        self._sessions.pause()
        page = self._help_page
        self._shared.window.show_over("help")
        page.show_section(section)

    def show_why(self, step: Step) -> None:
        """Show the evidence for a step; a session is paused meanwhile and then resumed."""
        if self._why_page is None:
            self._why_page = WhyPage(open_evidence())
            self._why_page.left.connect(self._leave_why)
            self._shared.window.add_page("why", self._why_page, back_to="home", keys=WHY_KEYS)
        self._goes_on = self._sessions.pause()
        self._why_page.show_step(step)
        self._shared.window.show_over("why")

    def _leave_why(self) -> None:
        self._shared.window.go_back()
        if self._goes_on:
            self._sessions.resume()

    def _show(self, lasting: Cramp, now: float) -> None:
        step = self._driver.step
        if step is not None:
            self._cramp_page.show_cramp(lasting, step, now)

    def _go_on_after(self) -> None:
        """Start the routine for after a cramp: rub, move and drink."""
        lasting = self._driver.cramp
        if lasting is None:
            return
        self._driver.stop()
        after = cramp.afterwards(
            self._steps(AFTERWARDS),
            lasting.side,
            lasting.variant,
            last_words=self._shared.care.after_cramp,
        )
        if after is None:
            self._leave_cramp()
        else:
            self._sessions.start_in_between(after)

    def _leave_cramp(self) -> None:
        self._driver.stop()
        under_way = self._sessions.is_under_way
        self._shared.window.show_page("session" if under_way else "home")

    def sleep_through(self) -> None:
        """End help with a cramp, because the machine is about to sleep."""
        if self.is_counting:
            self._leave_cramp()

    def _leave_help(self) -> None:
        self._shared.window.go_back()

    def _steps(self, moves: Iterable[str]) -> dict[str, Step]:
        steps = {move: move_step(self._shared.routines.library, move) for move in moves}
        return {move: step for move, step in steps.items() if step is not None}

    def _follow(self, settings: Settings) -> None:
        self._cramp_page.set_style(self._shared.look.night_sheet(settings.text_size))
        self._cramp_page.set_motion(self._shared.look.animations_enabled)


def _likely_side(settings: Settings, history: History) -> Side:
    """Return the leg of the last plan, or the one that comes first."""
    sore = history.pick.sore if history.pick else ()
    single = (side for _, side in sore if side is not Side.BOTH)
    return next(single, settings.first_side or Side.RIGHT)
