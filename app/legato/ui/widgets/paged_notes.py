"""Notes in a place of fixed size: all at once where there is room, else page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from legato.ui.widgets.fitted_text import FittedText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

PAGE_SECONDS = 6.0
"""How long a page is shown where there is not room for all at once."""


class PagedNotes(FittedText):
    """Turns its pages by the session's own seconds; nothing is written smaller or cut.

    Args:
        parent: The parent widget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._pages: tuple[str, ...] = ("",)

    def set_notes(self, notes: Iterable[str]) -> None:
        """Take other notes, in as few pages as there is room for; empty ones are left out."""
        pages = [""]
        for note in filter(None, notes):
            together = f"{pages[-1]}\n{note}".strip()
            if self.fits(together):
                pages[-1] = together
            else:
                pages += self._split(note)
        self._pages = tuple(filter(None, pages)) or ("",)

    def show_at(self, seconds: float) -> None:
        """Show the page whose turn it is, `seconds` after the first one's."""
        self.show_text(self._pages[int(seconds / PAGE_SECONDS) % len(self._pages)])

    def _split(self, note: str) -> list[str]:
        """Return `note` in pieces that have room."""
        pieces = [""]
        for word in note.split():
            longer = f"{pieces[-1]} {word}".strip()
            if self.fits(longer):
                pieces[-1] = longer
            else:
                pieces.append(word)
        return pieces
