"""When the start script makes its Python environment, mends it, or leaves it alone."""

from __future__ import annotations

import os
import re
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from start_script.conftest import SOURCE

if TYPE_CHECKING:
    from types import ModuleType

    from start_script.conftest import Machine


def change_project(folder: Path) -> None:
    """Change what the environment was made for."""
    with (folder / "pyproject.toml").open("a") as file:
        file.write("# one more line\n")


def test_nothing_is_done_while_nothing_changes(
    run: ModuleType, machine: Machine, venv: Path
) -> None:
    """A start that finds everything ready runs no other program."""
    assert run.prepare(run.QT) == str(venv / "bin" / "python")
    assert machine.called == []


def test_another_python_is_not_ready(
    run: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts are installed for one version of Python."""
    monkeypatch.setattr(run, "PYTHON", "Python 3.99")

    assert not run.is_ready(str(venv), "")


def test_a_changed_project_is_not_ready(run: ModuleType, folder: Path, venv: Path) -> None:
    """Another pyproject.toml may want other parts."""
    change_project(folder)

    assert not run.is_ready(str(venv), "")


def test_a_renewed_lock_is_not_ready(run: ModuleType, folder: Path, venv: Path) -> None:
    """Other versions are to be installed, though the project asks for the same packages."""
    with (folder / run.LOCK).open("a") as file:
        file.write("pyyaml==6.0.5\n")

    assert not run.is_ready(str(venv), "")


def test_the_versions_of_the_lock_are_installed(
    run: ModuleType, machine: Machine, folder: Path
) -> None:
    """Legato's own parts are held to it, and what builds Legato, in old and new versions of pip."""
    (folder / ".venv").mkdir()

    run.prepare(())

    environ = machine.environs[-1]
    assert environ
    assert environ["PIP_CONSTRAINT"] == environ["PIP_BUILD_CONSTRAINT"] == run.LOCK


def test_the_lock_names_one_version_of_every_part() -> None:
    """It holds all that pyproject.toml asks for, for every system, and no address."""
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lock = (SOURCE / "requirements.lock").read_text()
    locked = re.findall(r"(?m)^([a-z0-9-]+)==[\w.]+(?: ;.*)?$", lock)

    assert {name_in(line) for line in asked} <= set(locked)
    assert len(locked) == len([line for line in lock.splitlines() if not line.startswith("#")])


def name_in(requirement: str) -> str:
    """Return the normalised name of what is required."""
    return re.split(r"[<>=! ;]", requirement)[0].lower().replace(".", "-")


def test_what_the_tests_need_is_enough_to_start(run: ModuleType, venv: Path) -> None:
    """After `./run test` a start installs nothing; after a start `./run test` does."""
    assert not run.is_ready(str(venv), "test")

    (venv / run.NOTE).write_text(run.note(str(venv), "test"))

    assert run.is_ready(str(venv), "")


def test_a_python_that_is_gone_is_not_ready(run: ModuleType, venv: Path) -> None:
    """After an upgrade of the system the environment points at nothing."""
    python = venv / "bin" / "python"
    python.unlink()
    python.symlink_to("no-such-python")

    assert not run.is_ready(str(venv), "")


def test_a_fresh_folder_gets_an_environment(
    run: ModuleType, machine: Machine, folder: Path
) -> None:
    """It is made, Legato is installed into it, and that is noted."""
    venv = folder / ".venv"
    venv.mkdir()

    run.prepare((), "test")

    make, install = machine.called
    assert make.endswith(f"-m venv --clear {venv}")
    assert install.endswith("--editable .[test]")
    assert run.noted_in(str(venv)) == run.note(str(venv), "test")
    assert (folder / ".venv.lock").read_text() == ""


def test_a_sound_environment_is_kept(
    run: ModuleType, machine: Machine, folder: Path, venv: Path
) -> None:
    """When only the project changed, pip is asked and the rest stays."""
    change_project(folder)

    run.prepare(())

    assert not any("-m venv" in line for line in machine.called)
    assert machine.called[-1].endswith("--editable .")
    assert run.is_ready(str(venv), "")


def test_an_environment_without_pip_is_made_again(
    run: ModuleType, machine: Machine, folder: Path, venv: Path
) -> None:
    """What its own Python says of it counts, not that the folder is there."""
    change_project(folder)
    machine.codes["import pip"] = 1

    run.prepare(())

    assert any(f"-m venv --clear {venv}" in line for line in machine.called)


def test_a_moved_environment_is_made_again(run: ModuleType, machine: Machine, venv: Path) -> None:
    """Its scripts name the place where it was made."""
    (venv / run.NOTE).write_text(run.note("/home/somebody/.venv", ""))

    run.prepare(())

    assert any(f"-m venv --clear {venv}" in line for line in machine.called)


def test_what_was_cut_short_is_made_again(
    run: ModuleType, machine: Machine, folder: Path, venv: Path
) -> None:
    """Half an environment may look whole; the lock's file remembers that it is not."""
    (venv / run.NOTE).unlink()
    (folder / ".venv.lock").write_text("unfinished")

    run.prepare(())

    assert any(f"-m venv --clear {venv}" in line for line in machine.called)
    assert (folder / ".venv.lock").read_text() == ""


def test_an_interrupted_install_is_remembered(
    run: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever pulls the plug finds it healed the next time."""

    def interrupted(_command: list[str], *_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "call", interrupted)

    assert run.main(["list"]) == 130
    assert (folder / ".venv.lock").read_text() == "unfinished"


def test_a_failed_install_is_not_noted(
    run: ModuleType, machine: Machine, folder: Path, venv: Path
) -> None:
    """Without a network it stops, and the next time tries again with what is there."""
    change_project(folder)
    machine.codes["pip install"] = 1

    with pytest.raises(SystemExit, match="network"):
        run.prepare(())

    assert run.noted_in(str(venv)) == ""
    assert (folder / ".venv.lock").read_text() == ""


def test_a_folder_of_somebody_else_gets_its_environment_in_the_cache(
    run: ModuleType, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the source cannot be written, nothing is."""
    monkeypatch.setattr(run.os, "access", lambda _path, mode: mode != os.W_OK)

    place = Path(run.place_of_venv(""))

    assert place.parent == home / "cache" / "legato"
    assert place.name == "venv" + str(folder).replace("/", "-")


def test_an_environment_of_somebody_else_is_used_when_ready(
    run: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What root has made ready serves everybody."""
    monkeypatch.setattr(run.os, "access", lambda _path, mode: mode != os.W_OK)

    assert run.place_of_venv("") == str(venv)


def test_two_at_once_take_turns(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second says that it waits, and goes on when the first is done."""
    waiting = threading.Event()
    monkeypatch.setattr(run, "say", lambda _text: waiting.set())
    path = tmp_path / "lock"

    def second() -> None:
        with path.open("a+") as lock:
            run.hold(lock)

    with path.open("a+") as lock:
        run.hold(lock)
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        assert thread.is_alive()
    thread.join(10)

    assert not thread.is_alive()


def test_pyside_is_unpacked_once_it_is_installed(
    folder: Path, run: ModuleType, machine: Machine
) -> None:
    """It is not compiled at each start then."""
    (folder / ".venv").mkdir()
    assert machine.unpacked == []
    python = run.prepare(())
    assert machine.unpacked == [python]


def test_a_failed_installation_is_not_unpacked(run: ModuleType, machine: Machine) -> None:
    """There may be no PySide6."""
    machine.codes["--editable"] = 1
    with pytest.raises(SystemExit):
        run.prepare(())
    assert machine.unpacked == []
