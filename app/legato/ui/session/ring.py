"""The ring that runs out around large numerals, with the phase above them and the side below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion
from PySide6.QtWidgets import QProgressBar

from legato.ui.session import ring_style
from legato.ui.session.ring_style import GLOW_STROKES, TOP_DEGREES, RingGeometry, ring_in
from legato.ui.session.ring_text import RingNumerals, RingWords
from legato.ui.text import time_left, time_passed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from legato.domain.routine import Side
    from legato.domain.session import Session
    from legato.domain.timeline import Segment
    from legato.ui.theme import ThemeSource

NUMERALS_SHARE = 0.86
"""The width of the longest time as a share of the ring's inner diameter."""

GLOW_STRENGTH = 0.11
SPOKEN_STEP_SECONDS = 10
"""The step of the accessible value; a finer one would be read out each second."""

_FLASH_STEPS = 16
_SIXTEENTHS = 16


class CountdownRing(QProgressBar):
    """Shows the time left as an arc and as numerals, and repaints only what changes.

    Args:
        theme: The theme, observable.
        faint: Whether it is the ring of the dark screen.
        parent: The parent widget.
    """

    def __init__(
        self, theme: ThemeSource, *, faint: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Time left")
        self.setTextVisible(False)
        self._theme = theme
        self._faint = faint
        self._holds = False
        self._look = self._make_look()
        self._longest = self._time = "0:00"
        self._share = 1.0
        self._phase = self._side_words = ""
        self._side: Side | None = None
        self._flash = 0.0
        self._lay_out()
        theme.changed.connect(self._recolour)

    @property
    def shown_time(self) -> str:
        """The time in numerals."""
        return self._time

    def set_longest(self, time: str) -> None:
        """Set the numerals to a size at which `time` fits."""
        if time != self._longest:
            self._longest = time
            self._lay_out()
            self.update()

    def show_time(self, time: str, share: float) -> None:
        """Show `time`, and `share` (0 to 1) of the ring."""
        if time != self._time:
            for place in self._numerals.changed(self._time, time):
                self.update(place)
            self._time = time
        self.show_share(share)

    def show_session(self, session: Session) -> None:
        """Show the time left of the segment, or of an open one the time spent, a minute a turn.

        A counted hold shows its repetitions instead.
        """
        segment = session.segment
        seconds, remaining = segment.seconds, session.remaining
        if segment.count is not None:
            self._show_repetition(segment, session.spent)
        elif seconds is None or remaining is None:
            self.say_seconds(session.spent, session.spent)
            self.show_time(time_passed(session.spent), (session.spent % 60.0) / 60.0)
        else:
            self.say_seconds(remaining, seconds)
            self.show_time(time_left(remaining), remaining / seconds if seconds else 0.0)

    def _show_repetition(self, segment: Segment, spent: float) -> None:
        """Show the number of the repetition, and as the arc what is left of the set.

        Without an end the arc shows the repetition. Screen readers hear the number at the
        beginning, in the middle and at the last one, not each time.
        """
        number, count, every = segment.repetition(spent), segment.count, segment.step.every_seconds
        told = max(one for one in (1, (count or 0) // 2 + 1, count or 1) if one <= number)
        self._say_value(told, max(count or 0, told))
        share = 1.0 - spent / segment.seconds if segment.seconds else spent % every / every
        self.show_time(str(number), share)

    def show_share(self, share: float) -> None:
        """Show `share` (0 to 1) of the ring, once it differs by a pixel."""
        moved = self._geometry.pixels(abs(share - self._share)) * self.devicePixelRatioF()
        at_end = share in {0.0, 1.0} and share != self._share
        if moved < 1.0 and not at_end:
            return
        changed = self._geometry.between(self._share, share)
        self._share = share
        self.update(self.rect() if changed is None else changed)

    def show_words(self, phase: str, side_words: str, side: Side | None, *, holds: bool) -> None:
        """Show the phase above the time and the side below it; in holds the ring is lit."""
        words = (phase, side_words, side, holds)
        if words == (self._phase, self._side_words, self._side, self._holds):
            return
        self._phase, self._side_words, self._side, self._holds = words
        self.setAccessibleDescription(", ".join(filter(None, (phase, side_words))))
        self._look = self._make_look()
        self._words = self._make_words()
        self.update()

    def show_flash(self, strength: float) -> None:
        """Show the light of a cue, 0 to 1."""
        stepped = round(strength * _FLASH_STEPS) / _FLASH_STEPS
        if stepped != self._flash:
            self._flash = stepped
            self.update()

    def say_seconds(self, left: float, whole: float) -> None:
        """Set the value for screen readers: the seconds left, rounded up to ten."""
        stepped = math.ceil(left / SPOKEN_STEP_SECONDS) * SPOKEN_STEP_SECONDS
        self._say_value(stepped, max(math.ceil(whole), 1))

    def _say_value(self, value: int, most: int) -> None:
        if most != self.maximum():
            self.setRange(0, most)
        if min(value, most) != self.value():
            # The value is not painted, but Qt would repaint the whole window at once for it.
            self.setUpdatesEnabled(False)
            self.setValue(min(value, most))
            self.setUpdatesEnabled(True)

    def _recolour(self) -> None:
        self._look = self._make_look()
        self.update()

    def _make_look(self) -> ring_style.RingStyle:
        if self._faint:
            return ring_style.dark(holds=self._holds)
        return ring_style.lit(self._theme.current, holds=self._holds)

    def _lay_out(self) -> None:
        self._geometry: RingGeometry = ring_in(self.rect())
        self._numerals = RingNumerals(
            self.font(),
            self._longest,
            NUMERALS_SHARE * self._geometry.inside,
            self._geometry.centre,
        )
        self._words = self._make_words()

    def _make_words(self) -> RingWords:
        return RingWords(
            self.font(),
            self._geometry,
            self._numerals,
            phase=self._phase,
            side_words=self._side_words,
            side=self._side,
        )

    def _paint_ring(self, painter: QPainter, region: QRegion) -> None:
        """Paint what of both parts of the ring lies in `region`; more than that is clipped away."""
        asked = QRegion()
        for rect in cast("Iterable[QRect]", region):
            if self._geometry.reaches(rect):
                asked |= rect
        if asked.isEmpty():
            return
        if self._flash:
            self._paint_light(painter)
        shares = self._geometry.shares_in(asked.boundingRect())
        pen = QPen(self._look.track, self._geometry.stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if shares is None:
            painter.drawEllipse(self._geometry.circle)
            first, last = 0.0, self._share
        else:
            self._paint_arc(painter, *shares)
            first, last = shares[0], min(shares[1], self._share)
        if last > first:
            pen.setColor(self._look.arc)
            painter.setPen(pen)
            self._paint_arc(painter, first, last)

    def _paint_arc(self, painter: QPainter, first: float, last: float) -> None:
        start, end = (round(_SIXTEENTHS * 360.0 * share) for share in (first, last))
        if end > start:
            top = round(_SIXTEENTHS * TOP_DEGREES)
            painter.drawArc(self._geometry.circle, top + start, end - start)

    def _paint_light(self, painter: QPainter) -> None:
        glow = QColor(self._look.glow)
        glow.setAlphaF(GLOW_STRENGTH * self._flash)
        for strokes in GLOW_STROKES:
            painter.setPen(QPen(glow, strokes * self._geometry.stroke))
            painter.drawEllipse(self._geometry.circle)

    def sizeHint(self) -> QSize:
        """Return a size that can be read from a bed."""
        return QSize(360, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the numerals are legible."""
        return QSize(120, 120)

    def showEvent(self, event: QShowEvent) -> None:
        """Spare what lies behind it."""
        super().showEvent(event)
        self._cover()

    def changeEvent(self, event: QEvent) -> None:
        """Spare what lies behind it again under another style."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._cover()

    def _cover(self) -> None:
        """Keep the widgets behind it from being painted where it is painted: it has no holes.

        Styles take this attribute from every progress bar when they polish it.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out ring and text for the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what overlaps the region of the event, in a hold the tip of the arc and a digit.

        Qt clips to that region. The ground is painted first, so all that overlaps it follows.
        """
        painter = QPainter(self)
        region = event.region()
        # A pixel wider: at 150 % an edge may lie within a pixel, which nothing else paints.
        painter.fillRect(event.rect().adjusted(-1, -1, 1, 1), self._look.ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, region)
        if region.intersects(self._words.room):
            self._words.paint(painter, self._look)
        painter.setPen(self._look.numerals)
        self._numerals.paint(painter, self._time, region)
        painter.end()
