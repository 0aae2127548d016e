"""Renders spoken lines ahead of time, in a thread of its own, and caches them."""

from __future__ import annotations

import queue
import sys
import threading
import unicodedata
from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from legato.devices import voice_pico, voice_say
from legato.devices.audio import samples
from legato.devices.audio.samples import at_mix_rate
from legato.devices.audio.schedule import Spoken
from legato.domain.ports import NullSpeaker
from legato.domain.sound import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Speaker
    from legato.domain.sound import Pcm


def find_speaker() -> Speaker:
    """Return Pico if it is installed, the system's voice on macOS, or a speaker without a voice."""
    if engine := voice_pico.find_engine():
        return voice_pico.PicoSpeaker(engine)
    if sys.platform == "darwin" and Path(voice_say.PROGRAM).exists():
        return voice_say.SaySpeaker()
    return NullSpeaker()


LONGEST = 300
"""Characters of a line; more than half a minute of speech."""
_MARKUP = frozenset("<>&\\[]{}|^`~@#*_=$")
"""Characters of commands to engines: the tags of Pico can write files, `say` has [[...]]."""


def speakable(text: str) -> str:
    """Return `text` without markup and control characters, with single blanks, cut at a word.

    The result is at most `LONGEST` characters long, and empty if it has no letter or digit.
    """
    plain = "".join(
        " " if one in _MARKUP or unicodedata.category(one)[0] in "CZ" else one
        for one in unicodedata.normalize("NFC", text[: LONGEST * 4])
    )
    words: list[str] = []
    length = 0
    for word in plain.split():
        length += len(word) + 1
        if length > LONGEST:
            break
        words.append(word)
    line = " ".join(words)
    return line if any(one.isalnum() for one in line) else ""


KEPT_BYTES = 6_000_000
"""Size of the cache, about a minute of sound: the lines that recur in every hold."""
IDLE_SECONDS = 120.0
"""An engine that was idle for this long is closed, which frees its memory."""
SPOKEN_LEVEL = 0.142
"""Root mean square, 0 to 1, of the loudest part of a line: about 3 dB louder to the ear than the
cues at equal volumes, for words have to be understood."""
LARGEST_GAIN = 8.0
NOTHING_SPEAKS = "nothing here can speak"
NO_ANSWER = "the voice does not answer"
SHOWN = "What is said is shown on screen."

_Key = tuple[str, VoiceSettings]
_NOT_SPOKEN = Spoken(None)


class SpeechCache:
    """Caches rendered lines and those being rendered. Methods return at once, in any thread.

    Args:
        find_speaker: Looks for an engine; called in the thread when a line is first wanted.
        on_ready: Called in the thread after each line.
        settings: How lines are spoken from now on; may be changed at any time.
    """

    def __init__(
        self,
        find_speaker: Callable[[], Speaker],
        on_ready: Callable[[], None],
        settings: VoiceSettings,
    ) -> None:
        self.settings = settings
        self._find_speaker = find_speaker
        self._on_ready = on_ready
        self._wanted: queue.SimpleQueue[_Key | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._cache: OrderedDict[_Key, Spoken | None] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._failure = ""
        self.name = ""

    @property
    def problem(self) -> str:
        """The reason why the last line was not spoken, as a sentence, or empty; safe in any thread."""
        return f"No voice: {self._failure}. {SHOWN}" if self._failure else ""

    def start(self) -> None:
        """Start the thread, which looks for an engine, before the first line is wanted."""
        with self._lock:
            # Restart the thread if an unexpected error has ended it.
            if (self._thread is None or not self._thread.is_alive()) and not self._is_closed:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()

    def prepare(self, text: str) -> None:
        """Render `text`, unless it is cached or being rendered; retry one that failed."""
        key = (text, self.settings)
        with self._lock:
            if self._is_closed:
                return
            if self._cache.get(key, _NOT_SPOKEN) != _NOT_SPOKEN:
                self._cache.move_to_end(key)
                return
            self._cache[key] = None
        self._wanted.put(key)
        self.start()

    def spoken(self, text: str) -> Spoken | None:
        """Return the answer for `text`, or None while it is being rendered or was not wanted."""
        with self._lock:
            return self._cache.get((text, self.settings))

    def close(self) -> None:
        """End the thread and close the engine, without waiting for a line that is being rendered."""
        with self._lock:
            self._is_closed = True
        self._wanted.put(None)

    def _run(self) -> None:
        speaker = self._find_speaker()
        self.name = speaker.name
        with closing(speaker):
            self._speak(speaker)

    def _speak(self, speaker: Speaker) -> None:
        idle: float | None = None
        while True:
            try:
                key = self._wanted.get(timeout=idle)
            except queue.Empty:
                speaker.close()
                idle = None
                continue
            if key is None or self._is_closed:
                return
            answer = _NOT_SPOKEN
            try:
                answer = Spoken(self._render(speaker, *key))
            finally:
                # Also after an error: the lines behind this one must not wait for it.
                self._store(key, answer)
                self._on_ready()
            idle = IDLE_SECONDS

    def _render(self, speaker: Speaker, text: str, settings: VoiceSettings) -> Pcm | None:
        line = speakable(text)
        if not line:
            return None
        raw = speaker.render(line, settings)
        failed = NO_ANSWER if speaker.name else NOTHING_SPEAKS
        self._failure = failed if raw is None else ""
        return _normalized(raw) if raw else None

    def _store(self, key: _Key, answer: Spoken) -> None:
        with self._lock:
            self._cache[key] = answer
            self._cache.move_to_end(key)
            while sum(map(_size, self._cache.values())) > KEPT_BYTES:
                self._cache.popitem(last=False)


def _normalized(raw: Pcm) -> Pcm | None:
    """Return a line without silence around it, and as loud as all others; None if all is silent."""
    pcm = samples.trimmed(raw)
    level = samples.loudest(pcm)
    if not level:
        return None
    return at_mix_rate(samples.scaled(pcm, min(LARGEST_GAIN, SPOKEN_LEVEL / level)))


def _size(answer: Spoken | None) -> int:
    return len(answer.pcm.samples) * 2 if answer and answer.pcm else 0
