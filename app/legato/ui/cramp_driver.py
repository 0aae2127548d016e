"""Lets a cramp last: the timer of the cramp page, and its lines on their way to the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from legato.domain import cramp
from legato.domain.ports import Cue, Due
from legato.ui.contained import Contained

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from legato.domain.cramp import Cramp, CrampWay
    from legato.domain.ports import Clock, KeepAwake, Sound
    from legato.domain.routine import Side, Step

TICK_MS = 100
"""Often enough for a picture to move softly, seldom enough to cost nothing."""
HORIZON_SECONDS = 2.0


class CrampDriver(QObject):
    """Owns the one timer of a cramp; it runs only while one lasts.

    Args:
        clock: Monotonic seconds.
        sound: Where lines go; they are handed over as they come near.
        keep_awake: Held as long as the cramp lasts.
        steps: The step of each way, by the id of its move.
        has_slept: Tells whether the machine slept since the last look. A cramp does not outlast
            that, and nobody who wakes it in the morning is asked about it.
    """

    changed = Signal(object, float)
    """A moment has passed or an answer was given: the cramp, and now in monotonic seconds."""
    slept_through = Signal()
    """The machine slept, and nothing lasts any more."""

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
        """The cramp that lasts, or None."""
        return self._cramp

    @property
    def step(self) -> Step | None:
        """What is being done for it."""
        return self._steps.get(self._cramp.way.value) if self._cramp else None

    def start(self, side: Side, *, speaks: bool = True) -> None:
        """Begin to count, and say the first line at once.

        Args:
            side: The leg that most likely cramps; the other one is a touch away.
            speaks: Whether lines are spoken; otherwise they are only shown.
        """
        now = self._clock()
        self._has_slept()  # what was slept before does not count
        self._speaks = speaks
        self._timer.start()
        self._set(cramp.begin(now, side), now)
        with Contained():
            self._keep_awake.hold()

    def choose(self, way: CrampWay) -> None:
        """Treat it another way."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.choose(self._cramp, way, now), now)

    def other_leg(self) -> None:
        """Turn to the other leg."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.other_leg(self._cramp, now), now)

    def still_holding(self) -> None:
        """Answer the question that stands, and be guided again."""
        if self._cramp:
            now = self._clock()
            self._set(cramp.still_holding(self._cramp, now), now)

    def stop(self) -> None:
        """Stop counting and fall silent; does nothing where no cramp lasts."""
        if self._cramp is None:
            return
        self._timer.stop()
        self._cramp = None
        with Contained():
            self._sound.cancel()
        with Contained():
            self._keep_awake.release()

    def tick(self) -> None:
        """Show the time that has passed and hand on the lines that are near."""
        if self._cramp and self._has_slept():
            self.stop()
            self.slept_through.emit()
        if self._cramp:
            now = self._clock()
            self._hand_on(now)
            self.changed.emit(self._cramp, now)

    def _set(self, now_lasting: Cramp, now: float) -> None:
        self._cramp = now_lasting
        with Contained():
            self._sound.cancel()
        self._handed_until = now
        self._hand_on(now)
        self.changed.emit(now_lasting, now)

    def _hand_on(self, now: float) -> None:
        lasting, step, until = self._cramp, self.step, now + HORIZON_SECONDS
        if lasting is None or step is None or not self._speaks:
            return
        due = [
            Due(lasting.way_since + line.at, Cue.LINE, line.text)
            for line in cramp.lines(step, lasting.side)
            if self._handed_until <= lasting.way_since + line.at < until
        ]
        self._handed_until = until
        if due:
            with Contained():
                self._sound.schedule(due)
