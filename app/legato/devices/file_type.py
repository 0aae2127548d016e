"""Registers Legato with a Linux desktop as the program that opens `.legato` files."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato.devices.own_python import own_python

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MIME_TYPE = "application/x-legato"
ENTRY = "legato.desktop"
PATIENCE_SECONDS = 10.0
"""How long a program of the desktop may take to update its database."""


class FileType:
    """The three files that register a program and its file type with a Linux desktop.

    They are written below the user's data folder, and only on request.

    Args:
        program: The command that opens Legato.
        shipped: The folder of the three shipped files.
        data_home: The user's data folder of the desktop, usually `~/.local/share`.
        run: Runs a program of the desktop if it is installed.
    """

    def __init__(
        self,
        program: Sequence[str],
        shipped: Path,
        data_home: Path,
        run: Callable[[Sequence[str]], object] | None = None,
    ) -> None:
        self._program = tuple(program)
        self._shipped = shipped
        self._home = data_home
        self._run = run or _run_if_there
        self._places = {
            "legato-mime.xml": data_home / "mime" / "packages" / "legato.xml",
            "legato.svg": data_home / "icons" / "hicolor" / "scalable" / "apps" / "legato.svg",
            ENTRY: data_home / "applications" / ENTRY,
        }

    @property
    def is_ours(self) -> bool:
        """Whether Legato is registered."""
        return self._places[ENTRY].is_file()

    def register(self) -> str:
        """Register Legato for `.legato` files; return what failed, or an empty string."""
        try:
            for name, place in self._places.items():
                text = (self._shipped / name).read_text(encoding="utf-8")
                if name == ENTRY:
                    text = text.replace("Exec=legato %f", f"Exec={exec_line(self._program)} %f")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
        except OSError as error:
            return f"{error.filename or self._home}: {error.strerror or error}"
        self._update_databases()
        self._run(("xdg-mime", "default", ENTRY, MIME_TYPE))
        return ""

    def unregister(self) -> str:
        """Remove the files again; return what failed, or an empty string."""
        try:
            for place in self._places.values():
                place.unlink(missing_ok=True)
        except OSError as error:
            return f"{error.filename or self._home}: {error.strerror or error}"
        self._update_databases()
        return ""

    def _update_databases(self) -> None:
        self._run(("update-mime-database", str(self._home / "mime")))
        self._run(("update-desktop-database", str(self._home / "applications")))


def open_file_type(shipped: Path) -> FileType | None:
    """Return the file type of this user, or None on systems other than Linux."""
    if sys.platform != "linux":
        return None
    home = os.environ.get("XDG_DATA_HOME", "")
    data_home = Path(home) if home.startswith("/") else Path.home() / ".local" / "share"
    return FileType((*own_python(), "-m", "legato"), shipped, data_home)


def exec_line(program: Sequence[str]) -> str:
    """Return a command quoted for an Exec key, whatever its path contains.

    Source: Desktop Entry Specification 1.5, "The Exec key": reserved characters are quoted, and
    the four that keep a meaning within quotes are escaped; a backslash is escaped once more as
    every string of the file has it; a percent sign is doubled.
    """
    return " ".join(map(_quoted, program))


def _quoted(word: str) -> str:
    if word.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum():
        return word
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _run_if_there(command: Sequence[str]) -> None:
    """Run a program of the desktop; without it the desktop notices the change later."""
    program = shutil.which(command[0])
    if program is not None:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - programs of the desktop
                (program, *command[1:]),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
