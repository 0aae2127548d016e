"""Where the user's files are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from legato.storage.paths import Paths, find_paths

if TYPE_CHECKING:
    import pytest


def test_the_option_goes_before_the_variable(tmp_path: Path) -> None:
    """What is said for one run counts more than what is set for all."""
    environ = {"LEGATO_DATA_DIR": "/elsewhere"}

    assert find_paths(str(tmp_path), environ).data == tmp_path
    assert find_paths(None, environ).data == Path("/elsewhere")


def test_without_either_it_is_the_system_s_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desktop's own rule holds."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    assert find_paths(None, {}).data == Path("/data/legato")


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty setting is no folder."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    assert find_paths(None, {"LEGATO_DATA_DIR": ""}).data == Path("/data/legato")


def test_a_home_and_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is whole, so that a change of directory changes nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert find_paths("~/a", {}).data == tmp_path / "a"
    assert find_paths("a", {}).data == tmp_path / "a"


def test_nothing_is_made(tmp_path: Path) -> None:
    """A folder is made when something is first written into it."""
    paths = find_paths(str(tmp_path / "a"), {})

    assert not paths.data.exists()


def test_everything_lies_in_the_data_folder() -> None:
    """One folder holds all that is the user's."""
    paths = Paths(Path("/d"))
    names = ("routines", "trash", "versions", "settings", "resume", "schema", "log")

    assert {getattr(paths, name).parent for name in names} == {Path("/d")}
