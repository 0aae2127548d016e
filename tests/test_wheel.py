"""What is in the wheel that is given away."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel and return the names of the files in it."""
    if not (SOURCE / "app").is_dir():
        pytest.skip("the source is out of reach, so no wheel can be built")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=SOURCE,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_only_legato_lies_at_the_top(names: list[str]) -> None:
    """The wheel has a single top folder, so that it overwrites nothing."""
    tops = {name.partition("/")[0] for name in names}

    assert tops == {"legato", next(top for top in tops if top.endswith(".dist-info"))}


@pytest.mark.parametrize("kind", ["routines", "assets"])
def test_all_that_ships_is_in_it(names: list[str], kind: str) -> None:
    """Every routine, figure and sound of the checkout is in the wheel."""
    files = (path.relative_to(SOURCE) for path in (SOURCE / kind).rglob("*") if path.is_file())

    wanted = {
        f"legato/data/{path.as_posix()}"
        for path in files
        if not any(part.startswith((".", "__pycache__")) for part in path.parts)
    }

    assert wanted
    assert wanted <= set(names)


def test_nothing_compiled_is_in_it(names: list[str]) -> None:
    """The wheel has no compiled modules."""
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
