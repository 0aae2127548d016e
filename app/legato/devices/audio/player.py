"""Opens a way to a sound shortly before there is something to hear, and closes it afterwards.

Takes the best way first, each time anew, so that a sound server that was gone is taken up again by
the next cue. Nothing here reads a clock save through `clock`, and nothing waits: whoever drives it
calls `step` and then waits as long as it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.devices.audio.mixer import Levels
    from legato.devices.audio.schedule import CueScheduler
    from legato.domain.cues import ScheduledCue
    from legato.domain.ports import Clock


class AudioUnavailable(Exception):  # noqa: N818 - named for what it is
    """A way leads to no sound now; its text says why, for a person."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be heard, and how loud it is to be at the moment of asking."""

    program: CueScheduler
    levels: Callable[[], Levels]


class AudioBackend(Protocol):
    """One way to a sound. All methods are called from one thread, and may block it."""

    @property
    def name(self) -> str:
        """What it is called, in words for a person."""

    def open(self, source: Source) -> None:
        """Begin to play what `source` holds, each sound at its moment.

        Raises:
            AudioUnavailable: It cannot.
        """

    def tick(self, now: float) -> float:
        """Do what there is to do; return after how many seconds to be called again.

        Raises:
            AudioUnavailable: It was lost meanwhile.
        """

    def is_sounding(self) -> bool:
        """Return whether something that began has not ended."""

    def fade(self) -> None:
        """Let what sounds fall silent."""

    def close(self) -> None:
        """Give the device back; harmless when it is not open."""


AHEAD_SECONDS = 0.65
"""A way is opened so long before its first sound: the device's own clock is learnt meanwhile, and
wireless headphones wake."""
KEEP_OPEN_SECONDS = 1.5
"""A way stays open where the next sound follows within this."""
HANGING_SECONDS = 1.5
"""A call to a device that takes longer is told to the user."""
SHOWN = "Cues are shown on screen."


class Player:
    """Plays a source by the first of its ways that works.

    Args:
        ways: The best first.
        source: What is to be heard.
        clock: Monotonic seconds.
    """

    def __init__(self, ways: Sequence[AudioBackend], source: Source, clock: Clock) -> None:
        self._ways = ways
        self._source = source
        self._clock = clock
        self._way: AudioBackend | None = None
        self._calling_since: float | None = None
        self._found = ""
        self._why_silent = ""
        self._is_finishing = False

    @property
    def is_finished(self) -> bool:
        """Whether it was told to finish and all has rung out."""
        return self._is_finishing and self._way is None

    @property
    def is_hanging(self) -> bool:
        """Whether a call to a device does not come back; may be asked from any thread."""
        since = self._calling_since
        return since is not None and self._clock() - since > HANGING_SECONDS

    @property
    def problem(self) -> str:
        """Why nothing is heard, in words for a person, or empty; from any thread."""
        why = "the sound system does not answer" if self.is_hanging else self._why_silent
        return f"No sound: {why}. {SHOWN}" if why else ""

    @property
    def found(self) -> str:
        """By what was played last, or empty; from any thread."""
        return self._found

    def add(self, due: Sequence[ScheduledCue]) -> None:
        """Take what is to be heard."""
        for one in due:
            self._source.program.add(one)

    def cancel(self) -> None:
        """Forget what has not begun, and fade what sounds."""
        self._source.program.clear()
        if self._way:
            self._way.fade()

    def finish(self) -> None:
        """Forget what has not begun; what sounds rings out, and then no way is opened again."""
        self._source.program.clear()
        self._is_finishing = True

    def step(self, now: float) -> float | None:
        """Do what there is to do at `now`.

        Returns:
            After how many seconds to call again at the latest; None if nothing is to be heard.
        """
        self._source.program.drop_late(now)
        moment = self._source.program.next_moment(now)
        if self._way is None:
            if moment is None or self._is_finishing:
                return None
            if moment - now > AHEAD_SECONDS:
                return moment - now - AHEAD_SECONDS
            if not self._open():
                self._source.program.drop_before(now + AHEAD_SECONDS)
                return 0.0
            now = self._clock()
            self._source.program.drop_late(now)
        return self._attend(self._way, now) if self._way else 0.0

    def _attend(self, way: AudioBackend, now: float) -> float | None:
        """Let an open way do its work, and close it when nothing follows soon."""
        try:
            wait = way.tick(now)
        except AudioUnavailable as lost:
            self._why_silent = str(lost)
            self._close()
            return 0.0
        moment = self._source.program.next_moment(now)  # asked before what sounds: see Mixer
        follows = moment is not None and moment - now <= KEEP_OPEN_SECONDS
        if way.is_sounding() or (follows and not self._is_finishing):
            return wait
        self._why_silent = ""
        self._close()
        return None if moment is None else max(0.0, moment - now - AHEAD_SECONDS)

    def _open(self) -> bool:
        reasons: list[str] = []
        for way in self._ways:
            self._calling_since = self._clock()
            try:
                way.open(self._source)
            except AudioUnavailable as reason:
                reasons.append(str(reason))
                continue
            finally:
                self._calling_since = None
            self._way, self._found = way, way.name
            if not reasons:
                self._why_silent = ""
            return True
        self._found = ""
        self._why_silent = "; ".join(dict.fromkeys(reasons))
        return False

    def _close(self) -> None:
        way, self._way = self._way, None
        if way:
            self._calling_since = self._clock()
            way.close()
            self._calling_since = None
