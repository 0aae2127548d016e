"""The cramp page: nearly black, one line at a time, counting up, with nothing to decide."""

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
from legato.ui import text
from legato.ui.figures.view import FigureView
from legato.ui.keyboard_layout import letter_of
from legato.ui.session.ring_style import large_text
from legato.ui.text import announce
from legato.ui.theme import NIGHT, ThemeSource, palette
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button
from legato.ui.widgets.fitted_text import FittedText
from legato.ui.widgets.pointer_watch import PointerWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from legato.domain.care import Care
    from legato.domain.cramp import Cramp
    from legato.domain.routine import Side, Step
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.widgets.key_list import Keys


class LongCrampCard(QFrame):
    """Advises to see a doctor, with a button for each section of "When to get help".

    Args:
        care: The words.
    """

    section_wanted = Signal(str)
    """The user opens a section of "When to get help": its id."""
    closed = Signal()
    """The user closes the card to see the picture."""

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
            opens = partial(self.section_wanted.emit, section)
            row.addWidget(push_button(care.sections[section].title, "", opens))
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
"""The least ratio of width to height at which the line is beside the picture."""
LINE_SHARE = 0.062
"""The text size of the line as a share of the window's shorter side: legible from two metres."""
LEAST_LINE_EMS = 1.25
TIME_EMS, LEAST_TIME_EMS = 1.8, 0.8
ROOM_FOR_ALL_EMS = 34
"""A page lower than this many times the text size shows the card without the picture."""
POINTER_MS = 5_000
"""Time until an unmoved pointer is hidden, since it is the brightest thing on the page."""


class CrampPage(QWidget):
    """Shows a cramp while it lasts, driven by the cramp driver.

    By night and by day it is near black.

    Args:
        loader: Loads the pictures of steps.
        care: The words of the card for a cramp that lasts, and its sections' titles.
    """

    still_holding = Signal()
    let_go = Signal()
    other_leg_wanted = Signal()
    way_chosen = Signal(object)
    """The user wants another variant: the CrampVariant."""
    help_wanted = Signal(str)
    """The user opens "When to get help": the id of a section, or empty for the whole page."""
    left = Signal()

    def __init__(self, loader: PictureLoader, care: Care) -> None:
        super().__init__()
        self._loader = loader
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
        self._figure = FigureView(ThemeSource(NIGHT._replace(ground=NEAR_BLACK)))
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
    def shows_card(self) -> bool:
        """Whether the card on when to get help is shown."""
        return self._pictured.currentWidget() is self._card

    def begin(self) -> None:
        """Reset the page for another cramp."""
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
                self._loader.figure(step),
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
        """Apply the night style sheet at the user's text size to buttons and text."""
        # The application's palette, which may be the day's, would reach the labels else.
        whole = f"QLabel {{ color: {NIGHT.text}; }}\n{sheet}"
        if whole != self.styleSheet():
            self.setStyleSheet(whole)

    def set_motion(self, moves: bool) -> None:
        """Turn the motion of the figure on or off; without it the figure is in its pose at once."""
        self._figure.set_motion(moves)

    def _show_line(self, line: str) -> None:
        if line != self._line.text():
            self._line.show_text(line)
            announce(self, line)

    def _show_card(self, shown: bool) -> None:
        self._pictured.setCurrentWidget(self._card if shown else self._figure)
        self._make_room()

    def _make_room(self) -> None:
        """Hide the rest behind card and answers if there is no room for all."""
        small = self.height() < ROOM_FOR_ALL_EMS * self.fontInfo().pixelSize()
        for widget in (self._said, self._below):
            widget.setHidden(small and self.shows_card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the line beside or below the picture, in the text size of the window."""
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
        """Show the pointer when it is moved."""
        if (
            isinstance(event, QHoverEvent)
            and event.type() is QEvent.Type.HoverMove
            and self._pointer.has_moved(event.globalPosition())
        ):
            self.unsetCursor()
            self._stillness.start()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the pointer until its time is over."""
        super().showEvent(event)
        self.unsetCursor()
        self._stillness.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer while the page is hidden."""
        super().hideEvent(event)
        self._stillness.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer or choose a variant on a key press."""
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
        """Paint the nearly black ground, in every theme."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(NEAR_BLACK))
        painter.end()
