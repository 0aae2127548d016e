"""The cards in as many columns as fit, one where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from legato.ui.models.routine_list import Role, RoutineList
from legato.ui.widgets.card_layout import card_layout
from legato.ui.widgets.routine_card import RoutineCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from legato.ui.models.routine_list import Card
    from legato.ui.theme import Theme
    from legato.ui.widgets.card_pictures import CardPictures

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
"""Its width; with the gap beside the last card it is as wide as the margin of the page."""

_STARTS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CardGrid(QListView):
    """A list of cards that one is always chosen of.

    Args:
        model: The routines.
        pictures: Where the small pictures come from.
        theme: The colours.
        parent: The page.
    """

    card_taken = Signal(object)
    """A card was clicked, or Enter pressed on it: its Card."""

    def __init__(
        self, model: RoutineList, pictures: CardPictures, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._pictures = pictures
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
        self.clicked.connect(self._take)
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
        """The chosen card, or None where there is none."""
        return self._list.card_at(self.currentIndex())

    def choose(self, routine_id: str) -> None:
        """Choose a routine and bring it into view; nothing happens where it is not shown."""
        index = self._list.index_of(routine_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def choose_first(self) -> None:
        """Choose the first card there is."""
        self.setCurrentIndex(self._list.index(0))
        self.scrollToTop()

    def show_theme(self, theme: Theme) -> None:
        """Show the cards in other colours."""
        self._pictures.show_theme(theme)
        self._card.show_theme(theme)
        self._surface.update()

    def takes_key(self, key: int) -> bool:
        """Return whether a key moves over the cards or starts one."""
        return key in _MOVES or key in _STARTS

    def take_chosen(self) -> None:
        """Do what a click on the chosen card does."""
        self._take(self.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        card = self._list.card_at(index)
        if card is not None:
            self.card_taken.emit(card)

    def _show_hovered(self, index: QModelIndex | None = None) -> None:
        self._card.show_hovered(index.row() if index is not None else -1)
        self._surface.update()

    def _remember_chosen(self, index: QModelIndex) -> None:
        self._card.show_chosen(index.row())
        if index.isValid():
            self._chosen_id = index.data(Role.ID)

    def _choose_again(self) -> None:
        """Choose what was chosen before the list changed, or its first card."""
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
        """Return the card that a key leads to: a row's neighbours follow each other like text."""
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
        """Lay the cards out again in letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over the cards, start one, and leave every other key to the page."""
        if event.key() in _STARTS:
            self.take_chosen()
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Let no card look hovered once the mouse has left."""
        super().leaveEvent(event)
        self._show_hovered()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit."""
        self._fit_columns()
        super().resizeEvent(event)
