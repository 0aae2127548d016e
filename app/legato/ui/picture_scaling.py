"""Makes a picture that somebody brings small enough to be kept beside a routine."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageWriter

from legato.domain.pictures import DRAWING, not_shown
from legato.domain.ports import PictureData
from legato.domain.problems import Problem
from legato.ui.pictures import still_picture

JPEG_QUALITY = 88
_WHOLE = QSize(100_000, 100_000)
"""Room enough for any picture to be decoded as large as it is."""


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
