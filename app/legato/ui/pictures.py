"""Makes images of the bytes of people's own pictures, within limits on memory and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QMovie, QPainter

from legato.domain.problems import Problem

if TYPE_CHECKING:
    from legato.domain.ports import PictureData

ALLOCATION_LIMIT_MB = 64
"""The most that one decoded image may take; Qt's own limit is four times as much."""

MOVING_LIMIT_PIXELS = 4_000_000
"""A moving picture with larger frames is shown still: each frame costs its whole canvas."""

FRAMES_LIMIT = 2_000
_BYTES_A_PIXEL = 4
_RASTER = {"png", "jpeg", "gif", "webp"}
_MOVING = {"gif", "webp"}
_SHORTEST_FRAME_SECONDS = 0.1


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
        return Problem(where=name, text=f"{picture.kind} is no kind of picture that can be shown")
    if isinstance(image, str):
        return Problem(where=name, text=image)
    return image


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
    fits = 0 < size.width() * size.height() <= MOVING_LIMIT_PIXELS
    answer = fits and reader.supportsAnimation() and 1 < reader.imageCount() <= FRAMES_LIMIT
    kept.close()
    return answer


def _format(picture: PictureData) -> bytes:
    return picture.kind.encode()


def _reader(picture: PictureData) -> tuple[QImageReader, QBuffer]:
    """Return a reader of the content, whatever the file is called, and what it reads from."""
    QImageReader.setAllocationLimit(ALLOCATION_LIMIT_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader, buffer


def _decoded(picture: PictureData, room: QSize) -> QImage | str:
    reader, buffer = _reader(picture)
    found = bytes(reader.format().data()).decode("ascii", "replace")
    if found not in _RASTER:
        buffer.close()
        return "the file is no png, jpg, gif or webp"
    size = reader.size()
    if size.width() * size.height() * _BYTES_A_PIXEL > ALLOCATION_LIMIT_MB << 20:
        buffer.close()
        return f"the picture is too large: {size.width()} by {size.height()} pixels"
    image = reader.read()
    buffer.close()
    if image.isNull():
        return "the picture is damaged or not whole"
    return image.scaled(
        _no_larger(image.size(), room),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _drawn(data: bytes, room: QSize) -> QImage | str:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - only for own drawings

    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid():
        return "the drawing cannot be read"
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    own = renderer.defaultSize()
    size = own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio) if not own.isEmpty() else room
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _no_larger(size: QSize, room: QSize) -> QSize:
    """Return `room`, or `size` where that is smaller: enlarged photos are only blurred."""
    fits = size.width() <= room.width() and size.height() <= room.height()
    return size if fits else room
