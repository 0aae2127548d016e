"""The ring that runs out around large numerals, with the phase above them and the side below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProgressBar

from legato.domain.routine import Side
from legato.ui.widgets import ring_look
from legato.ui.widgets.ring_numerals import RingNumerals

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from legato.ui.theme import Theme

_TOP = 90.0
_SIXTEENTHS = 16
STROKE_SHARE = 0.022
GLOW_STROKES = (4.0, 3.2, 2.4, 1.6)
"""The light is laid on in rings, each narrower than the one below, so that it has no edge."""
GLOW_STRENGTH = 0.11
NUMERALS_SHARE = 0.86
"""How much of the ring's inside the numerals take."""
PHASE_SHARE = 0.19
SIDE_SHARE = 0.25
GAP_SHARE = 0.10
SIDE_LEAST_PIXELS = 12
SPOKEN_STEP_SECONDS = 10
"""A screen reader's value moves in steps, or it would be read out each second."""
_FLASH_STEPS = 16
_WHOLE_DEGREES = 40.0
"""A hand that jumps further than this is painted with the whole ring."""


class CountdownRing(QProgressBar):
    """Shows time left as an arc and as numerals; what has not changed is not painted again.

    Args:
        theme: The tokens.
        faint: Whether it is the ring of the dark screen.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, *, faint: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Time left")
        self.setTextVisible(False)
        self._theme = theme
        self._faint = faint
        self._holds = False
        self._look = self._make_look()
        self._longest = "0:00"
        self._time = "0:00"
        self._share = 1.0
        self._phase = ""
        self._side_words = ""
        self._side: Side | None = None
        self._flash = 0.0
        self._numerals: RingNumerals | None = None

    @property
    def shown_time(self) -> str:
        """The numerals as they stand."""
        return self._time

    @property
    def shown_words(self) -> tuple[str, str]:
        """Phase and side as they stand."""
        return self._phase, self._side_words

    @property
    def shown_flash(self) -> float:
        """Strength of the light of a cue, 0 to 1."""
        return self._flash

    @property
    def numeral_pixels(self) -> int:
        """The pixel size of the numerals."""
        return self._laid_out().pixels

    def set_theme(self, theme: Theme) -> None:
        """Paint with other tokens."""
        self._theme = theme
        self._look = self._make_look()
        self.update()

    def set_longest(self, time: str) -> None:
        """Keep the numerals small enough for `time`, whatever is shown."""
        if time != self._longest:
            self._longest = time
            self._numerals = None
            self.update()

    def show_time(self, time: str, share: float) -> None:
        """Show `time`, and `share` (0 to 1) of the ring."""
        if time != self._time:
            for cell in self._laid_out().changed(self._time, time):
                self.update(cell.toAlignedRect())
            self._time = time
        if self._moves_visibly(share):
            self._update_tip(self._share, share)
            self._share = share

    def show_words(self, phase: str, side_words: str, side: Side | None, *, holds: bool) -> None:
        """Show the phase above the time and the side below it; in holds the ring is lit."""
        words = (phase, side_words, side, holds)
        if words == (self._phase, self._side_words, self._side, self._holds):
            return
        self._phase, self._side_words, self._side, self._holds = words
        self._look = self._make_look()
        self.update()

    def show_flash(self, strength: float) -> None:
        """Show the light of a cue, 0 to 1."""
        stepped = round(strength * _FLASH_STEPS) / _FLASH_STEPS
        if stepped != self._flash:
            self._flash = stepped
            self.update()

    def say_seconds(self, left: float, whole: float) -> None:
        """Tell a screen reader that asks how much is left, rounded up to ten seconds."""
        left_stepped = math.ceil(left / SPOKEN_STEP_SECONDS) * SPOKEN_STEP_SECONDS
        most = max(math.ceil(whole), 1)
        if most != self.maximum():
            self.setRange(0, most)
        if min(left_stepped, most) != self.value():
            self.setValue(min(left_stepped, most))

    def _make_look(self) -> ring_look.RingLook:
        if self._faint:
            return ring_look.dark(holds=self._holds)
        return ring_look.lit(self._theme, holds=self._holds)

    def _moves_visibly(self, share: float) -> bool:
        length = math.pi * self._circle().width() * self.devicePixelRatioF()
        ends = share in {0.0, 1.0} and share != self._share
        return ends or abs(share - self._share) * length >= 1.0

    def _update_tip(self, before: float, after: float) -> None:
        if abs(before - after) * 360.0 > _WHOLE_DEGREES:
            self.update()
            return
        first, second = self._tip(before), self._tip(after)
        thick = self._stroke() * 1.5
        between = QRectF(first, second).normalized().adjusted(-thick, -thick, thick, thick)
        self.update(between.toAlignedRect())

    def _tip(self, share: float) -> QPointF:
        circle = self._circle()
        angle = math.radians(_TOP + 360.0 * share)
        radius = circle.width() / 2
        return circle.center() + QPointF(math.cos(angle), -math.sin(angle)) * radius

    def _diameter(self) -> float:
        return float(min(self.width(), self.height()))

    def _stroke(self) -> float:
        return max(STROKE_SHARE * self._diameter(), 4.0)

    def _circle(self) -> QRectF:
        """Return the circle that the middle of the stroke runs on, with room for the glow."""
        room = self._diameter() - GLOW_STROKES[0] * self._stroke()
        circle = QRectF(0.0, 0.0, room, room)
        circle.moveCenter(QRectF(self.rect()).center())
        return circle

    def _inside(self) -> float:
        return self._circle().width() - self._stroke()

    def _laid_out(self) -> RingNumerals:
        if self._numerals is None:
            self._numerals = RingNumerals(
                self.font(),
                self._longest,
                NUMERALS_SHARE * self._inside(),
                QRectF(self.rect()).center(),
            )
        return self._numerals

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        if self._flash:
            self._paint_light(painter)
        tip = _TOP + 360.0 * self._share
        reach = math.degrees(rect.width() + rect.height()) / self._circle().width()
        if reach < _WHOLE_DEGREES and _WHOLE_DEGREES < tip - _TOP < 360.0 - _WHOLE_DEGREES:
            self._paint_arcs(painter, (tip - reach, 2 * reach), (tip - reach, reach))
        else:
            self._paint_arcs(painter, (0.0, 360.0), (_TOP, 360.0 * self._share))

    def _paint_light(self, painter: QPainter) -> None:
        glow = QColor(self._look.glow)
        glow.setAlphaF(GLOW_STRENGTH * self._flash)
        for strokes in GLOW_STROKES:
            painter.setPen(QPen(glow, strokes * self._stroke()))
            painter.drawEllipse(self._circle())

    def _paint_arcs(
        self, painter: QPainter, track: tuple[float, float], arc: tuple[float, float]
    ) -> None:
        """Paint both parts of the ring; each is given by its start and its span in degrees."""
        circle, look = self._circle(), self._look
        for (start, span), colour in ((track, look.track), (arc, look.arc)):
            pen = QPen(colour, self._stroke())
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            if span:
                painter.drawArc(circle, round(start * _SIXTEENTHS), round(span * _SIXTEENTHS))

    def _paint_words(self, painter: QPainter) -> None:
        numerals = self._laid_out()
        middle = QRectF(self.rect()).center()
        gap = numerals.height / 2 + GAP_SHARE * numerals.pixels
        half_width = self._half_chord(gap + SIDE_SHARE * numerals.pixels * 1.2)
        phase_height = 2.6 * PHASE_SHARE * numerals.pixels
        phase = QRectF(
            middle.x() - half_width, middle.y() - gap - phase_height, 2 * half_width, phase_height
        )
        self._write(painter, phase, self._phase, PHASE_SHARE, Qt.AlignmentFlag.AlignBottom)
        side_height = 1.4 * SIDE_SHARE * numerals.pixels
        side = QRectF(middle.x() - half_width, middle.y() + gap, 2 * half_width, side_height)
        written = self._write(
            painter, side, self._side_words, SIDE_SHARE, Qt.AlignmentFlag.AlignTop
        )
        if self._side in {Side.LEFT, Side.RIGHT}:
            self._paint_pointer(painter, written)

    def _half_chord(self, height: float) -> float:
        radius = self._inside() / 2
        return math.sqrt(max(radius**2 - height**2, 1.0)) * 0.92

    def _write(
        self, painter: QPainter, room: QRectF, words: str, share: float, edge: Qt.AlignmentFlag
    ) -> QRectF:
        """Write `words` in the middle of `room`, smaller if they must; return where they are."""
        font = QFont(self.font())
        flags = int(Qt.AlignmentFlag.AlignHCenter | edge) | Qt.TextFlag.TextWordWrap
        reserved = room.adjusted(room.height() / 3, 0, -room.height() / 3, 0)
        pixels = max(round(share * self._laid_out().pixels), SIDE_LEAST_PIXELS)
        while True:
            font.setPixelSize(pixels)
            written = QFontMetricsF(font).boundingRect(reserved, flags, words)
            if reserved.contains(written) or pixels <= SIDE_LEAST_PIXELS:
                break
            pixels -= 1
        painter.setFont(font)
        painter.setPen(self._look.words)
        painter.drawText(reserved, flags, words)
        return written

    def _paint_pointer(self, painter: QPainter, words: QRectF) -> None:
        """Paint a small mark on that side of the words on which the leg is."""
        right = self._side is Side.RIGHT
        size = 0.32 * words.height()
        edge = words.right() + size if right else words.left() - size
        tip = edge + size if right else edge - size
        y = words.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.arc)
        painter.drawPolygon(
            QPolygonF([QPointF(edge, y - size), QPointF(tip, y), QPointF(edge, y + size)])
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _words_room(self) -> QRect:
        """Return the square inside the ring, where numerals and words are."""
        square = QRectF(0.0, 0.0, self._inside(), self._inside())
        square.moveCenter(QRectF(self.rect()).center())
        margin = self._inside() * (1.0 - math.sqrt(0.5)) / 2
        return square.adjusted(margin, margin, -margin, -margin).toAlignedRect()

    def _numerals_room(self) -> QRect:
        cells = [cell for _, cell in self._laid_out().cells(self._longest)]
        return QRectF(cells[0].topLeft(), cells[-1].bottomRight()).toAlignedRect()

    def sizeHint(self) -> QSize:
        """Return a size at which it can be read from a bed."""
        return QSize(360, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the numerals are still numerals."""
        return QSize(120, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the numerals out for the new size."""
        super().resizeEvent(event)
        self._numerals = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is asked for and no more: in a hold the tip of the arc, and a digit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, region = event.rect(), event.region()
        painter.fillRect(rect, self._look.ground)
        numerals = self._numerals_room()
        if not numerals.contains(rect):
            self._paint_ring(painter, rect)
            if region.intersects(self._words_room()):
                self._paint_words(painter)
        if region.intersects(numerals):
            painter.setPen(self._look.numerals)
            self._laid_out().paint(painter, self._time, region)
        painter.end()
