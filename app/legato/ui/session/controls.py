"""The buttons of the session page: a bar for moves, and one for variants of the step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from legato.domain import session as rules
from legato.domain.session import Move
from legato.ui import text
from legato.ui.session.round_button import RoundButton
from legato.ui.widgets.basic import push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from legato.domain.personalize import VariantOption
    from legato.domain.session import Session
    from legato.ui.icons import Icons
    from legato.ui.theme import ThemeSource

FADE_MS = 400
WAKING_MS = 300
LEAST_SIZE = 48
"""The least width and height of a button in pixels: about a fingertip."""
MOST_SIZE = 64
SIZE_SHARE = 2.6
"""The size of a button as a multiple of the text size."""
_GAP = 8


class Action(Enum):
    """The actions of the bar that are not moves of the session."""

    PAUSE = auto()
    MUTE = auto()
    DIM = auto()
    FULL_SCREEN = auto()
    KEYS = auto()
    WHY = auto()
    ANOTHER_WAY = auto()


@dataclass(frozen=True, slots=True)
class ButtonSpec:
    """A button: its action, icon, label, and key as written on the keyboard."""

    does: Move | Action
    icon: str
    words: str
    key: str


CONTROLS = (
    ButtonSpec(Move.BACK, "back", "Back", "Left arrow"),
    ButtonSpec(Action.PAUSE, "pause", "Pause", "Space"),
    ButtonSpec(Move.NEXT, "next", "Next", "Right arrow"),
    ButtonSpec(Move.LESS, "less", "15 s less", "Down arrow"),
    ButtonSpec(Move.MORE, "more", "15 s more", "Up arrow"),
    ButtonSpec(Move.AGAIN, "again", "Again", "R"),
    ButtonSpec(Move.OTHER_SIDE, "other-side", "Other side", "S"),
    ButtonSpec(Move.HURTS, "hurts", "It hurts", "H"),
    ButtonSpec(Action.MUTE, "mute", "Mute", "M"),
    ButtonSpec(Action.DIM, "dim", "Dim", "D"),
    ButtonSpec(Action.FULL_SCREEN, "full-screen", "Full screen", "F"),
    ButtonSpec(Action.KEYS, "keys", "Keys", "?"),
    ButtonSpec(Move.STOP, "stop", "Stop", "Esc"),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A layout of the buttons in rows."""

    buttons: list[list[RoundButton]]
    size: int
    labelled: bool

    @property
    def gap(self) -> int:
        """The space between two buttons, in pixels."""
        return 2 * _GAP if self.labelled else _GAP // 2

    def width(self, row: list[RoundButton]) -> int:
        """Return the width of a row in pixels."""
        widths = (button.room(self.size, labelled=self.labelled).width() for button in row)
        return sum(widths) + self.gap * (len(row) - 1)

    def height(self, row: list[RoundButton]) -> int:
        """Return the height of the highest button of a row in pixels."""
        return max(button.room(self.size, labelled=self.labelled).height() for button in row)


class SessionControls(QWidget):
    """Shows the buttons in as few rows as fit, all at one opacity.

    Args:
        icons: The icons.
        theme: The theme, observable.
        parent: The parent widget.

    Signals:
        wanted(Move or Action): A button was pressed.
    """

    wanted = Signal(object)

    def __init__(self, icons: Icons, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Controls")
        self._buttons: dict[Move | Action, RoundButton] = {}
        self._moves = True
        self._shown = True
        self._state: tuple[object, ...] = ()
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._set_opacity)
        self._let_clicks_in = QTimer(self)
        self._let_clicks_in.setSingleShot(True)
        self._let_clicks_in.setInterval(WAKING_MS)
        self._let_clicks_in.timeout.connect(self.on_awake)
        for control in CONTROLS:
            self._add(control, icons, theme)

    def _add(self, control: ButtonSpec, icons: Icons, theme: ThemeSource) -> None:
        large = control.does is Action.PAUSE
        button = RoundButton(icons, control.icon, control.words, theme, large=large, parent=self)
        button.show_as(control.icon, control.words, control.key)
        button.clicked.connect(lambda: self.wanted.emit(control.does))
        button.setCheckable(control.does is Action.MUTE)
        self._buttons[control.does] = button

    def set_motion(self, moves: bool) -> None:
        """Fade over FADE_MS if `moves`, otherwise hide at once."""
        self._moves = moves

    def set_shown(self, shown: bool) -> None:
        """Show the buttons, or fade them out and let clicks through to the page.

        A tap shows the buttons before it becomes a click, so they ignore clicks for WAKING_MS.
        """
        if shown == self._shown:
            return
        self._shown = shown
        self._fade.stop()
        if shown:
            self._let_clicks_in.start()
        else:
            self._let_clicks_in.stop()
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if shown or not self._moves or not self.isVisible():
            self._set_opacity(1.0 if shown else 0.0)
        else:
            self._fade.start()

    def on_awake(self) -> None:
        """Accept clicks again after the tap that showed the buttons."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def show_session(self, session: Session) -> None:
        """Show pause or resume, and disable the moves that are impossible now."""
        state = (session.index, session.status, session.timeline)
        if state == self._state:
            return
        self._state = state
        pause = self._buttons[Action.PAUSE]
        if session.is_paused:
            pause.show_as("play", "Resume", "Space")
        else:
            pause.show_as("pause", "Pause", "Space")
        for move in (Move.OTHER_SIDE, Move.MORE):
            self._buttons[move].setEnabled(rules.can(session, move))
        self._buttons[Move.LESS].setEnabled(session.segment.seconds is not None)

    def show_muted(self, muted: bool) -> None:
        """Show whether the session is muted."""
        self._buttons[Action.MUTE].setChecked(muted)

    def show_full_screen(self, full: bool) -> None:
        """Offer to enter full screen, or to leave it if `full`."""
        icon, words = (
            ("leave-full-screen", "Leave full") if full else ("full-screen", "Full screen")
        )
        self._buttons[Action.FULL_SCREEN].show_as(icon, words, "F")

    def height_for(self, width: int) -> int:
        """Return the height that all buttons need in `width` pixels."""
        rows = self._rows(width)
        return sum(rows.height(row) for row in rows.buttons) + _GAP * (len(rows.buttons) - 1)

    def _rows(self, width: int) -> _Rows:
        """Return one row with labels if it fits, otherwise the fewest rows without labels."""
        buttons = list(self._buttons.values())
        size = round(SIZE_SHARE * self.fontInfo().pixelSize())
        size = min(max(size, LEAST_SIZE), MOST_SIZE)
        choices = [_Rows([buttons], size, True), _Rows([buttons], size, False)]
        choices += (
            _Rows(_split(buttons, count), LEAST_SIZE, False) for count in range(1, len(buttons) + 1)
        )
        fitting = (
            rows for rows in choices if all(rows.width(row) <= width for row in rows.buttons)
        )
        return next(fitting, choices[-1])

    def _set_opacity(self, opacity: float) -> None:
        for button in self._buttons.values():
            button.set_opacity(opacity)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons, with each row centred."""
        super().resizeEvent(event)
        rows = self._rows(self.width())
        bottom = 0
        for row in rows.buttons:
            bottom += rows.height(row)
            left = (self.width() - rows.width(row)) // 2
            for button in row:
                room = button.room(rows.size, labelled=rows.labelled)
                button.set_look(rows.size, labelled=rows.labelled)
                button.setGeometry(left, bottom - room.height(), room.width(), room.height())
                left += room.width() + rows.gap
            bottom += _GAP


def _split(buttons: list[RoundButton], count: int) -> list[list[RoundButton]]:
    """Split `buttons` into `count` rows of nearly equal length."""
    length = -(-len(buttons) // count)
    return [buttons[start : start + length] for start in range(0, len(buttons), length)]


GAP = 8


class VariantBar(QWidget):
    """Offers the reason for a step and its variants; the mouse never focuses the buttons.

    Args:
        parent: The parent widget.
    """

    why_wanted = Signal()
    variant_wanted = Signal(str)
    """The user wants a variant of the step: the id of its move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._why = _button("Why this", self.why_wanted.emit, key="W")
        self._row.addWidget(self._why)
        self._row.addStretch(1)
        self._variants: list[QPushButton] = []

    def show_extras(self, variants: Sequence[VariantOption], *, why: bool) -> None:
        """Offer these variants, and the reason if `why`."""
        self._why.setVisible(why)
        for button in self._variants:
            self._row.removeWidget(button)
            button.deleteLater()
        self._variants = [self._button(variant) for variant in variants]
        self._fit()

    def _button(self, variant: VariantOption) -> QPushButton:
        button = _button(
            text.sentence(variant.name.value), partial(self.variant_wanted.emit, variant.move)
        )
        button.setToolTip(variant.title)
        button.setAccessibleName(f"Another way, {variant.name.value}: {variant.title}")
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _fit(self) -> None:
        """Hide the last buttons if they do not fit, so that no label is cut."""
        left = self.width() - (self._why.sizeHint().width() if not self._why.isHidden() else 0)
        for button in self._variants:
            left -= button.sizeHint().width() + GAP
            button.setVisible(left >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many variants as fit."""
        super().resizeEvent(event)
        self._fit()


def _button(words: str, on_click: Callable[[], object], *, key: str = "") -> QPushButton:
    button = push_button(words, "quiet", on_click, key=key)
    # A click leaves the focus at the page, so that Space pauses and does not press it again.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
