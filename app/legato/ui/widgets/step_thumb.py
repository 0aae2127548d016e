"""A small still picture of a step, which comes when the window has nothing else to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from legato.domain.routine import Step
    from legato.ui.widgets.card_pictures import CardPictures


class StepThumb(QWidget):
    """Shows a step's picture in the room it has; the room stays empty until it is painted.

    Args:
        pictures: Where it comes from.
        least: The least size that it takes.
        parent: The parent widget.
    """

    def __init__(self, pictures: CardPictures, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._least = least
        self._step: Step | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pictures.painted.connect(self.update)

    @property
    def picture(self) -> str:
        """What is shown, as the step has it, or an empty string."""
        return self._step.picture if self._step else ""

    def show_step(self, step: Step | None) -> None:
        """Show the picture of `step`, or nothing."""
        self._step = step if step and step.picture else None
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least size: it takes what is left."""
        return self._least

    def minimumSizeHint(self) -> QSize:
        """Return the size below which a figure cannot be told."""
        return self._least

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, once it is there."""
        del event
        if self._step is None or self.size().isEmpty():
            return
        picture = self._pictures.picture(self._step, self.size(), self.devicePixelRatioF())
        if picture is not None:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, picture)
            painter.end()
