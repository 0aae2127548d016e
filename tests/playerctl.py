"""The player control that desktops and scripts use, for tests of what it finds."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class Playerctl:
    """The player control that desktops and scripts use, on the private bus."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        found = shutil.which("playerctl")
        if found is None:
            pytest.skip("there is no playerctl here")
        self._program = found
        self._qtbot = qtbot
        self._output = folder / "follow.txt"

    def __call__(self, *arguments: str) -> str:
        """Run it and return what it prints, while our own loop answers it."""
        command = [self._program, "-p", "legato", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            self._qtbot.waitUntil(lambda: process.poll() is not None)
        finally:
            process.kill()
            printed = process.communicate()[0]
        return printed.decode().strip()

    def follow(self, doing: Callable[[], None], until: str) -> None:
        """Run it as one that listens, do something, and wait until it printed `until` last."""
        form = "{{status}}|{{title}}"
        command = [self._program, "-p", "legato", "--follow", "metadata", "--format", form]
        with self._output.open("w") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            self._qtbot.waitUntil(lambda: bool(self._output.read_text()))
            doing()
            self._qtbot.waitUntil(lambda: self._output.read_text().splitlines()[-1] == until)
        finally:
            process.kill()
            process.wait()
