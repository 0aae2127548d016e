"""One of many, with pictures and a search: moves, figures, routines, versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from legato.ui.editor.step_cards import StepCardPainter
from legato.ui.editor.step_model import Role
from legato.ui.widgets.basic import FlowLayout, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPointF
    from PySide6.QtGui import QResizeEvent

    from legato.ui.editor.step_model import StepCard
    from legato.ui.pictures.thumbnails import CardPictures
    from legato.ui.theme import Theme

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerItem:
    """One thing that can be chosen.

    Attributes:
        key: What is told when it is.
        card: Its picture and words.
        words: More words that it is found by.
    """

    key: str
    card: StepCard
    words: str = ""


class Picker(QWidget):
    """Offers things; Enter or a click takes one, Esc none.

    Args:
        pictures: Where the small pictures come from.
        theme: The colours.
    """

    taken = Signal(str)
    """One was chosen: its key."""
    closed = Signal()
    """None was."""

    def __init__(self, pictures: CardPictures, theme: Theme) -> None:
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
        back = QPushButton("Back")
        back.setProperty("role", "quiet")
        back.clicked.connect(self.closed)
        self._buttons.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._search, self._nothing):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addLayout(self._buttons)
        self.setFocusProxy(self._search)

    def add_button(self, button: QPushButton) -> None:
        """Add another way out beside Back."""
        self._buttons.addWidget(button)

    def offer(self, title: str, offers: Sequence[PickerItem]) -> None:
        """Offer these under `title`."""
        self._title.setText(title)
        self._list.setAccessibleName(title)
        self._offers = tuple(offers)
        self._search.clear()
        self._show_found("")
        self._search.setFocus()

    def show_theme(self, theme: Theme) -> None:
        """Paint with another theme."""
        self._painter.show_theme(theme)
        self._list.viewport().update()

    def _show_found(self, typed: str) -> None:
        words = typed.casefold().split()
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
        """Take none on Esc."""
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


class ContinueBanner(QFrame):
    """One line, Continue and Start afresh; the buttons go below the line where it is narrow.

    Args:
        parent: The page.
    """

    continue_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self._line = plain_label("", "", wraps=False)
        self._go_on = QPushButton("Continue")
        self._go_on.setProperty("role", "primary")
        self._go_on.clicked.connect(self.continue_wanted)
        self._afresh = QPushButton("Start afresh")
        self._afresh.clicked.connect(self.forget_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._afresh)
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
        self._go_on.setAccessibleName(line or "")
        self.setVisible(line is not None)
        self._stack_if_narrow()

    def _stack_if_narrow(self) -> None:
        wide = QBoxLayout.Direction.LeftToRight
        buttons = self._go_on.sizeHint().width() + self._afresh.sizeHint().width()
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


LEAST_WAY = 4.0
"""A pointer that trembles by fewer pixels than this has not been moved."""


class PointerWatch:
    """Remembers where the pointer was."""

    def __init__(self) -> None:
        self._before: QPointF | None = None

    def has_moved(self, now: QPointF) -> bool:
        """Return whether the pointer, now at `now`, was moved by hand.

        The first place it is told tells nothing: what appears below a pointer moves it too.
        """
        before = self._before
        if before is not None and (now - before).manhattanLength() < LEAST_WAY:
            return False
        self._before = now
        return before is not None
