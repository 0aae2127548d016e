"""Tests of the voice of macOS: the arguments of `say`, and the use of its file."""

from __future__ import annotations

import subprocess
from pathlib import Path

from devices.audio_fakes import flat
from legato.devices.audio.playsound_backend import write_wav
from legato.devices.voice_say import SaySpeaker
from legato.domain.sound import VoiceSettings


class FakeSay:
    """Stands in for `subprocess.run`; writes a second of sound by default."""

    def __init__(self, error: Exception | None = None, *, writes: bool = True) -> None:
        self.command: list[str] = []
        self.words = b""
        self._error = error
        self._writes = writes

    def __call__(self, command: list[str], **options: object) -> None:
        """Write the file as `say` does."""
        self.command = command
        words = options["input"]
        assert isinstance(words, bytes)
        self.words = words
        if self._error:
            raise self._error
        if self._writes:
            write_wav(Path(command[command.index("-o") + 1]), flat(1.0))


def test_line_is_read_from_the_file() -> None:
    """The file of `say` becomes the sound."""
    assert SaySpeaker(FakeSay()).render("Rest.", VoiceSettings()) == flat(1.0)


def test_words_are_not_arguments() -> None:
    """A line that begins with a dash is no option."""
    say = FakeSay()
    SaySpeaker(say).render("-o /etc/hosts", VoiceSettings())

    assert say.words == b"-o /etc/hosts"
    assert "/etc/hosts" not in " ".join(say.command)


def test_pace_is_passed_on() -> None:
    """A slower pace asks for fewer words a minute."""
    slow, fast = FakeSay(), FakeSay()
    SaySpeaker(slow).render("Rest.", VoiceSettings(pace=80))
    SaySpeaker(fast).render("Rest.", VoiceSettings(pace=150))

    assert int(slow.command[2]) < int(fast.command[2])


def test_hanging_say_is_no_line() -> None:
    """After the timeout `say` is killed and the line fails."""
    late = FakeSay(subprocess.TimeoutExpired("say", 8))

    assert SaySpeaker(late).render("Rest.", VoiceSettings()) is None


def test_missing_say_is_no_line() -> None:
    """Without `say` the line fails."""
    assert SaySpeaker(FakeSay(FileNotFoundError())).render("Rest.", VoiceSettings()) is None


def test_nothing_written_is_no_line() -> None:
    """Without a file the line fails."""
    assert SaySpeaker(FakeSay(writes=False)).render("Rest.", VoiceSettings()) is None
