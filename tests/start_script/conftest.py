"""The start script on a machine made up for a test."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

SOURCE = Path(__file__).parents[2]


class Machine:
    """What the script finds on a machine, and what it does there.

    Attributes:
        lacking: Libraries, programs and modules that are not there.
        apt_brings: Whether apt brings what it is asked for.
        managers: The package managers that it has.
        root: Whether the person may install packages.
        codes: Exit codes of commands by words that stand in them; 0 for all others.
        called: The commands that were run, each as one line.
        environs: The environment variables that each of them got; None for those of the script.
        pip_files: What pip reads its settings from.
        handed: The arguments that were handed over.
        unpacked: The Pythons whose PySide6 was unpacked.
    """

    def __init__(self) -> None:
        self.lacking: set[str] = set()
        self.apt_brings = True
        self.managers = {"apt-get"}
        self.root = False
        self.codes: dict[str, int] = {}
        self.called: list[str] = []
        self.environs: list[dict[str, str] | None] = []
        self.pip_files: list[str] = []
        self.handed: list[str] = []
        self.unpacked: list[str] = []

    def is_here(self, name: str) -> bool:
        """Tell whether it has a library, program or module."""
        return name not in self.lacking

    def has_program(self, name: str) -> bool:
        """Tell whether it has a package manager."""
        return name in self.managers

    def is_root(self) -> bool:
        """Tell whether the person may install packages."""
        return self.root

    def call(
        self, command: list[str], environ: dict[str, str] | None = None, **_options: object
    ) -> int:
        """Note a command and return its exit code."""
        line = " ".join(command)
        self.called.append(line)
        self.environs.append(environ)
        if self.apt_brings and "apt-get" in line and " install " in line:
            self.lacking.clear()
        return next((code for words, code in self.codes.items() if words in line), 0)

    def hand_over(self, _python: str, arguments: list[str]) -> int:
        """Note what the script would become."""
        self.handed += arguments
        return 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the script and what it reads, under a name with spaces."""
    if not (SOURCE / "run").is_file():
        pytest.skip("the start script is out of reach")
    folder = tmp_path / "my stretch timer"
    folder.mkdir()
    copy(SOURCE / "run", folder)
    copy(SOURCE / "run.py", folder)
    copy(SOURCE / "pyproject.toml", folder)
    copy(SOURCE / "requirements.lock", folder)
    return folder


@pytest.fixture
def run(folder: Path) -> ModuleType:
    """Return the script of that folder as a module."""
    spec = spec_from_loader("run", SourceFileLoader("run", str(folder / "run.py")))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def machine(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Put the script on a machine that has everything, with an ordinary user before it."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    machine = Machine()
    for name in ("is_here", "has_program", "is_root", "call", "hand_over"):
        monkeypatch.setattr(run, name, getattr(machine, name))
    monkeypatch.setattr(run, "unpack_pyside", machine.unpacked.append)
    monkeypatch.setattr(run, "pip_files", lambda _python: machine.pip_files)
    return machine


@pytest.fixture
def venv(folder: Path, run: ModuleType) -> Path:
    """Return an environment that is ready, in which Python is a program that does nothing."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    venv = folder / ".venv"
    (venv / run.NOTE).write_text(run.note(str(venv), ""))
    return venv
