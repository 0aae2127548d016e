"""A region of the leg map as a button: what keys and screen readers meet, painted by the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton

from legato.domain.leg_map_ways import Direction

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from legato.domain.leg_map import Region

_ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}
_WINDOW_REASONS = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class RegionButton(QAbstractButton):
    """A check box without a picture of its own; the mouse goes through it to the map.

    A plain `QAbstractButton`, because screen readers crash on children that are no widgets.

    Args:
        region: What it stands for.
        name: What it is called.
        parent: The map.

    Attributes:
        region: As given.
        by_key: Whether a ring is wanted, since the keyboard is in use.

    Signals:
        arrow_pressed: The user wants to go on from here, in a `Direction`.
        focus_changed: It has got the keyboard, or lost it.
    """

    arrow_pressed = Signal(object)
    focus_changed = Signal()

    def __init__(self, region: Region, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.region = region
        self.by_key = False
        self.setCheckable(True)
        self.setText(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_strength(self, strength: int, most: int) -> None:
        """Tell whether it is chosen and how sore it is: 0 is not chosen, `most` the sorest."""
        self.setChecked(strength > 0)
        told = "" if not strength else "chosen, the sorest" if strength == most else "chosen"
        if self.accessibleDescription() != told:
            self.setAccessibleDescription(told)

    def _want_ring(self) -> None:
        if not self.by_key:
            self.by_key = True
            self.focus_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing: the map paints all regions and their rings."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows; Space chooses, and other keys are left to the page."""
        self._want_ring()
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.arrow_pressed.emit(direction)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether a ring is wanted: not by someone who points, nor with a new window."""
        super().focusInEvent(event)
        if event.reason() not in _WINDOW_REASONS:
            self.by_key = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the ring is to go."""
        super().focusOutEvent(event)
        self.focus_changed.emit()
