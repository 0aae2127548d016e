"""The widget that shows a figure and moves it; it has no timer and reads no clock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from legato.domain.figure.joints import moved_pixels
from legato.domain.figure.motion import BREATH_SECONDS, breathing, cycle_at, pose_at
from legato.domain.routine import Side
from legato.ui import text
from legato.ui.figures.painter import paint_figure

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

    from legato.domain.figure.model import Figure, Pose
    from legato.ui.theme import ThemeSource

HALF_TURNED = 0.5
VISIBLE_MOVE_PIXELS = 1.0
VISIBLE_GLOW = 1.0 / 24.0
"""The smallest change of the glow that is painted."""
BREATH_MOMENTS = 2
"""Drawings from the middle of a breath to either end: a breath moves by a pixel or two."""
EDGE_ON_OPACITY = 0.25
"""Opacity of the drawing while a turn shows it edge-on."""


class FigureView(QWidget):
    """Shows the whole of one figure, centred, on the ground of the theme.

    The page calls `show_progress` in the ready time, `show_breath` during a hold and `show_turn`
    while sides change. The figure is painted into a pixmap, and painted again only when a joint
    has moved by a pixel of the screen; while hidden it is not painted. The few moments of a breath
    are cached.

    Args:
        theme: The theme, observable.
        parent: The parent widget.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Else the pages behind it would be painted with each breath.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._figure: Figure | None = None
        self._side = Side.RIGHT
        self._moves = True
        self._pose: Pose | None = None
        self._turn = 0.0
        self._drawn: QPixmap | None = None
        self._drawn_pose: Pose | None = None
        self._drawn_turn = 0.0
        self._breaths: dict[float, Pose] = {}
        self._cache: dict[Pose, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._forget)

    @property
    def figure(self) -> Figure | None:
        """The figure that is shown."""
        return self._figure

    def show_figure(self, figure: Figure | None, side: Side = Side.RIGHT) -> None:
        """Show `figure` in its hold pose with `side` at work; None shows nothing."""
        if (figure, side) == (self._figure, self._side) and self._turn == 0.0:
            return
        self._figure = figure
        self._side = side
        self._turn = 0.0
        self._pose = figure.hold.pose if figure else None
        self.setAccessibleName(f"{figure.shows}: {text.side(side)}" if figure else "")
        self._forget()

    def show_progress(self, progress: float) -> None:
        """Show the pose at `progress` from the first frame (0) to the last (1)."""
        if self._figure and self._moves:
            self._set_pose(pose_at(self._figure, progress), 0.0)

    def show_breath(self, seconds: float) -> None:
        """Show the pose `seconds` into a hold: breathing, or to and fro if the figure cycles."""
        if self._figure is None or not self._moves:
            return
        if self._figure.cycles:
            self._set_pose(breathing(cycle_at(self._figure, seconds), seconds), 0.0)
            return
        breath = math.sin(2.0 * math.pi * seconds / BREATH_SECONDS)
        moment = round(BREATH_MOMENTS * breath) / BREATH_MOMENTS
        if moment not in self._breaths:
            at_moment = math.asin(moment) / (2.0 * math.pi) * BREATH_SECONDS
            self._breaths[moment] = breathing(self._figure.hold.pose, at_moment)
        if self._breaths[moment] is not self._pose:
            self._set_pose(self._breaths[moment], 0.0)

    def show_turn(self, share: float) -> None:
        """Show the turn to the mirror image: 0 for the side of `show_figure`, 1 for the other.

        Without motion the turn jumps from 0 to 1 in its middle.
        """
        if self._figure and self._pose:
            turn = min(max(share, 0.0), 1.0)
            whole = 1.0 if turn >= HALF_TURNED else 0.0
            self._set_pose(self._pose, turn if self._moves else whole)

    def set_motion(self, moves: bool) -> None:
        """Let the figure move, or show it still in its last pose."""
        if moves == self._moves:
            return
        self._moves = moves
        if self._figure and not moves:
            self._set_pose(self._figure.hold.pose, round(self._turn))

    def _set_pose(self, pose: Pose, turn: float) -> None:
        self._pose, self._turn = pose, turn
        if self._drawn is not None and self.isVisible() and self._differs(pose, turn):
            self._redraw()

    def _differs(self, pose: Pose, turn: float) -> bool:
        if self._figure is None or self._drawn_pose is None:
            return True
        width, height = self._device_size()
        window = self._figure.window
        scale = min(width / window.width, height / window.height)
        turned = abs(turn - self._drawn_turn) * width
        lit = abs(pose.progress - self._drawn_pose.progress) >= VISIBLE_GLOW
        arrived = turned > 0.0 and turn in (0.0, 1.0)
        moved = max(turned, moved_pixels(self._drawn_pose, pose, scale))
        return lit or arrived or moved >= VISIBLE_MOVE_PIXELS

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _forget(self) -> None:
        """Drop every cached drawing, because figure, side, theme or size changed."""
        self._breaths.clear()
        self._cache.clear()
        self._redraw()

    def _device_size(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.width() * ratio, self.height() * ratio

    def _draw(self) -> QPixmap:
        """Return the drawing of the current pose, from the cache if it is there."""
        self._drawn_pose, self._drawn_turn = self._pose, self._turn
        breathes = self._pose is not None and self._pose in self._breaths.values()
        if not breathes or self._turn or self._pose is None:
            return self._painted()
        if self._pose not in self._cache:
            self._cache[self._pose] = self._painted()
        return self._cache[self._pose]

    def _painted(self) -> QPixmap:
        width, height = self._device_size()
        drawn = QPixmap(max(round(width), 1), max(round(height), 1))
        drawn.setDevicePixelRatio(self.devicePixelRatioF())
        drawn.fill(self._theme.current.ground)
        if self._figure and self._pose:
            painter = QPainter(drawn)
            rect = QRectF(self.rect())
            paint_figure(
                painter,
                self._figure,
                self._pose,
                rect,
                self._theme.current,
                self._side,
                turn=self._turn,
            )
            painter.end()
        return drawn

    def sizeHint(self) -> QSize:
        """Return the size of the picture of a session."""
        return QSize(560, 420)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the pose can be recognised."""
        return QSize(160, 120)

    def showEvent(self, event: QShowEvent) -> None:
        """Paint what changed while hidden."""
        self._redraw()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint at the new size."""
        self._forget()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is painted whole
        """Paint the cached drawing."""
        if self._drawn is not None and self._drawn.devicePixelRatio() != self.devicePixelRatioF():
            self._forget()
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        sideways = abs(1.0 - 2.0 * self._drawn_turn)
        opacity = EDGE_ON_OPACITY + (1.0 - EDGE_ON_OPACITY) * min(sideways * 2.0, 1.0)
        if opacity < 1.0:
            painter.fillRect(self.rect(), self._theme.current.ground)
            painter.setOpacity(opacity)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()
