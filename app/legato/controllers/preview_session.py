"""Previews an edited routine: one step for ten seconds, or all of it at high speed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.controllers.session_driver import SessionDriver
from legato.domain.cues import Cue
from legato.domain.routine import Routine, Sides
from legato.domain.session import Move
from legato.domain.timeline import lay_out
from legato.ui.session.keys import KEYS
from legato.ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.controllers.shared import Devices, Shared
    from legato.domain.cues import ScheduledCue
    from legato.domain.ports import Clock, Sound
    from legato.domain.routine import Step
    from legato.domain.session import Session
    from legato.ui.pictures.loader import PictureLoader


class FastClock:
    """A clock and a sound that run `factor` times as fast, from their creation.

    Cues due in fast time are scheduled at their real moments. Spoken lines are left out, because
    there is no time for them.

    Args:
        clock: Real monotonic seconds.
        sound: Plays the cues.
        factor: Seconds that pass in a real one.
    """

    def __init__(self, clock: Clock, sound: Sound, factor: float) -> None:
        self._clock = clock
        self._sound = sound
        self._factor = factor
        self._begun = clock()

    def __call__(self) -> float:
        """Return fast monotonic seconds."""
        return self._begun + (self._clock() - self._begun) * self._factor

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Schedule those of `due` that are cues."""
        self._sound.schedule(
            [
                one._replace(at=self._real(one.at), until=None)
                for one in due
                if one.cue is not Cue.LINE
            ]
        )

    def cancel(self) -> None:
        """Cancel all sounds that have not begun."""
        self._sound.cancel()

    def problem(self) -> str:
        """Return why nothing is heard, or an empty string."""
        return self._sound.problem()

    def _real(self, at: float) -> float:
        return self._begun + (at - self._begun) / self._factor


HASTE = 8.0
"""Seconds of a routine that pass in one of a rehearsal."""

REHEARSED_FRAMES_PER_SECOND = 4
"""Frames for each second of the routine in a rehearsal: 32 in a real second."""

TRIED_SECONDS = 10.0
TRIED_READY_SECONDS = 5.0


class PreviewController(QObject):
    """Runs previews on their own session page, which stores nothing and returns to the editor.

    Args:
        shared: What every controller is given.
        devices: The clock and the sound.
        loader: Loads the pictures of the edited routine's steps.
    """

    def __init__(self, shared: Shared, devices: Devices, loader: PictureLoader) -> None:
        super().__init__()
        self._shared = shared
        self._devices = devices
        self._driver: SessionDriver | None = None
        self._page = SessionPage(loader, devices.icons)
        page = self._page
        page.move_wanted.connect(self._move)
        page.pause_toggled.connect(self._toggle_pause)
        page.mute_toggled.connect(self._toggle_mute)
        page.full_screen_toggled.connect(shared.window.toggle_full_screen)
        page.keys_wanted.connect(shared.window.show_keys)
        shared.window.add_page("trial", page, keys=KEYS)
        shared.window.page_shown.connect(self._follow_page)

    def try_step(self, step: Step) -> None:
        """Run one side of `step` for a few seconds."""
        side = step.worked_sides[0]
        short = replace(
            step,
            hold=TRIED_SECONDS,
            ready=TRIED_READY_SECONDS,
            repeat=1,
            sides=Sides(side.value),
        )
        clock = self._devices.clocks.awake
        driver = SessionDriver(
            clock, clock, self._devices.sound, latest_seconds=math.inf, parent=self
        )
        self._run(driver, Routine(id="trial", name=step.title, steps=(short,)))

    def rehearse(self, routine: Routine) -> None:
        """Run the whole of `routine` at high speed, with its cues and without its lines."""
        haste = FastClock(self._devices.clocks.awake, self._devices.sound, HASTE)
        driver = SessionDriver(
            haste,
            haste,
            haste,
            REHEARSED_FRAMES_PER_SECOND,
            speed=HASTE,
            latest_seconds=math.inf,
            parent=self,
        )
        self._run(driver, routine)

    def _run(self, driver: SessionDriver, routine: Routine) -> None:
        self._stop()
        timeline = lay_out(routine)
        self._driver = driver
        self._page.set_motion(self._shared.look.animations_enabled)
        self._page.begin(timeline)
        self._shared.window.show_page("trial")
        driver.changed.connect(self._page.show_session)
        driver.happened.connect(self._page.show_events)
        driver.mute_changed.connect(self._page.show_muted)
        driver.finished.connect(self._finish)
        driver.set_lively(True)
        driver.start(timeline)

    def _finish(self, session: Session) -> None:
        del session
        self._stop()
        if self._shared.window.page_name == "trial":
            self._shared.window.show_page("editor")

    def _stop(self) -> None:
        driver, self._driver = self._driver, None
        if driver is None:
            return
        if driver.session is not None and not driver.session.is_over:
            driver.move(Move.STOP)
        driver.deleteLater()

    def _follow_page(self, name: str) -> None:
        if name != "trial":
            self._stop()
        elif self._driver is None:
            # It ended when another page, such as help, was shown over it.
            self._shared.window.show_page("editor")

    def _move(self, what: Move) -> None:
        if self._driver is not None:
            self._driver.move(what)

    def _toggle_pause(self) -> None:
        if self._driver is not None:
            self._driver.toggle_pause()

    def _toggle_mute(self) -> None:
        if self._driver is not None:
            self._driver.toggle_mute()
