"""Where what ships is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.resources import Bundled, find_bundled

if TYPE_CHECKING:
    from pathlib import Path


def test_a_checkout_is_read_in_place(tmp_path: Path) -> None:
    """A project file and routines two levels above the package make a checkout."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "pyproject.toml").touch()

    found = find_bundled(tmp_path / "app" / "legato" / "resources.py")

    assert found == Bundled(tmp_path / "routines", tmp_path / "assets")


def test_a_checkout_wins_over_a_copy_inside_the_package(tmp_path: Path) -> None:
    """The copy may be old; a developer edits the checkout."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "pyproject.toml").touch()
    package = tmp_path / "app" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    assert find_bundled(package / "resources.py").routines == tmp_path / "routines"


def test_a_wheel_carries_its_data(tmp_path: Path) -> None:
    """Without a checkout the package's own data folder is used."""
    package = tmp_path / "lib" / "site-packages" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    found = find_bundled(package / "resources.py")

    assert found == Bundled(package / "data" / "routines", package / "data" / "assets")


def test_other_routines_are_not_used(tmp_path: Path) -> None:
    """A folder `routines` without a project file is not Legato's."""
    (tmp_path / "routines").mkdir()
    package = tmp_path / "lib" / "legato"
    (package / "data" / "routines").mkdir(parents=True)

    assert find_bundled(package / "resources.py").routines == package / "data" / "routines"


def test_a_broken_install_names_both_places(tmp_path: Path) -> None:
    """If nothing is found, the error names both places."""
    module = tmp_path / "lib" / "python" / "legato" / "resources.py"

    with pytest.raises(FileNotFoundError) as raised:
        find_bundled(module)

    assert str(module.parents[2]) in str(raised.value)
    assert str(module.parent / "data") in str(raised.value)


def test_what_ships_is_there() -> None:
    """The package under test has its routines, exercises and assets."""
    bundled = find_bundled()

    assert (bundled.routines / "bedtime.yaml").is_file()
    assert (bundled.routines / "moves").is_dir()
    assert bundled.assets.is_dir()
