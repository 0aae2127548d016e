"""Tests of reading regular files only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from legato.domain.problems import BadData
from legato.storage.safe_read import read_regular

if TYPE_CHECKING:
    from pathlib import Path


def why_not(path: Path, most: int = 100) -> str:
    """Return the reason why `path` is refused."""
    with pytest.raises(BadData) as raised:
        read_regular(path, most_bytes=most)
    return str(raised.value)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """A file up to the limit is returned unchanged."""
    path = tmp_path / "a"
    path.write_bytes(b"\0x" * 50)

    assert read_regular(path, most_bytes=100) == b"\0x" * 50


def test_a_larger_file_is_refused(tmp_path: Path) -> None:
    """A file one byte over the limit is refused."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 101)

    assert "larger than" in why_not(path)


def test_a_missing_file_is_reported_with_its_path(tmp_path: Path) -> None:
    """The problem has the path."""
    assert why_not(tmp_path / "a").startswith(f"{tmp_path / 'a'}:1:1: there is no such file")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """The problem says that it is a folder."""
    assert "this is a folder" in why_not(tmp_path)


def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    """A FIFO without a writer is refused at once."""
    path = tmp_path / "pipe"
    os.mkfifo(path)

    assert "not an ordinary file" in why_not(path)


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    """An impossible name raises BadData."""
    assert "not a file name" in why_not(tmp_path / "a\0b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    """A file without permission is a problem."""
    path = tmp_path / "a"
    path.touch(mode=0o000)

    assert "may not be read" in why_not(path)
