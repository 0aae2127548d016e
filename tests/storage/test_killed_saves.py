"""Killed at any moment, no file is ever lost or half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "killed_saves.py"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_thirty_kills_lose_nothing(tmp_path: Path) -> None:
    """Saving, keeping drafts, deleting and bringing back are cut off at random moments."""
    ended = subprocess.run(
        [sys.executable, SCRIPT, tmp_path / "data", "30"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("30 kills, ")
