"""The import of a `.legato` file: a preview first, then the result for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from legato.domain.documents import PartState
from legato.ui.text import sentence
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button
from legato.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from legato.domain.documents import Incoming, Part
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
MOST_TITLES = 12
"""The most titles of steps listed; more are only counted."""

KEYS: tuple[Keys, ...] = (("Enter", "Bring it in"), ("Esc", "Back, and bring in nothing"))

_BEFORE = {
    PartState.NEW: "new",
    PartState.RENAMED: "will be kept under another name",
    PartState.SAME: "is here already",
    PartState.REFUSED: "cannot be brought in",
}
_AFTER = {
    PartState.NEW: "is here now",
    PartState.RENAMED: "is here now, under another name",
    PartState.SAME: "was here already",
    PartState.REFUSED: "was not brought in",
}


class ImportPage(QWidget):
    """Shows the parts of a file; nothing is written before the user agrees."""

    bring_wanted = Signal(object)
    """The user wants to write the parts: the Incoming."""
    left = Signal()
    """The user leaves the page."""

    def __init__(self) -> None:
        super().__init__()
        self._incoming: Incoming | None = None
        self._title = plain_label("", "title")
        self._parts = QWidget()
        self._column = QVBoxLayout(self._parts)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bring = push_button("Bring it in", "primary", self._want_bring)
        self._back = push_button("Back", "quiet", self.left)
        row = FlowLayout(spacing=8)
        row.addWidget(self._bring)
        row.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(scrolled(self._parts), 1)
        column.addLayout(row)
        self.setFocusProxy(self._bring)

    def _want_bring(self) -> None:
        self.bring_wanted.emit(self._incoming)

    def show_incoming(self, incoming: Incoming) -> None:
        """Show what is in a file, before anything is written."""
        self._incoming = incoming
        self._title.setText(f"In {incoming.path.name}")
        self._show_parts(incoming, _BEFORE)
        self._bring.setVisible(bool(incoming.files))
        self._back.setText("Back")
        self.setFocusProxy(self._bring if incoming.files else self._back)

    def show_report(self, incoming: Incoming) -> None:
        """Show the result for each part."""
        self._incoming = None
        self._title.setText(f"From {incoming.path.name}")
        self._show_parts(incoming, _AFTER)
        self._bring.hide()
        self._back.setText("To the routines")
        self._back.setFocus()

    def _show_parts(self, incoming: Incoming, words: dict[PartState, str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in incoming.parts:
            role = "caution" if part.state is PartState.REFUSED else ""
            self._column.addWidget(plain_label(_told(part, words), role))
            for line in (part.about, _steps(part)):
                if line:
                    self._column.addWidget(plain_label(line, "quiet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _told(part: Part, words: dict[PartState, str]) -> str:
    kind = "Routine" if part.is_routine else "Picture"
    becomes = f" ({part.becomes})" if part.state is PartState.RENAMED and part.becomes else ""
    note = f" {sentence(part.note).rstrip('.')}." if part.note else ""
    return f"{kind} \u201c{part.title}\u201d: {words[part.state]}{becomes}.{note}"


def _steps(part: Part) -> str:
    """Return `3 steps: Quads, Calf, Shin`."""
    count = len(part.steps)
    titles = ", ".join((*part.steps[:MOST_TITLES], *(["…"] if count > MOST_TITLES else [])))
    return f"{count} {'step' if count == 1 else 'steps'}: {titles}" if count else ""
