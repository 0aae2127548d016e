"""Tests of the stored snapshot of the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.domain.home_snapshot import HomeSnapshot, PaintedPicture
from legato.domain.routine import Side
from legato.storage.home_snapshot import HomePicturesFile, HomeSnapshotFile

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


PICTURES = (
    PaintedPicture("", "figure:calf", Side.LEFT, 2, 1, 1.5, "night", 3, 2, bytes(range(24))),
    PaintedPicture("mine", "me.png", Side.RIGHT, 1, 1, 1.0, "day", 1, 1, b"\n\n\n\n"),
)


def test_saved_pictures_are_loaded(tmp_path: Path) -> None:
    """Each with its own pixels, line breaks among them."""
    file = HomePicturesFile(tmp_path / "data" / "glance.pixels")
    file.save(PICTURES)

    assert file.load() == PICTURES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"[]x",
        b"{}",
        b'[["", "a", "left", 1, 1, 1.0, "night", 1, 1]]\nxxx',
        b'[["", "a", "left", 1, 1, 1.0, "night", 9999999, 9999999]]\nxxxx',
        b'[["", "a", "up", 1, 1, 1.0, "night", 1, 1]]\nxxxx',
        b'[["", "a", "left", 1, 1, NaN, "night", 1, 1]]\nxxxx',
        b'[["", "a", "left", 0, 1, 1.0, "night", 1, 1]]\nxxxx',
        b'[["", 3, "left", 1, 1, 1.0, "night", 1, 1]]\nxxxx',
        b'[["", "a", "left", 1, 1, "1", "night", 1, 1]]\nxxxx',
        b"[[]]\n",
        b"[" * 5000,
    ],
)
def test_malformed_pictures_are_none(tmp_path: Path, content: bytes) -> None:
    """Their room stays empty in the first frame."""
    (tmp_path / "glance.pixels").write_bytes(content)

    assert HomePicturesFile(tmp_path / "glance.pixels").load() == ()
