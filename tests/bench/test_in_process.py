"""The benchmark's own parts run, one after the other in one process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

AFTER_ANOTHER_WINDOW = """
from bench import in_process
in_process.MANY_FILES = 10
in_process.rows_block_ms()
painted, handed = in_process.cramp_ms(1)
assert painted > 0 and handed > 0
"""


@pytest.mark.slow
def test_a_cramp_is_measured_after_another_window() -> None:
    """No window that was measured before is left to answer to F8."""
    tests = Path(__file__).parents[1]

    subprocess.run([sys.executable, "-c", AFTER_ANOTHER_WINDOW], cwd=tests, check=True)
