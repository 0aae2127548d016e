"""A cramp right now: near black, one line at a time, counting up, nothing to decide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHoverEvent, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from legato.domain import cramp
from legato.domain.cramp import CALF_VARIANTS, OTHER_VARIANTS, CrampVariant
from legato.domain.routine import FIGURE_PREFIX
from legato.ui import text
from legato.ui.figures.view import FigureView
from legato.ui.keyboard_layout import letter_of
from legato.ui.session.ring_style import large_text
from legato.ui.text import announce
from legato.ui.theme import NIGHT, palette
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button
from legato.ui.widgets.fitted_text import FittedText
from legato.ui.widgets.pointer_watch import PointerWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from legato.domain.care import Care
    from legato.domain.cramp import Cramp
    from legato.domain.ports import Figures
    from legato.domain.routine import Side, Step
    from legato.ui.widgets.key_list import Keys


class LongCrampCard(QFrame):
    """Says that it is time to have it looked at; its sections of help are one touch away.

    Args:
        care: The words.
    """

    section_wanted = Signal(str)
    """A section of "When to get help" is wanted: its id."""
    closed = Signal()
    """The picture is wanted back."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        card = care.ten_minutes
        self.words = f"{card.title}. {card.advice}"
        self.setAccessibleName(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(plain_label(card.title, "title"))
        column.addWidget(plain_label(card.advice, ""))
        row = FlowLayout(spacing=8)
        for section in card.see:
            button = QPushButton(care.sections[section].title)
            button.clicked.connect(partial(self.section_wanted.emit, section))
            row.addWidget(button)
        row.addWidget(push_button("Show the picture", "quiet", self.closed.emit))
        column.addLayout(row)
        column.addStretch(1)


WAYS = (*CALF_VARIANTS, *OTHER_VARIANTS)
WORDS = {
    CrampVariant.IN_BED: "Calf, in bed",
    CrampVariant.CANNOT_REACH: "Can't reach",
    CrampVariant.STANDING: "Standing",
    CrampVariant.THIGH_BACK: "Back of thigh",
    CrampVariant.THIGH_FRONT: "Front of thigh",
    CrampVariant.ARCH_OR_TOES: "Arch or toes",
}
KEYS: tuple[Keys, ...] = (
    ("H", "Still holding: hear it all again"),
    ("L", "It let go"),
    ("O", "Other leg"),
    ("1 to 6", "Another way, or another place"),
    ("G", "When to get help; it goes on counting"),
    ("Esc", "Leave"),
)
QUESTION = "How is it now?"
NEAR_BLACK = "#080605"
INTO_POSE_SECONDS = 5.0
MARGIN = 24
WIDE_FROM = 1.15
"""Width against height from which the line is beside the picture, not below it."""
LINE_SHARE = 0.062
"""Letters of the line against the smaller side of the window: read from two metres, in pain."""
LEAST_LINE_EMS = 1.25
TIME_EMS, LEAST_TIME_EMS = 1.8, 0.8
ROOM_FOR_ALL_EMS = 34
"""A page lower than this many times the text size has not room for the card and all else."""
POINTER_MS = 5_000
"""So long after it was moved the pointer is hidden: it is the brightest thing on the page."""


class CrampPage(QWidget):
    """Shows a cramp while it lasts, driven by the cramp driver.

    By night and by day it is near black.

    Args:
        figures: The drawn moves.
        care: The words of the card for a cramp that lasts, and its sections' titles.
    """

    still_holding = Signal()
    let_go = Signal()
    other_leg_wanted = Signal()
    way_chosen = Signal(object)
    """Another way or place is wanted: the CrampVariant."""
    help_wanted = Signal(str)
    """"When to get help" is wanted: the id of a section, or empty for all of it."""
    left = Signal()

    def __init__(self, figures: Figures, care: Care) -> None:
        super().__init__()
        self._figures = figures
        self._after = care.ten_minutes.after
        self._shown: tuple[CrampVariant, Side] | None = None
        self._card_due = True
        self._pointer = PointerWatch()
        self._stillness = QTimer(self)
        self._stillness.setSingleShot(True)
        self._stillness.setInterval(POINTER_MS)
        self._stillness.timeout.connect(self.on_stillness)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("cramp")
        self.setAccessibleName("Cramp now")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._figure = FigureView(NIGHT._replace(ground=NEAR_BLACK))
        self._card = LongCrampCard(care)
        self._line = FittedText(alignment=Qt.AlignmentFlag.AlignCenter)
        self._line.set_bold(True)
        self._line.set_colour(large_text(NIGHT))
        self._time = FittedText(alignment=Qt.AlignmentFlag.AlignCenter)
        self._time.set_colour(large_text(NIGHT))
        self._question = plain_label("", "quiet", wraps=False)
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ways: dict[CrampVariant, QPushButton] = {}
        self._build()
        self._card.section_wanted.connect(self.help_wanted)
        self._card.closed.connect(partial(self._show_card, False))
        self.setPalette(palette(NIGHT))

    def _build(self) -> None:
        self._pictured = QStackedWidget()
        self._pictured.addWidget(self._figure)
        self._pictured.addWidget(self._card)
        self._said = QWidget()
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(8)
        said.addWidget(self._line, 1)
        said.addWidget(self._time)
        said.addWidget(self._question)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(16)
        self._top.addWidget(self._pictured, 1)
        self._top.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        column.setSpacing(16)
        column.addLayout(self._top, 1)
        column.addLayout(self._answers())
        self._below = QWidget()
        self._below.setLayout(self._other_ways())
        column.addWidget(self._below)

    def _answers(self) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        answers: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("Still holding", "H", self.still_holding.emit),
            ("It let go", "L", self.let_go.emit),
            ("Other leg", "O", self.other_leg_wanted.emit),
        )
        buttons = [push_button(words, "", does, key=key) for words, key, does in answers]
        for button in buttons:
            button.setProperty("scale", "large")
            row.addWidget(button, 1)
        self.setFocusProxy(buttons[0])
        return row

    def _other_ways(self) -> FlowLayout:
        row = FlowLayout(spacing=8)
        for number, way in enumerate(WAYS, 1):
            choose = partial(self.way_chosen.emit, way)
            button = push_button(f"{number}  {WORDS[way]}", "quiet", choose, key=str(number))
            button.setAccessibleName(WORDS[way])
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self._ways[way] = button
            row.addWidget(button)
        help_wanted = partial(self.help_wanted.emit, "")
        row.addWidget(push_button("When to get help", "quiet", help_wanted, key="G"))
        row.addWidget(push_button("Leave", "quiet", self.left.emit, key="Esc"))
        return row

    @property
    def line(self) -> str:
        """The line that is shown."""
        return self._line.text()

    @property
    def asks(self) -> bool:
        """Whether it asks how it is."""
        return bool(self._question.text())

    @property
    def shows_card(self) -> bool:
        """Whether the card on when to get help is shown."""
        return self._pictured.currentWidget() is self._card

    def begin(self) -> None:
        """Make ready for another cramp."""
        self._shown = None
        self._card_due = True
        self._line.show_text("")
        self._show_card(shown=False)

    def show_cramp(self, lasting: Cramp, step: Step, now: float) -> None:
        """Show the state of a cramp at `now` (monotonic seconds) and the `step` being done for it."""
        into, passed = now - lasting.variant_since, cramp.lasted(lasting, now)
        self._show_line(cramp.line_at(step, lasting.side, into))
        if self._shown != (lasting.variant, lasting.side):
            self._shown = (lasting.variant, lasting.side)
            self._ways[lasting.variant].setChecked(True)
            self._figure.show_figure(
                self._figures.figure(step.picture.removeprefix(FIGURE_PREFIX), step.folder),
                lasting.side,
            )
        if into < INTO_POSE_SECONDS:
            self._figure.show_progress(into / INTO_POSE_SECONDS)
        else:
            self._figure.show_breath(into - INTO_POSE_SECONDS)
        self._time.show_text(f"{text.time_passed(passed)} · {text.leg_name(lasting.side)}")
        asked = QUESTION if cramp.asks(lasting, now) else ""
        if asked != self._question.text():
            self._question.setText(asked)
        if self._card_due and passed >= self._after:  # once; whoever has put it away has read it
            self._card_due = False
            self._show_card(shown=True)
            announce(self, self._card.words)

    def on_stillness(self) -> None:
        """Hide the pointer until it is moved."""
        self.setCursor(Qt.CursorShape.BlankCursor)

    def set_style(self, sheet: str) -> None:
        """Dress its buttons and words: the style sheet of the night at the user's text size."""
        # The application's palette, which may be the day's, would reach the labels else.
        whole = f"QLabel {{ color: {NIGHT.text}; }}\n{sheet}"
        if whole != self.styleSheet():
            self.setStyleSheet(whole)

    def set_motion(self, moves: bool) -> None:
        """Let the figure move into its pose, or show it there."""
        self._figure.set_motion(moves)

    def _show_line(self, line: str) -> None:
        if line != self._line.text():
            self._line.show_text(line)
            announce(self, line)

    def _show_card(self, shown: bool) -> None:
        self._pictured.setCurrentWidget(self._card if shown else self._figure)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the card alone with the answers where there is not room for all."""
        small = self.height() < ROOM_FOR_ALL_EMS * self.fontInfo().pixelSize()
        for widget in (self._said, self._below):
            widget.setHidden(small and self.shows_card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line beside or below the picture, as large as the window allows."""
        super().resizeEvent(event)
        wide = self.width() >= WIDE_FROM * self.height()
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        small = self.fontInfo().pixelSize()
        large = LINE_SHARE * min(self.width(), self.height())
        self._line.set_sizes(round(max(large, LEAST_LINE_EMS * small)), small)
        self._time.set_sizes(round(TIME_EMS * small), round(LEAST_TIME_EMS * small))
        self._time.setFixedHeight(round(1.3 * TIME_EMS * small))
        self._question.setMinimumHeight(self._question.fontMetrics().height())
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Bring the pointer back when a hand moves it."""
        if (
            isinstance(event, QHoverEvent)
            and event.type() is QEvent.Type.HoverMove
            and self._pointer.has_moved(event.globalPosition())
        ):
            self.unsetCursor()
            self._stillness.start()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a pointer, for a while."""
        super().showEvent(event)
        self.unsetCursor()
        self._stillness.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait for nothing while it cannot be seen."""
        super().hideEvent(event)
        self._stillness.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give an answer or take another way by a single key."""
        key = letter_of(event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == "H":
            self.still_holding.emit()
        elif key == "L":
            self.let_go.emit()
        elif key == "O":
            self.other_leg_wanted.emit()
        elif key.isdecimal() and 1 <= int(key) <= len(WAYS):
            self.way_chosen.emit(WAYS[int(key) - 1])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Keep the ground near black, whatever the theme."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(NEAR_BLACK))
        painter.end()
