"""Two Legatos on one data folder: the second passes its request, or opens beside a frozen one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from legato.bootstrap import main
from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="only there a process can be frozen"),
]

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from legato.bootstrap.stores import Options
from legato.bootstrap import main as program
from legato.bootstrap.app import App

WAIT_MS = 100
class Watched(App):
    def show(self):
        super().show()
        self.look = QTimer(self, interval=WAIT_MS)
        self.look.timeout.connect(self.on_look)
        self.look.start()

    def on_look(self):
        print(self.window.page_name, "|", self.window.toast.shown, flush=True)

    def listen(self):
        super().listen()
        if "session" in sys.argv:
            self.sessions.controller.start_by_id("quads")
        print("listening", flush=True)

program.App = Watched
# Somebody who is frozen is not waited for; a busy machine is slow, not wrong.
program.PATIENCE_SECONDS = program.CRAMP_PATIENCE_SECONDS = 20 if "patient" in sys.argv else 0.5
given = next((word for word in sys.argv[2:] if word.endswith(".yaml")), "")
sys.exit(program.run(Options(data_dir=sys.argv[1], cramp="cramp" in sys.argv, bring=given)))
"""


class Program:
    """A Legato in a process of its own, and its output."""

    def __init__(self, data: Path, *words: str) -> None:
        command = [sys.executable, "-c", PROGRAM, str(data), *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def until(self, words: str) -> str:
        """Return the first line from now on with `words` in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"it ended without a word of {words}")

    def end(self) -> None:
        """Kill the process, frozen or not."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def first(data: Path) -> Iterator[Program]:
    """Return a first Legato that receives requests."""
    program = Program(data)
    program.until("listening")
    yield program
    program.end()


def test_a_second_start_hands_over_and_ends(first: Program, data: Path) -> None:
    """The open window does what was requested."""
    second = Program(data, "cramp", "patient")

    assert second.process.wait(30) == 0
    assert "cramp" in first.until("cramp")
    second.end()


def test_a_file_given_to_a_second_start_leaves_a_session_alone(data: Path, tmp_path: Path) -> None:
    """The session page stays, with a message that the file is shown later."""
    gift = tmp_path / "gift.yaml"
    gift.write_text("name: A gift\nsteps: [{use: quads}]\n")
    first = Program(data, "session")
    first.until("listening")
    second = Program(data, str(gift), "patient")
    try:
        assert second.process.wait(30) == 0
        assert first.until("gift.yaml").startswith("session |")
    finally:
        second.end()
        first.end()


def test_beside_a_frozen_one_help_with_a_cramp_comes_all_the_same(
    first: Program, data: Path
) -> None:
    """A second window opens, and says why there are two."""
    os.kill(first.process.pid, signal.SIGSTOP)
    second = Program(data, "cramp")

    assert text.BESIDE_ANOTHER in second.until("cramp |")
    second.end()


@pytest.mark.usefixtures("first")
def test_without_its_socket_the_first_is_not_waited_for_in_vain(data: Path, home: Path) -> None:
    """If the runtime folder was deleted, the second opens with a message."""
    (socket,) = (home / "runtime" / "legato").glob("*.socket")
    socket.unlink()
    second = Program(data)

    assert text.BESIDE_ANOTHER in second.until("home |")
    second.end()


def test_a_cramp_waits_a_second_at_most() -> None:
    """Help with a cramp begins within a second."""
    assert main.CRAMP_PATIENCE_SECONDS <= 1.0
