"""A small crescent for the end of an evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from legato.ui.widgets.ring_look import softened

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from legato.ui.theme import Theme

_BITE = 0.30
"""How far the shadow's disc lies beside that of the moon, in its widths."""


class Moon(QWidget):
    """Paints it as large as its place.

    Args:
        theme: The tokens.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with other tokens."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the disc without the part in the shadow."""
        del event
        disc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        moon, shadow = QPainterPath(), QPainterPath()
        moon.addEllipse(disc)
        shadow.addEllipse(disc.translated(_BITE * disc.width(), -_BITE * disc.height() / 2))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(moon.subtracted(shadow), softened(self._theme, "accent"))
        painter.end()
