"""A figure whose joints can be dragged, or moved with the arrows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from legato.domain.figure.posing import Handle, dragged, place_of
from legato.ui.figures.curves import Placement
from legato.ui.figures.painter import paint_figure

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from legato.domain.figure.model import Figure, Pose
    from legato.domain.figure.props import Box
    from legato.ui.theme import ThemeSource

HANDLE_RADIUS = 7.0
TOUCH_RADIUS = 18.0
"""The distance from a joint within which a press grabs it, in pixels."""
NUDGE = 0.01
"""The step of an arrow key in heights; five times that with Shift."""

_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}


class PoseCanvas(QWidget):
    """Shows a figure in one pose with a ring on each joint.

    Args:
        theme: The theme, observable.
    """

    posed = Signal(object)
    """A joint was moved: the Pose."""
    settled = Signal()
    """The joint was released, or moved by a key: the next change is another move."""
    handle_chosen = Signal(object)
    """Another joint is chosen: its Handle."""

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)
        self._figure: Figure | None = None
        self._pose: Pose | None = None
        self._chosen = Handle.NEAR_KNEE
        self._held = False
        self._window: Box | None = None
        self._with_handles = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(
            "Arrows move the chosen joint, Page Up and Down choose one, Enter uses the pose"
        )
        self._name()

    @property
    def chosen(self) -> Handle:
        """The joint that the arrows move."""
        return self._chosen

    def show_pose(self, figure: Figure, pose: Pose, *, with_handles: bool = True) -> None:
        """Show `figure` in `pose`."""
        self._figure, self._pose, self._with_handles = figure, pose, with_handles
        if not self._held:
            self._window = figure.window
        self.update()

    def choose(self, handle: Handle) -> None:
        """Choose the joint that the arrows move."""
        self._chosen = handle
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"Pose, {self._chosen.value}")

    @property
    def _placement(self) -> Placement | None:
        return Placement(self._window, self._room) if self._window is not None else None

    @property
    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(8, 8, -8, -8)

    def point_of(self, handle: Handle) -> QPointF | None:
        """Return where a joint is on the widget."""
        placement = self._placement
        if placement is None or self._pose is None:
            return None
        return QPointF(*placement.point(place_of(self._pose, handle)))

    def _handle_at(self, point: QPointF) -> Handle | None:
        near = []
        for handle in Handle:
            at = self.point_of(handle)
            if at is not None:
                near.append((math.dist((at.x(), at.y()), (point.x(), point.y())), handle))
        distance, handle = min(near, key=lambda one: one[0], default=(math.inf, Handle.HIP))
        return handle if distance <= TOUCH_RADIUS else None

    def _move_to(self, point: QPointF) -> None:
        placement = self._placement
        if placement is None or self._pose is None:
            return
        left, top = placement.point((0.0, 0.0))
        to = ((point.x() - left) / placement.scale, (top - point.y()) / placement.scale)
        self.posed.emit(dragged(self._pose, self._chosen, to))

    def sizeHint(self) -> QSize:
        """Return a size at which joints are easy to grab."""
        return QSize(420, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which joints can be grabbed."""
        return QSize(220, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the figure, then a ring on each joint."""
        del event
        if self._figure is None or self._pose is None or self._window is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = replace(self._figure, window=self._window)
        theme = self._theme.current
        paint_figure(painter, shown, self._pose, self._room, theme)
        for handle in Handle if self._with_handles else ():
            at = self.point_of(handle)
            if at is not None:
                chosen = handle is self._chosen
                colour = theme.accent if chosen else theme.text
                radius = HANDLE_RADIUS if chosen else HANDLE_RADIUS - 2
                painter.setBrush(QColor(theme.raised))
                # A dark rim keeps the ring apart from skin and from what glows on it.
                for edge, width in ((theme.ground, 3.0), (colour, 0.0)):
                    painter.setPen(QPen(QColor(edge), width + (3.0 if chosen else 1.5)))
                    painter.drawEllipse(at, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grab the joint at the pointer."""
        handle = self._handle_at(event.position())
        if handle is not None and event.button() is Qt.MouseButton.LeftButton:
            self._held = True
            self.choose(handle)
            self.handle_chosen.emit(handle)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the joint."""
        if self._held:
            self._move_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Release the joint."""
        if self._held and event.button() is Qt.MouseButton.LeftButton:
            self._held = False
            self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen joint with the arrows; choose another with Page Up and Page Down."""
        key = event.key()
        handles = list(Handle)
        if key in _ARROWS and self._pose is not None:
            step = NUDGE * (5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            right, up = _ARROWS[Qt.Key(key)]
            x, y = place_of(self._pose, self._chosen)
            self.posed.emit(dragged(self._pose, self._chosen, (x + right * step, y + up * step)))
            self.settled.emit()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            by = 1 if key == Qt.Key.Key_PageDown else -1
            handle = handles[(handles.index(self._chosen) + by) % len(handles)]
            self.choose(handle)
            self.handle_chosen.emit(handle)
        else:
            super().keyPressEvent(event)
