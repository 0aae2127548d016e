"""Makes a picture that somebody brings small enough to be kept beside a routine."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageWriter

from legato.domain.ports import PictureData
from legato.domain.problems import Problem
from legato.ui.pictures import still_picture

JPEG_QUALITY = 88
_WHOLE = QSize(100_000, 100_000)
"""Room enough for any picture to be decoded as large as it is."""


class QtScaler:
    """Shrinks pictures by drawing them."""

    def shrunk(self, picture: PictureData, longest: int) -> PictureData | None:
        """Return `picture` with its longer edge at most `longest` pixels.

        Returns:
            The very same where it is small enough, or None where it cannot be drawn at all.
        """
        whole = still_picture("picture", picture, _WHOLE)
        if isinstance(whole, Problem):
            return None
        if max(whole.width(), whole.height()) <= longest:
            return picture
        room = QSize(longest, longest)
        small = whole.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        kind = "png" if small.hasAlphaChannel() else "jpeg"
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(kind.encode()))
        writer.setQuality(JPEG_QUALITY if kind == "jpeg" else -1)
        if not writer.write(small):
            return None
        return PictureData(bytes(kept.data()), kind)
