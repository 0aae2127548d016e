"""Tests of the Pico voice in a child process: normal, slow, crashing, and with markup."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from legato.devices.voice import find_speaker, speakable
from legato.devices.voice_pico import WORKER, PicoSpeaker, find_engine
from legato.domain.ports import NullSpeaker
from legato.domain.sound import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from legato.domain.sound import Pcm

ENGINE = find_engine()
needs_pico = pytest.mark.skipif(ENGINE is None, reason="py-nanotts has no wheel for this machine")
MARKUP = '<genfile file="written.wav">x</genfile>'
ANSWER_ONCE = """
import sys, struct
sys.stdin.buffer.readline()
sys.stdout.buffer.write(struct.pack(">I", 4) + bytes([1, 0, 2, 0]))
sys.stdout.buffer.flush()
"""
HANG = "import sys, time; sys.stdin.buffer.readline(); time.sleep(60)"
DIE = "import sys; sys.stdin.buffer.readline(); sys.exit(1)"
LIE = "import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write(bytes([255] * 4))"


@pytest.fixture
def speaker_of(tmp_path: Path) -> Iterator[Callable[[str], PicoSpeaker]]:
    """Return a factory of speakers whose child runs the given code."""
    made: list[PicoSpeaker] = []

    def make(code: str) -> PicoSpeaker:
        (tmp_path / "worker.py").write_text(code)
        made.append(PicoSpeaker(tmp_path, tmp_path / "worker.py", deadline_seconds=0.5))
        return made[-1]

    yield make
    for speaker in made:
        speaker.close()


@pytest.fixture
def pico() -> Iterator[PicoSpeaker]:
    """Return the real engine."""
    assert ENGINE is not None
    speaker = PicoSpeaker(ENGINE)
    yield speaker
    speaker.close()


def spoken(speaker: PicoSpeaker, text: str, voice: VoiceSettings | None = None) -> Pcm:
    """Return a line that must be spoken."""
    pcm = speaker.render(text, voice or VoiceSettings())
    assert pcm is not None
    return pcm


def test_answer_becomes_samples(speaker_of: Callable[[str], PicoSpeaker]) -> None:
    """The bytes of the child are 16-bit samples of 16 kHz."""
    pcm = spoken(speaker_of(ANSWER_ONCE), "one")

    assert (list(pcm.samples), pcm.rate) == ([1, 2], 16_000)


def test_hanging_child_is_ended(speaker_of: Callable[[str], PicoSpeaker]) -> None:
    """After the deadline the child is killed and the line fails."""
    speaker = speaker_of(HANG)
    began = time.monotonic()

    assert speaker.render("one", VoiceSettings()) is None
    assert time.monotonic() - began < 10
    assert speaker._child is None


@pytest.mark.parametrize("code", [DIE, LIE, "import nothing"])
def test_bad_child_says_nothing(speaker_of: Callable[[str], PicoSpeaker], code: str) -> None:
    """A child that crashes or answers nonsense fails the line."""
    assert speaker_of(code).render("one", VoiceSettings()) is None


def test_dead_child_is_begun_anew(speaker_of: Callable[[str], PicoSpeaker]) -> None:
    """After a crash the next line starts another child."""
    speaker = speaker_of(ANSWER_ONCE)
    spoken(speaker, "one")
    assert speaker._child is not None
    speaker._child.wait()

    assert spoken(speaker, "two").samples


def test_missing_python_says_nothing(
    speaker_of: Callable[[str], PicoSpeaker], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """If no child can be started, the line fails."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))

    assert speaker_of(ANSWER_ONCE).render("one", VoiceSettings()) is None


@needs_pico
def test_line_is_spoken(pico: PicoSpeaker) -> None:
    """A line of four words lasts a second or two and is loud enough."""
    pcm = spoken(pico, "Now the left leg.")

    assert 0.8 < pcm.seconds < 3.0
    assert max(pcm.samples) > 3_000


@needs_pico
def test_line_is_not_cut_off_at_full_scale(pico: PicoSpeaker) -> None:
    """Loud syllables are not clipped."""
    assert max(map(abs, spoken(pico, "And slowly release.").samples)) < 32_767


@needs_pico
def test_pace_changes_the_length(pico: PicoSpeaker) -> None:
    """Fewer words a minute take longer."""
    line = "Soften your jaw and shoulders."
    slow, fast = (spoken(pico, line, VoiceSettings(pace=pace)).seconds for pace in (80, 150))

    assert slow > 1.4 * fast


@needs_pico
def test_pitch_does_not_change_the_length_much(pico: PicoSpeaker) -> None:
    """A lower voice is not slower."""
    line = "Soften your jaw and shoulders."
    deep, own = (spoken(pico, line, VoiceSettings(pitch=pitch)).seconds for pitch in (0.8, 1.0))

    assert deep == pytest.approx(own, rel=0.1)


@needs_pico
def test_unknown_language_is_spoken_in_english(pico: PicoSpeaker) -> None:
    """An unknown language does not silence the voice."""
    assert spoken(pico, "one", VoiceSettings(language="xx")).samples


@needs_pico
def test_engine_obeys_markup_when_asked_directly(tmp_path: Path) -> None:
    """The engine itself writes a file that a text names."""
    code = f"import py_nanotts; py_nanotts.NanoTTS().speak({MARKUP!r}, voice='en-GB')"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)

    assert (tmp_path / "written.wav").exists()


@needs_pico
def test_markup_from_a_file_is_only_words(
    pico: PicoSpeaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same text as a line writes nothing, and is spoken."""
    monkeypatch.chdir(tmp_path)
    pcm = spoken(pico, speakable(MARKUP))

    assert pcm.samples
    assert not list(tmp_path.iterdir())


@needs_pico
def test_installed_engine_is_found() -> None:
    """An installed py-nanotts is used."""
    assert find_speaker().name == "Pico"


def test_machine_without_an_engine_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing engine is no error."""
    monkeypatch.setattr("legato.devices.voice_pico.find_engine", lambda: None)
    monkeypatch.setattr(sys, "platform", "linux")

    assert isinstance(find_speaker(), NullSpeaker)


def test_an_engine_that_hangs_ends_without_a_parent(tmp_path: Path) -> None:
    """A watchdog ends it, because the engine holds the GIL."""
    (tmp_path / "py_nanotts.py").write_text(
        "import ctypes\n"
        "class NanoTTS:\n"
        "    def speak(self, *_, **__):\n"
        "        ctypes.PyDLL(None).pause()\n"
    )
    worker = tmp_path / "worker.py"
    text = WORKER.read_text()
    worker.write_text(text.replace("LONGEST_SECONDS = 10.0", "LONGEST_SECONDS = 0.1"))
    order = b'{"text": "a", "voice": "en-GB", "speed": 1, "pitch": 1}\n'
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(worker), str(tmp_path)],
        input=order,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, b"")
