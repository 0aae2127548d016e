"""The dark screen of a session, the marks of the side that works, and the moon of the end page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QWidget

from legato.domain.timeline import Phase
from legato.ui.session import text as session_text
from legato.ui.session.ring import CountdownRing
from legato.ui.session.ring_style import DARK_GROUND, mixed, softened

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from legato.domain.session import Session
    from legato.ui.theme import ThemeSource

RING_SHARE = 0.62


class DarkScreen(QWidget):
    """Covers its parent.

    Args:
        theme: The theme, observable.
        parent: The page that it darkens.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        dark = QPalette(self.palette())
        dark.setColor(QPalette.ColorRole.Window, QColor(DARK_GROUND))
        self.setPalette(dark)
        self.setAutoFillBackground(True)
        self.ring = CountdownRing(theme, faint=True, parent=self)
        self.hide()

    def show_session(self, session: Session, light: float) -> None:
        """Show phase, side and time of a session, and the light of a cue, 0 to 1."""
        segment = session.segment
        self.ring.show_words(
            session_text.phase(session),
            session_text.side(segment),
            session_text.shown_side(segment),
            holds=segment.phase is Phase.HOLD and not session.is_paused,
        )
        self.ring.show_session(session)
        self.ring.show_flash(light)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the ring."""
        super().resizeEvent(event)
        size = round(RING_SHARE * min(self.width(), self.height()))
        ring = QRect(0, 0, size, size)
        ring.moveCenter(self.rect().center())
        self.ring.setGeometry(ring)


_FLASH_STEPS = 16
_STRENGTH = 0.55
_GROWTH = 0.5
"""How much narrower a mark is than its place without a light, as a share."""


class SideMark(QWidget):
    """Marks an edge while that side works, brighter for a moment when the sides change.

    Args:
        theme: The theme, observable.
        parent: The parent widget.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        theme.changed.connect(self.update)
        self._lit = False
        self._flash = 0.0

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
        theme = self._theme.current
        ground, accent = QColor(theme.ground), QColor(theme.accent)
        strength = _STRENGTH + (1.0 - _STRENGTH) * self._flash
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(ground, accent, strength))
        margin = self.width() * _GROWTH * (1.0 - self._flash) / 2
        bar = QRectF(self.rect()).adjusted(margin, 0, -margin, 0)
        painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        painter.end()


_BITE = 0.30
"""The distance of the shadow's disc from the moon's, as a share of the moon's width."""


class Moon(QWidget):
    """Paints a crescent that fills the widget.

    Args:
        theme: The theme, observable.
        parent: The parent widget.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the disc without the part in the shadow."""
        del event
        disc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        moon, shadow = QPainterPath(), QPainterPath()
        moon.addEllipse(disc)
        shadow.addEllipse(disc.translated(_BITE * disc.width(), -_BITE * disc.height() / 2))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(moon.subtracted(shadow), softened(self._theme.current, "accent"))
        painter.end()
