"""What makes the imports of PySide6 cost less."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from legato.bootstrap import pyside_import

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Return the list to which the environment of each child process is added."""
    environs: list[dict[str, str]] = []

    def start(_command: list[str], env: dict[str, str], **_options: object) -> None:
        environs.append(env)

    monkeypatch.setattr(subprocess, "Popen", start)
    return environs


def test_imports_are_python_s_own_after_the_window_s_modules() -> None:
    """PySide6's import function reads the source of every module that is imported after it."""
    code = "import builtins, legato.bootstrap.main; print(builtins.__import__.__class__.__name__)"
    shown = subprocess.check_output([sys.executable, "-P", "-c", code], text=True)
    assert shown == "builtin_function_or_method\n"


def test_the_sources_in_pyside_are_unpacked_once(
    started: list[dict[str, str]], tmp_path: Path
) -> None:
    """PySide6 does it by its own switch, in a child process."""
    pyside_import.unpack_pyside(str(tmp_path))
    (tmp_path / "files.dir").mkdir()
    pyside_import.unpack_pyside(str(tmp_path))

    assert [environ["SBK_EMBED"] for environ in started] == ["0"]


def test_a_folder_that_is_not_there_is_left_alone(
    started: list[dict[str, str]], tmp_path: Path
) -> None:
    """Nothing can be written into it."""
    pyside_import.unpack_pyside(str(tmp_path / "none"))
    assert started == []
