"""A soft bar at the edge of the window, on the side of the leg that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from legato.ui.widgets.ring_look import mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from legato.ui.theme import Theme

_FLASH_STEPS = 16
_STRENGTH = 0.55
_GROWTH = 0.5
"""How much narrower it is than its place while no light is on it."""


class SideMark(QWidget):
    """Is there while its side works, and brighter for a moment when the sides change.

    Args:
        theme: The tokens.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._lit = False
        self._flash = 0.0

    @property
    def is_lit(self) -> bool:
        """Whether its side works."""
        return self._lit

    def set_theme(self, theme: Theme) -> None:
        """Paint with other tokens."""
        self._theme = theme
        self.update()

    def show_lit(self, lit: bool, flash: float = 0.0) -> None:
        """Show whether its side works, with the light of a cue, 0 to 1."""
        stepped = round(flash * _FLASH_STEPS) / _FLASH_STEPS
        if (lit, stepped) != (self._lit, self._flash):
            self._lit, self._flash = lit, stepped
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        if not self._lit:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, accent = QColor(self._theme.ground), QColor(self._theme.accent)
        strength = _STRENGTH + (1.0 - _STRENGTH) * self._flash
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(ground, accent, strength))
        margin = self.width() * _GROWTH * (1.0 - self._flash) / 2
        bar = QRectF(self.rect()).adjusted(margin, 0, -margin, 0)
        painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        painter.end()
