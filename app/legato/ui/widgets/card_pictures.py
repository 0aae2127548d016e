"""Small still pictures for the cards, painted one at a time when the window has nothing to do."""

from __future__ import annotations

from collections import OrderedDict, deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from legato.domain.problems import Problem
from legato.domain.routine import Side
from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Figures, OpenedPicture, Pictures
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
        self._images: deque[tuple[_Key, Step]] = deque(maxlen=MOST_WAITING)
        self._opening: _Key | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._paint_one)

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._kept.clear()
        self._waiting.clear()
        self._images.clear()

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
        wanted = (*self._waiting, *self._images)
        if key != self._opening and all(key != waiting for waiting, _step in wanted):
            (self._waiting if step.picture.startswith(FIGURE) else self._images).append((key, step))
        self._timer.start()
        return None

    def _paint_one(self) -> None:
        if self._images and self._opening is None:
            self._open_one()
        elif not self._waiting:
            self._timer.stop()
        elif self._paint_figure is None:
            # The painter of figures is large, and the first frame does without: it is loaded in a
            # turn of its own, so that the window answers between that and the first picture.
            from legato.ui.figure_painter import paint_figure  # noqa: PLC0415

            self._paint_figure = paint_figure
        else:
            key, step = self._waiting.popleft()
            pixmap = _empty(key)
            figure = self._figures.figure(step.picture.removeprefix(FIGURE), step.folder)
            if figure is not None:
                room = QRectF(0, 0, key[3], key[4])
                painter = QPainter(pixmap)
                try:
                    self._paint_figure(painter, figure, figure.hold.pose, room, self._theme, key[2])
                finally:
                    painter.end()
            self._keep(key, pixmap)

    def _open_one(self) -> None:
        """Ask for one image, and for the next when it is there."""
        key, step = self._images.popleft()
        self._opening = key
        self._pictures.open(step.folder, step.picture, partial(self._show_opened, key))

    def _show_opened(self, key: _Key, opened: OpenedPicture | Problem) -> None:
        """Keep a user's own image; one that cannot be shown leaves its room empty here.

        The session, where the picture is wanted, says why.
        """
        from legato.ui.night_picture import on_paper  # noqa: PLC0415 - few have images
        from legato.ui.pictures import image_of  # noqa: PLC0415 - likewise

        self._opening = None
        pixmap = _empty(key)
        if not isinstance(opened, Problem):
            image = image_of(opened, pixmap.size())
            if self._theme.name == NIGHT.name:
                image = on_paper(image, self._theme)
            image.setDevicePixelRatio(key[5])
            place = QRectF(QPointF(), image.deviceIndependentSize())
            place.moveCenter(QRectF(0, 0, key[3], key[4]).center())
            painter = QPainter(pixmap)
            painter.drawImage(place.topLeft(), image)
            painter.end()
        self._keep(key, pixmap)
        if self._images:
            self._timer.start()

    def _keep(self, key: _Key, pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.painted.emit()


def _empty(key: _Key) -> QPixmap:
    """Return a picture of the right size with nothing on it."""
    pixmap = QPixmap(QSize(key[3], key[4]) * key[5])
    pixmap.setDevicePixelRatio(key[5])
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
