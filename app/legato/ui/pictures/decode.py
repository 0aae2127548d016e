"""Decodes people's own pictures, within limits on memory and kind.

A decoder may hang or fall over on a hostile file: the window leaves this to a child process, and
itself plays only the frames of moving pictures that the child has gone through.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QMovie, QPainter

from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import DRAWING, Problem, not_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.domain.ports import Clock

ALLOCATION_LIMIT_MB = 64
"""The most that one decoded image may take; Qt's own limit is four times as much."""

MOVING_LIMIT_PIXELS = 4_000_000
"""A moving picture with larger frames is shown still: each frame costs its whole canvas."""

FRAMES_LIMIT = 2_000
SLOWEST_FRAME_SECONDS = 0.06
"""A moving picture with a slower frame is shown still: the window would freeze noticeably."""
FRAMES_SECONDS = 1.0
"""So is one whose frames cannot all be decoded in this time."""
LONGEST_EDGE = 1600
"""Pixels of an opened picture: more than it has on the session page of a large screen."""
LARGEST_PHOTO_PIXELS = 250_000_000
DECODED_EDGE = 3200
"""Pixels of a photo that is too large to be decoded whole, along its longer edge."""
_BYTES_A_PIXEL = 4
_JPEG = "jpeg"
_SCAN = b"\xda"
_RASTER = {"png", "jpeg", "gif", "webp"}
_MOVING = {"gif", "webp"}
_SHORTEST_FRAME_SECONDS = 0.1
_LONGEST_FRAME_SECONDS = 1000.0
"""More seconds than any frame lasts: after them each frame has ended."""
_LEFT_OUT = "exceeds the current allocation limit"
_SMALLER = "save it with at most 4000 pixels along its longer edge"
_ANEW = "copy or save it once more"


def open_picture(picture: PictureData, clock: Clock) -> OpenedPicture | Problem:
    """Return the pixels of a picture, or why it is not shown.

    Args:
        picture: Its bytes, past the gate.
        clock: Seconds; a picture that moves too slowly is shown still.
    """
    image = still_picture("", picture, QSize(LONGEST_EDGE, LONGEST_EDGE))
    if isinstance(image, Problem):
        return image
    image = image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    moving = picture if moves(picture) and _moves_well(picture, clock) else None
    return OpenedPicture(image.width(), image.height(), bytes(image.constBits()), moving)


def image_of(opened: OpenedPicture, room: QSize) -> QImage:
    """Return an opened picture as large as it fits into `room` device pixels, never larger."""
    form = QImage.Format.Format_RGBA8888_Premultiplied
    image = QImage(opened.pixels, opened.width, opened.height, form)
    # `scaled` may give back the very same, which lives no longer than the bytes.
    return _fitted(image, room).copy()


def still_picture(name: str, picture: PictureData, room: QSize) -> QImage | Problem:
    """Return the picture as large as it fits into `room` device pixels, or why it cannot be.

    Args:
        name: The file as the user names it, for the problem.
        picture: Its bytes, past the gate.
        room: Where it has to fit; an image is made smaller for it, never larger.
    """
    if picture.kind == "svg":
        image = _drawn(picture.data, room)
    elif picture.kind in _RASTER:
        image = _decoded(picture, room)
    else:
        image = (f"{picture.kind} is no kind of picture that can be shown", "")
    if isinstance(image, QImage):
        return image
    return not_shown(picture.kind, *image, where=name)


class MovingPicture:
    """The frames of a GIF or a WebP, shown by the session's own seconds and no timer.

    Args:
        picture: Its bytes, past the gate.
        room: Where a frame has to fit, in device pixels.
    """

    def __init__(self, picture: PictureData, room: QSize) -> None:
        # The movie reads on as it goes: bytes and buffer live as long as it does.
        self._bytes = QByteArray(picture.data)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._movie = QMovie(self._buffer, QByteArray(_format(picture)))
        self._movie.jumpToFrame(0)
        size = self._movie.frameRect().size()
        self._movie.setScaledSize(
            size.scaled(_no_larger(size, room), Qt.AspectRatioMode.KeepAspectRatio)
        )
        self._movie.jumpToFrame(0)
        self._shown_at = 0.0

    def image(self) -> QImage:
        """Return the frame that is due."""
        return self._movie.currentImage()

    def advance(self, seconds: float) -> bool:
        """Go on to the next frame if it is due at `seconds`; return whether it did."""
        self._shown_at = min(self._shown_at, seconds)
        lasts = max(self._movie.nextFrameDelay() / 1000, _SHORTEST_FRAME_SECONDS)
        if seconds - self._shown_at < lasts:
            return False
        self._shown_at = seconds
        return self._movie.jumpToNextFrame() or self._movie.jumpToFrame(0)


def moves(picture: PictureData) -> bool:
    """Return whether it is a moving picture that is small enough to be shown moving."""
    if picture.kind not in _MOVING:
        return False
    reader, kept = _reader(picture)
    size = reader.size()
    fits = size.width() * size.height() <= MOVING_LIMIT_PIXELS
    answer = (
        not size.isEmpty()
        and fits
        and reader.supportsAnimation()
        and 1 < reader.imageCount() <= FRAMES_LIMIT
    )
    kept.close()
    return answer


def _format(picture: PictureData) -> bytes:
    return picture.kind.encode()


def _reader(picture: PictureData) -> tuple[QImageReader, QBuffer]:
    """Return a reader that goes by the content, not by the file's name, and its buffer."""
    QImageReader.setAllocationLimit(ALLOCATION_LIMIT_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader, buffer


def _moves_well(picture: PictureData, clock: Clock) -> bool:
    """Go through all frames as they will be played; return whether none of them takes long."""
    began = before = clock()
    moving = MovingPicture(picture, QSize(LONGEST_EDGE, LONGEST_EDGE))
    reader, kept = _reader(picture)
    count = reader.imageCount()
    kept.close()
    for frame in range(1, count):
        moving.advance(frame * _LONGEST_FRAME_SECONDS)
        now = clock()
        if now - before > SLOWEST_FRAME_SECONDS or now - began > FRAMES_SECONDS:
            return False
        before = now
    return True


def _decoded(picture: PictureData, room: QSize) -> QImage | tuple[str, str]:
    reader, buffer = _reader(picture)
    found = bytes(reader.format().data()).decode("ascii", "replace")
    if found not in _RASTER:
        buffer.close()
        return "it is no png, jpg, gif or webp", ""
    size = reader.size()
    pixels = size.width() * size.height()
    is_large = pixels * _BYTES_A_PIXEL > ALLOCATION_LIMIT_MB << 20
    if is_large and found == _JPEG and pixels <= LARGEST_PHOTO_PIXELS:
        # Only this decoder leaves out pixels as it goes, and needs no room for the whole.
        edge = QSize(DECODED_EDGE, DECODED_EDGE)
        reader.setScaledSize(size.scaled(edge, Qt.AspectRatioMode.KeepAspectRatio))
    elif is_large:
        buffer.close()
        return f"it is too large, {size.width()} by {size.height()} pixels", _SMALLER
    image = reader.read() if found != _JPEG or _is_whole(picture.data) else QImage()
    buffer.close()
    if image.isNull():
        return "it is damaged or not whole", _ANEW
    return _fitted(image, room)


def _is_whole(jpeg: bytes) -> bool:
    """Return whether a JPEG has all its pixels; its decoder would fill the rest with grey."""
    at = 2
    while jpeg[at : at + 1] == b"\xff" and (marker := jpeg[at + 1 : at + 2]) != _SCAN:
        # Each part but the scan says how long it is; one byte may fill the room before it.
        at += 1 if marker == b"\xff" else 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return jpeg.find(b"\xff\xd9", at) >= 0


def _drawn(data: bytes, room: QSize) -> QImage | tuple[str, str]:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - only for own drawings

    QImageReader.setAllocationLimit(ALLOCATION_LIMIT_MB)  # holds for what is cut out, too
    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid():
        return "it is damaged, or no SVG", ""
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    own = renderer.defaultSize()
    size = own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio) if not own.isEmpty() else room
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    with _qt_messages() as messages:
        renderer.render(painter)
    painter.end()
    if any(_LEFT_OUT in message for message in messages):
        return "it cuts a part out of one that is too large", ""
    return image


@contextlib.contextmanager
def _qt_messages() -> Iterator[list[str]]:
    """Collect the messages of Qt in the block: it reports what it cannot draw and leaves it out."""
    messages: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, message: messages.append(message or ""))
    try:
        yield messages
    finally:
        qInstallMessageHandler(before)


def _fitted(image: QImage, room: QSize) -> QImage:
    return image.scaled(
        _no_larger(image.size(), room),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _no_larger(size: QSize, room: QSize) -> QSize:
    """Return `room`, or `size` where that is smaller: enlarged photos are only blurred."""
    fits = size.width() <= room.width() and size.height() <= room.height()
    return size if fits else room


JPEG_QUALITY = 88
_WHOLE = QSize(100_000, 100_000)
"""A room in which any picture is decoded at its own size."""


def shrunk(picture: PictureData, longest: int) -> PictureData | Problem:
    """Return `picture` with its longer edge at most `longest` pixels, or why it is not shown.

    It is the very same where it is small enough; a drawing always is.
    """
    room = QSize(longest, longest)
    is_drawing = picture.kind == DRAWING
    whole = still_picture("", picture, room if is_drawing else _WHOLE)
    if isinstance(whole, Problem):
        return whole
    if is_drawing or max(whole.width(), whole.height()) <= longest:
        return picture
    small = whole.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    kind = "png" if small.hasAlphaChannel() else "jpeg"
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    writer.setQuality(JPEG_QUALITY if kind == "jpeg" else -1)
    if not writer.write(small):
        return not_shown(picture.kind, "it cannot be made smaller")
    return PictureData(bytes(buffer.data().data()), kind)
