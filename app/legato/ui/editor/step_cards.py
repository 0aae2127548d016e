"""The steps of a routine as cards to choose, move, copy and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from legato.ui.editor.step_model import Role, StepCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import (
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from legato.ui.editor.step_model import Index, StepList
    from legato.ui.pictures.thumbnails import CardPictures
    from legato.ui.theme import ThemeSource

GAP = 8
PAD = 12
ROUND = 10.0
INVITATION = "No steps yet. Add a move from the library, or a step of your own."
LINES = 3.4
"""The height of a card, in lines of text."""


class StepCards(QListView):
    """A list in which several steps can be chosen.

    Args:
        model: The steps.
        pictures: Where the small pictures come from.
        theme: The theme, observable.
        parent: The page.
    """

    chosen_changed = Signal(object)
    """Other steps are chosen: their indexes."""
    move_wanted = Signal(object, int)
    """The user moves steps before another: their indexes, and its index."""
    up_wanted = Signal()
    down_wanted = Signal()
    delete_wanted = Signal()
    duplicate_wanted = Signal()
    copy_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    fields_wanted = Signal()
    """Enter was pressed: the fields of the chosen step."""

    def __init__(
        self,
        model: StepList,
        pictures: CardPictures,
        theme: ThemeSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = StepCardPainter(pictures, theme)
        self._theme = theme
        self._showing = False
        self._drop_row: int | None = None
        self.setItemDelegate(self._card)
        self.setModel(model)
        self.setAccessibleName("Steps")
        self.setAccessibleDescription("Alt+Up and Alt+Down move, Delete deletes, Enter edits")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(self._tell)
        pictures.painted.connect(self.viewport().update)
        key = QKeySequence.StandardKey
        self._keys: tuple[tuple[object, Callable[[], None]], ...] = (
            (key.Copy, self.copy_wanted.emit),
            (key.Cut, self.cut_wanted.emit),
            (key.Paste, self.paste_wanted.emit),
        )

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen steps by their index, in order."""
        return tuple(sorted(index.row() for index in self.selectionModel().selectedIndexes()))

    def show_chosen(self, indexes: Iterable[int]) -> None:
        """Show these steps as chosen, without emitting a signal."""
        rows = tuple(indexes)
        if rows == self.chosen:
            return
        self._showing = True
        chooser, model = self.selectionModel(), self.model()
        chooser.clearSelection()
        for row in rows:
            chooser.select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        if rows and self.currentIndex().row() not in rows:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            chooser.setCurrentIndex(model.index(rows[0], 0), flag)
            self.scrollTo(model.index(rows[0], 0))
        self._showing = False

    def _tell(self, chosen: QItemSelection, left: QItemSelection) -> None:
        del chosen, left
        if not self._showing:
            self.chosen_changed.emit(self.chosen)

    def _show_drop(self, row: int | None) -> None:
        """Show a line where the dragged steps would go."""
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _row_at(self, event: QDropEvent) -> int:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return self.model().rowCount()
        below = event.position().y() > self.visualRect(index).center().y()
        return index.row() + int(below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the shortcut of a key on the chosen steps."""
        for key, do in self._keys:
            if event.matches(key):  # type: ignore[arg-type] # a StandardKey
                do()
                return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = event.key()
        alt = held == Qt.KeyboardModifier.AltModifier
        if alt and pressed == Qt.Key.Key_Up:
            self.up_wanted.emit()
        elif alt and pressed == Qt.Key.Key_Down:
            self.down_wanted.emit()
        elif held == Qt.KeyboardModifier.ControlModifier and pressed == Qt.Key.Key_D:
            self.duplicate_wanted.emit()
        elif held == Qt.KeyboardModifier.NoModifier and pressed == Qt.Key.Key_Delete:
            # Not StandardKey.Delete: on X11 and macOS that is also Ctrl+D, which duplicates.
            self.delete_wanted.emit()
        elif pressed in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.fields_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the window."""

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's name
        """Drag the chosen steps without a picture of them, which would hide where they go."""
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(self.selectionModel().selectedIndexes()))
        drag.exec(supportedActions, Qt.DropAction.MoveAction)
        self._show_drop(None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Scroll at the edges, and show where the steps would go."""
        super().dragMoveEvent(event)
        if event.source() is self:
            event.acceptProposedAction()
            self._show_drop(self._row_at(event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the drop line while the pointer is elsewhere."""
        super().dragLeaveEvent(event)
        self._show_drop(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, and the line above them."""
        super().paintEvent(event)
        rows = self.model().rowCount()
        if not rows:
            self._paint_invitation()
        elif self._drop_row is not None:
            self._paint_drop(self._drop_row, rows)

    def _paint_invitation(self) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._theme.current.quiet_text))
        room = self.viewport().rect().adjusted(0, PAD, -GAP, -PAD)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), INVITATION)
        painter.end()

    def _paint_drop(self, row: int, rows: int) -> None:
        index = self.model().index(min(row, rows - 1), 0)
        card = self.visualRect(index)
        edge = card.top() if row < rows else card.bottom()
        painter = QPainter(self.viewport())
        top = max(0, edge - GAP // 2 - 1)
        painter.fillRect(0, top, card.width() - GAP, 4, QColor(self._theme.current.accent))
        painter.end()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged steps; the model follows when the routine has changed."""
        if event.source() is self:
            self.move_wanted.emit(self.chosen, self._row_at(event))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        self._show_drop(None)
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for a larger text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()


class StepCardPainter(QStyledItemDelegate):
    """Paints one card after another.

    Args:
        pictures: Where the small pictures come from.
        theme: The theme, observable.
    """

    def __init__(self, pictures: CardPictures, theme: ThemeSource) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = theme

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, card: StepCard
    ) -> None:
        theme = self._theme.current
        line = option.fontMetrics.lineSpacing()
        title = QFont(option.font)
        title.setWeight(QFont.Weight.Medium)
        rows = [(card.title, title, theme.text)]
        rows += [(one, option.font, theme.quiet_text) for one in (card.time, card.note) if one]
        top = room.center().y() - len(rows) * line // 2
        for words, font, colour in rows:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(room.left(), top, room.width(), line)
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            top += line

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card of a row."""
        card: StepCard = index.data(Role.CARD)
        theme, rect = self._theme.current, QRect(option.rect).adjusted(1, 1, -GAP, -GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.caution if card.in_trouble else theme.line
        painter.setPen(QPen(QColor(theme.accent if chosen else edge), 2.0))
        painter.setBrush(QColor(theme.line if focused and not chosen else theme.raised))
        painter.drawRoundedRect(QRectF(rect), ROUND, ROUND)
        inner = rect.adjusted(PAD, 6, -PAD, -6)
        side = inner.height()
        if card.pictured is not None:
            size = QSize(side, side)
            picture = self._pictures.picture(card.pictured, size, painter.deviceTransform().m11())
            if picture is not None:
                painter.drawPixmap(inner.topLeft(), picture)
        self._paint_words(painter, option, inner.adjusted(side + PAD, 0, 0, 0), card)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every card, the gap to the next one included."""
        del index
        return QSize(200, round(option.fontMetrics.lineSpacing() * LINES) + GAP + 12)
