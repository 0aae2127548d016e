"""The picture of a step, and buttons for another: a figure, a pose, a file, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from legato.domain.routine import FIGURE_PREFIX
from legato.ui.pictures.thumbnails import StepThumb
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from legato.domain.routine import Step
    from legato.ui.pictures.thumbnails import CardPictures

THUMB = QSize(160, 140)


class PicturePanel(QFrame):
    """Shows a step's picture; an image can be dropped on it or pasted.

    Args:
        pictures: Where the small picture comes from.
        parent: What it belongs to.
    """

    figure_wanted = Signal()
    """The user wants to choose a drawn figure."""
    file_wanted = Signal()
    """The user wants to choose an image file."""
    file_given = Signal(str)
    """An image file was dropped or pasted: its path."""
    image_given = Signal(bytes)
    """An image was dropped or pasted: a PNG."""
    pose_wanted = Signal()
    """The user wants to pose a figure."""
    removed = Signal()
    """The user wants to remove the picture."""
    refused = Signal(str)
    """The clipboard has no picture: a message."""

    def __init__(self, pictures: CardPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self.setAccessibleName("Picture")
        self.setAcceptDrops(True)
        self._thumb = StepThumb(pictures, THUMB)
        self._thumb.setFixedHeight(THUMB.height())
        self._words = plain_label("", "quiet")
        row = FlowLayout(spacing=4)
        for words, spoken, do in (
            ("Choose a figure", "Choose a figure", self.figure_wanted.emit),
            ("Pose a figure", "Pose a figure", self.pose_wanted.emit),
            ("Image file", "Choose an image file", self.file_wanted.emit),
            ("Paste image", "Paste an image from the clipboard", self.paste),
        ):
            row.addWidget(_button(words, spoken, do))
        self._remove = _button("Remove", "Remove the picture", self.removed.emit)
        row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._thumb)
        column.addWidget(self._words)
        column.addLayout(row)

    def show_step(self, step: Step) -> None:
        """Show the picture of `step`."""
        self._thumb.show_step(step)
        self._thumb.setVisible(bool(step.picture))
        self._remove.setVisible(bool(step.picture))
        self._words.setText(
            step.picture.removeprefix(FIGURE_PREFIX)
            or "No picture yet. An image can be dropped here."
        )

    def paste(self) -> None:
        """Use the image, or the image file, of the clipboard."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.refused.emit("There is no image on the clipboard.")

    def _take(self, data: QMimeData) -> bool:
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self.file_given.emit(files[0])
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        self.image_given.emit(bytes(kept.data()))
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and images."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use the dropped file or image."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()


def _button(words: str, spoken: str, on_click: Callable[[], object]) -> QPushButton:
    button = push_button(words, "", on_click, spoken=spoken)
    button.setToolTip(spoken)
    return button
