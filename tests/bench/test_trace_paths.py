"""How many calls of the program lie behind a few actions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import legato
from limits import assert_within

SCRIPT = Path(__file__).with_name("trace_paths.py")


@cache
def _calls() -> dict[str, int]:
    """Return the number of calls in each row of the table."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"PYTHONPATH": str(Path(legato.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-P", SCRIPT], env=environ, stdout=subprocess.PIPE, text=True, check=True
    )
    rows = re.findall(r"^\| (\w+) +\|[^|]*\| +([\d,]+) ", done.stdout, re.MULTILINE)
    return {key: int(calls.replace(",", "")) for key, calls in rows}


@pytest.mark.slow
@pytest.mark.parametrize("row", ["a1", "a2", "a3", "b", "c1", "c2", "c3", "c4", "c5"])
def test_an_action_takes_few_calls(row: str) -> None:
    """No more of the program's functions are called than the limit allows."""
    assert_within(f"calls.{row}", _calls()[row])
