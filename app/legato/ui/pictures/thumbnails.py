"""Small still pictures for the cards, painted one at a time when the window has nothing to do."""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from legato.domain.home_snapshot import PaintedPicture
from legato.domain.problems import Problem
from legato.domain.routine import FIGURE_PREFIX, Side
from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QPaintEvent

    from legato.domain.ports import OpenedPicture
    from legato.domain.routine import Routine, Step
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.theme import Theme

MOST_KEPT = 300
"""The most pictures kept, unless a page says otherwise."""
MOST_WAITING = 40
"""The most pictures waiting to be painted: those scrolled past are dropped."""

_Key = tuple[str, str, Side, int, int, float]


def pictured_step(routine: Routine) -> Step | None:
    """Return the step whose picture represents the routine: a figure before an image."""
    figures = (step for step in routine.steps if step.picture.startswith(FIGURE_PREFIX))
    images = (step for step in routine.steps if step.picture)
    return next(figures, None) or next(images, None)


class CardPictures(QObject):
    """Keeps the pictures of the cards last seen, for one theme at a time.

    Args:
        loader: Loads the pictures of steps.
        most_kept: The most pictures kept; no fewer than are visible at a time.
    """

    painted = Signal()
    """A picture that was requested is ready, or has to be requested again in another theme."""

    def __init__(self, loader: PictureLoader, *, most_kept: int = MOST_KEPT) -> None:
        super().__init__()
        self._most_kept = most_kept
        self._loader = loader
        self._theme = loader.theme
        self._paint_figure: Callable[..., None] | None = None
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._stale: set[_Key] = set()
        self._waiting: deque[tuple[_Key, Step]] = deque(maxlen=MOST_WAITING)
        self._images: deque[tuple[_Key, Step]] = deque(maxlen=MOST_WAITING)
        self._opening: _Key | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._paint_one)
        loader.theme.changed.connect(self._paint_again)

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
        if kept is not None and key in self._stale:
            self._stale.discard(key)
            self._request(key, step)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        self._request(key, step)
        return None

    def painted_pictures(self) -> tuple[PaintedPicture, ...]:
        """Return the pictures that are kept, for `restore` in another run."""
        rgba = QImage.Format.Format_RGBA8888_Premultiplied
        pictures = []
        for key, pixmap in self._kept.items():
            image = pixmap.toImage().convertToFormat(rgba)
            size = (image.width(), image.height())
            pictures.append(
                PaintedPicture(*key, self._theme.current.name, *size, bytes(image.constBits()))
            )
        return tuple(pictures)

    def restore(self, pictures: Iterable[PaintedPicture]) -> None:
        """Show pictures of an earlier run until they are painted again, those of this theme."""
        rgba = QImage.Format.Format_RGBA8888_Premultiplied
        for one in pictures:
            if one.theme != self._theme.current.name:
                continue
            image = QImage(one.pixels, one.columns, one.rows, 4 * one.columns, rgba)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(one.ratio)
            key = (one.folder, one.picture, one.side, one.width, one.height, one.ratio)
            self._kept[key] = pixmap
            self._stale.add(key)

    def _request(self, key: _Key, step: Step) -> None:
        wanted = (*self._waiting, *self._images)
        if key != self._opening and all(key != waiting for waiting, _step in wanted):
            (self._waiting if step.picture.startswith(FIGURE_PREFIX) else self._images).append(
                (key, step)
            )
        self._timer.start()

    def _paint_again(self) -> None:
        self._kept.clear()
        self._stale.clear()
        self._waiting.clear()
        self._images.clear()
        self.painted.emit()

    def _paint_one(self) -> None:
        if self._images and self._opening is None:
            self._open_one()
        elif not self._waiting:
            self._timer.stop()
        elif self._paint_figure is None:
            # The painter of figures is large, and the first frame does without: it is loaded in a
            # turn of its own, so that the window answers between that and the first picture.
            from legato.ui.figures.painter import paint_figure  # noqa: PLC0415

            self._paint_figure = paint_figure
        else:
            key, step = self._waiting.popleft()
            pixmap = _empty(key)
            figure = self._loader.figure(step)
            if figure is not None:
                room = QRectF(0, 0, key[3], key[4])
                painter = QPainter(pixmap)
                try:
                    theme, pose = self._theme.current, figure.hold.pose
                    self._paint_figure(painter, figure, pose, room, theme, key[2])
                finally:
                    painter.end()
            self._keep(key, pixmap)

    def _open_one(self) -> None:
        """Open one image, and the next when it is open."""
        key, step = self._images.popleft()
        self._opening = key
        self._loader.open_image(step, partial(self._show_opened, key))

    def _show_opened(self, key: _Key, opened: OpenedPicture | Problem) -> None:
        """Keep a user's own image; one that cannot be shown leaves its room empty here.

        The session, where the picture is wanted, says why.
        """
        from legato.ui.pictures.decode import image_of  # noqa: PLC0415 - likewise

        self._opening = None
        pixmap = _empty(key)
        if not isinstance(opened, Problem):
            image, theme = image_of(opened, pixmap.size()), self._theme.current
            if theme.name == NIGHT.name:
                image = on_paper(image, theme)
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
        if len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)
        self.painted.emit()


def _empty(key: _Key) -> QPixmap:
    """Return a picture of the right size with nothing on it."""
    pixmap = QPixmap(QSize(key[3], key[4]) * key[5])
    pixmap.setDevicePixelRatio(key[5])
    pixmap.fill(QtCore.Qt.GlobalColor.transparent)
    return pixmap


class StepThumb(QWidget):
    """Shows a step's picture in the room it has; the room stays empty until it is painted.

    Args:
        pictures: Where it comes from.
        least: The least size that it takes.
        parent: The parent widget.
    """

    def __init__(self, pictures: CardPictures, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._least = least
        self._step: Step | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pictures.painted.connect(self.update)

    @property
    def picture(self) -> str:
        """What is shown, as the step has it, or an empty string."""
        return self._step.picture if self._step else ""

    def show_step(self, step: Step | None) -> None:
        """Show the picture of `step`, or nothing."""
        self._step = step if step and step.picture else None
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least size: it takes what is left."""
        return self._least

    def minimumSizeHint(self) -> QSize:
        """Return the size in pixels below which a figure cannot be recognized."""
        return self._least

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, if it is ready."""
        del event
        if self._step is None or self.size().isEmpty():
            return
        picture = self._pictures.picture(self._step, self.size(), self.devicePixelRatioF())
        if picture is not None:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, picture)
            painter.end()


NIGHT_LIGHT = 0.008
"""The most that an image may add to the mean luminance of the window at night."""
LEAST_OPACITY = 0.3
"""The least opacity of an image, however bright it is."""
DARK = 0.3
"""Lightness, 0 to 1, below which a line is lost on the night's ground."""
DARK_SHARE = 0.15
"""A drawing of which more than this is lost gets paper behind it."""
CLEAR_SHARE = 0.1
"""An image that is less transparent than this has a ground of its own."""
PAPER_CORNER = 0.03
_PROBE = 24
_GAMMA = 2.2


def night_opacity(image: QImage, share: float) -> float:
    """Return how opaque an image may be at night: most photos are far too bright for it.

    Args:
        image: The image.
        share: How much of the window it takes, 0 to 1.
    """
    values = (colour.lightnessF() * colour.alphaF() for colour in _probe(image))
    light = share * sum(value**_GAMMA for value in values) / _PROBE**2
    if light <= NIGHT_LIGHT:
        return 1.0
    return max(math.pow(NIGHT_LIGHT / light, 1 / _GAMMA), LEAST_OPACITY)


def on_paper(image: QImage, theme: Theme) -> QImage:
    """Return `image`, on paper where it would be dark lines on the dark ground of the night."""
    if not image.hasAlphaChannel():
        return image
    probe = tuple(_probe(image))
    seen = sum(colour.alphaF() for colour in probe)
    lost = sum(colour.alphaF() for colour in probe if colour.lightnessF() < DARK)
    if not seen or lost < DARK_SHARE * seen or seen > (1 - CLEAR_SHARE) * len(probe):
        return image
    paper = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    paper.fill(QtCore.Qt.GlobalColor.transparent)
    painter = QPainter(paper)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.figure_far))
    corner = PAPER_CORNER * min(image.width(), image.height())
    painter.drawRoundedRect(QRectF(paper.rect()), corner, corner)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _probe(image: QImage) -> Iterator[QColor]:
    """Yield the colours of an image at evenly spread points."""
    smooth = QtCore.Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_PROBE, _PROBE, QtCore.Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    small = small.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return (small.pixelColor(x, y) for x in range(_PROBE) for y in range(_PROBE))
