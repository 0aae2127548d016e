"""Tests of rendering spoken lines ahead of time, and caching them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from devices.audio_fakes import FakeSpeaker
from legato.devices import voice
from legato.devices.audio import samples
from legato.devices.voice import SPOKEN_LEVEL, SpeechCache
from legato.domain.ports import NullSpeaker
from legato.domain.sound import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.devices.audio.schedule import Spoken

PATIENCE_SECONDS = 10


class Stage:
    """A speech cache with a fake engine; `hear` waits for an answer."""

    def __init__(self) -> None:
        self.speaker = FakeSpeaker()
        self.ready = threading.Semaphore(0)
        self.box = SpeechCache(lambda: self.speaker, self.ready.release, VoiceSettings())

    def hear(self, text: str) -> Spoken | None:
        """Prepare `text` and return the answer."""
        self.box.prepare(text)
        assert self.ready.acquire(timeout=PATIENCE_SECONDS)
        return self.box.spoken(text)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Return a stage that is closed after the test."""
    stage = Stage()
    yield stage
    stage.speaker.may_answer.set()
    stage.box.close()


def test_line_becomes_sound(stage: Stage) -> None:
    """The sound has the length that the engine rendered."""
    answer = stage.hear("one two three four five")

    assert answer is not None
    assert answer.pcm is not None
    assert answer.pcm.seconds == pytest.approx(0.5, abs=0.05)


def test_lines_are_equally_loud(stage: Stage) -> None:
    """Lines have equal loudness, softer than cues."""
    answer = stage.hear("one two three four five")

    assert answer is not None
    assert answer.pcm is not None
    assert samples.loudest(answer.pcm) == pytest.approx(SPOKEN_LEVEL, rel=0.02)


def test_line_is_spoken_once(stage: Stage) -> None:
    """A rendered line is cached."""
    stage.hear("one")
    stage.box.prepare("one")
    stage.hear("two")

    assert [text for text, _ in stage.speaker.asked] == ["one", "two"]


def test_engine_gets_words_alone(stage: Stage) -> None:
    """The engine gets cleaned text only."""
    stage.hear('<genfile file="x">calf</genfile>')

    assert stage.speaker.asked[0][0] == 'genfile file "x" calf /genfile'


def test_engine_gets_the_settings(stage: Stage) -> None:
    """The engine gets pace and pitch of the settings."""
    stage.box.settings = VoiceSettings(pace=90, pitch=0.8)
    stage.hear("one")

    assert stage.speaker.asked == [("one", VoiceSettings(pace=90, pitch=0.8))]


def test_new_settings_render_a_line_again(stage: Stage) -> None:
    """A line that was rendered with other settings is not used."""
    stage.hear("one")
    stage.box.settings = VoiceSettings(pace=90)

    assert stage.box.spoken("one") is None


def test_wordless_line_is_not_given_to_the_engine(stage: Stage) -> None:
    """A line without words is answered without the engine."""
    answer = stage.hear("...")

    assert answer is not None
    assert answer.pcm is None
    assert not stage.speaker.asked


def test_failed_line_is_an_answer(stage: Stage) -> None:
    """A line that fails counts as not spoken."""
    stage.speaker.fails = True
    answer = stage.hear("one")

    assert answer is not None
    assert answer.pcm is None


def test_failed_line_is_tried_again(stage: Stage) -> None:
    """A failed line is retried at the next request."""
    stage.speaker.fails = True
    stage.hear("one")
    stage.speaker.fails = False
    answer = stage.hear("one")

    assert answer is not None
    assert answer.pcm is not None


def test_hanging_engine_holds_up_nobody(stage: Stage) -> None:
    """While an engine hangs, all methods return at once."""
    stage.speaker.may_answer.clear()
    stage.box.prepare("one")

    assert stage.box.spoken("one") is None


def test_oldest_lines_are_forgotten(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache has a limit."""
    monkeypatch.setattr(voice, "KEPT_BYTES", 25_000)
    stage.hear("one two")
    stage.hear("three four")

    assert stage.box.spoken("one two") is None
    assert stage.box.spoken("three four") is not None


def test_lines_that_come_again_are_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are requested again stay longer."""
    monkeypatch.setattr(voice, "KEPT_BYTES", 45_000)
    stage.hear("one two")
    stage.hear("three four")
    stage.box.prepare("one two")
    stage.hear("five six")

    assert stage.box.spoken("one two") is not None
    assert stage.box.spoken("three four") is None


def test_engine_is_let_go_when_idle(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    """An idle engine is closed."""
    monkeypatch.setattr(voice, "IDLE_SECONDS", 0.001)
    stage.hear("one")

    assert stage.speaker.closed.wait(PATIENCE_SECONDS)


def test_close_lets_the_engine_go(stage: Stage) -> None:
    """Closing closes the engine."""
    stage.hear("one")
    stage.box.close()

    assert stage.speaker.closed.wait(PATIENCE_SECONDS)


def test_closed_box_speaks_no_more(stage: Stage) -> None:
    """A line requested after closing is not rendered."""
    stage.box.close()
    stage.box.prepare("one")

    assert not stage.speaker.asked


def test_nothing_is_started_before_a_line_is_wanted(stage: Stage) -> None:
    """Without a request no thread runs."""
    assert stage.box._thread is None


def test_engine_is_named(stage: Stage) -> None:
    """The name of the engine can be read."""
    stage.hear("one")

    assert stage.box.name == "Fake"


def test_an_error_in_an_engine_ends_neither_the_voice_nor_the_lines_behind(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is reported and the next line rendered."""
    told: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda met: told.append(met.exc_type))
    render = stage.speaker.render
    with monkeypatch.context() as patch:
        patch.setattr(stage.speaker, "render", lambda *_: 1 / 0)
        failed = stage.hear("one")
    thread = stage.box._thread
    assert thread is not None
    thread.join(PATIENCE_SECONDS)
    monkeypatch.setattr(stage.speaker, "render", render)
    spoken = stage.hear("two three four five six")

    assert told == [ZeroDivisionError]
    assert failed is not None
    assert failed.pcm is None
    assert spoken is not None
    assert spoken.pcm is not None


def test_an_engine_that_fails_is_reported_of_until_it_speaks(stage: Stage) -> None:
    """The problem is reported until a line succeeds."""
    stage.speaker.fails = True
    stage.hear("one")
    failing = stage.box.problem
    stage.speaker.fails = False
    stage.hear("two")

    assert failing == "No voice: the voice does not answer. What is said is shown on screen."
    assert stage.box.problem == ""


def test_a_wordless_line_tells_nothing_of_the_engine(stage: Stage) -> None:
    """It does not change the problem."""
    stage.hear("...")

    assert stage.box.problem == ""


def test_a_machine_that_cannot_speak_says_so_when_it_should() -> None:
    """The problem appears only once a line is requested."""
    ready = threading.Semaphore(0)
    box = SpeechCache(NullSpeaker, ready.release, VoiceSettings())
    box.start()
    before = box.problem
    box.prepare("one")
    assert ready.acquire(timeout=PATIENCE_SECONDS)
    box.close()

    assert before == ""
    assert box.problem == "No voice: nothing here can speak. What is said is shown on screen."
