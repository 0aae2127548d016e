"""A list with pictures and a search, to pick a move, a figure, a routine or a version."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from legato.ui.editor.step_cards import StepCardPainter
from legato.ui.editor.step_model import Role
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from legato.ui.editor.step_model import StepCard
    from legato.ui.pictures.thumbnails import CardPictures
    from legato.ui.theme import ThemeSource

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerItem:
    """One thing that can be chosen.

    Attributes:
        key: The value of `chosen` for this item.
        card: Its picture and words.
        words: More words that it is found by.
    """

    key: str
    card: StepCard
    words: str = ""


class Picker(QWidget):
    """Offers items; Enter or a click picks one, Esc none.

    Args:
        pictures: Where the small pictures come from.
        theme: The theme, observable.
    """

    taken = Signal(str)
    """The user picked an item: its key."""
    closed = Signal()
    """The user closed the picker without a choice."""

    def __init__(self, pictures: CardPictures, theme: ThemeSource) -> None:
        super().__init__()
        self._offers: tuple[PickerItem, ...] = ()
        self._painter = StepCardPainter(pictures, theme)
        self._title = plain_label("", "title")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search")
        self._search.setAccessibleName("Search")
        self._search.textChanged.connect(self._show_found)
        self._search.installEventFilter(self)
        self._nothing = plain_label("Nothing matches.", "quiet")
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._painter)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(lambda index: self._take(index.row()))
        self._list.installEventFilter(self)
        pictures.painted.connect(self._list.viewport().update)
        self._buttons = FlowLayout(spacing=8)
        self._buttons.addWidget(push_button("Back", "quiet", self.closed))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._search, self._nothing):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addLayout(self._buttons)
        self.setFocusProxy(self._search)

    def offer(self, title: str, offers: Sequence[PickerItem]) -> None:
        """Offer these under `title`."""
        self._title.setText(title)
        self._list.setAccessibleName(title)
        self._offers = tuple(offers)
        self._search.clear()
        self._show_found("")
        self._search.setFocus()

    def _show_found(self, typed: str) -> None:
        words = unicodedata.normalize("NFC", typed).casefold().split()
        self._model.clear()
        for offer in self._offers:
            found_by = f"{offer.card.title} {offer.card.note} {offer.words}".casefold()
            if all(word in found_by for word in words):
                self._model.appendRow(_item(offer))
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._nothing.setVisible(self._model.rowCount() == 0)

    def _take(self, row: int) -> None:
        item = self._model.item(row)
        if item is not None:
            self.taken.emit(item.data(Qt.ItemDataRole.UserRole + 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the search field work on the list."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _ENTER:
            self._take(self._list.currentIndex().row())
            return True
        if event.key() in _MOVES and watched is self._search:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close without a choice on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _item(offer: PickerItem) -> QStandardItem:
    item = QStandardItem(offer.card.title)
    item.setData(offer.card, Role.CARD)
    item.setData(offer.key, Qt.ItemDataRole.UserRole + 1)
    spoken = ", ".join(
        part for part in (offer.card.title, offer.card.time, offer.card.note) if part
    )
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    return item
