"""What killed writes left is removed without holding up the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from legato.storage.cleanup import remove_all_leftovers
from legato.storage.paths import find_paths

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType


def _calls(folder: Path, files: int) -> int:
    """Return the Python calls of a cleanup beside so many routines."""
    paths = find_paths(str(folder))
    paths.routines.mkdir(parents=True)
    for number in range(files):
        (paths.routines / f"{number}.yaml").touch()
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        remove_all_leftovers(paths, before=0.0)
    finally:
        sys.setprofile(None)
    return calls


def test_files_that_stay_cost_no_call_each(tmp_path: Path) -> None:
    """A cleanup beside many routines makes no more calls than beside few."""
    _calls(tmp_path / "warm", 1)

    assert _calls(tmp_path / "many", 200) == _calls(tmp_path / "few", 2)
