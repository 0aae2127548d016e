"""Decoding of images: the five formats, animations, and refusals."""

from __future__ import annotations

import gc
import itertools

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter

from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import Problem
from legato.ui.pictures.decode import (
    FRAMES_LIMIT,
    LONGEST_EDGE,
    MovingPicture,
    image_of,
    moves,
    open_picture,
    still_picture,
)

pytestmark = pytest.mark.usefixtures("qapp")

ROOM = QSize(400, 300)
RED, BLUE = "#AA2020", "#2020AA"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20'/></svg>"

# A GIF of 1 x 1 pixels: screen, two colours, then frames of one pixel each, 0.2 s apart.
_GIF_HEAD = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xaa\x20\x20\x20\x20\xaa"
_GIF_LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
_GIF_DELAY = b"\x21\xf9\x04\x00\x14\x00\x00\x00"
_GIF_PIXEL = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02"
_FIRST, _SECOND = b"\x44\x01\x00", b"\x4c\x01\x00"


def gif(*pixels: bytes) -> PictureData:
    """Return a GIF of these frames."""
    frames = b"".join(_GIF_DELAY + _GIF_PIXEL + pixel for pixel in pixels)
    return PictureData(_GIF_HEAD + _GIF_LOOP + frames + b"\x3b", "gif")


def encoded(kind: str, size: tuple[int, int] = (80, 40)) -> PictureData:
    """Return a red image in a format that Qt writes."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return PictureData(bytes(buffer.data().data()), kind)


def shown(picture: PictureData, room: QSize = ROOM) -> QImage:
    """Return the decoded image, which must not be refused."""
    image = still_picture("doorway", picture, room)
    assert isinstance(image, QImage)
    return image


def refused(picture: PictureData) -> str:
    """Return the reason of the refusal."""
    problem = still_picture("doorway.png", picture, ROOM)
    assert isinstance(problem, Problem)
    assert problem.where == "doorway.png"
    return problem.text


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_photos_are_shown(kind: str) -> None:
    """Each format that cameras and screens write is decoded."""
    colour = shown(encoded(kind)).pixelColor(10, 10)

    assert colour.red() > 140 > colour.blue()


def test_a_gif_is_shown() -> None:
    """The first frame is shown if motion is off."""
    assert shown(gif(_FIRST)).pixelColor(0, 0).name().upper() == RED


def test_a_drawing_fills_the_room() -> None:
    """A drawing is scaled to the space and keeps its shape."""
    assert shown(PictureData(SVG, "svg")).size() == QSize(400, 200)


def test_a_large_photo_is_made_smaller() -> None:
    """A large photo is scaled down and keeps its shape."""
    assert shown(encoded("png", (1200, 600))).size() == QSize(400, 200)


def test_a_small_photo_is_not_blown_up() -> None:
    """A small photo is not scaled up."""
    assert shown(encoded("png")).size() == QSize(80, 40)


def test_half_a_photo_is_refused() -> None:
    """A truncated file is refused with that reason."""
    whole = encoded("png")

    assert refused(PictureData(whole.data[:40], "png")) == (
        "the picture is not shown: it is damaged or not whole"
    )


def test_a_photo_that_is_something_else_is_refused() -> None:
    """The content decides, not the name."""
    assert refused(PictureData(SVG, "png")) == (
        "the picture is not shown: it is no png, jpg, gif or webp"
    )


def test_a_broken_drawing_is_refused(qtlog: object) -> None:
    """An unreadable drawing is refused without a crash."""
    with qtlog.disabled():  # type: ignore[attr-defined]
        assert refused(PictureData(b"<svg", "svg")) == (
            "the drawing is not shown: it is damaged, or no SVG"
        )


def test_a_huge_photo_is_refused_before_it_is_decoded() -> None:
    """An image may take at most 64 MB."""
    small = bytearray(encoded("png").data)
    # The size in the header, and the checksum over it.
    small[16:24] = (30_000).to_bytes(4, "big") * 2
    small[29:33] = _crc(bytes(small[12:29]))

    assert refused(PictureData(bytes(small), "png")) == (
        "the picture is not shown: it is too large, 30000 by 30000 pixels"
    )


def test_a_photo_of_a_large_camera_is_shown() -> None:
    """It is decoded at a smaller size, since the whole image would exceed the limit."""
    photo = encoded("jpeg", (6000, 3000))

    assert shown(photo).size() == QSize(400, 200)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.999])
def test_half_a_jpeg_is_refused(kept: float) -> None:
    """The decoder would fill the rest with grey."""
    whole = encoded("jpeg", (400, 300)).data

    assert "damaged or not whole" in refused(PictureData(whole[: int(len(whole) * kept)], "jpeg"))


def test_a_small_photo_in_a_photo_does_not_stand_for_it() -> None:
    """The end of an embedded thumbnail is not the end of the photo."""
    small, whole = encoded("jpeg", (40, 30)).data, encoded("jpeg", (400, 300)).data
    head = b"\xff\xe1" + (len(small) + 2).to_bytes(2, "big") + small
    with_small = whole[:2] + head + whole[2:]

    assert shown(PictureData(with_small, "jpeg")).size() == QSize(400, 300)
    assert "not whole" in refused(PictureData(with_small[:-400], "jpeg"))


def test_an_unknown_kind_is_refused() -> None:
    """A kind that the checks let through by mistake is refused."""
    assert "no kind of picture" in refused(PictureData(b"", "pdf"))


def test_a_gif_of_two_frames_moves() -> None:
    """An image with more than one frame is animated."""
    assert moves(gif(_FIRST, _SECOND))


@pytest.mark.parametrize("picture", [gif(_FIRST), encoded("png"), PictureData(SVG, "svg")])
def test_one_frame_does_not_move(picture: PictureData) -> None:
    """An image with one frame is not animated."""
    assert not moves(picture)


def test_a_film_does_not_move() -> None:
    """An image with too many frames is shown as its first."""
    assert not moves(gif(*[_FIRST] * (FRAMES_LIMIT + 1)))


@pytest.mark.parametrize("data", [b"", b"GIF89a", gif(_FIRST, _SECOND).data[:20]])
def test_what_is_not_there_does_not_move(data: bytes) -> None:
    """A picture without a size is not animated."""
    assert not moves(PictureData(data, "gif"))


def test_a_canvas_that_nothing_could_hold_is_refused() -> None:
    """A file with an impossible size cannot be decoded."""
    few = gif(_FIRST, _SECOND).data
    huge = few.replace(b"GIF89a\x01\x00\x01\x00", b"GIF89a\xff\xff\xff\xff")
    found = open_picture(PictureData(huge, "gif"), lambda: 0.0)

    assert isinstance(found, Problem)


def opened(picture: PictureData, step_seconds: float = 0.0) -> OpenedPicture:
    """Return a decoded picture, with a clock that advances at each reading."""
    ticks = itertools.count()
    found = open_picture(picture, lambda: next(ticks) * step_seconds)
    assert isinstance(found, OpenedPicture)
    return found


def test_an_opened_picture_is_plain_pixels() -> None:
    """The pixels are red, green, blue and alpha, from the top."""
    found = opened(encoded("png", (2, 1)))

    assert found == OpenedPicture(2, 1, b"\xaa\x20\x20\xff" * 2)


def test_a_drawing_is_opened_as_large_as_a_screen_may_want_it() -> None:
    """A drawing is rendered once, at screen size, and then only scaled down."""
    found = opened(PictureData(SVG, "svg"))

    assert (found.width, found.height) == (LONGEST_EDGE, LONGEST_EDGE // 2)


def test_an_opened_picture_fits_into_its_room() -> None:
    """A picture is scaled down to its space, and never up."""
    found = opened(encoded("png", (80, 40)))

    assert image_of(found, QSize(40, 40)).size() == QSize(40, 20)
    assert image_of(found, ROOM).size() == QSize(80, 40)
    assert image_of(found, ROOM).pixelColor(5, 5).name().upper() == RED


def test_an_image_outlives_what_it_was_made_of() -> None:
    """The image has its own copy of the pixels."""
    image = image_of(opened(encoded("png")), ROOM)
    gc.collect()

    assert image.pixelColor(79, 39).name().upper() == RED


@pytest.mark.parametrize(
    ("step_seconds", "plays"), [(0.0, True), (0.05, True), (0.07, False), (2.0, False)]
)
def test_a_moving_picture_plays_if_no_frame_takes_long(step_seconds: float, plays: bool) -> None:
    """A picture with a slow frame is still: each frame would block the window."""
    picture = gif(_FIRST, _SECOND, _FIRST)

    assert (opened(picture, step_seconds).moving is picture) is plays


def test_a_moving_picture_plays_if_all_of_it_takes_no_more_than_a_second() -> None:
    """Too many frames to measure within a second are still."""
    assert opened(gif(*[_FIRST] * 15), 0.05).moving is not None
    assert opened(gif(*[_FIRST] * 30), 0.05).moving is None


def test_a_moving_picture_goes_by_the_session_s_seconds() -> None:
    """The second frame is shown 0.2 s after the first, and not before."""
    moving = MovingPicture(gif(_FIRST, _SECOND), ROOM)
    colours = [moving.image().pixelColor(0, 0).name().upper()]
    went_on = [moving.advance(0.1), moving.advance(0.2)]
    colours.append(moving.image().pixelColor(0, 0).name().upper())

    assert went_on == [False, True]
    assert colours == [RED, BLUE]


def test_a_moving_picture_begins_again() -> None:
    """The first frame follows the last one."""
    moving = MovingPicture(gif(_FIRST, _SECOND), ROOM)
    for seconds in (0.2, 0.4):
        moving.advance(seconds)

    assert moving.image().pixelColor(0, 0).name().upper() == RED


def test_a_moving_picture_goes_on_when_the_seconds_restart() -> None:
    """The picture continues when the next hold counts from 0."""
    moving = MovingPicture(gif(_FIRST, _SECOND), ROOM)
    moving.advance(100.0)

    assert [moving.advance(0.0), moving.advance(0.2)] == [False, True]


def _crc(data: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - beside the only one who needs it

    return zlib.crc32(data).to_bytes(4, "big")
