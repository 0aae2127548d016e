"""Tests of noticing changes of a folder by other programs."""

from __future__ import annotations

from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from legato.devices.folder_watch import LONGEST_MS, SETTLE_MS, FolderWatch

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> list[int]:
    """Return a list that grows with each notification about the folder `watched`."""
    assert qtbot
    (tmp_path / "watched").mkdir()
    (tmp_path / "watched" / "one.yaml").write_text("name: One")
    return []


def has_told(told: list[int], times: int) -> bool:
    """Return whether there were that many notifications."""
    return len(told) >= times


def watch(folder: Path, told: list[int]) -> FolderWatch:
    """Return a watch on `folder` that appends to `told`."""
    return FolderWatch(folder, lambda: told.append(1))


def test_an_edit_in_place_is_noticed(qtbot: QtBot, tmp_path: Path, told: list[int]) -> None:
    """An edit in place, as by nano, is noticed."""
    watching = watch(tmp_path / "watched", told)
    (tmp_path / "watched" / "one.yaml").write_text("name: Two")

    qtbot.waitUntil(lambda: len(told) == 1)
    watching.close()


def test_a_file_that_is_replaced_is_noticed_twice(
    qtbot: QtBot, tmp_path: Path, told: list[int]
) -> None:
    """A replaced file, as by vim, is watched again."""
    watching = watch(tmp_path / "watched", told)
    for number in (1, 2):
        (tmp_path / "new").write_text(f"name: {number}")
        (tmp_path / "new").replace(tmp_path / "watched" / "one.yaml")
        qtbot.waitUntil(partial(has_told, told, number))
    watching.close()

    assert len(told) >= 2


def test_a_folder_that_is_made_later_is_noticed(
    qtbot: QtBot, tmp_path: Path, told: list[int]
) -> None:
    """The folder may be created after the watch."""
    watching = watch(tmp_path / "later" / "routines", told)
    (tmp_path / "later" / "routines").mkdir(parents=True)
    qtbot.waitUntil(lambda: bool(told))
    before = len(told)
    (tmp_path / "later" / "routines" / "new.yaml").write_text("name: New")

    qtbot.waitUntil(lambda: len(told) > before)
    watching.close()


def test_neighbours_of_a_folder_that_is_not_there_are_nothing(
    qtbot: QtBot, tmp_path: Path, told: list[int]
) -> None:
    """Files beside a missing folder are ignored."""
    watching = watch(tmp_path / "later", told)
    (tmp_path / "resume.json").write_text("{}")
    with qtbot.waitSignal(watching._settling.timeout):
        pass
    watching.close()

    assert not told


def test_a_folder_that_goes_is_noticed(qtbot: QtBot, tmp_path: Path, told: list[int]) -> None:
    """Deleting the folder is a change."""
    watching = watch(tmp_path / "watched", told)
    rmtree(tmp_path / "watched")

    qtbot.waitUntil(lambda: bool(told))
    watching.close()


def test_a_folder_without_a_pause_is_told_all_the_same(
    qtbot: QtBot, tmp_path: Path, told: list[int]
) -> None:
    """A sync program that writes on and on hides no file for long."""
    watching = watch(tmp_path / "watched", told)
    writing = QTimer()
    writing.setInterval(SETTLE_MS // 4)
    writing.timeout.connect(partial((tmp_path / "watched" / "part").write_text, "x"))
    writing.timeout.connect(partial(watching._on_changed))
    writing.start()

    qtbot.waitUntil(partial(has_told, told, 1), timeout=10 * LONGEST_MS)
    writing.stop()
    watching.close()
