"""An area that scrolls up and down and keeps the field with the keyboard in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class _Scrolled(QScrollArea):
    """Keeps the field with the keyboard in view when a line at the foot takes some of the room."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to it."""
        super().resizeEvent(event)
        field = QApplication.focusWidget()
        if field is not None and self.isAncestorOf(field):
            bring_into_view(field)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return `widget` in an area that scrolls up and down."""
    area = _Scrolled()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    widget.setContentsMargins(0, 0, 12, 0)
    return area


def bring_into_view(control: QWidget) -> None:
    """Scroll to a field and, where there is room, to the words below it; in Qt only Tab does so."""
    around = control.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inside = around.widget() if isinstance(around, QScrollArea) else None
    if isinstance(around, QScrollArea) and inside is not None:
        # Not ensureWidgetVisible: of a field it shows the text cursor only.
        below = 4 * control.fontMetrics().lineSpacing()
        top, shown = control.mapTo(inside, QPoint()).y(), around.viewport().height()
        bar = around.verticalScrollBar()
        bar.setValue(min(top, max(bar.value(), top + control.height() + below - shown)))
