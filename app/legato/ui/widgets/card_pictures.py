"""Small still pictures for the cards, painted one at a time when the window has nothing to do."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from legato.domain.problems import Problem
from legato.domain.routine import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Figures, Pictures
    from legato.domain.routine import Routine, Step
    from legato.ui.theme import Theme

FIGURE = "figure:"
MOST_KEPT = 300
MOST_WAITING = 40
"""Who scrolls fast does not want the pictures that have gone by."""

_Key = tuple[str, str, Side, int, int, float]


def pictured_step(routine: Routine) -> Step | None:
    """Return the step whose picture stands for the routine: a figure before an image."""
    figures = (step for step in routine.steps if step.picture.startswith(FIGURE))
    images = (step for step in routine.steps if step.picture)
    return next(figures, None) or next(images, None)


class CardPictures(QObject):
    """Keeps the pictures of the cards last seen, for one theme at a time.

    Args:
        figures: The drawn moves.
        pictures: The user's own images.
        theme: The colours to paint with.
    """

    painted = Signal()
    """A picture that was asked for is there now."""

    def __init__(self, figures: Figures, pictures: Pictures, theme: Theme) -> None:
        super().__init__()
        self._figures = figures
        self._pictures = pictures
        self._theme = theme
        self._paint_figure: Callable[..., None] | None = None
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._waiting: deque[tuple[_Key, Step]] = deque(maxlen=MOST_WAITING)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._paint_one)

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._kept.clear()
        self._waiting.clear()

    def picture(self, step: Step, size: QSize, ratio: float) -> QPixmap | None:
        """Return the picture of a step, or None while it waits to be painted.

        Args:
            step: Whose picture.
            size: How large, in the window's units.
            ratio: Pixels of the screen to one of those units.
        """
        side = step.worked_sides[0]
        key = (step.folder, step.picture, side, size.width(), size.height(), ratio)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        if all(key != waiting for waiting, _step in self._waiting):
            self._waiting.append((key, step))
        self._timer.start()
        return None

    def _paint_one(self) -> None:
        if not self._waiting:
            self._timer.stop()
        elif self._paint_figure is None:
            # The painter of figures is large, and the first frame does without: it is loaded in a
            # turn of its own, so that the window answers between that and the first picture.
            from legato.ui.figure_painter import paint_figure  # noqa: PLC0415

            self._paint_figure = paint_figure
        else:
            key, step = self._waiting.popleft()
            self._kept[key] = self._painted(step, QSize(key[3], key[4]), key[5])
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            self.painted.emit()

    def _painted(self, step: Step, size: QSize, ratio: float) -> QPixmap:
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            room = QRectF(0, 0, size.width(), size.height())
            if step.picture.startswith(FIGURE):
                self._draw_figure(painter, step, room)
            else:
                self._draw_image(painter, step, room)
        finally:
            painter.end()
        return pixmap

    def _draw_figure(self, painter: QPainter, step: Step, room: QRectF) -> None:
        figure = self._figures.figure(step.picture.removeprefix(FIGURE), step.folder)
        if figure is not None and self._paint_figure is not None:
            side = step.worked_sides[0]
            self._paint_figure(painter, figure, figure.hold.pose, room, self._theme, side)

    def _draw_image(self, painter: QPainter, step: Step, room: QRectF) -> None:
        """Draw a user's own image; one that cannot be shown leaves its room empty here.

        The session, where the picture is wanted, says why.
        """
        from legato.ui.pictures import still_picture  # noqa: PLC0415 - few have images

        given = self._pictures.picture(step.folder, step.picture)
        if isinstance(given, Problem):
            return
        ratio = painter.device().devicePixelRatio()
        image = still_picture(step.picture, given, (room.size() * ratio).toSize())
        if isinstance(image, Problem):
            return
        image.setDevicePixelRatio(ratio)
        place = QRectF(QPointF(), image.deviceIndependentSize())
        place.moveCenter(room.center())
        painter.drawImage(place.topLeft(), image)
