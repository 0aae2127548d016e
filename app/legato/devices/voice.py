"""Has lines spoken ahead of time, in a thread of its own, and keeps them."""

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
from legato.domain.settings import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Speaker
    from legato.domain.settings import Pcm


def find_speaker() -> Speaker:
    """Return Pico where it is installed, the system's voice on macOS, or one that says nothing."""
    if engine := voice_pico.find_engine():
        return voice_pico.PicoSpeaker(engine)
    if sys.platform == "darwin" and Path(voice_say.PROGRAM).exists():
        return voice_say.SaySpeaker()
    return NullSpeaker()


LONGEST = 300
"""Characters of a line; more than half a minute of speech."""
_MARKUP = frozenset("<>&\\[]{}|^`~@#*_=$")
"""Characters with which engines take commands: Pico's tags can write files, `say` has [[...]]."""


def speakable(text: str) -> str:
    """Return `text` without markup and control characters, its blanks single, cut at a word.

    Empty if no letter or digit is left to speak.
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
"""Sound that is kept, some minute of it: the lines that come again in every hold."""
IDLE_SECONDS = 120.0
"""An engine that has had nothing to say for so long gives back its memory."""
SPOKEN_LEVEL = 0.1
"""Root mean square, 0 to 1, of the loudest part of a line: some 3 dB softer to the ear than the
cues at equal volumes."""
LARGEST_GAIN = 8.0
NOTHING_SPEAKS = "nothing here can speak"
NO_ANSWER = "the voice does not answer"
SHOWN = "What is said is shown on screen."

_Key = tuple[str, VoiceSettings]
_NOT_SPOKEN = Spoken(None)


class SpeechCache:
    """Lines that are spoken or being spoken; its methods return at once, from any thread.

    Args:
        find_speaker: Looks for an engine; called in the thread, when a line is first wanted.
        on_ready: Called in the thread each time an answer is there.
    """

    def __init__(
        self,
        find_speaker: Callable[[], Speaker],
        on_ready: Callable[[], None],
        manner: VoiceSettings,
    ) -> None:
        self.manner = manner
        self._find_speaker = find_speaker
        self._on_ready = on_ready
        self._wanted: queue.SimpleQueue[_Key | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Spoken | None] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._why_mute = ""
        self.name = ""

    @property
    def problem(self) -> str:
        """Why the last line was not spoken, in words for a person, or empty; from any thread."""
        return f"No voice: {self._why_mute}. {SHOWN}" if self._why_mute else ""

    def start(self) -> None:
        """Look for an engine now, not only when the first line is wanted."""
        with self._lock:
            # A thread that an unexpected error has ended is followed by another.
            if (self._thread is None or not self._thread.is_alive()) and not self._is_closed:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()

    def prepare(self, text: str) -> None:
        """Have `text` spoken, unless it was or is being; what failed is tried again."""
        key = (text, self.manner)
        with self._lock:
            if self._is_closed:
                return
            if self._kept.get(key, _NOT_SPOKEN) != _NOT_SPOKEN:
                self._kept.move_to_end(key)
                return
            self._kept[key] = None
        self._wanted.put(key)
        self.start()

    def spoken(self, text: str) -> Spoken | None:
        """Return the answer for `text`, or None while there is none."""
        with self._lock:
            return self._kept.get((text, self.manner))

    def close(self) -> None:
        """Let the engine go; a line that is being spoken is not waited for."""
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
                answer = Spoken(self._said(speaker, *key))
            finally:
                # Whatever went wrong: the lines behind this one must not wait for it.
                self._keep(key, answer)
                self._on_ready()
            idle = IDLE_SECONDS

    def _said(self, speaker: Speaker, text: str, manner: VoiceSettings) -> Pcm | None:
        line = speakable(text)
        if not line:
            return None
        raw = speaker.render(line, manner)
        failed = NO_ANSWER if speaker.name else NOTHING_SPEAKS
        self._why_mute = failed if raw is None else ""
        return _finished(raw) if raw else None

    def _keep(self, key: _Key, answer: Spoken) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while sum(map(_size, self._kept.values())) > KEPT_BYTES:
                self._kept.popitem(last=False)


def _finished(raw: Pcm) -> Pcm | None:
    """Return a line as it is to be heard: without silence around it, and as loud as all others."""
    pcm = samples.trimmed(raw)
    level = samples.loudest(pcm)
    if not level:
        return None
    return at_mix_rate(samples.scaled(pcm, min(LARGEST_GAIN, SPOKEN_LEVEL / level)))


def _size(answer: Spoken | None) -> int:
    return len(answer.pcm.samples) * 2 if answer and answer.pcm else 0
