"""The sound of Legato: cues and spoken lines at their moments, from one long-lived thread.

The window only ever puts orders into a queue. Everything that can block (devices, servers, files,
imports) happens in the thread here, or in that of the voice.
"""

from __future__ import annotations

import queue
import threading
from functools import partial
from typing import TYPE_CHECKING

from legato.devices.audio import miniaudio_backend
from legato.devices.audio.mixer import Levels
from legato.devices.audio.player import Player, Source
from legato.devices.audio.playsound_backend import PlaysoundBackend
from legato.devices.audio.samples import CueSounds
from legato.devices.audio.schedule import CueScheduler
from legato.devices.clocks import SleepDetector, find_clocks
from legato.devices.voice import SpeechCache, find_speaker
from legato.domain.cues import Cue, ScheduledCue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from legato.devices.audio.player import AudioBackend
    from legato.devices.clocks import Clocks
    from legato.domain.ports import Clock, Speaker
    from legato.domain.settings import SoundSettings

RING_OUT_SECONDS = 4.0
"""How long closing waits for the last sound."""
FADE_OUT_SECONDS = 0.5


class SoundOutput:
    """Plays what is scheduled, and tells what became of it. All methods return at once.

    Nothing is imported, opened or started before the first order.

    Args:
        folder: Where the cues that ship are.
        settings: Volumes, own files, manner of speaking.
        ways: The ways to a sound, the best first.
        find_speaker: Looks for a speech engine.
        clock: Monotonic seconds, the clock of all that is scheduled.
        has_slept: Tells whether the machine slept since the last look. What was scheduled before
            is dropped: it would ring at whoever wakes the machine.
    """

    def __init__(
        self,
        folder: Path,
        settings: SoundSettings,
        ways: Sequence[AudioBackend],
        find_speaker: Callable[[], Speaker],
        clock: Clock,
        *,
        has_slept: Callable[[], bool] = lambda: False,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._gain = 1.0
        self._clock = clock
        self._has_slept = has_slept
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._bank = CueSounds(folder, settings.files)
        self._voice = SpeechCache(find_speaker, self._wake, settings.manner)
        self._program = CueScheduler(self._bank.tone, self._voice, settings.pause_seconds)
        self._player = Player(ways, Source(self._program, self._levels), clock)

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Take what comes in the next seconds; each is handed over once."""
        self._order(partial(self._add, tuple(due)))

    def cancel(self) -> None:
        """Drop all that has not begun and fade what sounds."""
        self._order(self._player.cancel)

    def problem(self) -> str:
        """Say in words for a person why nothing is heard, or return an empty string."""
        return self._player.problem

    def use(self, settings: SoundSettings) -> None:
        """Go by `settings` from now on."""
        self._order(partial(self._take, settings))

    def set_gain(self, gain: float) -> None:
        """Scale everything, 0 (mute) to 1, on top of the volumes; heard within a tenth second."""
        self._gain = min(1.0, max(0.0, gain))

    def preview(self, cue: Cue) -> None:
        """Play a cue now, in place of all that sounds; not during a session."""
        self.cancel()
        self.schedule([ScheduledCue(self._clock(), cue)])

    def say(self, text: str) -> None:
        """Speak a line now, in place of all that sounds; not during a session."""
        self.cancel()
        self.schedule([ScheduledCue(self._clock(), Cue.LINE, text)])

    def way(self) -> str:
        """Tell by what the cues sound; empty until it was tried."""
        return self._player.found

    def voice(self) -> str:
        """Tell by what lines are spoken; empty where nothing can or it was not yet tried."""
        return self._voice.name

    def voice_problem(self) -> str:
        """Say in words for a person why lines are not spoken; empty while they are."""
        return self._voice.problem

    def notes(self) -> tuple[str, ...]:
        """Tell what is not as it was set, one sentence each."""
        return self._bank.notes

    def warm_up(self) -> None:
        """Load what plays, read the cues and find the voice, so that none of it is felt later."""
        self._order(miniaudio_backend.load)
        self._order(self._read_cues)
        self._voice.start()

    def close(self, ring_out_seconds: float = RING_OUT_SECONDS) -> None:
        """Let the last sound ring out, but not longer than `ring_out_seconds`, and end."""
        self._voice.close()
        if self._thread is None:
            return
        self._order(self._player.finish)
        self._thread.join(0.0 if self._player.is_hanging else ring_out_seconds)
        if self._thread.is_alive():
            self._order(self._player.cancel)
            self._thread.join(FADE_OUT_SECONDS)

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        # A thread that an unexpected error has ended is followed by another.
        if self._thread is None or not (self._thread.is_alive() or self._player.is_finished):
            self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
            self._thread.start()

    def _wake(self) -> None:
        self._orders.put(_nothing)

    def _run(self) -> None:
        wait: float | None = None
        while not self._player.is_finished:
            try:
                order = self._orders.get(timeout=wait)
            except queue.Empty:
                order = _nothing
            if self._has_slept():
                self._player.cancel()
            order()
            wait = self._player.step(self._clock())

    def _add(self, due: tuple[ScheduledCue, ...]) -> None:
        for one in due:
            if one.cue is Cue.LINE:
                self._voice.prepare(one.text)
        self._player.add(due)

    def _take(self, settings: SoundSettings) -> None:
        if settings.files != self._settings.files:
            self._bank = CueSounds(self._folder, settings.files)
            self._program.tone = self._bank.tone
        self._settings = settings
        self._voice.manner = settings.manner
        self._program.pause_seconds = settings.pause_seconds
        self._read_cues()

    def _read_cues(self) -> None:
        for cue in Cue:
            self._bank.tone(cue)

    def _levels(self) -> Levels:
        """Return the factors: the square of a volume is near to what the ear takes it for."""
        settings, gain = self._settings, self._gain
        return Levels(settings.cue_volume**2 * gain, settings.voice_volume**2 * gain)


def open_sound(folder: Path, settings: SoundSettings, clocks: Clocks | None = None) -> SoundOutput:
    """Return the sound of this machine; nothing is touched before the first order.

    Args:
        folder: Where the cues that ship are.
        settings: How the user wants to hear them.
        clocks: Of these the one that stops asleep is the clock of all that is scheduled; None
            takes the machine's.
    """
    clocks = clocks or find_clocks()
    clock, has_slept = clocks.awake, SleepDetector(clocks).has_slept
    ways = (miniaudio_backend.MiniaudioBackend(clock), PlaysoundBackend(clock=clock))
    return SoundOutput(folder, settings, ways, find_speaker, clock, has_slept=has_slept)


def _nothing() -> None:
    """Only wake the thread."""
