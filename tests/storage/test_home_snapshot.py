"""Tests of the stored snapshot of the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.domain.home_snapshot import HomeSnapshot
from legato.storage.home_snapshot import HomeSnapshotFile

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = HomeSnapshot(*(name.upper() for name in HomeSnapshot._fields))


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    """A saved snapshot is loaded unchanged."""
    file = HomeSnapshotFile(tmp_path / "data" / "glance.json")
    file.save(SHOWN)

    assert file.load() == SHOWN


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"tonight": 3}'])
def test_a_damaged_file_is_as_if_there_were_none(tmp_path: Path, content: bytes) -> None:
    """A damaged file loads as None."""
    (tmp_path / "glance.json").write_bytes(content)

    assert HomeSnapshotFile(tmp_path / "glance.json").load() is None


def test_a_folder_that_cannot_be_written_is_harmless(tmp_path: Path) -> None:
    """A failed write raises nothing."""
    (tmp_path / "data").write_text("not a folder")
    file = HomeSnapshotFile(tmp_path / "data" / "glance.json")
    file.save(SHOWN)

    assert file.load() is None
