"""A cramp right now: near black, one line at a time, counting up, nothing to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legato.domain import cramp
from legato.domain.cramp import CALF_WAYS, OTHER_WAYS, CrampWay
from legato.ui import text
from legato.ui.widgets.figure_view import FigureView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from legato.domain.care import LongCramp
    from legato.domain.cramp import Cramp
    from legato.domain.ports import Figures
    from legato.domain.routine import Side, Step
    from legato.ui.theme import Theme

WORDS = {
    CrampWay.IN_BED: "Calf, in bed",
    CrampWay.CANNOT_REACH: "Can't reach?",
    CrampWay.STANDING: "Standing",
    CrampWay.THIGH_BACK: "Back of thigh",
    CrampWay.THIGH_FRONT: "Front of thigh",
    CrampWay.ARCH_OR_TOES: "Arch or toes",
}
KEYS = (
    ("Enter", "What the light is on: at first, it let go"),
    ("L", "It let go"),
    ("H", "Still holding"),
    ("O", "Other leg"),
    ("1 to 6", "Another way, or another place"),
    ("Esc", "Back"),
)
NEAR_BLACK = "#080605"
FIGURE_PREFIX = "figure:"
INTO_POSE_SECONDS = 5.0
MARGIN = 24


class CrampPage(QWidget):
    """Shows a cramp as it lasts; the cramp driver tells it what is so.

    Args:
        theme: The tokens.
        figures: The drawn moves.
        long_cramp: The card for a cramp that lasts.
    """

    still_holding = Signal()
    let_go = Signal()
    other_leg_wanted = Signal()
    way_chosen = Signal(object)
    help_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, figures: Figures, long_cramp: LongCramp) -> None:
        super().__init__()
        self._figures = figures
        self._long = long_cramp
        self._shown: tuple[CrampWay, Side] | None = None
        self.setObjectName("cramp")
        self._figure = FigureView(theme)
        self._line = QLabel()
        self._line.setObjectName("crampLine")
        self._line.setWordWrap(True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time = QLabel()
        self._time.setObjectName("crampTime")
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._question = QLabel("How is it?")
        self._question.setProperty("role", "quiet")
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card = QLabel(f"{long_cramp.title}. {long_cramp.advice}")
        self._card.setProperty("role", "caution")
        self._card.setWordWrap(True)
        self._card.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card.hide()
        self._ways: dict[CrampWay, QPushButton] = {}
        self._build()
        self._let_go.setFocus()
        self.setFocusProxy(self._let_go)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(self._figure, 4)
        column.addWidget(self._line, 2)
        column.addWidget(self._time)
        column.addWidget(self._card)
        column.addWidget(self._question)
        column.addLayout(self._answers())
        column.addLayout(self._other_ways())
        column.addLayout(self._foot())

    def _answers(self) -> QHBoxLayout:
        self._holding = _button("Still &holding", self.still_holding.emit)
        self._let_go = _button("It &let go", self.let_go.emit, role="primary")
        self._other = _button("&Other leg", self.other_leg_wanted.emit)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self._holding, self._let_go, self._other):
            row.addWidget(button, 1)
        return row

    def _other_ways(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, way in enumerate((*CALF_WAYS, *OTHER_WAYS)):
            button = _button(WORDS[way], lambda chosen=way: self.way_chosen.emit(chosen), "quiet")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self._ways[way] = button
            grid.addWidget(button, number // len(CALF_WAYS), number % len(CALF_WAYS))
        return grid

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(_button("Back", self.left.emit, "quiet"))
        row.addStretch(1)
        row.addWidget(_button("When to get help", self.help_wanted.emit, "caution"))
        return row

    def show_cramp(self, lasting: Cramp, step: Step, now: float) -> None:
        """Show where a cramp stands at `now`, monotonic seconds, with `step` being done for it."""
        if self._shown != (lasting.way, lasting.side):
            self._shown = (lasting.way, lasting.side)
            self._ways[lasting.way].setChecked(True)
            name = step.picture.removeprefix(FIGURE_PREFIX)
            self._figure.show_figure(self._figures.figure(name), lasting.side)
        into = now - lasting.way_since
        self._figure.show_progress(min(1.0, into / INTO_POSE_SECONDS))
        _say(self._line, cramp.line_at(step, lasting.side, into))
        passed = cramp.lasted(lasting, now)
        _say(self._time, f"{text.time_passed(passed)} · {text.leg_name(lasting.side)}")
        asks = cramp.asks(lasting, now)
        _say(self._question, "Still holding? Let go? Or the other leg?" if asks else "")
        if self._card.isHidden() and passed >= self._long.after:
            self._card.show()
        elif passed < self._long.after:
            self._card.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint the figure with other tokens; the page itself is near black by night and day."""
        self._figure.set_theme(theme)

    def set_motion(self, moves: bool) -> None:
        """Let the figure move into its pose, or show it there."""
        self._figure.set_motion(moves)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Keep the ground near black, whatever the theme."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(NEAR_BLACK))
        painter.end()


def _say(label: QLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)


def _button(words: str, do: object, role: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", role)
    button.clicked.connect(do)  # type: ignore[operator]
    return button
