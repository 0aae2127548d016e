"""How the start script becomes the program that was asked for, or runs the checks."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from start_script.conftest import Machine


def let_python_be(venv: Path, body: str) -> None:
    """Let the environment's Python be a small program."""
    (venv / "bin" / "python").write_text(f"#!/bin/sh\n{body}\n")


def type_run(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would, from another folder."""
    return subprocess.run(
        [sys.executable, folder / "run.py", *words],
        env={**os.environ, **environ},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_arguments_and_exit_code_pass_through(folder: Path, venv: Path) -> None:
    """Legato gets each word as it was typed, in the folder where it was typed."""
    let_python_be(venv, 'pwd; for word in "$@"; do echo "$word"; done; exit 5')

    ended = type_run(folder, "check", "my file.yaml", "")

    assert ended.returncode == 5
    assert ended.stdout.splitlines() == [
        str(folder.parent),
        *("-I", "-m", "legato", "check", "my file.yaml", ""),
    ]


@pytest.mark.usefixtures("venv")
def test_stdout_belongs_to_the_command(folder: Path) -> None:
    """What the script has to say itself goes to stderr."""
    no_screen = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}

    ended = type_run(folder, "start", "bedtime", **no_screen)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "no screen" in ended.stderr


def test_signals_reach_the_command(folder: Path, venv: Path) -> None:
    """The script becomes the command, so there is nobody in between."""
    let_python_be(venv, "echo $$; exec cat")

    with subprocess.Popen(
        [sys.executable, folder / "run.py", "list"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout
        assert int(child.stdout.readline()) == child.pid
        child.terminate()


def test_every_check_runs_and_every_failure_is_said(
    run: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first failure hides none of the others, and pytest has the last word."""
    monkeypatch.setattr(run, "is_ready", lambda *_: True)
    monkeypatch.chdir(run.HERE)
    machine.codes = {"ruff check": 1, "mypy": 2}

    assert run.main(["test"]) == 1
    assert len(machine.called) == len(run.CHECKS)
    assert "-m pytest" in machine.called[-1]
    assert capsys.readouterr().err.endswith("failed: ruff check, mypy\n")


def test_arguments_of_the_tests_go_to_pytest_alone(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks at one test does not wait for the checks."""
    monkeypatch.setattr(run, "is_ready", lambda *_: True)
    monkeypatch.chdir(run.HERE)

    assert run.main(["test", "-k", "bedtime"]) == 0
    assert machine.handed == ["-I", "-m", "pytest", "-k", "bedtime"]
    assert machine.called == []


def test_every_program_in_the_table_exists(run: ModuleType) -> None:
    """A word after ./run stands for a module that is there."""
    tests = Path(__file__).parents[1]

    for module, _needs in run.PROGRAMS.values():
        assert tests.joinpath(*module.split(".")).with_suffix(".py").is_file()


def test_a_program_runs_where_its_module_is_found(
    run: ModuleType, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python finds a module in the folder that it starts in."""
    monkeypatch.setattr(run, "is_ready", lambda *_: True)
    monkeypatch.chdir(folder)
    (folder / "tests").mkdir()

    assert run.main(["bench", "--quick"]) == 0
    assert machine.handed == ["-m", "bench.bench", "--quick"]
    assert Path.cwd() == folder / "tests"


def test_an_old_python_can_read_the_script(folder: Path) -> None:
    """It could not say that it is too old if it stumbled over the syntax."""
    ast.parse((folder / "run.py").read_text(), feature_version=(3, 7))
