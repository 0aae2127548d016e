"""The whole window on a machine where a device fails during a session."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

import seen
from bench.ear import CannotHear, Ear
from bench.screen import NoScreen, Screen
from bench.window_watch import Turns
from builders import routine, step
from fixtures_devices import ListeningSound, MachineRoom
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options, Start
from legato.devices.audio.samples import read_wav
from legato.domain.cues import Cue
from legato.domain.routine import VoiceLevel
from legato.domain.session import Status
from legato.resources import find_bundled
from legato.ui.session.page import SessionPage
from private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

TESTS = Path(__file__).parents[1]
PATIENCE_SECONDS = 30.0
GONE = "No sound: no sound device was found. Cues are shown on screen."
MUTE = "No voice: the voice does not answer. What is said is shown on screen."
LONGEST_TURN_SECONDS = 1.0
"""A call to a server that hangs would take several; the bench measures it closely."""


class FailingSound(ListeningSound):
    """A sound and a voice that fail on request."""

    silence = ""
    muteness = ""

    def problem(self) -> str:
        """Return the problem of the sound."""
        return self.silence

    def voice_problem(self) -> str:
        """Return the problem of the voice."""
        return self.muteness


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the notes about devices on the session page, in order."""
    written: list[str] = []
    show = SessionPage.show_note

    def show_and_note(page: SessionPage, note: str) -> None:
        written.append(note)
        show(page, note)

    monkeypatch.setattr(SessionPage, "show_note", show_and_note)
    return written


@pytest.fixture
def sound() -> FailingSound:
    """Return a sound that works at first."""
    return FailingSound()


@pytest.fixture
def room(
    notes: list[str],
    sound: FailingSound,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MachineRoom]:
    """Run a session on a machine without a keep-awake service."""
    assert notes == []
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    room = MachineRoom(tmp_path / "data", monkeypatch, sound)
    qtbot.addWidget(room.joined.window)
    room.start()
    yield room
    room.joined.close()


def test_a_missing_keep_awake_service_is_noted(
    room: MachineRoom, notes: list[str], qtbot: QtBot
) -> None:
    """The note is shown once, with a hint."""
    qtbot.waitUntil(lambda: len(notes) == 1)
    room.run(30.0)

    assert len(notes) == 1
    assert "cannot be asked to stay awake" in room.joined.sessions._page.stage._note


def test_a_failing_sound_is_noted_until_it_works(
    room: MachineRoom, notes: list[str], sound: FailingSound, qtbot: QtBot
) -> None:
    """The note is shown once in that session, beside earlier notes."""
    qtbot.waitUntil(lambda: len(notes) == 1)
    room.run(50.0)
    sound.silence = GONE
    room.run(20.0)
    sound.silence = ""
    room.run(20.0)

    assert notes == [notes[0], f"{GONE}\n{notes[0]}", notes[0]]
    assert room.session.status is Status.RUNNING


def test_a_hanging_voice_is_noted_and_delays_nothing(
    room: MachineRoom, notes: list[str], sound: FailingSound, qtbot: QtBot
) -> None:
    """The captions go on."""
    qtbot.waitUntil(lambda: len(notes) == 1)
    sound.muteness = MUTE
    room.run(21.0)

    assert notes[-1].startswith(MUTE)
    assert seen.caption(room.joined.sessions._page.stage)
    assert room.session.spent == pytest.approx(1.0)


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """Run a sound server for the test, or skip it."""
    pytest.importorskip("miniaudio", reason="miniaudio has no wheel for this machine")
    try:
        with Ear() as made:
            for name, value in made.env.items():
                monkeypatch.setenv(name, value)
            yield made
    except CannotHear as reason:
        pytest.skip(f"no sound server: {reason}")


SHORT = routine(step("Calf", hold=4.0, ready=1.0, switch=3.0), name="Short", voice=VoiceLevel.CHIME)
"""Cues at 1, 5, 8 and 12 s."""
KILLED_AT, BACK_AT, SWITCH_AT, END_AT = 2.0, 6.0, 5.0, 12.0


@pytest.mark.slow
def test_a_sound_server_that_is_killed_and_restarted_in_a_hold(
    ear: Ear, notes: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    """Nothing is delayed, the failure is noted once, and the last cue is heard."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    joined = App(running, Options(), stores.open_paths(str(tmp_path / "data")))
    qtbot.addWidget(joined.window)
    joined.show()
    joined.sessions.get_ready()
    began = time.monotonic()
    joined.start(Start("short", SHORT))
    turns = Turns()

    def kill_and_restart() -> None:
        time.sleep(began + KILLED_AT - time.monotonic())
        os.kill(ear.server_id, signal.SIGKILL)
        time.sleep(began + BACK_AT - time.monotonic())
        ear.close()
        ear.open()

    hand = threading.Thread(target=kill_and_restart)
    hand.start()
    qtbot.waitUntil(lambda: joined.window.page_name == "end", timeout=30_000)
    qtbot.wait(2_000)
    hand.join()
    longest = turns.longest
    recording = ear.recording()
    joined.close()
    shape = read_wav(find_bundled().assets / "sounds" / f"{Cue.END}.wav").samples[:48_000]

    assert recording.find(shape, began + END_AT).likeness > 0.8
    assert longest < LONGEST_TURN_SECONDS
    told = [silent for silent, _ in groupby(note.startswith("No sound") for note in notes)]
    assert told in ([True, False], [False, True, False])


@pytest.mark.slow
def test_a_bus_that_hangs_keeps_no_window_from_opening(tmp_path: Path) -> None:
    """Qt connects to the session bus with its first widget, and would wait for ever."""
    try:
        with private_bus() as bus, Screen() as screen:
            bus.freeze()
            environ = os.environ | {
                "DISPLAY": screen.name,
                "QT_QPA_PLATFORM": "xcb",
                "DBUS_SESSION_BUS_ADDRESS": bus.address,
                "PYTHONPATH": str(TESTS),
            }
            said = first_paint(environ, tmp_path / "data")
            bus.thaw()
    except NoScreen as reason:
        pytest.skip(str(reason))

    assert '"painted"' in said


def first_paint(environ: dict[str, str], data: Path) -> str:
    """Start Legato and return its output until the first paint or the timeout."""
    words = [sys.executable, "-P", "-m", "bench.watched", "--data-dir", str(data)]
    with subprocess.Popen(
        words, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        patience = threading.Timer(PATIENCE_SECONDS, child.kill)
        patience.start()
        said = ""
        for line in child.stdout or ():
            said += line
            if '"painted"' in line:
                break
        patience.cancel()
        child.kill()
        if child.stderr and "platform plugin" in child.stderr.read():
            raise NoScreen("the libraries of X11 windows are not installed")
    return said
