"""The imports of Legato's layers, checked in fresh processes."""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest
from PySide6.QtCore import QTimer

import legato.domain
import legato.storage
import legato.ui
from legato.resources import find_bundled

if TYPE_CHECKING:
    from types import ModuleType

HEAVY = ("PySide6", "yaml", "ruamel", "msgspec", "platformdirs", "wakepy", "miniaudio")

WIDGETS = Path(legato.ui.__file__).parent


def modules_of(package: ModuleType) -> list[str]:
    """Return the names of all modules of a package."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [module.name for module in found]


def loaded_by(code: str, *words: str) -> set[str]:
    """Run code in a fresh process and return the top-level modules that it loaded."""
    report = "import sys\nprint('loaded:', *sorted({m.partition('.')[0] for m in sys.modules}))"
    ended = subprocess.run(
        [sys.executable, "-P", "-c", f"{code}\n{report}", *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return set(ended.stdout.splitlines()[-1].split()[1:])


def test_no_circle_of_imports() -> None:
    """The import graph has no circle, neither at run time nor for typing."""
    graph = grimp.build_graph("legato", cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}

    order = list(TopologicalSorter(imported).static_order())  # raises CycleError with the circle

    assert "legato.bootstrap.app" in order


def test_rules_load_nothing_but_the_standard_library() -> None:
    """Importing the whole domain loads no other library."""
    names = modules_of(legato.domain)

    loaded = loaded_by("\n".join(f"import {name}" for name in names))

    assert "legato" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_files_are_read_without_qt() -> None:
    """Storage and resources work on a machine without a screen."""
    names = [*modules_of(legato.storage), "legato.resources"]

    assert "PySide6" not in loaded_by("\n".join(f"import {name}" for name in names))


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "check {routine}",
        "timeline bedtime --json",
        "plan --place calf:left",
        "schema",
        "figure --list",
    ],
)
def test_commands_without_a_window_load_no_qt(line: str) -> None:
    """These commands are fast, and work without Qt's libraries."""
    routine = find_bundled().routines / "bedtime.yaml"
    code = "import sys\nfrom legato.cli.main import run\nassert run(sys.argv[1:]) == 0"

    words = [word.format(routine=routine) for word in line.split()]

    assert "PySide6" not in loaded_by(code, *words)


def test_this_qt_keeps_its_references_to_none() -> None:
    """A binding that loses references to None ends the process before long."""
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(300):
        timer.setInterval(1)

    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize("path", sorted(WIDGETS.rglob("*.py")), ids=lambda path: path.stem)
def test_buttons_are_made_in_one_way(path: Path) -> None:
    """Every plain button comes from `push_button` or `toggle_button`, with its role and its words."""
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]

    assert calls.count("QPushButton") == (1 if path.name == "basic.py" else 0)
