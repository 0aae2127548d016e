"""The cards of the library, in as many columns as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from legato.ui.library.model import Role, RoutineList
from legato.ui.pictures.thumbnails import pictured_step
from legato.ui.theme import NIGHT, TITLE_SHARE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from legato.ui.library.model import Card, Index
    from legato.ui.pictures.thumbnails import CardPictures
    from legato.ui.theme import ThemeSource

GAP = 16
"""The space between cards, and the padding of a card, in pixels."""

BODY_LINES = 4
LEAST_LETTERS = 22
"""The number of letters beside the picture of the narrowest card."""

PICTURE_SHARE = 0.3
"""The most of a card's width that its picture takes, as a share."""


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The measures of all cards for one font and one width.

    Attributes:
        body: The font of the small lines.
        title: The font of the name.
        columns: The number of cards side by side.
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
        """Return the rectangle of the picture."""
        top = card.top() + (card.height() - self.picture.height()) // 2
        return QRect(card.left() + GAP, top, self.picture.width(), self.picture.height())

    def text_rect(self, card: QRect) -> QRect:
        """Return the rectangle of the text."""
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
    """Return `words` in at most `most_lines` lines of `width`; a cut text ends with an ellipsis."""
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


ROUND = 12.0
CHOSEN_WIDTH = 2.0
TITLE_LINES = 2


class RoutineCard(QStyledItemDelegate):
    """Paints the visible cards.

    The chosen and the hovered card are set by row: asking the option for its state would
    cost every start 5 ms for Qt's flags of styles, which nothing else here needs.

    Args:
        pictures: Where the small pictures come from.
        theme: The theme, observable.
        layout: The measures.
    """

    def __init__(self, pictures: CardPictures, theme: ThemeSource, layout: CardLayout) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = theme
        self._layout = layout
        self._chosen_row = -1
        self._hovered_row = -1

    def show_layout(self, layout: CardLayout) -> None:
        """Set the measures of the cards."""
        self._layout = layout

    def show_chosen(self, row: int) -> None:
        """Set the row of the chosen card; -1 is none."""
        self._chosen_row = row

    def show_hovered(self, row: int) -> None:
        """Set the row of the hovered card; -1 is none."""
        self._hovered_row = row

    def _paint_frame(self, painter: QPainter, card: QRect, row: int) -> None:
        theme = self._theme.current
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
        """Paint the mark of a broken file: a dim ring with an exclamation mark."""
        side = min(room.width(), room.height()) // 2
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QRectF(room).center())
        painter.setPen(QPen(QColor(self._theme.current.caution), CHOSEN_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setFont(self._layout.title)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "!")

    def _paint_words(self, painter: QPainter, card: QRect, what: Card, *, chosen: bool) -> None:
        theme, room = self._theme.current, self._layout.text_rect(card)
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

    def _paint_dots(self, painter: QPainter, room: QRect) -> None:
        """Paint the three dots that open the menu of a card."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.current.quiet_text))
        middle = QRectF(room).center()
        for step in (-1, 0, 1):
            painter.drawEllipse(middle + QPointF(step * 3 * DOT, 0.0), DOT, DOT)

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
        if index.row() in {self._chosen_row, self._hovered_row}:
            self._paint_dots(painter, more_rect(card))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every card, the gap to the next one included."""
        del option, index
        return self._layout.cell


DOT = 2.0
"""The radius of each of the three dots."""
MORE_SIDE = 40
"""The side of the corner that opens the menu of a card: large enough for a finger."""


def more_rect(card: QRect) -> QRect:
    """Return the corner of a card that opens its menu."""
    return QRect(card.right() - MORE_SIDE, card.top(), MORE_SIDE, MORE_SIDE)


_MOVES = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
SCROLL_BAR = 8
"""The width of the scroll bar; with the gap beside the last card it equals the page's margin."""

_STARTS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CardGrid(QListView):
    """A list of cards, one of which is always chosen.

    Args:
        model: The routines.
        pictures: Where the small pictures come from.
        theme: The theme, observable.
        parent: The page.
    """

    card_taken = Signal(object)
    """A card was clicked, or Enter pressed on it: its Card."""
    menu_wanted = Signal(object, QPoint)
    """The user asks what can be done with a card: its Card, and where on the screen."""

    def __init__(
        self, model: RoutineList, pictures: CardPictures, theme: ThemeSource, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._measures = card_layout(self.font(), self.width())
        self._card = RoutineCard(pictures, theme, self._measures)
        self._chosen_id = ""
        # A viewport of our own: for one that Qt made PySide looks through all kinds of widgets to
        # find out what it is, which costs every start 10 ms.
        self._surface = QWidget()
        self.setViewport(self._surface)
        self.setItemDelegate(self._card)
        self._lay_out()
        self.setModel(model)
        self.setAccessibleName("Routines")
        model.modelReset.connect(self._choose_again)
        model.rowsInserted.connect(self._choose_again)
        self.selectionModel().currentChanged.connect(self._remember_chosen)
        self._pressed_at = QPoint()
        self.clicked.connect(self._on_clicked)
        self.entered.connect(self._show_hovered)
        self.viewportEntered.connect(self._show_hovered)
        pictures.painted.connect(self._surface.update)

    def _lay_out(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @property
    def chosen(self) -> Card | None:
        """The chosen card, or None if the list is empty."""
        return self._list.card_at(self.currentIndex())

    def choose(self, routine_id: str) -> None:
        """Choose a routine and scroll to it, if it is shown."""
        index = self._list.index_of(routine_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def choose_first(self) -> None:
        """Choose the first card, if there is one."""
        self.setCurrentIndex(self._list.index(0))
        self.scrollToTop()

    def takes_key(self, key: int) -> bool:
        """Return whether a key moves between cards or starts one."""
        return key in _MOVES or key in _STARTS

    def take_chosen(self) -> None:
        """Emit the signal of a click on the chosen card."""
        self._take(self.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        card = self._list.card_at(index)
        if card is not None:
            self.card_taken.emit(card)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Take a card, or open its menu by the three dots in its corner."""
        dots = more_rect(self.visualRect(index).adjusted(0, 0, -GAP, -GAP))
        if dots.contains(self._pressed_at):
            self._offer_menu(index, self._surface.mapToGlobal(dots.center()))
        else:
            self._take(index)

    def _offer_menu(self, index: QModelIndex, place: QPoint) -> None:
        card = self._list.card_at(index)
        if card is not None:
            self.setCurrentIndex(index)
            self.menu_wanted.emit(card, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a card with any button, and remember where it was pressed."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the card under the pointer, or with the chosen one."""
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_by_mouse else self.currentIndex()
        middle = self._surface.mapToGlobal(self.visualRect(index).center())
        self._offer_menu(index, event.globalPos() if is_by_mouse else middle)

    def _show_hovered(self, index: QModelIndex | None = None) -> None:
        self._card.show_hovered(index.row() if index is not None else -1)
        self._surface.update()

    def _remember_chosen(self, index: QModelIndex) -> None:
        self._card.show_chosen(index.row())
        if index.isValid():
            self._chosen_id = index.data(Role.ID)

    def _choose_again(self) -> None:
        """Choose the card that was chosen before the list changed, or the first one."""
        if self.currentIndex().isValid():
            return
        index = self._list.index_of(self._chosen_id)
        self.setCurrentIndex(index if index.isValid() else self._list.index(0))

    def _fit_columns(self) -> None:
        # Room for the scroll bar is kept always, so that cards do not jump when it comes and goes.
        self._measures = measures = card_layout(self.font(), self.width() - SCROLL_BAR)
        self._card.show_layout(measures)
        self.scheduleDelayedItemsLayout()
        self.verticalScrollBar().setSingleStep(measures.cell.height() // 3)

    def _rows_on_a_page(self) -> int:
        return max(1, self._surface.height() // self._measures.cell.height())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the card that a key moves to; Left and Right go on in the next row, as in text."""
        del modifiers
        here, last = self.currentIndex().row(), self._list.rowCount() - 1
        columns = self._measures.columns
        page = columns * self._rows_on_a_page()
        do = QAbstractItemView.CursorAction
        row = {
            do.MoveLeft: here - 1,
            do.MoveRight: here + 1,
            do.MoveUp: here - columns if here >= columns else here,
            do.MoveDown: here + columns if here // columns < last // columns else here,
            do.MovePageUp: here - page,
            do.MovePageDown: here + page,
            do.MoveHome: 0,
            do.MoveEnd: last,
        }.get(action, here)
        return self._list.index(min(max(row, 0), last))

    def changeEvent(self, event: QEvent) -> None:
        """Lay out the cards for another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between cards or start one; leave other keys to the page."""
        if event.key() in _STARTS:
            self.take_chosen()
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight of the hovered card."""
        super().leaveEvent(event)
        self._show_hovered()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the number of columns that fit."""
        self._fit_columns()
        super().resizeEvent(event)
