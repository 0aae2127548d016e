"""The widget that shows a figure and lets it move; it has no timer and reads no clock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
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
    from legato.ui.theme import Theme

HALF_TURNED = 0.5
VISIBLE_MOVE_PIXELS = 1.0
VISIBLE_GLOW = 1.0 / 24.0
"""A step of the glow, as it comes with the pose, that is worth a new drawing."""
BREATH_MOMENTS = 2
"""Between breathed out or in and the middle: a breath moves by a pixel or two."""
EDGE_ON_OPACITY = 0.25
"""How much is left of the drawing while a turn shows it edge-on."""


class FigureView(QWidget):
    """Shows one figure, whole and in the middle.

    The page feeds it: `show_progress` while getting ready, `show_breath` during a hold,
    `show_turn` while sides change. It is painted once and kept, and painted anew only when a
    joint has moved by a pixel of the screen; while hidden it paints nothing. A breath has a few
    moments, each drawn once and shown again with every breath.

    Args:
        theme: The tokens to paint with.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self._kept: dict[Pose, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

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
        """Show how far it has come from the first pose (0) to the last (1)."""
        if self._figure and self._moves:
            self._become(pose_at(self._figure, progress), 0.0)

    def show_breath(self, seconds: float) -> None:
        """Show it `seconds` into a hold: breathing, or moving to and fro if that is the move."""
        if self._figure is None or not self._moves:
            return
        if self._figure.cycles:
            self._become(breathing(cycle_at(self._figure, seconds), seconds), 0.0)
            return
        breath = math.sin(2.0 * math.pi * seconds / BREATH_SECONDS)
        moment = round(BREATH_MOMENTS * breath) / BREATH_MOMENTS
        if moment not in self._breaths:
            at_moment = math.asin(moment) / (2.0 * math.pi) * BREATH_SECONDS
            self._breaths[moment] = breathing(self._figure.hold.pose, at_moment)
        if self._breaths[moment] is not self._pose:
            self._become(self._breaths[moment], 0.0)

    def show_turn(self, share: float) -> None:
        """Show it on its way to the mirror image: 0 as the side says, 1 the other side.

        Without motion it is one or the other.
        """
        if self._figure and self._pose:
            turn = min(max(share, 0.0), 1.0)
            whole = 1.0 if turn >= HALF_TURNED else 0.0
            self._become(self._pose, turn if self._moves else whole)

    def set_motion(self, moves: bool) -> None:
        """Let it move, or hold it still in its last pose."""
        if moves == self._moves:
            return
        self._moves = moves
        if self._figure and not moves:
            self._become(self._figure.hold.pose, round(self._turn))

    def set_theme(self, theme: Theme) -> None:
        """Paint with other tokens."""
        if theme != self._theme:
            self._theme = theme
            self._forget()

    def _become(self, pose: Pose, turn: float) -> None:
        self._pose, self._turn = pose, turn
        if self._drawn is not None and self.isVisible() and self._differs(pose, turn):
            self._draw_anew()

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

    def _draw_anew(self) -> None:
        self._drawn = None
        self.update()

    def _forget(self) -> None:
        """Draw everything anew: figure, side, colours or size are others."""
        self._breaths.clear()
        self._kept.clear()
        self._draw_anew()

    def _device_size(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.width() * ratio, self.height() * ratio

    def _draw(self) -> QPixmap:
        """Return the drawing of what is to be seen now, a kept one where there is one."""
        self._drawn_pose, self._drawn_turn = self._pose, self._turn
        breathes = self._pose is not None and self._pose in self._breaths.values()
        if not breathes or self._turn or self._pose is None:
            return self._paint_anew()
        if self._pose not in self._kept:
            self._kept[self._pose] = self._paint_anew()
        return self._kept[self._pose]

    def _paint_anew(self) -> QPixmap:
        width, height = self._device_size()
        drawn = QPixmap(max(round(width), 1), max(round(height), 1))
        drawn.setDevicePixelRatio(self.devicePixelRatioF())
        drawn.fill("transparent")
        if self._figure and self._pose:
            painter = QPainter(drawn)
            rect = QRectF(self.rect())
            paint_figure(
                painter,
                self._figure,
                self._pose,
                rect,
                self._theme,
                self._side,
                turn=self._turn,
            )
            painter.end()
        return drawn

    def sizeHint(self) -> QSize:
        """Return the size of a session's picture."""
        return QSize(560, 420)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the pose can be told."""
        return QSize(160, 120)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was shown while hidden."""
        self._draw_anew()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        self._forget()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is painted whole
        """Paint what is kept."""
        if self._drawn is not None and self._drawn.devicePixelRatio() != self.devicePixelRatioF():
            self._forget()
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        sideways = abs(1.0 - 2.0 * self._drawn_turn)
        painter.setOpacity(EDGE_ON_OPACITY + (1.0 - EDGE_ON_OPACITY) * min(sideways * 2.0, 1.0))
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()
