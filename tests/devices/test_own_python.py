"""Tests of the command line of child processes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ASKS_A_CHILD = """
import subprocess
from legato.devices.own_python import own_python
subprocess.run([*own_python(), "-c", "import yaml"], check=True)
"""


@pytest.mark.parametrize("place", ["PYTHONPATH", "the current folder"])
def test_no_module_of_another_program_shadows_one_of_a_child(tmp_path: Path, place: str) -> None:
    """A child of an isolated Python is isolated, too."""
    (tmp_path / "yaml.py").write_text("raise SystemExit('shadowed')\n")
    environ = {"PYTHONPATH": str(tmp_path)} if place == "PYTHONPATH" else {}

    subprocess.run(
        [sys.executable, "-I", "-c", ASKS_A_CHILD], env=environ, cwd=tmp_path, check=True
    )


def test_a_child_finds_legato_where_its_parent_did(tmp_path: Path) -> None:
    """PYTHONPATH is kept if Legato is found by it."""
    (tmp_path / "only_here.py").write_text("")

    subprocess.run(
        [sys.executable, "-P", "-c", ASKS_A_CHILD.replace("import yaml", "import only_here")],
        env={"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        check=True,
    )
