"""The offer to continue the last session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from legato.ui.widgets.basic import plain_label, push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ContinueBanner(QFrame):
    """One line, Continue and Forget it; the buttons go below the line where it is narrow.

    Args:
        parent: The page.
    """

    continue_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self._line = plain_label("", "", wraps=False)
        self._go_on = push_button("Continue", "primary", self.continue_wanted)
        self._forget = push_button("Forget it", "", self.forget_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(16, 12, 12, 12)
        self._box.setSpacing(12)
        self._box.addWidget(self._line, 1)
        self._box.addLayout(buttons)
        self.setFocusProxy(self._go_on)
        self.hide()

    def show_line(self, line: str | None) -> None:
        """Offer what `line` says, or hide for None."""
        self._line.setText(line or "")
        self._go_on.setAccessibleName(f"Continue {line}" if line else "")
        self.setVisible(line is not None)
        self._stack_if_narrow()

    def _stack_if_narrow(self) -> None:
        wide = QBoxLayout.Direction.LeftToRight
        buttons = self._go_on.sizeHint().width() + self._forget.sizeHint().width()
        # A label that wraps has no width of its own, so the line is measured as it would stand.
        line = self._line.fontMetrics().horizontalAdvance(self._line.text())
        fits = line + buttons + 64 <= self.width()
        self._line.setWordWrap(not fits)
        self._box.setDirection(wide if fits else QBoxLayout.Direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._stack_if_narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beside or below the line."""
        super().resizeEvent(event)
        self._stack_if_narrow()
