"""Tests of the user's pictures: found beside the routine, recognised by content."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from legato.domain.ports import PictureData
from legato.domain.problems import Problem
from legato.storage import pictures
from legato.storage.pictures import PictureFiles, kind_of
from legato.storage.svg.filter import safe_svg

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\nrest"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of a routine, beside its file."""
    folder = tmp_path / "routines" / "mine"
    folder.mkdir(parents=True)
    return folder


def refused(own: Path, name: str) -> str:
    """Return the reason why a picture is not shown."""
    told = PictureFiles().picture(str(own), name)
    assert isinstance(told, Problem)
    return told.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"<svg/>", "svg"),
        (b"\xef\xbb\xbf \n<?xml?>", "svg"),
        (b"\x1f\x8b", "svg"),
        (b"%PDF-1.7", ""),
        (b"RIFF\0\0\0\0WAVE", ""),
        (b"BM", ""),
        (b"", ""),
    ],
)
def test_the_kind_is_reported_by_content(data: bytes, kind: str) -> None:
    """Only supported kinds are recognised."""
    assert kind_of(data) == kind


@pytest.mark.parametrize(("data", "kind"), [(PNG, "png"), (safe_svg(SVG), "svg")])
def test_a_picture_is_found_in_the_routine_s_own_folder(own: Path, data: bytes, kind: str) -> None:
    """It has the kind of its content; a drawing is the filter's output."""
    (own / "a.jpg").write_bytes(data)

    assert PictureFiles().picture(str(own), "a.jpg") == PictureData(data, kind)


def test_a_picture_is_found_beside_the_routine(own: Path) -> None:
    """The routine's own folder need not exist."""
    (own.parent / "a.png").write_bytes(PNG)
    own.rmdir()

    assert PictureFiles().picture(str(own), "a.png") == PictureData(PNG, "png")


def test_the_own_folder_goes_first(own: Path) -> None:
    """The routine's own folder wins, as two routines may use one name."""
    (own / "a.png").write_bytes(PNG)
    (own.parent / "a.png").write_bytes(SVG)

    assert PictureFiles().picture(str(own), "a.png") == PictureData(PNG, "png")


def test_a_missing_picture_is_reported(own: Path) -> None:
    """The problem names the picture."""
    told = PictureFiles().picture(str(own), "a.png")

    assert told == Problem(
        where=str(own / "a.png"),
        text="there is no such picture",
        hint="put a.png beside the routine",
    )


@pytest.mark.parametrize("name", ["../../secret.png", "../../../etc/passwd", "/etc/passwd"])
def test_no_path_leads_out_of_the_folder(own: Path, tmp_path: Path, name: str) -> None:
    """Names with a path out of the folder are refused."""
    (tmp_path / "secret.png").write_bytes(PNG)

    assert "outside the routine's folder" in refused(own, name) or "no such" in refused(own, name)


def test_no_link_leads_out_of_the_folder(own: Path, tmp_path: Path) -> None:
    """The target of a link must be inside the folder."""
    (tmp_path / "secret.png").write_bytes(PNG)
    (own / "a.png").symlink_to(tmp_path / "secret.png")

    assert "outside the routine's folder" in refused(own, "a.png")


def test_a_linked_folder_does_not_lead_out_either(own: Path, tmp_path: Path) -> None:
    """The target of a linked folder must be inside, too."""
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "a.png").write_bytes(PNG)
    (own / "b").symlink_to(tmp_path / "else")

    assert "outside the routine's folder" in refused(own, "b/a.png")


def test_a_link_inside_the_folder_is_followed(own: Path) -> None:
    """A link to a picture in the folder is allowed."""
    (own / "a.png").write_bytes(PNG)
    (own / "b.png").symlink_to("a.png")

    assert PictureFiles().picture(str(own), "b.png") == PictureData(PNG, "png")


def test_links_in_a_ring_are_no_picture(own: Path) -> None:
    """A loop of links is refused."""
    (own / "a.png").symlink_to("b.png")
    (own / "b.png").symlink_to("a.png")

    assert refused(own, "a.png") == "there is no such picture"


def test_a_pipe_is_no_picture(own: Path) -> None:
    """A FIFO is refused without waiting."""
    os.mkfifo(own / "a.png")

    assert refused(own, "a.png") == "this is not an ordinary file"


def test_a_folder_is_no_picture(own: Path) -> None:
    """The problem says that it is a folder."""
    (own / "a.png").mkdir()

    assert refused(own, "a.png") == "this is a folder, not a file"


@pytest.mark.parametrize("name", ["", "a\0b.png", "x" * 5000])
def test_a_name_that_is_none(own: Path, name: str) -> None:
    """An impossible name is a missing picture or a folder."""
    assert refused(own, name) in {"there is no such picture", "this is a folder, not a file"}


def test_a_large_picture_is_refused(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The problem names the limit."""
    monkeypatch.setattr(pictures, "MOST_PICTURE_BYTES", 10)
    (own / "a.png").write_bytes(PNG)

    assert refused(own, "a.png") == "the file is larger than 0 kB"


def test_another_kind_of_file_is_refused(own: Path) -> None:
    """A document with the ending of a picture is refused."""
    (own / "a.png").write_bytes(b"%PDF-1.7")

    assert refused(own, "a.png") == "the file is no picture of a known kind"


def test_a_refused_drawing_tells_the_reason(own: Path) -> None:
    """The problem has the reason of the SVG filter."""
    (own / "a.svg").write_bytes(b"<svg><script/></svg>")

    assert refused(own, "a.svg") == "the drawing is not shown: it holds a script, in line 1"
