"""The child process itself: what it makes of pictures, good and bad, within its limits."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legato.bootstrap import stores
from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import Problem
from legato.storage.svg.filter import safe_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.devices.picture_process import ImageProcess

DRAWINGS = sorted((Path(__file__).parents[1] / "data" / "drawings").glob("*.svg"))
RED = b"\xaa\x20\x20\xff"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">'


@pytest.fixture(scope="module")
def child() -> Iterator[ImageProcess]:
    """Return the child process as the program starts it."""
    child = stores.open_picture_child()
    yield child
    child.close()


def drawing(inside: str) -> PictureData:
    """Return a drawing after the SVG filter."""
    return PictureData(safe_svg(f"{HEAD}{inside}</svg>".encode()), "svg")


def png(width: int, height: int, more: bytes = b"") -> PictureData:
    """Return a red PNG of at most 100 rows, with any size in its header."""
    rows = (b"\0" + RED * min(width, 100)) * min(height, 100)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (
        _chunk(b"IHDR", header),
        more,
        _chunk(b"IDAT", zlib.compress(rows)),
        _chunk(b"IEND", b""),
    )
    return PictureData(b"\x89PNG\r\n\x1a\n" + b"".join(parts), "png")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def opened(child: ImageProcess, picture: PictureData) -> OpenedPicture:
    """Return a decoded picture, which must not be refused."""
    found = child.open(picture)
    assert isinstance(found, OpenedPicture), found
    return found


def test_pixels_are_rgba(child: ImageProcess) -> None:
    """Rows are from the top, on every machine."""
    assert opened(child, png(2, 3)) == OpenedPicture(2, 3, RED * 6)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_an_ordinary_drawing_is_painted(child: ImageProcess, path: Path) -> None:
    """The result is not empty and not of one colour."""
    picture = opened(child, PictureData(safe_svg(path.read_bytes()), "svg"))
    pixels = [picture.pixels[at : at + 4] for at in range(0, len(picture.pixels), 4 * 97)]
    seen = [pixel for pixel in pixels if pixel[3]]

    assert max(picture.width, picture.height) == 1600
    assert len(seen) > len(pixels) / 200
    assert len(set(pixels)) > 3


def test_there_are_ten_ordinary_drawings() -> None:
    """They come from drawing programs and from hand."""
    assert len(DRAWINGS) == 10


CUT = '<clipPath id="c"><circle cx="250" cy="250" r="100"/></clipPath>'
FOOT = (
    '<symbol id="s" viewBox="100 100 10 10"><rect x="100" y="100" width="20" height="9"/></symbol>'
)
ARROW = (
    '<marker id="m" markerWidth="40" overflow="visible" orient="auto">'
    '<path fill="context-stroke" d="M0 -20h20v40h-20z"/></marker>'
)
NOTHING, BLACK, HALF, GREEN = bytes(4), b"\0\0\0\xff", b"\x80\0\0\x80", b"\0\x80\0\xff"


@pytest.mark.parametrize(
    ("inside", "x", "y", "colour"),
    [
        (CUT + '<rect clip-path="url(#c)" width="500" height="500"/>', 250, 250, BLACK),
        (CUT + '<rect clip-path="url(#c)" width="500" height="500"/>', 100, 100, NOTHING),
        (CUT + '<style>.a{clip-path:url("#c")}</style><path class="a" d="M0 0h500v500H0"/>', 9, 9,
         NOTHING),
        (CUT + '<g transform="translate(500)" clip-path="url(#c)"><rect width="999" height="999"/></g>',
         750, 250, BLACK),
        (CUT + '<g transform="translate(500)" clip-path="url(#c)"><rect width="999" height="999"/></g>',
         250, 250, NOTHING),
        (FOOT + '<use href="#s" x="500" y="500" width="200" height="200"/>', 690, 670, BLACK),
        (FOOT + '<use href="#s" x="500" y="500" width="200" height="200"/>', 710, 600, NOTHING),
        (ARROW + '<path d="M100 500H500" stroke="green" stroke-width="3" marker-end="url(#m)"/>',
         530, 530, GREEN),
        (ARROW + '<polyline points="500,100 500,500" stroke="green" stroke-width="3" '
         'style="marker-end:url(#m)"/>', 530, 530, GREEN),
        ('<rect width="500" height="500" fill="#ff000080"/>', 100, 100, HALF),
        ('<rect width="500" height="500" fill="rgba(255, 0, 0, 50%)"/>', 100, 100, HALF),
        ('<g color="green"><rect width="500" height="500" fill="currentColor"/></g>', 9, 9, GREEN),
        ('<rect width="99" height="99" transform="rotate(180)" transform-origin="200 200"/>',
         390, 390, BLACK),
        ('<rect width="50%" height="1in" fill="hsl(120, 100%, 25%)"/>', 490, 90, GREEN),
        (('<text font-size="200" x="9" y="300"><tspan x="9" dy="1em">ll</tspan>'
         '<tspan x="9" dy="2em" fill="green">&#x2588;</tspan></text>'), 60, 830, GREEN),
        ('<text font-size="200" x="9 500" y="300" fill="green">i&#x2588;</text>', 560, 230, GREEN),
    ],
)  # fmt: skip
def test_what_qt_leaves_out_is_shown(
    child: ImageProcess, inside: str, x: int, y: int, colour: bytes
) -> None:
    """Clip paths, measures of symbols, arrows, lines of text: as other programs show them."""
    picture = opened(child, drawing(inside))
    at = 4 * (y * picture.height // 1000 * picture.width + x * picture.width // 1000)
    seen = picture.pixels[at : at + 4]

    assert all(abs(one - other) <= 2 for one, other in zip(seen, colour, strict=True)), seen


def test_an_unfiltered_drawing_is_refused(child: ImageProcess) -> None:
    """The child checks the very bytes that it draws."""
    raw = f"{HEAD}<image href='/etc/passwd'/><rect width='9' height='9'/></svg>".encode()
    problem = child.open(PictureData(raw, "svg"))

    assert isinstance(problem, Problem)
    assert "did not come through the gate" in problem.text


def test_what_is_cut_out_of_too_much_is_told(child: ImageProcess) -> None:
    """The library goes on without it, with a word in its log only."""
    wide = CUT + '<g clip-path="url(#c)"><path d="M0 0H90000V90000H0"/></g>'
    problem = child.open(drawing(wide))

    assert isinstance(problem, Problem)
    assert "it cuts a part out of one that is too large" in problem.text


@pytest.mark.parametrize(
    "picture",
    [
        png(60_000, 60_000),
        png(4_000, 3_000),
        PictureData(png(4, 4).data[:40], "png"),
        PictureData(b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(20), "gif"),
        PictureData(b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0" + b"\x5f\xea\0" * 2, "webp"),
        PictureData(b"\xff\xd8\xff\xc0\x00\x11\x08\xea\x60\xea\x60\x03", "jpeg"),
        PictureData(f"{HEAD}</svg>".encode(), "png"),
        PictureData(b"%PDF-1.7", "jpeg"),
        PictureData(b"", "gif"),
    ],
    ids=["huge", "rows missing", "cut", "gif", "webp", "jpeg", "a drawing", "pdf", "empty"],
)
def test_a_wrong_size_is_refused(child: ImageProcess, picture: PictureData) -> None:
    """A header of sixty thousand by sixty thousand pixels costs nothing."""
    problem = child.open(picture)

    assert isinstance(problem, Problem)
    assert problem.text.startswith("the picture is not shown: it is")
    assert problem.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(
            lambda: drawing(
                f'<g id="p"><path stroke-width="50" stroke="red" d="M0 0{"L9 9L900 5" * 5000}"/></g>'
                + '<use href="#p"/>' * 4900
            ),
            id="a heavy part repeated",
        ),
        pytest.param(
            lambda: png(4, 4, _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(7_900_000), 9)) * 900),
            id="notes that unpack to gigabytes",
        ),
    ],
)
def test_an_endless_drawing_is_stopped(child: ImageProcess, picture: object) -> None:
    """It is refused after two seconds, and the next picture is opened."""
    problem = child.open(picture())  # type: ignore[operator]
    assert isinstance(problem, Problem)
    assert "opening it takes longer than two seconds" in problem.text

    assert opened(child, png(1, 1)).pixels == RED


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to a limit on memory")
def test_a_drawing_that_takes_all_memory_ends_only_the_child(child: ImageProcess) -> None:
    """The painter would need gigabytes for it."""
    corners = " ".join(f"{n * 7919 % 1000},{n * 104729 % 1000}" for n in range(240_000))
    shape = f'<polygon stroke="red" stroke-width="200" stroke-linejoin="round" points="{corners}"/>'
    problem = child.open(drawing(shape))

    assert isinstance(problem, Problem)
    assert problem.hint == "save it as a PNG and use that instead"
    assert opened(child, png(1, 2)).pixels == RED * 2


def test_a_film_of_ten_thousand_frames_stands_still(child: ImageProcess) -> None:
    """Its first frame is shown; the others are not examined."""
    head = b"GIF89a\x01\0\x01\0\x80\0\0" + RED[:3] + bytes(3)
    frame = b"\x21\xf9\x04\0\x14\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    few, many = (PictureData(head + frame * count + b"\x3b", "gif") for count in (3, 10_000))

    assert opened(child, few).moving == few
    assert opened(child, many) == OpenedPicture(1, 1, RED)


def test_a_large_photo_is_made_smaller(child: ImageProcess) -> None:
    """The editor scales a new photo in the same child process."""
    assert child.shrunk(png(90, 50), 100) == png(90, 50)
    small = child.shrunk(png(90, 50), 30)

    assert isinstance(small, PictureData)
    assert opened(child, small).width == 30


def test_a_drawing_is_tried_but_stays_one(child: ImageProcess) -> None:
    """A drawing is checked but not scaled."""
    good = drawing("<rect/>")

    assert child.shrunk(good, 10) is good
    assert isinstance(child.shrunk(PictureData(b"<svg", "svg"), 10), Problem)


def test_nothing_in_the_current_folder_is_taken_for_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module in the current folder is never run."""
    for name in ("json.py", "legato.py", "PySide6.py", "struct.py"):
        (tmp_path / name).write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    own = stores.open_picture_child()
    found = own.open(png(1, 1))
    own.close()

    assert found == OpenedPicture(1, 1, RED)
