"""The questions before a session: which leg, and whether one leg might hold a clot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from legato.domain.routine import Side
from legato.ui import text
from legato.ui.keyboard_layout import letter_of
from legato.ui.text import announce
from legato.ui.widgets.basic import AdviceCard, FlowLayout, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from legato.domain.care import Care
    from legato.domain.doors import Question
    from legato.ui.widgets.key_list import Keys

    _Button = tuple[str, str, Callable[[], object]]
    """The label of a button, its key, and the function that it calls."""

KEYS: tuple[Keys, ...] = (
    ("L, R", "The left leg, the right leg, where that is asked"),
    ("Y, H", "Yes, one leg is swollen, warm, discoloured or hurts"),
    ("N", "No, neither is"),
    ("Esc", "Back; nothing starts"),
)
WHICH_LEG = "Which leg is it?"
YOUR_OWN = "Left and right are your own."
MARGIN = 24
GAP = 16
READING_WIDTH = 900
"""Lines longer than this are hard to follow, where they are not larger, too."""
_WIDTH_SHARE = 0.8
_FIRST_SHARE, _OTHER_SHARE, _ADVICE_SHARE = 0.055, 0.032, 0.026
"""Of the smaller side of the window: the height of the first words, of the others, and of the
advice below them, which is much and would be bright."""
_MOST = 1000
"""The stretch factor of the content, which grows before the space around it."""
_SCROLL_KEYS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
_TO_BUTTONS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class QuestionPage(QWidget):
    """Asks one question after the other; a yes shows what to do instead of the session.

    The words have the keyboard, not an answer: Enter that was pressed once too often answers
    nothing, and so does the second click of a double click.

    Args:
        care: The words about a clot.
    """

    leg_chosen = Signal(object)
    """The user chose a leg: its Side."""
    alike = Signal()
    """Neither leg is swollen, warm or discoloured: the session may begin."""
    unlike = Signal()
    """One leg is swollen, warm or discoloured: no session may begin."""
    help_wanted = Signal(str)
    """The user opens "When to get help": the id of the section that belongs to a yes."""
    left = Signal()
    """The user leaves the page, without an answer or after the advice."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        words = care.calf_question
        self._leg = _Stage(
            (plain_label(WHICH_LEG, "title"), plain_label(YOUR_OWN, "quiet")),
            (
                ("Left leg", "L", partial(self.leg_chosen.emit, Side.LEFT)),
                ("Right leg", "R", partial(self.leg_chosen.emit, Side.RIGHT)),
                ("Back", "Esc", self.left.emit),
            ),
        )
        self._clot = _Stage(
            (plain_label(words.ask, "title"), plain_label(words.detail, "")),
            (
                (words.choose_yes, "Y", self._say_yes),
                (words.choose_no, "N", self.alike.emit),
                ("Back", "Esc", self.left.emit),
            ),
            last_words=" ".join(care.after_cramp),
        )
        self._reply = _Stage(
            (plain_label(words.emergency, "urgent"), plain_label(words.reply_yes, "title")),
            (
                ("When to get help", "G", partial(self.help_wanted.emit, words.see[0])),
                ("Back", "Esc", self.left.emit),
            ),
            cards=[AdviceCard(care.sections[one], urgent=True) for one in words.see],
        )
        self._stage = self._leg
        self._stages = QStackedLayout(self)
        for stage in (self._leg, self._clot, self._reply):
            self._stages.addWidget(stage)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self.take_clicks)

    @property
    def asks_leg(self) -> bool:
        """Whether the page asks which leg."""
        return self._stage is self._leg

    @property
    def has_said_yes(self) -> bool:
        """Whether the page shows the advice after a yes."""
        return self._stage is self._reply

    def show_question(self, question: Question) -> None:
        """Show the first question, and focus its text."""
        parts = [question.name]
        if question.side is not None and question.side is not Side.BOTH:
            parts.append(f"{text.side(question.side)} leg")
        stage = self._leg if question.which_leg else self._clot
        stage.set_about(", ".join(parts), more=question.after_cramp)
        self._show(stage)

    def begin(self) -> None:
        """Focus the text of the question."""
        self._stage.begin()

    def take_clicks(self) -> None:
        """Accept clicks once a double click that opened the page is over."""
        self._settling.stop()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def _show(self, stage: _Stage) -> None:
        self._stage = stage
        self._stages.setCurrentWidget(stage)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._settling.start(QApplication.doubleClickInterval())
        stage.begin()
        announce(self, stage.accessibleName())

    def _say_yes(self) -> None:
        self._show(self._reply)
        self.unlike.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on a key press; a key held down answers once."""
        key, letter = event.key(), letter_of(event)
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _SCROLL_KEYS and self._stage.is_long:
            self._stage.read_on(_SCROLL_KEYS[Qt.Key(key)])
        elif key in _TO_BUTTONS:
            self._stage.first_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif not event.isAutoRepeat() and not self._answer(letter):
            super().keyPressEvent(event)

    def _answer(self, letter: str) -> bool:
        """Run the answer of a key, and return whether the question has one for it."""
        if self.has_said_yes:
            return False
        answers: dict[str, Callable[[], object]]
        if self.asks_leg:
            answers = {
                "L": partial(self.leg_chosen.emit, Side.LEFT),
                "R": partial(self.leg_chosen.emit, Side.RIGHT),
            }
        else:
            answers = {"Y": self._say_yes, "H": self._say_yes, "N": self.alike.emit}
        if letter not in answers:
            return False
        answers[letter]()
        return True


class _Reader(QScrollArea):
    """A scrolling area that leaves all keys to the page, where the arrows lead to the answers."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the key to the page."""
        event.ignore()


class _Stage(QWidget):
    """A question or an advice, with its buttons always visible.

    Args:
        words: The texts, the most important first.
        buttons: The answers.
        last_words: A text below the others, shown if `set_about` asks for it.
        cards: Advice below the texts.
    """

    def __init__(
        self,
        words: Sequence[QLabel],
        buttons: Sequence[_Button],
        *,
        last_words: str = "",
        cards: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self._said = " ".join(label.text() for label in words)
        self._about = plain_label("", "quiet")
        self._more = plain_label(last_words, "")
        self._more.hide()
        self._frame = QFrame()
        self._frame.setProperty("role", "raised")
        self._frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        for label in (self._about, *words, self._more):
            inside.addWidget(label)
        self._buttons = [_button(*one) for one in buttons]
        keys = [button.accessibleDescription() for button in self._buttons]
        self._frame.setAccessibleDescription(". ".join(keys))
        self._labels = [*words, self._more, self._about]
        self._advice = [label for card in cards for label in card.findChildren(QLabel)]
        for label in self._advice:
            if label.property("role") == "quiet":
                label.setProperty("role", "soft")  # so much of it would light up a dark room
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, MARGIN, 0, MARGIN)
        column.setSpacing(GAP)
        column.addStretch(1)
        column.addWidget(self._reader(cards), _MOST)
        column.addWidget(self._foot())
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addStretch(1)
        row.addWidget(self._column, _MOST)
        row.addStretch(1)
        self.set_about("")

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = FlowLayout(spacing=GAP)
        foot.setLayout(row)
        for button in self._buttons:
            row.addWidget(button)
        return foot

    def _reader(self, cards: Iterable[QWidget]) -> _Reader:
        holder = self._holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._frame)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self._scroll = _Reader()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(holder)
        return self._scroll

    @property
    def first_button(self) -> QPushButton:
        """The button that the arrow keys focus first."""
        return self._buttons[0]

    def set_about(self, about: str, *, more: bool = False) -> None:
        """Show the subject above the texts, and the last words below them if `more`."""
        self._about.setText(text.sentence(about))
        self._about.setVisible(bool(about))
        self._more.setVisible(more and bool(self._more.text()))
        said = self._said if self._more.isHidden() else f"{self._said} {self._more.text()}"
        self.setAccessibleName(said)
        self._frame.setAccessibleName(f"{text.sentence(about)}. {said}" if about else said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the text with the window, to be read from a bed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        smaller = min(self.width(), self.height())
        first, *others = self._labels
        _grow(first, _FIRST_SHARE * smaller)
        for part in (*others, *self._buttons):
            _grow(part, _OTHER_SHARE * smaller)
        for label in self._advice:
            _grow(label, _ADVICE_SHARE * smaller)
        self._column.setMaximumWidth(max(READING_WIDTH, round(_WIDTH_SHARE * self.width())))
        width = min(self._column.maximumWidth(), self.width() - 2 * MARGIN)
        self._scroll.setMaximumHeight(max(1, self._holder.heightForWidth(width)))

    def begin(self) -> None:
        """Scroll to the top, and focus the text."""
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)
        self._frame.setFocus()

    @property
    def is_long(self) -> bool:
        """Whether some of the text is scrolled out of view."""
        return self._scroll.verticalScrollBar().maximum() > 0

    def read_on(self, action: QAbstractSlider.SliderAction) -> None:
        """Scroll the text."""
        self._scroll.verticalScrollBar().triggerAction(action)


def _grow(part: QWidget, pixels: float) -> None:
    """Set the text of `part` to at least `pixels`; a role may make it larger."""
    part.setStyleSheet("")
    part.ensurePolished()
    if part.fontInfo().pixelSize() < round(pixels):
        part.setStyleSheet(f"font-size: {round(pixels)}px")


def _button(words: str, key: str, does: Callable[[], object]) -> QPushButton:
    role, about = "quiet" if key in {"Esc", "G"} else "", f"{words}: the key is {key}"
    button = push_button(f"{words}   {key}", role, does, spoken=words, about=about)
    button.setAutoDefault(False)
    return button
