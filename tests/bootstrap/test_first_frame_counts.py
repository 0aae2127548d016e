"""How little is loaded before the first frame."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import legato
from limits import assert_within

PROGRAM = """
import enum, json, os, sys
from legato.bootstrap.startup import IdleStartup
from legato.cli import main

def descendants(kind):
    for child in type.__subclasses__(kind):
        yield child
        yield from descendants(child)

def is_own(module):
    return str(module).partition(".")[0] == "legato"

def report(startup):
    # First: to look at all classes makes these.
    qt_enums = sum(kind.__qualname__.startswith("Qt.") for kind in descendants(enum.Enum))
    own = sum(map(is_own, sys.modules))
    classes = {kind for kind in descendants(object) if is_own(kind.__module__)}
    counts = {
        "own_modules": own,
        "other_modules": len(sys.modules) - own,
        "own_classes": len(classes),
        "qt_enums": qt_enums,
    }
    print(json.dumps(counts), flush=True)
    os._exit(0)

IdleStartup.begin = report
main.run(["--data-dir", sys.argv[1]])
"""


@cache
def _counts() -> dict[str, int]:
    """Return what a usual start has loaded when its window has painted for the first time."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"PYTHONPATH": str(Path(legato.__file__).parents[1])}
    command = [sys.executable, "-P", "-c", PROGRAM, os.environ["LEGATO_DATA_DIR"]]
    for _ in range(2):  # the first start ever has nothing of the last time to show
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, check=True, timeout=60
        )
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


@pytest.mark.parametrize("count", ["own_modules", "other_modules", "own_classes", "qt_enums"])
def test_little_is_loaded_before_the_first_frame(count: str) -> None:
    """No more modules are imported and classes made than the limits allow."""
    assert_within(f"first_frame.{count}", _counts()[count])
