"""Tests of the paths of the user's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from legato.storage.paths import Paths, find_paths

if TYPE_CHECKING:
    import pytest


def test_the_option_goes_before_the_variable(tmp_path: Path) -> None:
    """The option of one run overrides the environment."""
    environ = {"LEGATO_DATA_DIR": "/elsewhere"}

    assert find_paths(str(tmp_path), environ).data == tmp_path
    assert find_paths(None, environ).data == Path("/elsewhere")


def test_without_either_it_is_the_system_s_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default is the data folder of the system."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    assert find_paths(None, {}).data == Path("/data/legato")


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable counts as unset."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    assert find_paths(None, {"LEGATO_DATA_DIR": ""}).data == Path("/data/legato")


def test_a_home_and_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~` is expanded and the path is absolute."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert find_paths("~/a", {}).data == tmp_path / "a"
    assert find_paths("a", {}).data == tmp_path / "a"


def test_nothing_is_made(tmp_path: Path) -> None:
    """Computing paths creates no folder."""
    paths = find_paths(str(tmp_path / "a"), {})

    assert not paths.data.exists()


def test_everything_lies_in_the_data_folder() -> None:
    """All paths are inside the data folder."""
    paths = Paths(Path("/d"))
    names = ("routines", "trash", "versions", "settings", "resume", "schema", "log")

    assert {getattr(paths, name).parent for name in names} == {Path("/d")}
