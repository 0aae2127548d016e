"""Measures how a running window answers: its keys, help with a cramp, and its longest turn."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from bench.evening import BUSES_GONE, PATIENCE_SECONDS, Environ, Told
from bench.in_process import fill
from bench.processes import spawn, stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from bench.screen import Screen

READY_SECONDS = 8.0
"""After the first frame, until all is built and every routine is listed."""
BETWEEN_SECONDS = 0.1
AGAIN_SECONDS = 0.1
SILENT: Environ = {
    **BUSES_GONE,
    "PULSE_SERVER": "unix:/nonexistent",
    "LEGATO_TRIAL_VOICE": "",
    "ALSA_CONFIG_PATH": os.devnull,
}
"""A machine without a bus, a sound server, a card, or a voice."""
MANY_FILES = 10_000
MANY_SECONDS = 25.0


class Window:
    """A running Legato that reports what it does, for as long as the block lasts.

    Args:
        screen: Where it opens; a key that is pressed there reaches it.
        words: Its arguments.
        environ: What is different around it.
    """

    def __init__(
        self, screen: Screen, words: Sequence[str], environ: Environ | None = None
    ) -> None:
        self._screen = screen
        self._told = Told()
        self._process = spawn("watched", *words, environ=environ)
        threading.Thread(target=self._told.read, args=(self._process,), daemon=True).start()
        self._told.wait("painted", event="first")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stop(self._process)

    def longest_turn(self) -> tuple[float, float]:
        """Return the seconds of the longest turn since the first frame, and of its processor."""
        turns = self._told.all("longest")
        return (turns[-1]["seconds"], turns[-1]["spent"]) if turns else (0.0, 0.0)

    def press(self, key: str) -> float:
        """Return the seconds from a key to the end of the painting that follows it."""
        before = len(self._told.all("painted"))
        pressed = self._screen.press(key)
        if not self._has_more("painted", before, PATIENCE_SECONDS):
            raise TimeoutError(f"nothing was painted after {key}")
        painted: float = self._told.all("painted")[before]["now"]
        return painted - pressed

    def press_for_page(self, key: str, page: str) -> float:
        """Return the seconds from a key to a painted page; press again while nobody hears it.

        A window that has just opened gets no keys until the screen has made it the active one.
        """
        before = len(self._told.all("opened", page=page))
        pressed = self._screen.press(key)
        while not self._has_more("opened", before, AGAIN_SECONDS, page=page):
            if not self._told.all("shown", page=page)[before:]:
                self._screen.press(key)
            if time.monotonic() > pressed + PATIENCE_SECONDS:
                raise TimeoutError(f"{key} did not open {page}")
        opened: float = self._told.all("opened", page=page)[before]["now"]
        return opened - pressed

    def _has_more(self, what: str, before: int, seconds: float, **values: object) -> bool:
        """Wait until more lines of a kind have come than `before`; return whether they have."""
        with self._told.news:
            return self._told.news.wait_for(
                lambda: len(self._told.all(what, **values)) > before, seconds
            )


def key_seconds(screen: Screen, session: Sequence[str], presses: int) -> list[float]:
    """Return the seconds from each of many keys in a session to its painted answer."""
    with Window(screen, session) as window:
        time.sleep(READY_SECONDS)
        answers = []
        for _ in range(presses):
            answers.append(window.press("space"))
            time.sleep(BETWEEN_SECONDS)
        return answers


def cramp_seconds(screen: Screen, home: Sequence[str], presses: int) -> list[float]:
    """Return the seconds from each F8 in an open window to its painted line."""
    with Window(screen, home) as window:
        time.sleep(READY_SECONDS)
        answers = []
        for _ in range(presses):
            answers.append(window.press_for_page("F8", "cramp"))
            time.sleep(BETWEEN_SECONDS)
            window.press_for_page("Escape", "home")
            time.sleep(BETWEEN_SECONDS)
        return answers


def first_cramp_seconds(screen: Screen, home: Sequence[str]) -> float:
    """Return the seconds from F8 in the moment of the first frame to its painted line."""
    with Window(screen, home) as window:
        return window.press_for_page("F8", "cramp")


def longest_turn(screen: Screen, data: Path, case: str) -> tuple[float, float]:
    """Return the longest turn of an evening in seconds, and the processor's share in it.

    A window opens, is left alone until all is built, and then shows a session.

    Args:
        screen: Where it opens.
        data: An empty data folder.
        case: `few` routines, `many`, or `silent`: without bus, sound and voice.
    """
    seconds = READY_SECONDS
    if case == "many":
        (data / "routines").mkdir(parents=True, exist_ok=True)
        fill(data / "routines", MANY_FILES)
        seconds = MANY_SECONDS
    words = ("--data-dir", str(data))
    with Window(screen, words, SILENT if case == "silent" else None) as window:
        time.sleep(seconds)
        window.press("Return")  # the routine for tonight
        time.sleep(READY_SECONDS / 2)
        return window.longest_turn()


@contextmanager
def all_cores_busy() -> Iterator[None]:
    """Keep each core of the machine busy."""
    with ExitStack() as running:
        for _ in range(os.cpu_count() or 1):
            busy = subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"], text=True)
            running.callback(stop, busy)
        yield
