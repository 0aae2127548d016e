"""Paints the cards of the library: picture, name, time, what it eases, what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from legato.ui.models.routine_list import Role
from legato.ui.theme import NIGHT
from legato.ui.widgets.card_layout import GAP, CardLayout, draw_lines
from legato.ui.widgets.card_pictures import pictured_step

if TYPE_CHECKING:
    from legato.ui.models.routine_list import Card, Index
    from legato.ui.theme import Theme
    from legato.ui.widgets.card_pictures import CardPictures

ROUND = 12.0
CHOSEN_WIDTH = 2.0
TITLE_LINES = 2


class RoutineCard(QStyledItemDelegate):
    """Paints one card after another; only those that are seen are ever painted.

    Which card is chosen and which hovered is told by row: asking the option for its state would
    cost every start 5 ms for Qt's flags of styles, which nothing else here needs.

    Args:
        pictures: Where the small pictures come from.
        theme: The colours.
        layout: The measures.
    """

    def __init__(self, pictures: CardPictures, theme: Theme, layout: CardLayout) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = theme
        self._layout = layout
        self._chosen_row = -1
        self._hovered_row = -1

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme

    def show_layout(self, layout: CardLayout) -> None:
        """Paint with other measures from now on."""
        self._layout = layout

    def show_chosen(self, row: int) -> None:
        """Paint the card of that row as the chosen one; -1 is none."""
        self._chosen_row = row

    def show_hovered(self, row: int) -> None:
        """Paint the card of that row as the one under the mouse; -1 is none."""
        self._hovered_row = row

    def _paint_frame(self, painter: QPainter, card: QRect, row: int) -> None:
        theme = self._theme
        edge = theme.quiet_text if row == self._hovered_row else theme.line
        if row == self._chosen_row:
            edge = theme.accent
        painter.setPen(QPen(QColor(edge), CHOSEN_WIDTH))
        painter.setBrush(QColor(theme.raised))
        inset = CHOSEN_WIDTH / 2
        painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), ROUND, ROUND)

    def _paint_picture(self, painter: QPainter, card: QRect, what: Card) -> None:
        room = self._layout.picture_rect(card)
        routine = what.entry.routine
        if routine is None:
            self._paint_mark(painter, room)
            return
        step = pictured_step(routine)
        if step is None:
            return
        ratio = painter.deviceTransform().m11()
        picture = self._pictures.picture(step, room.size(), ratio)
        if picture is not None:
            painter.drawPixmap(room.topLeft(), picture)

    def _paint_mark(self, painter: QPainter, room: QRect) -> None:
        """Paint a quiet ring with an exclamation mark: this file cannot run yet."""
        side = min(room.width(), room.height()) // 2
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QRectF(room).center())
        painter.setPen(QPen(QColor(self._theme.caution), CHOSEN_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setFont(self._layout.title)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "!")

    def _paint_words(self, painter: QPainter, card: QRect, what: Card, *, chosen: bool) -> None:
        theme, room = self._theme, self._layout.text_rect(card)
        # Bright words on every card would light up a dark room: only the chosen one has them.
        plain = theme.text if chosen or theme.name != NIGHT.name else theme.quiet_text
        time, second, third = (what.time, what.eases, what.needs)
        time_colour = plain
        if what.is_broken:
            time, second, third = what.problem_count, what.problem, ""
            time_colour = theme.caution
        painter.setFont(self._layout.title)
        painter.setPen(QColor(plain))
        room.setTop(room.top() + draw_lines(painter, what.entry.name, room, TITLE_LINES) + 4)
        painter.setFont(self._layout.body)
        line = painter.fontMetrics().height()
        for words, colour, keep in (
            (time, time_colour, 2),
            (second, theme.quiet_text, 1 if third else 0),
            (third, theme.quiet_text, 0),
        ):
            lines = max(1, (room.height() + GAP // 2) // line - keep)
            if words:
                painter.setPen(QColor(colour))
                room.setTop(room.top() + draw_lines(painter, words, room, lines))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card of a row."""
        what = index.data(Role.CARD)
        rect: QRect = option.rect
        card = rect.adjusted(0, 0, -GAP, -GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, card, index.row())
        self._paint_picture(painter, card, what)
        self._paint_words(painter, card, what, chosen=index.row() == self._chosen_row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every card, the gap to the next one included."""
        del option, index
        return self._layout.cell
