"""What the user's own settings for Python and pip may do to the start, and what they may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from start_script.conftest import SOURCE

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from start_script.conftest import Machine

OWN = {
    "PIP_INDEX_URL": "https://packages.example/simple",
    "PIP_PROXY": "proxy.example:3128",
    "PIP_CERT": "/etc/ssl/ours.pem",
}
"""Where packages come from, and how to get there."""

HARMFUL = {
    "PIP_USER": "1",
    "PIP_TARGET": "/somewhere",
    "PIP_PREFIX": "/somewhere",
    "PIP_ROOT": "/somewhere",
    "PIP_PYTHON": "/usr/bin/python3",
    "PIP_NO_DEPS": "1",
    "PIP_DRY_RUN": "1",
    "PIP_REQUIRE_HASHES": "1",
    "PIP_NO_BINARY": ":all:",
    "PIP_CONFIG_FILE": "/somewhere/pip.conf",
}
"""Where they go to, which ones, and in which form."""

BROKEN_PYTHON = {
    "PYTHONHOME": "/nonexistent",
    "PYTHONHASHSEED": "none",
    "PYTHONWARNINGS": "error",
    "PYTHONINSPECT": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""Each would end or change every Python that takes orders from it."""


@pytest.fixture
def shadows(tmp_path: Path) -> Path:
    """Return a folder of modules that end whatever imports them."""
    folder = tmp_path / "another program's"
    folder.mkdir()
    for name in ("collections", "subprocess", "shutil", "ctypes", "yaml", "legato", "pip", "venv"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('shadowed: {name}')\n")
    return folder


def type_run(folder: Path, environ: dict[str, str]) -> str:
    """Type `./run list` in a folder and return what comes on both streams."""
    ended = subprocess.run(
        ["./run", "list"],
        env={**os.environ, **environ},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ended.stdout


def environ_of_pip(run: ModuleType, machine: Machine, folder: Path) -> dict[str, str]:
    """Let Legato be installed and return the environment variables that pip got."""
    (folder / ".venv").mkdir()
    run.prepare(())
    assert machine.called[-1].endswith("--editable .")
    environ = machine.environs[-1]
    assert environ
    return environ


def let_python_tell(venv: Path) -> None:
    """Let the environment's Python tell what it takes orders from."""
    (venv / "bin" / "python").write_text('#!/bin/sh\necho "$@"\nenv | grep ^PYTHON\n')


def test_it_starts_by_its_name_whatever_python_is_told(
    folder: Path, venv: Path, shadows: Path
) -> None:
    """Another program's modules are not found, and Legato gets no such orders either."""
    let_python_tell(venv)

    told = type_run(folder, {**BROKEN_PYTHON, "PYTHONPATH": str(shadows)})

    assert told == "-I -m legato list\n"


def test_it_starts_by_python_whatever_python_is_told(
    folder: Path, venv: Path, tmp_path: Path
) -> None:
    """`python3 run` is another way to start it."""
    let_python_tell(venv)
    (tmp_path / "ctypes.py").write_text("raise SystemExit('shadowed')\n")

    ended = subprocess.run(
        [sys.executable, "run.py", "check"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stdout == "-I -m legato check\n"


def test_without_python_it_says_so(folder: Path) -> None:
    """The first lines need a shell only."""
    ended = subprocess.run(
        ["/bin/sh", folder / "run"], env={"PATH": ""}, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert "Python 3.11" in ended.stderr


def test_sources_stay_the_user_s(
    run: ModuleType, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Index, proxy and certificates reach pip as they were set."""
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)

    environ = environ_of_pip(run, machine, folder)

    assert {name: environ.get(name) for name in OWN} == OWN


@pytest.mark.parametrize("name", HARMFUL)
def test_no_variable_decides_what_pip_does(
    run: ModuleType, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Legato goes into its own environment."""
    monkeypatch.setenv(name, HARMFUL[name])

    assert environ_of_pip(run, machine, folder).get(name) != HARMFUL[name]


def test_pip_reads_no_file_but_gets_the_sources_in_it(
    run: ModuleType,
    machine: Machine,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file's `user = true` is left out; a variable overrules a file, a later file an earlier."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_PROXY", "by-variable")
    first, later = tmp_path / "first.conf", tmp_path / "later.conf"
    first.write_text(
        "[global]\nuser = true\nindex-url = https://first.example\nproxy = by-file\n"
        "extra-index-url =\n    https://one.example\n    https://two.example\n"
    )
    later.write_text("[install]\ntarget = /somewhere\nindex-url = https://later.example\n")
    machine.pip_files = [str(first), str(later)]

    environ = environ_of_pip(run, machine, folder)

    assert {name: value.split() for name, value in environ.items() if name.startswith("PIP_")} == {
        "PIP_INDEX_URL": ["https://later.example"],
        "PIP_EXTRA_INDEX_URL": ["https://one.example", "https://two.example"],
        "PIP_PROXY": ["by-variable"],
        "PIP_CONFIG_FILE": [os.devnull],
        "PIP_CONSTRAINT": [run.LOCK],
        "PIP_BUILD_CONSTRAINT": [run.LOCK],
    }


def test_a_broken_file_of_pip_is_passed_over(
    run: ModuleType, machine: Machine, folder: Path, tmp_path: Path
) -> None:
    """By itself pip would refuse to do anything."""
    broken = tmp_path / "pip.conf"
    broken.write_text("user = true\n")
    machine.pip_files = [str(broken)]

    assert environ_of_pip(run, machine, folder)


@pytest.mark.parametrize("quiet", ["", "quiet = 3\n"])
def test_the_files_of_pip_are_found(run: ModuleType, home: Path, quiet: str) -> None:
    """Wherever pip looks for them; what stands in them does not silence it."""
    own = home / ".pip" / "pip.conf"
    own.parent.mkdir()
    own.write_text(f"[global]\nuser = true\n{quiet}")

    assert str(own) in run.pip_files(sys.executable)


def test_a_file_that_is_named_takes_the_place_of_the_user_s(
    run: ModuleType, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with pip itself."""
    own, named = home / ".pip" / "pip.conf", tmp_path / "named.conf"
    own.parent.mkdir()
    for path in (own, named):
        path.write_text("[global]\ntimeout = 60\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(named))

    files = run.pip_files(sys.executable)

    assert files[-1] == str(named)
    assert str(own) not in files


def git(folder: Path, *words: str) -> None:
    """Run git as it is set up for Windows."""
    settings = ("core.autocrlf=true", "user.name=A", "user.email=a@example")
    options = [part for setting in settings for part in ("-c", setting)]
    subprocess.run(["git", *options, *words], cwd=folder, capture_output=True, check=True)


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")
def test_a_clone_with_windows_line_ends_has_the_same_bytes(tmp_path: Path) -> None:
    """The start script starts, and what tests read keeps its odd line ends."""
    source, clone = tmp_path / "source", tmp_path / "clone"
    for name in ("run", ".gitattributes", "assets/sounds", "tests/data", "tests/fuzz/found"):
        place = source / name
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (SOURCE / name).is_dir() else shutil.copy
        copy(SOURCE / name, place)
    git(source, "init")
    git(source, "add", "--all")
    git(source, "commit", "--message", "all")

    git(tmp_path, "clone", str(source), str(clone))

    files = [path for path in source.rglob("*") if path.is_file() and ".git" not in path.parts]
    changed = [
        str(path.relative_to(source))
        for path in files
        if (clone / path.relative_to(source)).read_bytes() != path.read_bytes()
    ]
    assert len(files) > 20
    assert changed == []
