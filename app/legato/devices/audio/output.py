"""Plays cues and spoken lines at their moments, from one long-lived thread.

The window only puts commands into a queue. Everything that can block (devices, servers, files,
imports) happens in this thread or in that of the voice.
"""

from __future__ import annotations

import queue
import threading
from functools import partial
from typing import TYPE_CHECKING

from legato.devices.audio import miniaudio_backend
from legato.devices.audio.mixer import Levels
from legato.devices.audio.player import Player, SoundSource
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
    from legato.domain.sound import SoundSettings

RING_OUT_SECONDS = 4.0
"""How long closing waits for the last sound."""
FADE_OUT_SECONDS = 0.5


class SoundOutput:
    """Plays scheduled cues, and reports problems. All methods but `close` return at once.

    Nothing is imported, opened or started before the first command.

    Args:
        folder: The folder of the shipped cues.
        settings: Volumes, own sound files, voice.
        backends: The audio backends, in order of preference.
        find_speaker: Looks for a speech engine.
        clock: Monotonic seconds; scheduled cues are timed by it.
        has_slept: Returns whether the machine slept since its last call. Sounds that were scheduled
            before are dropped then: they would ring when somebody wakes the machine.
    """

    def __init__(
        self,
        folder: Path,
        settings: SoundSettings,
        backends: Sequence[AudioBackend],
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
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._cue_sounds = CueSounds(folder, settings.files)
        self._voice = SpeechCache(find_speaker, self._wake, settings.voice)
        self._scheduler = CueScheduler(self._cue_sounds.tone, self._voice, settings.pause_seconds)
        self._player = Player(backends, SoundSource(self._scheduler, self._levels), clock)

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Schedule cues of the next seconds; pass each cue once."""
        self._enqueue(partial(self._add, tuple(due)))

    def cancel(self) -> None:
        """Drop the sounds that have not begun and fade out those that play."""
        self._enqueue(self._player.cancel)

    def problem(self) -> str:
        """Return the reason why nothing is heard, as a sentence, or an empty string."""
        return self._player.problem

    def use(self, settings: SoundSettings) -> None:
        """Apply `settings` from now on."""
        self._enqueue(partial(self._apply, settings))

    def set_gain(self, gain: float) -> None:
        """Scale all sound by 0 (mute) to 1, on top of the volumes, within a tenth of a second."""
        self._gain = min(1.0, max(0.0, gain))

    def preview(self, cue: Cue) -> None:
        """Play a cue now and stop other sounds; not for use during a session."""
        self.cancel()
        self.schedule([ScheduledCue(self._clock(), cue)])

    def say(self, text: str) -> None:
        """Speak a line now and stop other sounds; not for use during a session."""
        self.cancel()
        self.schedule([ScheduledCue(self._clock(), Cue.LINE, text)])

    def backend(self) -> str:
        """Return the name of the backend that played last, or an empty string."""
        return self._player.found

    def voice(self) -> str:
        """Return the name of the speech engine; empty if there is none or none was needed yet."""
        return self._voice.name

    def voice_problem(self) -> str:
        """Return the reason why lines are not spoken, as a sentence, or an empty string."""
        return self._voice.problem

    def notes(self) -> tuple[str, ...]:
        """Return what could not be used as set, one sentence each."""
        return self._cue_sounds.notes

    def warm_up(self) -> None:
        """Import the libraries, check the cues and find the voice, so that no later call waits."""
        self._enqueue(miniaudio_backend.load)
        self._enqueue(self._check_cues)
        self._voice.start()

    def close(self, ring_out_seconds: float = RING_OUT_SECONDS) -> None:
        """Wait up to `ring_out_seconds` for the last sound, then end the threads."""
        self._voice.close()
        if self._thread is None:
            return
        self._enqueue(self._player.finish)
        self._thread.join(0.0 if self._player.is_hanging else ring_out_seconds)
        if self._thread.is_alive():
            self._enqueue(self._player.cancel)
            self._thread.join(FADE_OUT_SECONDS)

    def _enqueue(self, command: Callable[[], None]) -> None:
        self._commands.put(command)
        # Restart the thread if an unexpected error has ended it.
        if self._thread is None or not (self._thread.is_alive() or self._player.is_finished):
            self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
            self._thread.start()

    def _wake(self) -> None:
        self._commands.put(_nothing)

    def _run(self) -> None:
        wait: float | None = None
        while not self._player.is_finished:
            try:
                command = self._commands.get(timeout=wait)
            except queue.Empty:
                command = _nothing
            if self._has_slept():
                self._player.cancel()
            command()
            wait = self._player.step(self._clock())

    def _add(self, due: tuple[ScheduledCue, ...]) -> None:
        for one in due:
            if one.cue is Cue.LINE or (one.cue is Cue.COUNT and one.text):
                self._voice.prepare(one.text)
        self._player.add(due)

    def _apply(self, settings: SoundSettings) -> None:
        if settings.files != self._settings.files:
            self._cue_sounds = CueSounds(self._folder, settings.files)
            self._scheduler.tone = self._cue_sounds.tone
        self._settings = settings
        self._voice.settings = settings.voice
        self._scheduler.pause_seconds = settings.pause_seconds
        self._check_cues()

    def _check_cues(self) -> None:
        self._cue_sounds.check()

    def _levels(self) -> Levels:
        """Return the factors; the square of a volume comes near to how the ear hears it."""
        settings, gain = self._settings, self._gain
        return Levels(settings.cue_volume**2 * gain, settings.voice_volume**2 * gain)


def open_sound(folder: Path, settings: SoundSettings, clocks: Clocks | None = None) -> SoundOutput:
    """Return the sound output of this machine; no device is opened before the first command.

    Args:
        folder: The folder of the shipped cues.
        settings: Volumes, own sound files, voice.
        clocks: Scheduled cues are timed by the one that stops asleep; None takes the machine's.
    """
    clocks = clocks or find_clocks()
    clock, has_slept = clocks.awake, SleepDetector(clocks).has_slept
    backends = (miniaudio_backend.MiniaudioBackend(clock), PlaysoundBackend(clock=clock))
    return SoundOutput(folder, settings, backends, find_speaker, clock, has_slept=has_slept)


def _nothing() -> None:
    """Do nothing but wake the thread."""
