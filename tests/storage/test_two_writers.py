"""Tests of two programs that edit the same routine."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fakes import FakeClock
from legato.storage.atomic import PATIENCE_SECONDS, locked
from legato.storage.history import VersionFolder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are locked there alone")

EACH = 15

WRITER = """
import sys
from legato.domain import editing as routine_edits
from legato.domain.documents import Conflict, Opened
from legato.resources import find_bundled
from legato.storage import history as versions
from legato.storage.library import Library
from legato.storage.paths import find_paths
from legato.storage.routine_store import RoutineStore

versions.MOST_VERSIONS = 1000
data, name, times = sys.argv[1:]
paths, shipped = find_paths(data), find_bundled().routines
store = RoutineStore(paths, shipped, Library(shipped, paths.routines))
for number in range(int(times)):
    opened = store.open("mine")
    assert isinstance(opened, Opened), opened
    named = routine_edits.rename(opened.draft, f"{name} {number}").draft
    saved = store.save(opened, named)
    while isinstance(saved, Conflict):
        saved = store.save(saved.theirs, named)
    assert isinstance(saved, Opened), saved
"""


def names(text: str) -> str:
    """Return the name in a routine's text."""
    return text.splitlines()[0].removeprefix("name: ")


def test_what_either_saved_is_there_or_a_version(tmp_path: Path) -> None:
    """Of two programs that save repeatedly, no text is lost."""
    (tmp_path / "routines").mkdir()
    mine = tmp_path / "routines" / "mine.yaml"
    mine.write_text("name: First\nsteps:\n  - use: quads\n")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name, str(EACH)])
        for name in ("Ada", "Ben")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]

    versions = VersionFolder(tmp_path / "versions")
    keys = [path.stem for path in (tmp_path / "versions" / "mine").glob("*.yaml")]
    kept = {names(versions.read("mine", key).decode()) for key in keys}
    wanted = {f"{name} {number}" for name in ("Ada", "Ben") for number in range(EACH)} | {"First"}
    assert kept | {names(mine.read_text())} == wanted


def test_a_frozen_program_keeps_nobody_waiting_for_long(tmp_path: Path) -> None:
    """Waiting for the lock of a frozen program has a timeout."""
    clock = FakeClock()
    with locked(tmp_path), locked(tmp_path, now=clock, pause=clock.pass_seconds):
        assert clock.now == pytest.approx(1000.0 + PATIENCE_SECONDS, abs=0.1)


def test_a_turn_ends(tmp_path: Path) -> None:
    """The lock is released after the block."""
    clock = FakeClock()
    with locked(tmp_path):
        pass
    with locked(tmp_path, now=clock, pause=clock.pass_seconds):
        assert clock.now == 1000.0


def test_a_folder_that_is_missing_is_no_hindrance(tmp_path: Path) -> None:
    """The block runs without the folder."""
    with locked(tmp_path / "none"):
        pass

    assert not (tmp_path / "none").exists()
