"""The picture of a step: its figure, the user's own image, or a quiet drawing in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from legato.domain.guard import report_errors
from legato.domain.problems import Problem, did_you_mean
from legato.domain.routine import FIGURE_PREFIX
from legato.domain.timeline import Phase
from legato.ui import text
from legato.ui.figures.view import FigureView
from legato.ui.pictures.thumbnails import night_opacity, on_paper
from legato.ui.session import motion as session_motion
from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from legato.domain.figure.model import Figure
    from legato.domain.ports import OpenedPicture
    from legato.domain.routine import Step
    from legato.domain.session import Session
    from legato.ui.icons import Icons
    from legato.ui.pictures.decode import MovingPicture
    from legato.ui.pictures.loader import PictureLoader

KIND_SHARE = 0.34
"""The size of the drawing of a kind of step, as a share of the widget."""
NOTICE_SHARE = 0.8


class StepPicture(QWidget):
    """Shows how a step is done; it has no timer and moves with the session's seconds.

    Args:
        loader: Loads the pictures of steps.
        icons: The icons, of which the kinds of steps are the quiet drawings.
        parent: The parent widget.
    """

    def __init__(self, loader: PictureLoader, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._theme = theme = loader.theme
        self._icons = icons
        self._moves = True
        self._step: Step | None = None
        self._shown_figure: Figure | None = None
        self._opened: OpenedPicture | None = None
        self._image: QImage | None = None
        self._moving: MovingPicture | None = None
        self._opacity = 1.0
        self._notice = ""
        self._figure = FigureView(theme, self)
        self._figure.hide()
        theme.changed.connect(self._scale_again)

    def set_motion(self, moves: bool) -> None:
        """Play or freeze figures and moving images."""
        self._moves = moves
        self._figure.set_motion(moves)
        self._scale_again()

    def _scale_again(self) -> None:
        """Drop the scaled image, so that the next paint event makes it."""
        self._image = self._moving = None
        self.update()

    def show_session(self, session: Session) -> None:
        """Show the picture of the session's current step, at its current moment."""
        step = session.segment.step
        if step is not self._step:
            self._show_step(step)
        if self._shown_figure is not None:
            self._show_figure(session)
        elif self._moving is not None and self._moving.advance(session.spent):
            self._image = self._moving.image()
            self.update()

    def _show_step(self, step: Step) -> None:
        self._step = step
        self._opened = self._image = self._moving = None
        self._notice = ""
        figure = None
        if step.picture.startswith(FIGURE_PREFIX):
            with report_errors():
                figure = self._find_figure(step)
        elif step.picture:
            self._ask_for(step)
        self._shown_figure = figure
        self._figure.setVisible(figure is not None)
        self._name_it()

    def _name_it(self) -> None:
        """Update the description for screen readers, and repaint."""
        if self._step is not None:
            self.setAccessibleName(self._notice or f"Picture: {self._step.title}")
        self.update()

    def _find_figure(self, step: Step) -> Figure | None:
        figure = self._loader.figure(step)
        if figure is None:
            name = step.picture.removeprefix(FIGURE_PREFIX)
            hint = did_you_mean(name, self._loader.figures.names())
            self._refuse(Problem(where=step.picture, text="there is no such figure", hint=hint))
        return figure

    def _ask_for(self, step: Step) -> None:
        """Open the step's own image, and show the quiet drawing until it is open."""
        with report_errors():
            self._loader.open_image(step, partial(self._show_opened, step))
            return
        self._refuse(Problem(where=step.picture, text="it cannot be shown"))

    def _show_opened(self, step: Step, opened: OpenedPicture | Problem) -> None:
        """Show an opened image, unless the session has another step by now."""
        if step is not self._step:
            return
        if isinstance(opened, Problem):
            self._refuse(opened)
        else:
            self._opened = opened
        self._name_it()

    def _refuse(self, problem: Problem) -> None:
        """Show why the picture is missing, with its name in the routine."""
        name = self._step.picture if self._step else problem.where
        self._notice = f"{name}: {problem.text}."
        if problem.hint:
            self._notice += f" {text.sentence(problem.hint)}"
            self._notice += "" if self._notice.endswith("?") else "."

    def _show_figure(self, session: Session) -> None:
        segment, spent = session.segment, session.spent
        turns = segment.phase is Phase.SWITCH and self._moves
        self._figure.show_figure(self._shown_figure, segment.side.other if turns else segment.side)
        if segment.count is not None:
            self._show_repetition(segment.step, spent)
        elif segment.phase is Phase.HOLD:
            self._figure.show_breath(spent)
        elif segment.phase is Phase.READY:
            self._figure.show_progress(session_motion.ready_progress(spent, segment))
        elif segment.phase is Phase.RELEASE:
            share = session_motion.release_progress(spent, segment.counted_seconds)
            self._figure.show_progress(share)
        elif turns:
            self._figure.show_turn(session_motion.turn_share(spent, segment.counted_seconds))

    def _show_repetition(self, step: Step, spent: float) -> None:
        """Show the figure going into its pose and out again with each repetition."""
        figure = self._shown_figure
        if figure is not None and figure.cycles:
            self._figure.show_breath(spent * figure.cycle_seconds / step.every_seconds)
        else:
            self._figure.show_progress(session_motion.repetition_progress(spent, step))

    def _make_image(self) -> None:
        """Scale the image to the current size."""
        if self._opened is None:
            return
        # Qt's readers of images are loaded with it; most routines show figures alone.
        from legato.ui.pictures.decode import MovingPicture, image_of  # noqa: PLC0415

        room = QSize(
            round(self.width() * self.devicePixelRatioF()),
            round(self.height() * self.devicePixelRatioF()),
        )
        image, theme = image_of(self._opened, room), self._theme.current
        if theme.name == NIGHT.name:
            image = on_paper(image, theme)
        if self._moves and self._opened.moving is not None:
            self._moving = MovingPicture(self._opened.moving, room)
            image = self._moving.image()
        self._image = image
        window = self.window().size() * self.devicePixelRatioF()
        pixels = max(window.width() * window.height(), 1)
        self._opacity = night_opacity(image, image.width() * image.height() / pixels)

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        rect = QRectF(0, 0, image.width() / ratio, image.height() / ratio)
        rect.moveCenter(QRectF(self.rect()).center())
        if self._theme.current.name == NIGHT.name:
            painter.setOpacity(self._opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, image)

    def _paint_quietly(self, painter: QPainter) -> None:
        """Paint the kind of step and, if a picture is missing, the reason."""
        if self._step is None:
            return
        theme = self._theme.current
        size = round(KIND_SHARE * min(self.width(), self.height()))
        middle = QRectF(self.rect()).center()
        top = middle.y() - size * (0.75 if self._notice else 0.5)
        if size:
            pixmap = self._icons.pixmap(
                self._step.kind.value, theme.figure_far, size, self.devicePixelRatioF()
            )
            painter.drawPixmap(QPointF(middle.x() - size / 2, top), pixmap)
        if self._notice:
            width = NOTICE_SHARE * self.width()
            room = QRectF(middle.x() - width / 2, top + size + 8, width, self.height())
            painter.setPen(QColor(theme.quiet_text))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, self._notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit figure and image to the new size."""
        super().resizeEvent(event)
        self._figure.setGeometry(self.rect())
        self._image = self._moving = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image, or the quiet drawing; the figure paints itself."""
        del event
        if self._shown_figure is not None:
            return
        if self._image is None and not self._notice:
            self._make_image()
        painter = QPainter(self)
        if self._image is not None and not self._notice:
            self._paint_image(painter, self._image)
        else:
            self._paint_quietly(painter)
        painter.end()
