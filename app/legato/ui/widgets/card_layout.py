"""Where things stand on a routine's card, worked out from the size of the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from legato.ui.theme import TITLE_SHARE

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

GAP = 16
"""Between cards, and from a card's edge to what it shows."""

BODY_LINES = 4
LEAST_LETTERS = 22
"""How many letters fit beside the picture of the narrowest card."""

PICTURE_SHARE = 0.3
"""How much of a card's width its picture may take."""


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The measures of all cards for one font and one width.

    Attributes:
        body: The font of the small lines.
        title: The font of the name.
        columns: How many cards stand side by side.
        card: The size of a card.
        picture: The size of its picture.
    """

    body: QFont
    title: QFont
    columns: int
    card: QSize
    picture: QSize

    @property
    def cell(self) -> QSize:
        """The size of a card with the gap to the next one on the right and below."""
        return self.card + QSize(GAP, GAP)

    def picture_rect(self, card: QRect) -> QRect:
        """Return where the picture stands."""
        top = card.top() + (card.height() - self.picture.height()) // 2
        return QRect(card.left() + GAP, top, self.picture.width(), self.picture.height())

    def text_rect(self, card: QRect) -> QRect:
        """Return the room for the words."""
        left = GAP + self.picture.width() + GAP
        return card.adjusted(left, GAP, -GAP, -GAP)


def card_layout(body: QFont, room: int) -> CardLayout:
    """Return the measures for a font and as many columns as fit into `room` units."""
    title = QFont(body)
    title.setPointSizeF(body.pointSizeF() * TITLE_SHARE)
    title.setWeight(QFont.Weight.Medium)
    line, heading = QFontMetrics(body).height(), QFontMetrics(title).height()
    words = heading + BODY_LINES * line + GAP // 2
    letters = LEAST_LETTERS * QFontMetrics(body).averageCharWidth()
    least_width = round((letters + 3 * GAP) / (1.0 - PICTURE_SHARE))
    # One unit less than the room: a row that is exactly full goes on in the next.
    columns = max(1, (room - 1) // (least_width + GAP))
    width = (room - 1) // columns - GAP
    picture = min(round(width * PICTURE_SHARE), words * 4 // 3)
    return CardLayout(
        body=QFont(body),
        title=title,
        columns=columns,
        card=QSize(width, words + 2 * GAP),
        picture=QSize(picture, words),
    )


def draw_lines(painter: QPainter, words: str, room: QRect, most_lines: int) -> int:
    """Draw `words` in the painter's font, wrapped and cut with an ellipsis; return the height."""
    metrics = QFontMetrics(painter.font())
    lines = wrapped(words, painter.font(), room.width(), most_lines)
    for number, line in enumerate(lines):
        top = room.top() + number * metrics.height()
        painter.drawText(room.left(), top + metrics.ascent(), line)
    return len(lines) * metrics.height()


def wrapped(words: str, font: QFont, width: int, most_lines: int) -> list[str]:
    """Return `words` as at most so many lines of that width; the last one says what was cut."""
    if not words:
        return []
    layout = QTextLayout(words, font)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most_lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        lines.append(words[start : start + length].rstrip())
        rest = words[start:]
    layout.endLayout()
    elide = Qt.TextElideMode.ElideRight
    lines[-1] = QFontMetrics(font).elidedText(rest.strip(), elide, width)
    return lines
