"""The few lines of shell that start Legato at once where nothing has changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import copytree, which
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

PACKAGES = Path("/var/lib/dpkg/status")
SHELLS = [shell for shell in ("dash", "bash") if which(shell)]
SCREEN = {"DISPLAY": ":0"}
PYTHON = "#!/bin/sh\necho at once: $*\n"
LATER, LONG_AGO = 4e9, 1e9

pytestmark = pytest.mark.skipif(
    not PACKAGES.exists(), reason="the mark is compared with dpkg's list"
)


@pytest.fixture
def ready(folder: Path, run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which a start has found everything, and left its mark."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    (folder / ".venv" / run.NOTE).write_text(run.note(str(folder / ".venv"), ""))
    monkeypatch.setattr(run, "is_here", lambda _name: True)
    run.leave_mark(SCREEN)
    os.utime(mark_of(folder), (LATER, LATER))
    return folder


def mark_of(folder: Path) -> Path:
    """Return the mark for an X11 screen."""
    return folder / ".venv" / "ready-x11"


def started(folder: Path, *words: str, shell: str = "/bin/sh", **environ: str) -> str:
    """Start `./run` where no program is on the path, and return what comes on both streams."""
    done = subprocess.run(
        [which(shell) or shell, folder / "run", *words],
        env={"PATH": "", **SCREEN, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_a_start_in_which_nothing_has_changed_needs_no_other_program(
    ready: Path, shell: str
) -> None:
    """The environment's Python is the next one, with all words, even empty ones and blanks."""
    shown = started(ready, "start", "my legs", shell=shell)
    assert shown == "at once: -I -m legato start my legs\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_it_starts_from_any_folder(
    ready: Path, shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a relative path, too, and from the folder itself without one."""
    monkeypatch.chdir(ready.parent)
    for script in (Path(ready.name), Path("..") / ready.parent.name / ready.name):
        assert started(script, shell=shell) == "at once: -I -m legato\n"


def test_a_start_from_a_link_is_left_to_python(ready: Path, tmp_path: Path) -> None:
    """The link's own folder has no environment."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "run").symlink_to(ready / "run")
    assert "at once" not in started(tmp_path / "bin")


@pytest.mark.parametrize("word", ["test", "bench", "fuzz", "soak", "around", "lock"])
def test_what_legato_does_not_know_is_left_to_python(ready: Path, word: str) -> None:
    """These words are the script's own."""
    assert "needs Python 3.11" in started(ready, word)


@pytest.mark.parametrize(
    "environ",
    [
        {"DISPLAY": ""},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "offscreen"},
        {"PYTHONPATH": "/somewhere"},
        {"PYTHONDONTWRITEBYTECODE": "1"},
    ],
)
def test_another_screen_and_python_s_variables_are_left_to_python(
    ready: Path, environ: dict[str, str]
) -> None:
    """What was found was found for an X11 screen alone."""
    assert "needs Python 3.11" in started(ready, **environ)


def _change(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        os.utime(folder / name, (LATER + 9, LATER + 9))

    change.__name__ = name
    return change


def _remove_mark(folder: Path) -> None:
    mark_of(folder).unlink()


def _remove_python(folder: Path) -> None:
    (folder / ".venv" / "bin" / "python").unlink()


def _install_packages(folder: Path) -> None:
    os.utime(mark_of(folder), (LONG_AGO, LONG_AGO))


FILES = ("pyproject.toml", "requirements.lock", "run", "run.py", ".venv/bin/python")
CHANGES = [*map(_change, FILES), _remove_mark, _remove_python, _install_packages]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("shell", SHELLS)
def test_after_any_change_python_looks_again(
    ready: Path, shell: str, change: Callable[[Path], None]
) -> None:
    """The project's files, the environment's Python and the system's packages count."""
    change(ready)
    assert "needs Python 3.11" in started(ready, shell=shell)


def test_a_copy_of_the_folder_is_not_ready(ready: Path, tmp_path: Path) -> None:
    """Its environment belongs to the folder that it was made for."""
    copy = tmp_path / "copy"
    copytree(ready, copy)
    os.utime(mark_of(copy), (LATER, LATER))
    assert "needs Python 3.11" in started(copy)


def test_no_mark_is_left_without_sound(
    ready: Path, run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each start says that cues will not be heard."""
    mark_of(ready).unlink()
    monkeypatch.setattr(run, "is_here", lambda name: "pulse" not in name and "asound" not in name)
    run.leave_mark(SCREEN)
    assert not mark_of(ready).exists()


def test_no_mark_is_left_for_an_environment_that_is_not_ready(ready: Path, run: ModuleType) -> None:
    """Something else changed while it was looked at."""
    mark_of(ready).unlink()
    (ready / "pyproject.toml").write_text("another one")
    run.leave_mark(SCREEN)
    assert not mark_of(ready).exists()


def test_an_environment_that_changes_loses_its_marks(ready: Path, run: ModuleType) -> None:
    """A start meanwhile waits for it."""
    run.remove_marks(str(ready / ".venv"))
    assert not mark_of(ready).exists()
