"""The page after a session: it says good night, offers what to do next, and goes dark."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHoverEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QBoxLayout, QGraphicsOpacityEffect, QWidget

from legato.domain import spoken_lines
from legato.domain.routine import Side
from legato.domain.session import Status
from legato.domain.timeline import Phase
from legato.ui.session.dark import Moon
from legato.ui.session.ring_style import large_text
from legato.ui.text import announce
from legato.ui.widgets.basic import push_button
from legato.ui.widgets.fitted_text import FittedText
from legato.ui.widgets.key_list import LOOKING_KEYS
from legato.ui.widgets.pointer_watch import PointerWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from legato.domain.session import Session
    from legato.domain.timeline import Timeline
    from legato.ui.theme import ThemeSource

DARK_AFTER_MS = 20_000
FADE_MS = 4_000
WAKING_MS = 300
BLACK = "#000000"
_UNIT = 8
_LARGE_SHARE = 0.05
_LARGE_LEAST = 1.25
_LEAST_SHARE = 0.7

KEYS = (
    ("R", "Once more"),
    ("S", "The other side, after a session of one side"),
    ("Esc", "Back to the routines"),
)


class EndPage(QWidget):
    """Says good night and goes dark by itself; any key brings it back, and its own keys act.

    Args:
        theme: The theme, observable.

    Signals:
        again_wanted(Side or None): Run the same again, on that side or as before.
        help_wanted: Show when to get help.
        left: Back to the routines.
    """

    again_wanted = Signal(object)
    help_wanted = Signal()
    left = Signal()

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self.setObjectName("end")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._theme = theme
        self._moves = True
        self._is_dark = False
        self._other_side: Side | None = None
        self._pointer = PointerWatch()
        self._light = QWidget(self)
        self._moon = Moon(theme, self._light)
        self._words = FittedText(self._light, Qt.AlignmentFlag.AlignCenter)
        self._buttons = QWidget(self._light)
        self._again = push_button("Again", "quiet", partial(self.again_wanted.emit, None))
        self._turn = push_button("Other side", "quiet", self._want_other_side)
        self._back = push_button("Back to the routines", "quiet", self.left.emit)
        self._help = push_button("When to get help", "quiet", self.help_wanted.emit)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._buttons)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * _UNIT)
        self._row.addStretch()
        for button in (self._again, self._turn, self._back, self._help):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(button)
        self._row.addStretch()
        self._effect = QGraphicsOpacityEffect(self._light)
        self._effect.setEnabled(False)
        self._light.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.finished.connect(self.on_faded)
        self._stillness = self._make_timer(DARK_AFTER_MS, self.darken)
        self._waking = self._make_timer(WAKING_MS, self.on_awake)
        theme.changed.connect(self._recolour)
        self._recolour()

    def set_motion(self, moves: bool) -> None:
        """Fade to dark over FADE_MS if `moves`, otherwise at once."""
        self._moves = moves

    def show_end(self, session: Session) -> None:
        """Say good night after a finished session, or that a stopped one counts as well."""
        finished = session.status is Status.FINISHED
        lines = spoken_lines.FAREWELL if finished else (spoken_lines.STOPPED,)
        self._words.show_text("\n".join(lines))
        self._other_side = other_side(session.timeline)
        self._turn.setVisible(self._other_side is not None)
        self._place()
        self.wake()
        announce(self, " ".join(lines))

    def wake(self) -> None:
        """Show the page, and restart the time until it goes dark."""
        self._fade.stop()
        self._effect.setOpacity(1.0)
        self._effect.setEnabled(False)
        self._set_dark(False)
        if self.isVisible():
            self._stillness.start()

    def darken(self) -> None:
        """Start to go dark: fade if motion is on, otherwise at once."""
        if self._moves and self.isVisible():
            self._effect.setEnabled(True)
            self._fade.start()
        else:
            self.on_faded()

    def on_faded(self) -> None:
        """Switch to the dark state after the fade."""
        focus = self.window().focusWidget()
        if focus is None or self.isAncestorOf(focus):  # keep the focus of a layer over the page
            self.setFocus()
        self._set_dark(True)

    def _make_timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _want_other_side(self) -> None:
        if self._other_side is not None:
            self.again_wanted.emit(self._other_side)

    def on_awake(self) -> None:
        """Accept clicks again after the tap that woke the page."""
        self._buttons.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def _set_dark(self, dark: bool) -> None:
        if self._is_dark and not dark:
            self._waking.start()
        self._is_dark = dark
        self._light.setVisible(not dark)
        if dark:
            self._stillness.stop()
            self._buttons.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.unsetCursor()
        self.update()

    def _recolour(self) -> None:
        self._words.set_colour(large_text(self._theme.current))
        self.update()

    def _do(self, key: int) -> bool:
        if key == Qt.Key.Key_R:
            self.again_wanted.emit(None)
        elif key == Qt.Key.Key_S and self._other_side is not None:
            self.again_wanted.emit(self._other_side)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _takes_from_window(self, event: QEvent) -> bool:
        return self._is_dark and isinstance(event, QKeyEvent) and event.key() in LOOKING_KEYS

    def _place_buttons(self) -> int:
        """Place the buttons in a row or, if it is too wide, in a column; return their height."""
        row = (self._again, self._turn, self._back, self._help)
        buttons = [button for button in row if button.isVisibleTo(self._light)]
        width = sum(button.sizeHint().width() + 2 * _UNIT for button in buttons)
        fits = width <= self.width() - 4 * _UNIT
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        height = buttons[0].sizeHint().height()
        if not fits:
            height = len(buttons) * (height + 2 * _UNIT)
        self._buttons.setGeometry(
            2 * _UNIT, self.height() - height - 3 * _UNIT, self.width() - 4 * _UNIT, height
        )
        return height

    def _place(self) -> None:
        """Place the moon at the top, the words in the middle, the buttons at the bottom."""
        self._light.setGeometry(self.rect())
        small = self.fontInfo().pixelSize()
        smaller = min(self.width(), self.height())
        large = round(max(_LARGE_LEAST * small, _LARGE_SHARE * smaller))
        below = self._place_buttons() + 4 * _UNIT
        # A small window with large text has no room for the moon.
        moon, top = (smaller // 8, self.height() // 8) if smaller >= 24 * small else (0, 0)
        self._moon.setGeometry((self.width() - moon) // 2, top, moon, moon)
        self._words.set_sizes(large, round(_LEAST_SHARE * small))
        room = self.rect().adjusted(2 * _UNIT, top + moon, -2 * _UNIT, -below)
        self._words.setGeometry(room)

    def event(self, event: QEvent) -> bool:
        """Wake on pointer movement; in the dark claim the window shortcuts that only show something."""
        if isinstance(event, QHoverEvent) and event.type() is QEvent.Type.HoverMove:
            if self._pointer.has_moved(event.globalPosition()):
                self.wake()
        elif event.type() is QEvent.Type.ShortcutOverride and self._takes_from_window(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the action of a key, also in the dark; any other key only wakes a dark page."""
        was_dark = self._is_dark
        self.wake()
        if not self._do(event.key()) and not was_dark:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wake the page."""
        event.accept()
        self.wake()

    def showEvent(self, event: QShowEvent) -> None:
        """Wake the page."""
        super().showEvent(event)
        self.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop all timers while the page is hidden."""
        super().hideEvent(event)
        self._stillness.stop()
        self._fade.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground.

        A palette of the page's own would be undone: Qt restores the one from before when it
        applies a changed style sheet to a hidden widget.
        """
        painter = QPainter(self)
        painter.fillRect(
            event.rect(), QColor(BLACK if self._is_dark else self._theme.current.ground)
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the page for its new size."""
        super().resizeEvent(event)
        self._place()


def other_side(timeline: Timeline) -> Side | None:
    """Return the side not worked by a session of one side, or None."""
    worked = {s.side for s in timeline.segments if s.phase is Phase.HOLD} - {Side.BOTH}
    return worked.pop().other if len(worked) == 1 else None
