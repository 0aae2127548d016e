"""Where what ships is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.resources import Bundled, find_bundled

if TYPE_CHECKING:
    from pathlib import Path


def test_a_checkout_is_read_in_place(tmp_path: Path) -> None:
    """Two levels above the package, a project file and routines make a checkout."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "pyproject.toml").touch()

    found = find_bundled(tmp_path / "app" / "legato" / "resources.py")

    assert found == Bundled(tmp_path / "routines", tmp_path / "assets")


def test_a_checkout_wins_over_a_copy_inside_the_package(tmp_path: Path) -> None:
    """A copy of the data in the package may be old; the checkout is what a person edits."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "pyproject.toml").touch()
    package = tmp_path / "app" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    assert find_bundled(package / "resources.py").routines == tmp_path / "routines"


def test_a_wheel_carries_its_data(tmp_path: Path) -> None:
    """Without a checkout around it, the package's own data folder is used."""
    package = tmp_path / "lib" / "site-packages" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    found = find_bundled(package / "resources.py")

    assert found == Bundled(package / "data" / "routines", package / "data" / "assets")


def test_routines_of_a_stranger_are_not_taken(tmp_path: Path) -> None:
    """A folder named routines without a project file beside it is somebody else's."""
    (tmp_path / "routines").mkdir()
    package = tmp_path / "lib" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    assert find_bundled(package / "resources.py").routines == package / "data" / "routines"


def test_a_broken_install_names_both_places(tmp_path: Path) -> None:
    """When nothing is found, the error says where it was looked for."""
    module = tmp_path / "lib" / "python" / "legato" / "resources.py"

    with pytest.raises(FileNotFoundError) as raised:
        find_bundled(module)

    assert str(module.parents[2]) in str(raised.value)
    assert str(module.parent / "data") in str(raised.value)


def test_what_ships_is_there() -> None:
    """The package under test has its routines, moves and assets."""
    bundled = find_bundled()

    assert (bundled.routines / "bedtime.yaml").is_file()
    assert (bundled.routines / "moves").is_dir()
    assert bundled.assets.is_dir()
