"""The session in the dark: a faint ring and the time, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from legato.ui.widgets.countdown_ring import CountdownRing
from legato.ui.widgets.ring_look import DARK_GROUND

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from legato.ui.theme import Theme

RING_SHARE = 0.62


class DarkScreen(QWidget):
    """Covers its parent.

    Args:
        theme: The tokens.
        parent: The page that it darkens.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        dark = QPalette(self.palette())
        dark.setColor(QPalette.ColorRole.Window, QColor(DARK_GROUND))
        self.setPalette(dark)
        self.setAutoFillBackground(True)
        self.ring = CountdownRing(theme, faint=True, parent=self)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ring in the middle."""
        super().resizeEvent(event)
        size = round(RING_SHARE * min(self.width(), self.height()))
        ring = QRect(0, 0, size, size)
        ring.moveCenter(self.rect().center())
        self.ring.setGeometry(ring)
