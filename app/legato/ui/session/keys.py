"""The keys of a session: which key does which move, and the list shown to the user."""

from __future__ import annotations

from PySide6.QtCore import Qt

from legato.domain.session import Move
from legato.ui.session.controls import Action

ACTIONS: dict[int, Move | Action] = {
    Qt.Key.Key_Space: Action.PAUSE,
    Qt.Key.Key_Right: Move.NEXT,
    Qt.Key.Key_Left: Move.BACK,
    Qt.Key.Key_Up: Move.MORE,
    Qt.Key.Key_Down: Move.LESS,
    Qt.Key.Key_R: Move.AGAIN,
    Qt.Key.Key_S: Move.OTHER_SIDE,
    Qt.Key.Key_H: Move.HURTS,
    Qt.Key.Key_M: Action.MUTE,
    Qt.Key.Key_D: Action.DIM,
    Qt.Key.Key_W: Action.WHY,
    Qt.Key.Key_V: Action.ANOTHER_WAY,
    Qt.Key.Key_Return: Move.GO_ON,
    Qt.Key.Key_Enter: Move.GO_ON,
    Qt.Key.Key_Escape: Move.STOP,
}
"""The keys of the page; F8, C, G, F and ? are shortcuts of the window."""

REPEATING = frozenset({Move.MORE, Move.LESS})
"""The moves that repeat while their key is held down."""

LOOKS = frozenset({Action.WHY, Action.DIM})
"""The actions that only show something: on a dark page their keys only wake it."""

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

KEYS: tuple[tuple[str, str], ...] = (
    ("Space", "Pause, and go on"),
    ("Right, Left", "Next, and back"),
    ("Up, Down", "15 seconds more, and less"),
    ("R", "This hold again"),
    ("S", "Other side, from here on"),
    ("H", "It hurts: ease out and skip this one"),
    ("Enter", "Ready: begin now, or go on"),
    ("W", "Why this: what is known about the move"),
    ("V", "Another way to do it"),
    ("M", "Mute"),
    ("D", "Dim the screen; any key brings it back"),
    ("Esc", "Stop for tonight; you can continue later"),
)
"""The rows of the list of keys, without those of the window."""


def action(key: int, modifiers: Qt.KeyboardModifier, *, repeats: bool) -> Move | Action | None:
    """Return the move or action of a key, or None."""
    does = ACTIONS.get(key)
    if modifiers & _MODIFIERS or (repeats and does not in REPEATING):
        return None
    return does
