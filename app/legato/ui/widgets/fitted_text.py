"""Words in a place of fixed size: as large as they fit, never moving what is around them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

_ELLIPSIS = "…"


class FittedText(QLabel):
    """Wraps its words into the place it has, smaller if it must, and cuts them at last.

    A screen reader always has the whole text. Setting a text never asks the layout for room.

    Args:
        parent: The parent widget.
        alignment: Where the words stand in the place.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(alignment)
        self._largest = self._least = 16
        self._bold = False
        self._colour = QColor()
        self._fitted: tuple[str, QFont] | None = None

    def set_sizes(self, largest: int, least: int) -> None:
        """Write in at most `largest` and at least `least` pixels."""
        if (largest, least) != (self._largest, self._least):
            self._largest, self._least = max(largest, least), least
            self._fit_anew()

    def set_bold(self, bold: bool) -> None:
        """Write in heavier letters."""
        self._bold = bold
        self._fit_anew()

    def set_colour(self, colour: QColor) -> None:
        """Write in `colour`."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def show_text(self, text: str) -> None:
        """Show `text`, or nothing."""
        if text != self.text():
            self.setText(text)
            self._fit_anew()

    def fits(self, text: str) -> bool:
        """Return whether `text` has room here in the least size, uncut."""
        return self._has_room(text, self._font(self._least))

    def _fit_anew(self) -> None:
        self._fitted = None
        self.update()

    def _fit(self) -> tuple[str, QFont]:
        """Return the words that fit and the font they fit in."""
        text = self.text()
        for pixels in range(self._largest, self._least - 1, -1):
            font = self._font(pixels)
            if self._has_room(text, font):
                return text, font
        font = self._font(self._least)
        words = text.split(" ")
        while len(words) > 1 and not self._has_room(" ".join(words) + _ELLIPSIS, font):
            words.pop()
        return " ".join(words) + _ELLIPSIS, font

    def _font(self, pixels: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(pixels, 1))
        if self._bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _has_room(self, text: str, font: QFont) -> bool:
        room = self.rect()
        wrapped = QFontMetrics(font).boundingRect(
            QRect(0, 0, room.width(), 1 << 15), Qt.TextFlag.TextWordWrap, text
        )
        return wrapped.width() <= room.width() and wrapped.height() <= room.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new place."""
        super().resizeEvent(event)
        self._fitted = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the words that fit."""
        del event
        if not self.text():
            return
        if self._fitted is None:
            self._fitted = self._fit()
        text, font = self._fitted
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._colour)
        flags = int(self.alignment()) | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect(), flags, text)
        painter.end()


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

    def set_notes(self, notes: Iterable[str], lasting: str = "") -> None:
        """Take other notes, in as few pages as there is room for; empty ones are left out.

        Args:
            notes: What the pages show in turn.
            lasting: Stands on each page above the notes.
        """
        pages = [lasting]
        for note in filter(None, notes):
            together = f"{pages[-1]}\n{note}".strip()
            beside = f"{lasting}\n{note}".strip()
            if self.fits(together):
                pages[-1] = together
            elif lasting and self.fits(beside):
                pages.append(beside)
            else:
                pages += self._split(note)
        # A page that is as good as empty would show the lasting line alone.
        if len(pages) > 1 and pages[0] == lasting:
            del pages[0]
        self._pages = tuple(pages)

    def show_at(self, seconds: float) -> None:
        """Show the page whose turn it is, `seconds` after the first one's."""
        self.show_text(self._pages[int(seconds / PAGE_SECONDS) % len(self._pages)])

    def _split(self, note: str) -> list[str]:
        """Return `note` in pieces that have room."""
        words, pieces = note.split(), []
        while words:
            # More words never need less room, so the most that fit are found by halving.
            counts = range(1, len(words) + 1)
            most = bisect_left(counts, True, key=lambda n: not self.fits(" ".join(words[:n])))
            count = max(most, 1)
            pieces.append(" ".join(words[:count]))
            words = words[count:]
        return pieces
