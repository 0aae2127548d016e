"""The timeline of a routine as a strip: holds, and the time to get ready and to switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from legato.domain.timeline import Phase, Timeline
from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent

    from legato.domain.timeline import Segment
    from legato.ui.theme import ThemeSource

HEIGHT = 28
OPEN_COUNTS_SECONDS = 30.0
"""The seconds drawn for an open hold, which has no length of its own."""

_SHARES = {Phase.HOLD: 1.0, Phase.READY: 0.3, Phase.SWITCH: 0.3, Phase.RELEASE: 0.3}


class TimelineStrip(QWidget):
    """Shows a timeline; a click chooses the step below the pointer.

    Args:
        theme: The theme, observable.
        parent: The page.
    """

    step_wanted = Signal(int)
    """A step was clicked: its index after `use` is unfolded."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)
        self._timeline: Timeline | None = None
        self._chosen: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show `timeline`, or nothing."""
        self._timeline = timeline
        words = f"{len(timeline.routine.steps)} steps" if timeline else "Nothing to show"
        self.setAccessibleName(f"Timeline, {words}")
        self.update()

    def show_chosen(self, steps: frozenset[int]) -> None:
        """Show these steps, by their index after `use` is unfolded, as chosen."""
        if steps != self._chosen:
            self._chosen = steps
            self.update()

    def _placed(self) -> Iterator[tuple[Segment, QRectF]]:
        if self._timeline is None:
            return
        lengths = [_length(segment) for segment in self._timeline.segments]
        scale = self.width() / max(sum(lengths), 1.0)
        left = 0.0
        for segment, length in zip(self._timeline.segments, lengths, strict=True):
            height = self.height() * _SHARES[segment.phase]
            yield segment, QRectF(left, self.height() - height, length * scale, height)
            left += length * scale

    def _segment_at(self, x: float) -> Segment | None:
        return next((one for one, room in self._placed() if room.left() <= x < room.right()), None)

    def sizeHint(self) -> QSize:
        """Return a size that leaves the width to the layout."""
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a bar for each hold, low ones for the time between."""
        del event
        painter = QPainter(self)
        theme = self._theme.current
        for segment, room in self._placed():
            chosen = segment.step_index in self._chosen
            colour = theme.accent if chosen else theme.quiet_text
            if segment.phase is not Phase.HOLD:
                colour = theme.line
            shown = room.adjusted(0, 0, -1 if room.width() > 2 else 0, 0)  # noqa: PLR2004 - pixels
            painter.fillRect(shown, QColor(colour))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the step that was clicked."""
        segment = self._segment_at(event.position().x())
        if segment is not None and event.button() is Qt.MouseButton.LeftButton:
            self.step_wanted.emit(segment.step_index)

    def event(self, event: QEvent) -> bool:
        """Show a tooltip for the step below the pointer."""
        if event.type() is QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment] # its type says so
            segment = self._segment_at(help_event.pos().x())
            if segment is not None:
                QToolTip.showText(help_event.globalPos(), _tooltip(segment), self)
                return True
        return super().event(event)


def _length(segment: Segment) -> float:
    return OPEN_COUNTS_SECONDS if segment.seconds is None else segment.seconds


def _tooltip(segment: Segment) -> str:
    time = text.OPEN_TIME if segment.seconds is None else text.time_left(segment.seconds)
    return f"{segment.step.title}: {segment.phase.value}, {text.side(segment.side)}, {time}"
