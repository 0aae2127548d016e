"""Opens an audio backend shortly before a sound is due, and closes it afterwards.

The backends are tried in order each time, so that the next cue uses a sound server that has come
back. Time is read through `clock` only, and nothing waits here: the caller calls `step` and then
waits as long as it returns.
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
    """An audio backend is unavailable; the message is a reason to show to the user."""


@dataclass(frozen=True, slots=True)
class SoundSource:
    """The scheduled sounds, and a function that returns the current levels."""

    scheduler: CueScheduler
    levels: Callable[[], Levels]


class AudioBackend(Protocol):
    """Plays sounds by one library. All methods are called from one thread, and may block it."""

    @property
    def name(self) -> str:
        """Its name, as the settings page shows it."""

    def open(self, source: SoundSource) -> None:
        """Begin to play the sounds of `source`, each at its moment.

        Raises:
            AudioUnavailable: It cannot be opened.
        """

    def tick(self, now: float) -> float:
        """Do the work that is due at `now`; return the seconds until the next call.

        Raises:
            AudioUnavailable: The device or server was lost.
        """

    def is_sounding(self) -> bool:
        """Return whether a sound that began has not ended."""

    def fade(self) -> None:
        """Fade out the sounds that play."""

    def close(self) -> None:
        """Release the device; does nothing if it is not open."""


AHEAD_SECONDS = 0.65
"""How long before its first sound a backend is opened: meanwhile the clock of the device is
estimated, and wireless headphones wake up."""
KEEP_OPEN_SECONDS = 1.5
"""A backend stays open if the next sound follows within this."""
HANGING_SECONDS = 1.5
"""A call to a device that takes longer is reported to the user."""
SHOWN = "Cues are shown on screen."


class Player:
    """Plays a source by the first backend that works.

    Args:
        backends: In order of preference.
        source: The sounds to play.
        clock: Monotonic seconds.
    """

    def __init__(self, backends: Sequence[AudioBackend], source: SoundSource, clock: Clock) -> None:
        self._backends = backends
        self._source = source
        self._clock = clock
        self._backend: AudioBackend | None = None
        self._calling_since: float | None = None
        self._found = ""
        self._why_silent = ""
        self._is_finishing = False

    @property
    def is_finished(self) -> bool:
        """Whether `finish` was called and every sound has ended."""
        return self._is_finishing and self._backend is None

    @property
    def is_hanging(self) -> bool:
        """Whether a call to a device does not return; safe in any thread."""
        since = self._calling_since
        return since is not None and self._clock() - since > HANGING_SECONDS

    @property
    def problem(self) -> str:
        """The reason why nothing is heard, as a sentence, or empty; safe in any thread."""
        why = "the sound system does not answer" if self.is_hanging else self._why_silent
        return f"No sound: {why}. {SHOWN}" if why else ""

    @property
    def found(self) -> str:
        """The name of the backend that played last, or empty; safe in any thread."""
        return self._found

    def add(self, due: Sequence[ScheduledCue]) -> None:
        """Add cues to the schedule."""
        for one in due:
            self._source.scheduler.add(one)

    def cancel(self) -> None:
        """Drop the sounds that have not begun, and fade out those that play."""
        self._source.scheduler.clear()
        if self._backend:
            self._backend.fade()

    def finish(self) -> None:
        """Drop the sounds that have not begun, let those that play end, and open no backend again."""
        self._source.scheduler.clear()
        self._is_finishing = True

    def step(self, now: float) -> float | None:
        """Do the work that is due at `now`.

        Returns:
            The seconds until the next call at the latest, or None if nothing is scheduled.
        """
        self._source.scheduler.drop_late(now)
        moment = self._source.scheduler.next_moment(now)
        if self._backend is None:
            if moment is None or self._is_finishing:
                return None
            if moment - now > AHEAD_SECONDS:
                return moment - now - AHEAD_SECONDS
            if not self._open():
                self._source.scheduler.drop_before(now + AHEAD_SECONDS)
                return 0.0
            now = self._clock()
            self._source.scheduler.drop_late(now)
        return self._tick(self._backend, now) if self._backend else 0.0

    def _tick(self, backend: AudioBackend, now: float) -> float | None:
        """Let an open backend do its work, and close it if no sound follows soon."""
        try:
            wait = backend.tick(now)
        except AudioUnavailable as lost:
            self._why_silent = str(lost)
            self._close()
            return 0.0
        # Asked before `is_sounding`: a sound that begins in between is then seen by one of the two.
        moment = self._source.scheduler.next_moment(now)
        follows = moment is not None and moment - now <= KEEP_OPEN_SECONDS
        if backend.is_sounding() or (follows and not self._is_finishing):
            return wait
        self._why_silent = ""
        self._close()
        return None if moment is None else max(0.0, moment - now - AHEAD_SECONDS)

    def _open(self) -> bool:
        reasons: list[str] = []
        for backend in self._backends:
            self._calling_since = self._clock()
            try:
                backend.open(self._source)
            except AudioUnavailable as reason:
                reasons.append(str(reason))
                continue
            finally:
                self._calling_since = None
            self._backend, self._found = backend, backend.name
            if not reasons:
                self._why_silent = ""
            return True
        self._found = ""
        self._why_silent = "; ".join(dict.fromkeys(reasons))
        return False

    def _close(self) -> None:
        backend, self._backend = self._backend, None
        if backend:
            self._calling_since = self._clock()
            backend.close()
            self._calling_since = None
