"""A round button with an icon and, where there is room, its name below; it can fade away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from legato.ui.icons import Icons
    from legato.ui.theme import ThemeSource

LARGE_SHARE = 1.3
ICON_SHARE = 0.5
DISABLED_OPACITY = 0.35
_LABEL_GAP = 2


class RoundButton(QAbstractButton):
    """A control of a session. Enter presses it; Space is left to the page, where it pauses.

    Args:
        icons: The icons.
        icon_name: Which of them.
        words: Its name.
        theme: The theme, observable.
        large: Whether it is the one that is used most.
        parent: The parent widget.
    """

    def __init__(
        self,
        icons: Icons,
        icon_name: str,
        words: str,
        theme: ThemeSource,
        *,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon_name = icon_name
        self._theme = theme
        self._large = large
        self._labelled = False
        self._size = 48
        self._opacity = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # A click leaves the focus at the page, so that Enter goes on and does not press it again.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_as(icon_name, words, "")
        theme.changed.connect(self.update)

    def show_as(self, icon_name: str, words: str, key: str) -> None:
        """Show an icon, the name `words`, and the `key` in the tooltip."""
        self._icon_name = icon_name
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({key})" if key else words)
        self.update()

    def set_look(self, size: int, *, labelled: bool) -> None:
        """Set the width of the disc in pixels, and whether the name is below the icon."""
        self._size, self._labelled = size, labelled
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Set the opacity, 0 to 1."""
        self._opacity = opacity
        self.update()

    def room(self, size: int, *, labelled: bool) -> QSize:
        """Return the size of the button for a disc of `size` pixels, with or without its name."""
        target = round(size * LARGE_SHARE) if self._large else size
        if not labelled:
            return QSize(target, target)
        metrics = QFontMetrics(self.font())
        width = max(target, metrics.horizontalAdvance(self.text()) + 2 * _LABEL_GAP)
        return QSize(width, target + _LABEL_GAP + metrics.height())

    def _ink(self) -> QColor:
        theme = self._theme.current
        if self.isChecked() or self.isDown():
            return QColor(theme.accent)
        return QColor(theme.text if self.underMouse() or self._large else theme.quiet_text)

    def _paint_disc(self, painter: QPainter, disc: QRectF) -> None:
        theme = self._theme.current
        if self._large or self.isChecked() or self.underMouse():
            painter.setBrush(QColor(theme.raised))
            painter.setPen(QPen(QColor(theme.line), 1.5))
            painter.drawEllipse(disc)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2.5))
            painter.drawEllipse(disc.adjusted(1, 1, -1, -1))

    def sizeHint(self) -> QSize:
        """Return the size of the button at its current look."""
        return self.room(self._size, labelled=self._labelled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc, icon and name."""
        del event
        if self._opacity <= 0.0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity * (1.0 if self.isEnabled() else DISABLED_OPACITY))
        target = self.room(self._size, labelled=False).width()
        disc = QRectF((self.width() - target) / 2, 0, target, target).adjusted(2, 2, -2, -2)
        self._paint_disc(painter, disc)
        ink = self._ink()
        size = round(ICON_SHARE * target)
        pixmap = self._icons.pixmap(self._icon_name, ink.name(), size, self.devicePixelRatioF())
        painter.drawPixmap(disc.center() - QPointF(size / 2, size / 2), pixmap)
        if self._labelled:
            painter.setPen(ink)
            painter.setFont(self.font())
            below = QRectF(0, target + _LABEL_GAP, self.width(), self.height() - target)
            top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(below, top, self.text())
        painter.end()
