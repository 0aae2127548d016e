"""One quiet line at the foot of the window for what is said once and then goes away."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from legato.ui import early
from legato.ui.text import announce
from legato.ui.widgets.basic import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_MS = 6_000
PER_LETTER_MS = 80
MOST_WAITING = 8
"""More than that nobody reads; the oldest are left out."""


class Action(NamedTuple):
    """What can be done about a message, by one button.

    Attributes:
        words: The button's.
        do: What it does.
    """

    words: str
    do: Callable[[], object]


class Toast(QWidget):
    """Shows its messages one after another, each long enough to be read, and hides itself.

    What can be done about something comes at once, before what only tells: an undo is wanted now.
    What it pushes aside is shown again after it.

    Args:
        parent: What it belongs to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[str, Action | None]] = deque(maxlen=MOST_WAITING)
        self._action: Action | None = None
        self._said: set[str] = set()
        self._label = plain_label("", "")
        self._act = push_button("", "", self._do)
        early.set_properties(self._act, early.TAB_FOCUS)
        self._close = push_button("OK", "quiet", self._show_next)
        early.set_properties(self._close, early.NO_FOCUS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_next)
        card = QFrame()
        card.setProperty("role", "raised")
        around = QHBoxLayout(self)
        around.setContentsMargins(24, 8, 24, 16)
        around.addWidget(card)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self._label, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self.hide()

    @property
    def shown(self) -> str:
        """The line that is shown, or an empty string."""
        return self._label.text() if self._timer.isActive() else ""

    def say(self, line: str, action: Action | None = None) -> None:
        """Show `line` after what is being shown, or at once with what can be done about it."""
        if action is None:
            if line != self.shown and (line, None) not in self._waiting:
                self._waiting.append((line, None))
        else:
            if self.shown:
                self._waiting.appendleft((self.shown, self._action))
            self._waiting.appendleft((line, action))
            self._timer.stop()
        if not self._timer.isActive():
            self._show_next()

    def say_once(self, line: str) -> None:
        """Show `line` unless it was shown before; an empty one is nothing to say."""
        if line and line not in self._said:
            self._said.add(line)
            self.say(line)

    def take_back(self, line: str) -> None:
        """Hide `line`, which is no longer true, or do not show it."""
        kept = [one for one in self._waiting if one[0] != line]
        self._waiting.clear()
        self._waiting.extend(kept)
        if line and self.shown == line:
            self._show_next()

    def _show_next(self) -> None:
        self._timer.stop()
        self.setVisible(bool(self._waiting))
        if self._waiting:
            line, self._action = self._waiting.popleft()
            self._label.setText(line)
            self._act.setVisible(self._action is not None)
            self._act.setText(self._action.words if self._action else "")
            self._timer.start(SHORTEST_MS + PER_LETTER_MS * len(line))
            announce(self, line)

    def _do(self) -> None:
        action = self._action
        self._show_next()
        if action is not None:
            action.do()
